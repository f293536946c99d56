import type { DiagramStep, StepState } from "../core/checklist/stepStates";
import type { IssueRef } from "../core/model/issueRef";
import type { IssueTemplate, RunbookSection, RunbookStep } from "../core/model/runbook";
import { type DeskLink, formatDeskLink, isSectionSlug } from "./deskLink";

/** Texts of the preview in the display language. */
export interface PreviewLabels {
  readonly startChecklist: string;
  readonly startProcedure: string;
  readonly startSection: string;
  readonly startSectionNamed: (title: string) => string;
  readonly declareIncident: string;
  readonly newRequest: string;
  readonly linkExisting: string;
  readonly actions: string;
  readonly runCommand: string;
  readonly stepOpen: string;
  readonly stepDone: string;
  readonly openChecklist: string;
  readonly chartSteps: string;
  readonly create: (kind: string) => string;
  readonly createSet: (count: number) => string;
  readonly template: (kind: string) => string;
}

/** Input for rendering the parts. */
export interface PreviewContext {
  readonly path: string;
  /** The URI handler of the extension, for example `vscode://publisher.name`. */
  readonly uriHandler: string;
  readonly labels: PreviewLabels;
}

/** A checklist of the runbook: the line above the text or below the heading of its section, the target of its button, and the states of the steps by id. */
export interface ShownChecklist {
  readonly issue: IssueRef;
  readonly run: string;
  /** The slug of its section. Absent if it is the checklist of the whole file. */
  readonly section?: string;
  readonly words: string;
  readonly steps: ReadonlyMap<string, ShownStep>;
  /** The edges of flowcharts that were walked, as ids of steps. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** The state of a step, also as text. */
export interface ShownStep {
  readonly kind: StepState["kind"];
  readonly words: string;
}

/** Escapes text for HTML content and attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A link styled as a button. `description` is read by screen readers instead of the label. */
function button(context: PreviewContext, link: DeskLink, label: string, appearance: "primary" | "secondary", description?: string): string {
  const described = description === undefined ? "" : ` aria-label="${escapeText(description)}"`;
  return `<a class="response-desk-button response-desk-${appearance}" href="${escapeText(formatDeskLink(context.uriHandler, link))}"${described}>${escapeText(label)}</a>`;
}

/** The buttons above the text. For a handbook, the first asks which procedure to start. */
export function toolbar(context: PreviewContext, kind: string | undefined, handbook: boolean): string {
  const { path, labels: words } = context;
  const buttons = [handbook ? button(context, { kind: "start", path }, words.startProcedure, "primary") : button(context, { kind: "start", path }, words.startChecklist, "primary")];
  if (kind === "incident") buttons.push(button(context, { kind: "declare", path }, words.declareIncident, "secondary"));
  if (kind === "request") buttons.push(button(context, { kind: "request", path }, words.newRequest, "secondary"));
  return `<nav class="response-desk-bar" aria-label="${escapeText(words.actions)}" data-vscode-context="${contextOf(context, "runbook", 0)}">${buttons.join("")}</nav>\n`;
}

/** The button in a heading that starts its section. Empty if the section cannot be named in a link. */
export function sectionButton(context: PreviewContext, { slug, title }: Pick<RunbookSection, "slug" | "title">): string {
  if (!isSectionSlug(slug)) return "";
  const { path, labels: words } = context;
  return ` <span class="response-desk-buttons">${button(context, { kind: "start", path, section: slug }, words.startSection, "secondary", words.startSectionNamed(title))}</span>`;
}

/** The line that names the displayed checklist and links to it. */
export function checklistLine(context: PreviewContext, { issue, run, words }: ShownChecklist): string {
  return `<p class="response-desk-run"><span>${escapeText(words)}</span> ${button(context, { kind: "checklist", issue, run }, context.labels.openChecklist, "secondary")}</p>\n`;
}

/** Hidden data with the step states, for the script that marks them in diagrams. */
export function diagramSteps(steps: readonly DiagramStep[]): string {
  return `<div class="response-desk-drawn" hidden data-steps="${escapeText(JSON.stringify(steps))}"></div>\n`;
}

/** The checkbox of a step as written in the text. It is read-only. */
export function box(context: PreviewContext, checked: boolean): string {
  return boxAs("checkbox", "response-desk-box", checked, checked ? context.labels.stepDone : context.labels.stepOpen);
}

/** The checkbox of a step with its state in a checklist. Options have a round one. */
export function checklistBox(step: RunbookStep, { kind, words }: ShownStep): string {
  return boxAs(step.part === "option" ? "radio" : "checkbox", "response-desk-box response-desk-run-box", kind === "done", words);
}

function boxAs(type: "checkbox" | "radio", appearance: string, checked: boolean, label: string): string {
  return `<input type="${type}" class="${appearance}" disabled${checked ? " checked" : ""} aria-label="${escapeText(label)}"> `;
}

/** The tags around the text of a step with a state. */
export function stepTextTags({ words }: ShownStep): readonly [string, string] {
  return [`<span class="response-desk-words" title="${escapeText(words)}">`, "</span>"];
}

/** The state of a step as text after it. Screen readers read it from the checkbox. */
export function note({ kind, words }: ShownStep): string {
  return kind === "done" || kind === "skipped" ? ` <small class="response-desk-note" aria-hidden="true">${escapeText(words)}</small>` : "";
}

/** The name of a kind as a small label. */
export function chip(kind: string): string {
  return `<span class="response-desk-kind">${escapeText(kind.toUpperCase())}</span>`;
}

/** Buttons after a step that asks for issues. Empty for other steps. */
export function stepButtons(context: PreviewContext, step: RunbookStep, several: number): string {
  const kinds = [...new Set(step.mentions.filter((mention) => mention.action === "create").map((mention) => mention.kind))];
  if (kinds.length === 0 && several < 2) return "";
  const at = { path: context.path, line: step.line };
  const buttons = [
    ...(several > 1 ? [button(context, { kind: "set", ...at }, context.labels.createSet(several), "secondary")] : []),
    ...kinds.map((kind) => button(context, { kind: "create", ...at }, context.labels.create(kind.toUpperCase()), "secondary")),
    button(context, { kind: "link", ...at }, context.labels.linkExisting, "secondary"),
  ];
  return ` <span class="response-desk-buttons">${buttons.join("")}</span>`;
}

/** The button below a shell block. It opens a dialog and runs nothing by itself. */
export function commandButton(context: PreviewContext, line: number): string {
  return `<p class="response-desk-buttons">${button(context, { kind: "run", path: context.path, line }, context.labels.runCommand, "secondary")}</p>\n`;
}

/** A template as a card. */
export function card(context: PreviewContext, template: IssueTemplate): string {
  const { labels: words, path } = context;
  const at = { path, line: template.line };
  const labels = template.labels.map((label) => `<li>${escapeText(label)}</li>`).join("");
  return [
    `<section class="response-desk-card code-line" data-line="${template.line}" aria-label="${escapeText(words.template(template.kind.toUpperCase()))}" data-vscode-context="${contextOf(context, "template", template.line)}">`,
    `<p class="response-desk-card-title">${chip(template.kind)} <strong>${escapeText(template.title)}</strong></p>`,
    labels === "" ? "" : `<ul class="response-desk-labels">${labels}</ul>`,
    template.body === "" ? "" : `<div class="response-desk-card-body">${escapeText(template.body)}</div>`,
    `<p class="response-desk-buttons">${button(context, { kind: "create", ...at }, words.create(template.kind.toUpperCase()), "primary")}${button(context, { kind: "link", ...at }, words.linkExisting, "secondary")}</p>`,
    "</section>\n",
  ].join("");
}

/** Sets the context of the preview's context menu. The value is already escaped. */
function contextOf(context: PreviewContext, part: "runbook" | "step" | "template", line: number): string {
  return escapeText(contextValue(context, part, line));
}

/** The context of the preview's context menu as unescaped JSON. */
export function contextValue(context: PreviewContext, part: "runbook" | "step" | "template", line: number): string {
  return JSON.stringify({ webviewSection: `responseDesk.${part}`, path: context.path, line });
}
