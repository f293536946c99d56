import { optionalFrontMatter } from "../../markup/frontMatter";
import { normalField } from "../../markup/textLines";
import { readYamlTree, type YamlTree } from "../../markup/yamlTree";
import type { DeskProblemCode } from "../../model/desk";
import { formatRef } from "../../model/issueRef";
import { writtenPath } from "../../model/paths";
import type { Problem } from "../../model/problem";
import { failed, ok, type Result } from "../../model/result";
import { fillText, isWellFormed } from "../../runbook/templates";
import { type FrontMatterProblem, writeItem, writeScalar } from "./frontMatter";
import { parsePostmortem, type PostmortemDocument, sectionIn } from "./parsePostmortem";
import { emptyPostmortem, type Postmortem, postmortemInstants, postmortemLists, postmortemTexts, type SectionName } from "../postmortem";
import { formatEntryTime } from "../postmortemTime";
import { renderPostmortem } from "./renderPostmortem";

/** Why a template cannot be used. `badVariables`: a `{{` is not closed. `noSection`: no heading names a section of a post-mortem. */
export type TemplateProblem = FrontMatterProblem | "badVariables" | "noSection";

/** Values of variables, as in issue templates. */
export type TemplateValues = Readonly<Record<string, string>>;

/**
 * A new post-mortem in the form of a team's template: its front matter, headings, order and texts, with variables and known sections
 * filled in. Sections that the template does not have are omitted.
 */
export function fillPostmortemTemplate(template: string, draft: Postmortem, timezone: string, values: TemplateValues): Result<string, TemplateProblem> {
  const all = { ...values, ...valuesOf(draft, timezone) };
  const parts = optionalFrontMatter(template);
  const body = parts?.body ?? template;
  if (!isWellFormed(body)) return failed("badVariables");
  const head = parts === undefined ? "" : parts.opening + (parts.language === "yaml" ? fillYaml(parts.source, all) : parts.source) + parts.closing;
  const document = parsePostmortem(head + fillText(body, oneLine(all)), timezone);
  if (document.problem !== undefined) return failed(document.problem);
  if (document.layout.sections.length === 0) return failed("noSection");
  return ok(renderPostmortem(withDraft(document, draft), timezone, document));
}

/** Whether a template can be used, whatever its variables are. */
export function checkTemplate(template: string): TemplateProblem | undefined {
  const filled = fillPostmortemTemplate(template, { ...emptyPostmortem, title: "" }, "UTC", {});
  return filled.kind === "failed" ? filled.failure : undefined;
}

/** The problems of the template that a `desk.yml` names. `read` returns the text of a file in the workspace folder. */
export async function checkDeskTemplate(text: string, read: (path: string) => Promise<string | undefined>): Promise<readonly Problem<DeskProblemCode>[]> {
  const { tree } = readYamlTree(text);
  const rules = entryOf(tree, "postmortem");
  const named = entryOf(rules, "template");
  const path = named?.kind === "scalar" && typeof named.value === "string" ? writtenPath(named.value) : undefined;
  // Other paths have a problem of their own.
  if (named === undefined || path === undefined || !/\.(?:md|markdown)$/i.test(path)) return [];
  const template = await read(path);
  const reason = template === undefined ? "missing" : checkTemplate(template);
  return reason === undefined ? [] : [{ severity: "warning", code: "badTemplate", range: named.range, details: { value: path, reason } }];
}

function entryOf(tree: YamlTree | undefined, key: string): YamlTree | undefined {
  return tree?.kind === "map" ? tree.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** The values of variables that only post-mortems have, in addition to those of issue templates. */
function valuesOf(draft: Postmortem, timezone: string): TemplateValues {
  const times = postmortemInstants.map((name) => {
    const at = draft.instants[name];
    return [name, at === undefined ? "" : formatEntryTime({ kind: "instant", at }, timezone)] as const;
  });
  return {
    ...Object.fromEntries(times),
    title: draft.title,
    incident: draft.issue === undefined ? "" : formatRef(draft.issue, ""),
    severity: draft.severity ?? "",
    priority: draft.priority ?? "",
    services: draft.services.join(", "),
    lead: draft.lead ?? "",
    owner: draft.owner ?? "",
    review: draft.review ?? "",
  };
}

function oneLine(values: TemplateValues): TemplateValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, normalField(value)]));
}

/** Replaces variables in YAML, with quotes where the value needs them. */
function fillYaml(source: string, values: TemplateValues): string {
  return source.replace(/^.*$/gm, (line) =>
    line.replace(/\{\{\{?[ \t]*([\w.-]+)[ \t]*\}?\}\}/g, (variable: string, name: string, at: number) => {
      if (!Object.hasOwn(values, name)) return JSON.stringify(variable);
      const value = normalField(values[name] ?? "");
      const before = line.slice(0, at);
      const after = line.slice(at + variable.length);
      if ((before.split('"').length - 1) % 2 === 1) return JSON.stringify(value).slice(1, -1);
      if ((before.split("'").length - 1) % 2 === 1) return value.replaceAll("'", "''");
      if (/\[[^\]]*$/.test(before)) return name === "services" ? value.split(", ").map(writeItem).join(", ") : writeItem(value);
      const isWhole = /^\s*(?:- +)?(?:[^:#]+:[ \t]+|- +)?$/.test(before) && /^[ \t]*(?:#.*)?$/.test(after);
      return isWhole ? writeScalar(value) : value.replace(/:(?=\s|$)|(?<=\s|^)#/g, " ");
    }),
  );
}

/** The template's post-mortem with what the draft knows. */
function withDraft({ layout, postmortem: template }: PostmortemDocument, draft: Postmortem): Postmortem {
  const has = (name: SectionName): boolean => sectionIn(layout, name) !== undefined;
  const texts = { ...template.texts };
  for (const name of postmortemTexts) if (has(name)) texts[name] = joined(template.texts[name], draft.texts[name]);
  const lists = Object.fromEntries(postmortemLists.map((name) => [name, [...new Set([...template[name], ...draft[name]])]] as const));
  return {
    ...template,
    ...draft,
    ...lists,
    title: template.title.includes(draft.title) ? template.title : draft.title,
    status: template.status,
    texts,
    own: template.own,
    impact: has("impact") ? [...template.impact, ...draft.impact] : [],
    timeline: has("timeline") ? filledRows(template.timeline, draft.timeline, ({ time, event }) => event !== "" || time.kind === "instant" || time.words !== "") : [],
    actions: has("actions") ? filledRows(template.actions, draft.actions, ({ action }) => action !== "") : [],
  };
}

function joined(template: string, draft: string): string {
  return [template, template.includes(draft) ? "" : draft].filter((part) => part !== "").join("\n\n");
}

/** Rows of the template, which are empty ones to be filled or examples, then those of the draft. Empty ones are omitted if the draft has rows. */
function filledRows<Row>(template: readonly Row[], draft: readonly Row[], isFilled: (row: Row) => boolean): readonly Row[] {
  return draft.length === 0 ? template : [...template.filter(isFilled), ...draft];
}
