import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { IssueHead, IssueState } from "../../protocol/issue";
import type { EntryView } from "../../protocol/issueTimeline";
import { fill } from "../../protocol/fill";
import { icon, valueOf } from "../shared/elements";
import { type MarkdownView, renderMarkdown } from "../shared/markdown";
import { relativeTime } from "../shared/times";
import { foldable, type Handlers, type PageTime, timelineFilters, type Ui } from "./parts";

/** The timeline of the issue, oldest first, with a line for each day. */
export function timelineSection(issue: IssueHead, state: IssueState, ui: Ui, time: PageTime, markdown: MarkdownView, handlers: Handlers): TemplateResult {
  const { labels } = state;
  const { loading, failure, count } = issue.timeline;
  const { entries } = ui;
  return foldable("timeline", labels.timeline, count, ui, handlers, () => html`
    ${failure === undefined ? nothing : html`<div class="banner warning" role="alert">${icon("warning")}<span>${fill(labels.timelineFailed, failure)}</span><button type="button" class="small" @click=${() => handlers.act({ kind: "readTimeline" })}>${labels.retry}</button></div>`}
    ${entries === undefined ? (loading || failure === undefined ? html`<p class="quiet" role="status">${icon("loading")} ${labels.timelineLoading}</p>` : nothing) : content(entries, state, ui, time, markdown, handlers)}`);
}

function content(entries: readonly EntryView[], state: IssueState, ui: Ui, time: PageTime, markdown: MarkdownView, handlers: Handlers): TemplateResult {
  const { labels } = state;
  const shown = matching(entries, ui);
  const names = { all: labels.filterAll, milestone: labels.filterMilestones, comment: labels.filterComments, checklist: labels.filterChecklist } as const;
  return html`
    <div class="filter" role="group" aria-label=${labels.filter}>
      ${timelineFilters.map((group) => html`<button type="button" class="small" aria-pressed=${ui.filter === group ? "true" : "false"} @click=${() => handlers.setFilter(group)}>${names[group]}</button>`)}
      <input type="search" class="filter-text" aria-label=${labels.filterText} placeholder=${labels.filterText} .value=${ui.filterText} @input=${(event: Event) => handlers.setFilterText(valueOf(event))}>
      <span class="quiet" role="status">${shown.length === entries.length ? nothing : fill(labels.timelineCount, shown.length, entries.length)}</span>
      ${entries.length > 20 ? html`<button type="button" class="small plain newest" @click=${() => handlers.goToNewest()}>${icon("arrow-down")} ${labels.newest}</button>` : nothing}
    </div>
    ${shown.length === 0 ? html`<p class="quiet">${labels.timelineNone}</p>` : nothing}
    ${guard([entries, ui.filter, ui.filterText, Math.floor(time.now / 60_000), state.language, state.timezone], () => list(shown, state, time, markdown))}`;
}

function matching(entries: readonly EntryView[], { filter, filterText }: Ui): readonly EntryView[] {
  const wanted = filterText.trim().toLowerCase();
  return entries.filter((entry) => (filter === "all" || entry.group === filter) && (wanted === "" || searchText(entry).includes(wanted)));
}

const texts = new WeakMap<EntryView, string>();

/** What the text filter looks at: the words of an entry and its author. */
function searchText(entry: EntryView): string {
  const known = texts.get(entry) ?? `${entry.text} ${entry.by} ${entry.body === undefined ? "" : wordsOf(entry.body)}`.toLowerCase();
  texts.set(entry, known);
  return known;
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(" ");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value).map(([name, part]) => (["text", "login", "alt", "href"].includes(name) && typeof part === "string" ? part : wordsOf(part))).join(" ");
}

function list(entries: readonly EntryView[], state: IssueState, time: PageTime, markdown: MarkdownView): TemplateResult {
  const days = entries.map(({ at }) => time.zone.day(at));
  return html`<ol class="timeline">${repeat(entries, ({ id }) => id, (entry, index) => html`${days[index] === days[index - 1] ? nothing : html`<li class="day"><h3>${days[index]}</h3></li>`}${entryItem(entry, state, time, markdown)}`)}</ol>`;
}

function entryItem(entry: EntryView, { labels, language }: IssueState, { now, zone }: PageTime, markdown: MarkdownView): TemplateResult {
  const { at, by, group, text, body, recorded, pending, url } = entry;
  return html`<li class="entry ${group} ${body === undefined ? "" : "with-body"}">
    <span class="dot">${icon(entry.icon)}</span>
    <div class="entry-head"><span class="entry-text">${url === undefined ? html`<bdi>${text}</bdi>` : html`<button type="button" class="link" role="link" title=${url} @click=${() => markdown.follow(url)}><bdi>${text}</bdi></button>`}</span>
      <span class="quiet">${by === "" ? labels.somebody : html`<bdi>${by}</bdi>`} · <time datetime=${at} title=${zone.full(at)}>${zone.clock(at)} · ${relativeTime(at, now, language)}</time>${recorded === undefined ? nothing : html` · <span title=${zone.full(recorded)}>${fill(labels.recordedLater, zone.near(recorded, Date.parse(at)))}</span>`}${pending ? html` · ${icon("sync")} ${labels.waiting}` : nothing}</span></div>
    ${body === undefined ? nothing : html`<div class="entry-body">${renderMarkdown(body, markdown)}</div>`}
  </li>`;
}
