import { failed, ok, type Result } from "../result";
import { formYaml, type FormNode } from "./formYaml";
import type { FormField, FormFlaw, IssueForm } from "./issueForm";

/** A form in GitHub's YAML. What GitHub would only complain about is taken as it is meant; what cannot be asked is a flaw. */
export function parseForm(path: string, source: string): Result<IssueForm, FormFlaw> {
  const root = formYaml(source);
  if (root.kind === "failed") return root;
  const form = root.value;
  const name = form.get("name").text();
  if (name === "") return failed({ reason: "noName" });
  const fields: FormField[] = [];
  let notes: readonly string[] = [];
  for (const element of form.get("body").items()) {
    const type = element.get("type").text();
    if (type === "markdown") {
      notes = [...notes, element.get("attributes").get("value").text()];
      continue;
    }
    const field = readField(element, type, notes);
    if (field.kind === "failed") return field;
    fields.push({ ...field.value, key: freeKey(field.value.key, fields) });
    notes = [];
  }
  if (fields.length === 0) return failed({ reason: "noField", line: form.get("body").line });
  const type = form.get("type").text();
  return ok({
    path, name, fields,
    about: form.get("description").text(),
    title: form.get("title").text(),
    labels: form.get("labels").names(),
    assignees: form.get("assignees").names(),
    ...(type === "" ? {} : { type }),
  });
}

function readField(element: FormNode, type: string, notes: readonly string[]): Result<FormField, FormFlaw> {
  const flaw = (reason: FormFlaw["reason"]): Result<never, FormFlaw> => failed({ reason, line: element.line });
  const attributes = element.get("attributes");
  const text = (name: string): string => attributes.get(name).text();
  const label = text("label");
  const head = {
    label,
    key: element.get("id").text() || label,
    description: [text("description"), ...notes].filter((part) => part !== "").join("\n"),
    required: element.get("validations").get("required").is(true),
  };
  if (label === "" && type !== "checkboxes") return flaw(kinds.includes(type) ? "noLabel" : "badField");
  const options = attributes.get("options").items();
  switch (type) {
    case "input":
      return ok({ ...head, kind: "input", placeholder: text("placeholder"), value: text("value") });
    // Files cannot be sent from here; a link to where they are can.
    case "upload":
    case "textarea":
      return ok({ ...head, kind: "textarea", placeholder: text("placeholder"), value: text("value"), ...(text("render") === "" ? {} : { render: text("render") }) });
    case "dropdown": {
      const texts = [...new Set(options.map((option) => option.text()).filter((option) => option !== ""))];
      const chosen = options.find((_option, index) => attributes.get("default").is(index))?.text();
      return texts.length === 0 ? flaw("noOptions") : ok({ ...head, kind: "dropdown", options: texts, multiple: attributes.get("multiple").is(true), ...(chosen === undefined ? {} : { chosen }) });
    }
    case "checkboxes": {
      const boxes = options.map((option) => ({ label: option.get("label").text(), required: option.get("required").is(true) })).filter((box) => box.label !== "");
      return boxes.length === 0 ? flaw("noOptions") : ok({ ...head, required: boxes.some((box) => box.required), kind: "checkboxes", options: boxes });
    }
    default:
      return flaw("badField");
  }
}

const kinds: readonly string[] = ["input", "upload", "textarea", "dropdown"];

function freeKey(key: string, fields: readonly FormField[]): string {
  return fields.some((other) => other.key === key) ? freeKey(`${key}+`, fields) : key;
}
