import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { refKey } from "../../core/model/issueRef";
import type { Banner, Button, IssueAction, IssueState, ChecklistView, ChecklistWrite, EvidenceView, NewMark, ReplyWrite, RequestsView, StepView } from "../../protocol/issue";
import type { LinkChip } from "../../protocol/panel";
import type { IssueLabels } from "../../protocol/issueLabels";
import type { EntryView } from "../../protocol/issueTimeline";
import { icon, keyed } from "../shared/elements";
import type { ZonedTime } from "../shared/times";
import type { Placing } from "./chartPlacing";

/** Linked issues with title and state. A click opens its page. */
export function chips(links: readonly LinkChip[], labels: IssueLabels, handlers: Handlers): TemplateResult | typeof nothing {
  if (links.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${labels.linkedIssues}>${keyed(links, ({ ref, relation = "" }) => `${relation} ${refKey(ref)}`, (link) => html`<li>${chip(link, labels, handlers)}</li>`)}</ul>`;
}

function chip({ ref, reference, title, state, relation }: LinkChip, labels: IssueLabels, handlers: Handlers): TemplateResult {
  const stateLabel = { open: labels.open, closed: labels.closed, unknown: labels.unknownState }[state];
  const inside = html`
    ${icon({ open: "issues", closed: "pass", unknown: "question" }[state])}
    ${relation === undefined ? nothing : html`<span class="quiet">${relation}</span>`}
    <span class="reference">${reference}</span>
    ${title === undefined ? nothing : html`<span class="title">${title}</span>`}
    <span class=${state === "open" ? "unseen" : "quiet"}>${stateLabel}</span>`;
  return state === "unknown"
    ? html`<span class="chip unknown">${inside}</span>`
    : html`<button type="button" class="chip ${state}" title=${labels.openIssue} @click=${() => handlers.act({ kind: "openIssue", ref })}>${inside}</button>`;
}

/** The evidence of a step. A click opens it. */
export function evidenceList(pieces: readonly EvidenceView[], labels: IssueLabels, handlers: Handlers): TemplateResult | typeof nothing {
  if (pieces.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${labels.evidence}>${pieces.map(({ text, icon: name, open, remove }) => html`<li class="evidence">
    ${open === undefined
      ? html`<span class="chip">${icon(name)} <span class="title"><bdi>${text}</bdi></span></span>`
      : html`<button type="button" class="chip" @click=${() => handlers.act(open)}>${icon(name)} <span class="title"><bdi>${text}</bdi></span></button>`}
    ${remove === undefined
      ? nothing
      : html`<button type="button" class="small plain" title=${remove.label} aria-label=${remove.label} ?disabled=${remove.disabled} @click=${() => handlers.act(remove.action)}>${icon(remove.icon)}</button>`}
  </li>`)}</ul>`;
}

/** The values of a step's fields, each with a button that changes it, and what the step waits for. */
export function requestLines({ fields, notes }: RequestsView, labels: IssueLabels, handlers: Handlers): TemplateResult {
  return html`
    ${fields.length === 0 ? nothing : html`<ul class="fields" aria-label=${labels.fields}>${fields.map(({ name, value, isFilled, open, button }) => html`<li>
      <span class="name quiet"><bdi>${name}</bdi></span>
      ${open === undefined ? html`<span class=${isFilled ? "value" : "value quiet"}><bdi>${value}</bdi></span>` : html`<button type="button" class="link value" @click=${() => handlers.act(open)}><bdi>${value}</bdi></button>`}
      <button type="button" class="small plain" title=${button.label} aria-label=${button.label} ?disabled=${button.disabled} @click=${() => handlers.act(button.action)}>${icon(button.icon)}</button>
    </li>`)}</ul>`}
    ${notes.map(({ tone, icon: name, text }) => html`<div class="note ${tone}">${icon(name)} <span>${text}</span></div>`)}`;
}

/** A section with a heading that collapses it. `count` is shown beside the heading. */
export function foldable(id: string, title: string, count: number | string | undefined, ui: Ui, handlers: Handlers, content: () => unknown): TemplateResult {
  const folded = ui.folded.has(id);
  return html`<section class="part" aria-labelledby="part-${id}">
    <h2><button type="button" class="fold" id="part-${id}" aria-expanded=${folded ? "false" : "true"} @click=${() => handlers.fold(id, !folded)}>${icon(folded ? "chevron-right" : "chevron-down")} <bdi>${title}</bdi>${count === undefined || count === 0 ? nothing : html` <span class="count quiet">${count}</span>`}</button></h2>
    ${folded ? nothing : content()}
  </section>`;
}

/** Tells the buttons of a row apart. */
export function buttonKey({ label, action }: Button): string {
  return `${label} ${JSON.stringify(action)}`;
}

/** A row of small buttons, labeled as a group. */
export function buttonRow(buttons: readonly Button[], name: string, handlers: Handlers): TemplateResult | typeof nothing {
  if (buttons.length === 0) return nothing;
  return html`<div class="buttons" role="group" aria-label=${name}>${keyed(buttons, buttonKey,
    (button) => html`<button type="button" class="small" ?disabled=${button.disabled} @click=${() => handlers.act(button.action)}>${icon(button.icon)} ${button.label}</button>`,
  )}</div>`;
}

/** Large buttons, as below a heading. */
export function mainButtons(buttons: readonly Button[], name: string, handlers: Handlers, first: "primary" | "secondary" = "secondary"): TemplateResult | typeof nothing {
  if (buttons.length === 0) return nothing;
  return html`<div class="buttons" role="group" aria-label=${name}>${buttons.map(
    (button, index) => html`<vscode-button ?secondary=${first === "secondary" || index > 0} ?disabled=${button.disabled} aria-disabled=${button.disabled ? "true" : "false"}
      @click=${() => {
        if (!button.disabled) handlers.act(button.action);
      }}>${icon(button.icon, "content-before")}${button.label}</vscode-button>`,
  )}</div>`;
}

/** A message with its actions. */
export function bannerLine({ tone, text, details, buttons }: Banner, handlers: Handlers): TemplateResult {
  return html`<div class="banner ${tone}" role="note">${icon({ information: "info", warning: "warning", error: "error" }[tone])}<span>${text}${details.length === 0 ? nothing : html`<ul class="details">${details.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul>`}</span>${buttons.map(
    (button) => html`<button type="button" class="small" ?disabled=${button.disabled} @click=${() => handlers.act(button.action)}>${button.label}</button>`,
  )}</div>`;
}

/** State of the page that is not part of the checklist state. */
export interface Ui {
  /** Milliseconds since 1970, for relative times. */
  readonly now: number;
  /** The step whose skip reason is being typed. */
  readonly skipping?: string;
  /** Shows only the steps for the current user. */
  readonly onlyMine: boolean;
  /** Rejected writes by step. */
  readonly refusals: ReadonlyMap<string, Refused>;
  /** What others just changed, for screen readers. */
  readonly announcement: string;
  /** How many writes have been unanswered for a long time. */
  readonly silent: number;
  readonly drafts: Readonly<Record<string, string>>;
  readonly menuOpen: boolean;
  /** Ids of collapsed sections. */
  readonly folded: ReadonlySet<string>;
  /** Whether all linked issues are shown. */
  readonly allLinks: boolean;
  /** The entries of the timeline in order, once they arrived. */
  readonly entries?: readonly EntryView[];
  readonly filter: TimelineFilter;
  readonly filterText: string;
  readonly reply: ReplyProgress;
  /** The drawings of flowcharts by the ids of the charts, once they are arranged. */
  readonly placed: Placing["placed"];
  /** Whether they are beside their lists. */
  readonly beside: boolean;
  /** The zoom that the user chose, by chart. */
  readonly zooms: ReadonlyMap<string, number>;
  /** The node that was focused last, by chart. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** The state of the last comment that was sent. `kept`: it is stored and retried. */
export type ReplyProgress = { readonly kind: "none" | "sending" | "sent" } | { readonly kind: "kept" | "refused"; readonly text: string };

export const timelineFilters = ["all", "milestone", "comment", "checklist"] as const;

export type TimelineFilter = (typeof timelineFilters)[number];

/** The time that the page shows: milliseconds since 1970, and the zone of the desk. */
export interface PageTime {
  readonly now: number;
  readonly zone: ZonedTime;
}

/** Names of the drafts of the comment: its text, the stage, and the state of the issue when it was begun. */
export const replyFields = { text: "reply", stage: "reply stage", state: "reply state" } as const;

interface Refused {
  readonly text: string;
  readonly write: ChecklistWrite;
  /** It is stored and retried automatically. */
  readonly kept: boolean;
}

/** Actions of the page. */
export interface Handlers {
  readonly act: (action: IssueAction) => void;
  readonly mark: (step: StepView, mark: NewMark) => void;
  readonly choose: (decision: StepView, option: StepView) => void;
  readonly follow: (href: string) => void;
  readonly setOnlyMine: (only: boolean) => void;
  readonly startSkip: (step: StepView) => void;
  readonly cancelSkip: (step: StepView) => void;
  readonly type: (field: string, text: string) => void;
  readonly retry: (refused: Refused) => void;
  /** Opens or closes the menu, and moves the focus into it or back. */
  readonly setMenu: (open: boolean) => void;
  /** Closes the menu because the focus left it. */
  readonly leaveMenu: () => void;
  readonly fold: (id: string, folded: boolean) => void;
  readonly showAllLinks: () => void;
  readonly setFilter: (filter: TimelineFilter) => void;
  readonly setFilterText: (text: string) => void;
  readonly goToNewest: () => void;
  /** Moves to the element with this id and focuses it. */
  readonly goTo: (id: string) => void;
  readonly typeReply: (text: string, state: "open" | "closed") => void;
  readonly chooseStage: (stage: string) => void;
  readonly sendReply: (effect: ReplyWrite["effect"], text: string, stage: string | undefined) => void;
  readonly discardReply: () => void;
  readonly copy: (text: string) => void;
  readonly setZoom: (chart: string, zoom: number) => void;
  readonly focusNode: (chart: string, node: string) => void;
  /** Moves to a step in the list. */
  readonly goToStep: (step: string) => void;
}

/** Name of the draft for the reason of a step. */
export function reasonField(run: string, step: string): string {
  return `skip ${run} ${step}`;
}

/** Id of the element that marks a step. */
export function controlId(step: string): string {
  return `step-${step}`;
}

/** Input for rendering a step. */
export interface Drawing {
  readonly state: IssueState;
  readonly checklist: ChecklistView;
  readonly ui: Ui;
  readonly handlers: Handlers;
}

/** Whether the step cannot be marked now: the page is read-only, a gate is open, or another option was selected. */
export function blocked(step: StepView, { state }: Pick<Drawing, "state">): boolean {
  return state.readonly || step.locked !== undefined || (step.mark.kind === "left" && step.part !== "option");
}
