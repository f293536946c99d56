import { deskLabels } from "../markup/labels";
import { type Desk, deskRoles } from "../model/desk";
import { checklistTimes } from "../model/runbook";
import { fieldTypes } from "../model/stepRequests";
import { canLink, relativeLink } from "./links";
import type { RunbookArea } from "./outline";
import { knownVariables, type VariableSource } from "./templates";

/** Input for the completion of a runbook. */
export interface CompletionContext {
  readonly desk: Desk;
  /** Path of the edited runbook. */
  readonly path: string;
  /** Labels that issues have. */
  readonly labels: readonly string[];
  readonly runbooks: readonly { readonly path: string; readonly title: string }[];
  /** Names of the fields that the steps of the edited runbook ask for. */
  readonly fields?: readonly string[];
  /** ISO date of today. */
  readonly today: string;
}

/** A completion. It replaces the line from `column` to `endColumn`. */
export interface RunbookSuggestion {
  readonly text: string;
  readonly label: string;
  readonly detail: SuggestionDetail;
  readonly column: number;
  readonly endColumn: number;
}

/** The detail of a suggestion, which `host` formats. */
export type SuggestionDetail =
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "value" }
  | { readonly kind: "issueKind"; readonly repositories: readonly string[] }
  | { readonly kind: "role" }
  | { readonly kind: "person"; readonly name: string }
  | { readonly kind: "label" }
  | { readonly kind: "variable"; readonly source: VariableSource }
  | { readonly kind: "runbook"; readonly path: string };

/** Fields of front matter, most common first. */
const runbookFields = ["title", "kind", "assign", "role", "when", "labels", "priority", "repository", "match", "within", "respondWithin", "updateEvery", "reviewed", "reviewEvery", "handbook"] as const;

/** Fields of a template's head. */
const templateFields = ["kind", "title", "labels", "repository", "assign", "priority"] as const;

/** Suggestions at `column` of a line. `fields` are the fields that the front matter or template already has. */
export function completeRunbook(line: string, column: number, area: RunbookArea, fields: readonly string[], context: CompletionContext): readonly RunbookSuggestion[] {
  const before = line.slice(0, column);
  switch (area) {
    case "frontMatter":
      return completeField(line, before, runbookFields, fields, context);
    case "templateHead":
      return [...completeVariable(line, before, context), ...completeField(line, before, templateFields, fields, context)];
    case "templateBody":
      return [...completeVariable(line, before, context), ...completeText(line, before, context)];
    case "prose":
      return completeRequest(line, before, context) ?? completeText(line, before, context);
    default:
      return [];
  }
}

function completeField(line: string, before: string, names: readonly string[], present: readonly string[], context: CompletionContext): readonly RunbookSuggestion[] {
  const key = /^\s*([\w-]*)$/.exec(before);
  if (key !== null) {
    const column = before.length - (key[1]?.length ?? 0);
    const endColumn = before.length + (/^[\w-]*:? ?/.exec(line.slice(before.length))?.[0].length ?? 0);
    return names.filter((name) => !present.includes(name)).map((name) => ({ text: `${name}: `, label: name, detail: { kind: "field", field: name }, column, endColumn }));
  }
  const [, indent = "", field = "", gap = "", value = ""] = /^(\s*)([\w-]+):(\s+)(.*)$/.exec(before) ?? [];
  if (field === "" || value.includes("{{")) return [];
  const isList = field === "labels" || field === "match";
  const word = isList ? (/[^,[\]"']*$/.exec(value)?.[0].trimStart() ?? "") : value;
  const column = indent.length + field.length + 1 + gap.length + value.length - word.length;
  const rest = line.slice(before.length);
  const endColumn = before.length + ((isList ? /^[^,\]"']*/ : /^\S*/).exec(rest)?.[0].length ?? 0);
  const inQuotes = /["']$/.test(before.slice(0, column));
  return valuesOf(field, context).map(({ text, detail }) => ({ text: inQuotes ? text : yamlText(text), label: text, detail, column, endColumn }));
}

type Value = Pick<RunbookSuggestion, "text" | "detail">;

function valuesOf(field: string, { desk, labels, today }: CompletionContext): readonly Value[] {
  const plain = (texts: readonly string[]): readonly Value[] => [...new Set(texts)].map((text) => ({ text, detail: { kind: "value" } }));
  switch (field) {
    case "kind":
      return desk.kinds.map((kind) => ({ text: kind.name, detail: { kind: "issueKind", repositories: kind.repositories } }));
    case "assign":
    case "role":
      return holdersOf(desk);
    case "when":
      return plain(checklistTimes);
    case "priority":
      return plain(desk.priorities.map((priority) => priority.name));
    case "repository":
      return plain(desk.kinds.flatMap((kind) => kind.repositories));
    case "labels":
      return deskLabels(desk, labels).map((text) => ({ text, detail: { kind: "label" } }));
    case "match":
      return plain([...desk.services, ...deskLabels(desk, labels)]);
    case "within":
    case "respondWithin":
    case "updateEvery":
      return plain(["15m", "30m", "1h", "2h", "4h", "1d"]);
    case "reviewEvery":
      return plain(["4w", "12w", "26w", "52w"]);
    case "reviewed":
      return plain([today]);
    case "handbook":
      return plain(["true", "false"]);
    default:
      return [];
  }
}

function holdersOf(desk: Desk): readonly Value[] {
  return [
    ...deskRoles(desk).map((text): Value => ({ text, detail: { kind: "role" } })),
    ...desk.people.map(({ login, name = "" }): Value => ({ text: login, detail: { kind: "person", name } })),
  ];
}

/** Formats a YAML value, with quotes if needed. */
export function yamlText(text: string): string {
  return /^[A-Za-z\d][\w./-]*(?: [\w./-]+)*$/.test(text) ? text : JSON.stringify(text);
}

/** Types and names of fields after `{{`, and what a step can ask for after `(`. */
function completeRequest(line: string, before: string, { fields = [] }: CompletionContext): readonly RunbookSuggestion[] | undefined {
  if (isInCode(before)) return undefined;
  const after = line.slice(before.length);
  const place = (typed: string, rest: RegExp): Pick<RunbookSuggestion, "column" | "endColumn"> => ({ column: before.length - typed.length, endColumn: before.length + (rest.exec(after)?.[0].length ?? 0) });
  const type = /\{\{[^{}:|]+:\s*(\p{L}*)$/u.exec(before)?.[1];
  if (type !== undefined) return fieldTypes.filter((one) => one !== "choice").map((one) => ({ text: `${one}}}`, label: one, detail: { kind: "value" }, ...place(type, /^\p{L}*\s*\}{0,2}/u) }));
  const name = /\{\{\s*([\p{L}\p{N} _-]*)$/u.exec(before)?.[1];
  if (name !== undefined) return fields.map((one) => ({ text: `${one}}}`, label: one, detail: { kind: "variable", source: "asked" }, ...place(name, /^[\p{L}\p{N} _-]*\}{0,2}/u) }));
  const request = /(?:^|\s)\(([\p{L} ]*)$/u.exec(before)?.[1];
  if (request === undefined) return undefined;
  return ["approval by @", "comment required"].map((text) => ({ text, label: text, detail: { kind: "value" }, ...place(request, /^$/) }));
}

function completeVariable(line: string, before: string, { desk, fields = [] }: CompletionContext): readonly RunbookSuggestion[] {
  const open = /\{\{\s*([\w.-]*)$/.exec(before);
  if (open === null) return [];
  const typed = open[1] ?? "";
  const after = /^([\w.-]*)(\s*\}{0,2})/.exec(line.slice(before.length));
  const endColumn = before.length + (after?.[0].length ?? 0);
  const asked = fields.map((name) => ({ name, source: "asked" as const }));
  return [...knownVariables(desk), ...asked].map(({ name, source }) => ({ text: `${name}}}`, label: name, detail: { kind: "variable", source }, column: before.length - typed.length, endColumn }));
}

function isInCode(before: string): boolean {
  return (before.match(/`/g)?.length ?? 0) % 2 === 1;
}

function completeText(line: string, before: string, context: CompletionContext): readonly RunbookSuggestion[] {
  if (isInCode(before)) return [];
  return completeLink(line, before, context) ?? completeMention(line, before, context) ?? completeKind(line, before, context) ?? [];
}

function completeLink(line: string, before: string, { path, runbooks }: CompletionContext): readonly RunbookSuggestion[] | undefined {
  const typed = /\]\(([^()\s#]*)$/.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const endColumn = before.length + (/^[^()\s#]*/.exec(line.slice(before.length))?.[0].length ?? 0);
  return runbooks
    .filter((runbook) => runbook.path !== path && canLink(path, runbook.path))
    .map((runbook) => ({ text: relativeLink(path, runbook.path), label: runbook.title, detail: { kind: "runbook", path: runbook.path }, column: before.length - typed.length, endColumn }));
}

function completeMention(line: string, before: string, { desk }: CompletionContext): readonly RunbookSuggestion[] | undefined {
  const typed = /(?<![\w@./+-])@([\p{L}\p{N}_.-]*)$/u.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const endColumn = before.length + (/^[\p{L}\p{N}_-]*/u.exec(line.slice(before.length))?.[0].length ?? 0);
  return holdersOf(desk).map(({ text, detail }) => ({ text: `@${text}`, label: `@${text}`, detail, column: before.length - typed.length - 1, endColumn }));
}

/** A bracket at the start of an item may become a checkbox. */
function completeKind(line: string, before: string, { desk }: CompletionContext): readonly RunbookSuggestion[] | undefined {
  const typed = /(?<![\w\]\\!])\[([\p{L}\p{N} -]{0,60})$/u.exec(before)?.[1];
  if (typed === undefined || /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]?$/.test(before)) return undefined;
  const endColumn = before.length + (/^[\p{L}\p{N}-]*\]?/u.exec(line.slice(before.length))?.[0].length ?? 0);
  return desk.kinds.map(({ name, repositories }) => {
    const text = `[${name.toUpperCase()}]`;
    return { text, label: text, detail: { kind: "issueKind", repositories }, column: before.length - typed.length - 1, endColumn };
  });
}

export type RunbookSnippetName = "step" | "decision" | "gate" | "template" | "frontMatter" | "shell";

/** A snippet in the editor's syntax. */
interface RunbookSnippet {
  readonly name: RunbookSnippetName;
  readonly text: string;
}

/** Placeholder texts of snippets in the display language. */
interface SnippetLabels {
  readonly step: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly gate: string;
  readonly criterion: string;
  readonly title: string;
  readonly body: string;
}

/** Snippets for a line with at most one word. The front matter snippet is for the first line of a text without front matter. */
export function runbookSnippets(line: number, before: string, area: RunbookArea, desk: Desk, labels: SnippetLabels): readonly RunbookSnippet[] {
  const indent = /^(\s*)[\w-]*$/.exec(before)?.[1];
  if (indent === undefined || area !== "prose") return [];
  const kinds = choice(1, desk.kinds.map((kind) => kind.name));
  const roles = choice(3, deskRoles(desk));
  const step = { name: "step" as const, text: `- [ ] \${1:${labels.step}}` };
  const inside: readonly RunbookSnippet[] = [
    step,
    { name: "decision", text: `- [ ] \${1:${labels.question}}?\n  - ${labels.yes}: \${2}\n  - ${labels.no}: \${3}` },
    { name: "template", text: `\`\`\`issue\nkind: ${kinds}\ntitle: "\${2:${labels.title}}"\n---\n\${0:${labels.body}}\n\`\`\`` },
    { name: "shell", text: "```sh\n${0}\n```" },
  ];
  if (indent !== "") return inside;
  const gate: RunbookSnippet = { name: "gate", text: `## Gate: \${1:${labels.gate}}\n\n- [ ] \${2:${labels.criterion}}` };
  const frontMatter: RunbookSnippet = { name: "frontMatter", text: `---\ntitle: \${2:${labels.title}}\nkind: ${kinds}\nassign: ${roles}\nreviewed: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE\nreviewEvery: \${4:26w}\n---\n\n\${0}` };
  return [...inside, gate, ...(line === 0 ? [frontMatter] : [])];
}

function choice(place: number, names: readonly string[]): string {
  return `\${${place}|${names.map((name) => name.replace(/[\\,|$}]/g, "\\$&")).join(",")}|}`;
}
