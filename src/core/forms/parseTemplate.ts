import { mostOfFrontMatter, optionalFrontMatter } from "../frontMatter";
import { failed, ok, type Result } from "../result";
import { formYaml } from "./formYaml";
import type { FormFlaw, IssueForm } from "./issueForm";

/** A Markdown template with or without front matter; without a name it has that of its file. */
export function parseTemplate(path: string, source: string): Result<IssueForm, FormFlaw> {
  const parts = optionalFrontMatter(source);
  const front = parts?.language === "yaml" ? parts : undefined;
  const head = formYaml(front?.source ?? "", mostOfFrontMatter);
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
