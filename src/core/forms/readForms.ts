import { maxFrontMatterLength, optionalFrontMatter } from "../markup/frontMatter";
import { readYamlTree, type YamlTree } from "../markup/yamlTree";
import type { IssueLocation } from "../model/issue";
import type { BrokenForm, ContactLink, FormField, FormFlaw, IssueForm, RepositoryForms } from "../model/issueForm";
import type { FileEntry, Files } from "../model/ports";
import { failed, ok, type Result } from "../model/result";

/** A file in `ISSUE_TEMPLATE`. It has no text if it could not be read. */
export interface FormFile {
  readonly path: string;
  readonly text?: string;
}

/** Parses the forms and templates in these files. `maintainer`: whether the account may open issues without one. */
export function readForms(files: readonly FormFile[], maintainer: boolean, locate: (path: string) => IssueLocation): RepositoryForms {
  const forms: IssueForm[] = [];
  const broken: BrokenForm[] = [];
  const links: ContactLink[] = [];
  let blank: RepositoryForms["blank"] = "everybody";
  for (const { path, text } of [...files].sort(asListed)) {
    const flawed = (flaw: FormFlaw): void => void broken.push({ ...flaw, path, location: locate(path) });
    if (text === undefined) {
      flawed({ reason: "unreadable" });
    } else if (/\/config\.ya?ml$/i.test(path)) {
      const config = formYaml(text);
      if (config.kind === "failed") {
        flawed(config.failure);
        continue;
      }
      if (config.value.get("blank_issues_enabled").is(false)) blank = maintainer ? "maintainers" : "nobody";
      for (const link of config.value.get("contact_links").items()) {
        const [name, about, url] = [link.get("name").text(), link.get("about").text(), link.get("url").text()];
        if (name !== "" && /^(?:https?:\/\/|mailto:)/i.test(url)) links.push({ name, about, url });
      }
    } else {
      const form = isYaml(path) ? parseForm(path, text) : parseTemplate(path, text);
      if (form.kind === "ok") forms.push(form.value);
      else flawed(form.failure);
    }
  }
  return { forms, broken, links, blank };
}

/** GitHub's order: forms before templates, each sorted by file name. */
function asListed(a: FormFile, b: FormFile): number {
  return Number(isYaml(b.path)) - Number(isYaml(a.path)) || (a.path < b.path ? -1 : 1);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Finds the issue form files of a repository: its `ISSUE_TEMPLATE` folder, otherwise its single template. */
export async function findForms(files: Pick<Files, "list" | "read">): Promise<Result<readonly FormFile[]>> {
  const usual = await formsIn(files, ".github/ISSUE_TEMPLATE");
  if (usual.kind === "failed" || usual.value.length > 0) return usual;
  const root = await files.list("");
  if (root.kind === "failed") return root;
  let single: string | undefined;
  for (const home of [".github", "", "docs"]) {
    if (home !== "" && !root.value.some(({ name, kind }) => name === home && kind === "folder")) continue;
    const entries = home === "" ? root : await files.list(home);
    if (entries.kind === "failed") return entries;
    const at = (wanted: RegExp, sort: FileEntry["kind"]): string | undefined => {
      const found = entries.value.find(({ name, kind }) => kind === sort && wanted.test(name));
      return found && (home === "" ? found.name : `${home}/${found.name}`);
    };
    const folder = at(/^issue_template$/i, "folder");
    const forms = folder === undefined ? ok([]) : await formsIn(files, folder);
    if (forms.kind === "failed" || forms.value.length > 0) return forms;
    single ??= at(/^issue_template(?:\.md)?$/i, "file");
  }
  return single === undefined ? ok([]) : readAll(files, [single]);
}

async function formsIn(files: Pick<Files, "list" | "read">, folder: string): Promise<Result<readonly FormFile[]>> {
  const entries = await files.list(folder);
  if (entries.kind === "failed") return entries;
  return readAll(files, entries.value.filter(({ name, kind }) => kind === "file" && /\.(?:ya?ml|md)$/i.test(name)).slice(0, most).map(({ name }) => `${folder}/${name}`));
}

async function readAll(files: Pick<Files, "read">, paths: readonly string[]): Promise<Result<readonly FormFile[]>> {
  const found: FormFile[] = [];
  for (const read of await Promise.all(paths.map(async (path) => ({ path, text: await files.read(path) })))) {
    const { path, text } = read;
    if (text.kind === "ok") found.push({ path, text: text.value });
    else if (text.failure.kind === "unreadable") found.push({ path });
    else if (text.failure.kind !== "missing") return text;
  }
  return ok(found);
}

/** Maximum number of form files that are read. */
const most = 50;

/** Parses a form in GitHub's YAML. Minor mistakes are tolerated. A form that cannot be shown is a failure. */
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
    // Files cannot be uploaded from here, so the person enters a link instead.
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

/** Parses a Markdown template with optional front matter. Its default name is the file name. */
export function parseTemplate(path: string, source: string): Result<IssueForm, FormFlaw> {
  const parts = optionalFrontMatter(source);
  const front = parts?.language === "yaml" ? parts : undefined;
  const head = formYaml(front?.source ?? "", maxFrontMatterLength);
  if (head.kind === "failed") return failed({ ...head.failure, line: (head.failure.line ?? 0) + 1 });
  const text = (name: string): string => head.value.get(name).text();
  return ok({
    path,
    name: text("name") || path.replace(/^.*\//, ""),
    about: text("about"),
    title: text("title"),
    labels: head.value.get("labels").names(),
    assignees: head.value.get("assignees").names(),
    ...(text("type") === "" ? {} : { type: text("type") }),
    fields: [{ kind: "textarea", key: "", label: "", description: "", required: false, placeholder: "", value: front === undefined ? source.replace(/^\uFEFF/, "") : front.body.trimStart() }],
  });
}

/** Read access to a YAML tree. Missing values and values of another type are empty. */
interface FormNode {
  readonly line: number;
  get(key: string): FormNode;
  /** The text. Numbers and booleans are returned as written. */
  text(): string;
  is(value: string | number | boolean): boolean;
  items(): readonly FormNode[];
  /** A list of texts, or the parts of one text separated by commas. */
  names(): readonly string[];
}

/** Parses a YAML text with a maximum length, or returns where it is invalid. */
function formYaml(source: string, most?: number): Result<FormNode, FormFlaw> {
  const { tree, flaws } = readYamlTree(source, most);
  if (tree === undefined) return failed({ reason: "badYaml", line: flaws.find(({ severity }) => severity === "error")?.range.startLine ?? 0 });
  const lines = source.split("\n");

  const nodeOf = (of: YamlTree | undefined, line: number): FormNode => {
    const node: FormNode = {
      line,
      get(key) {
        const found = of?.kind === "map" ? of.entries.find((entry) => entry.key === key) : undefined;
        return nodeOf(found?.value, found?.keyRange.startLine ?? line);
      },
      text() {
        if (of?.kind !== "scalar" || of.value === null) return "";
        return (typeof of.value === "string" ? of.value : (lines[of.range.startLine] ?? "").slice(of.range.startColumn, of.range.endColumn)).trim();
      },
      is: (value) => of?.kind === "scalar" && of.value === value,
      items: () => (of?.kind === "list" ? of.items.map((item) => nodeOf(item, item.range.startLine)) : []),
      names: () => (of?.kind === "list" ? node.items().map((item) => item.text()) : node.text().split(",")).map((name) => name.trim()).filter((name) => name !== ""),
    };
    return node;
  };
  return ok(nodeOf(tree, 0));
}
