import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { IssueRef } from "../../core/model/issueRef";
import type { MetricsAction, MetricsButton, MetricsControls, MetricsFigure, MetricsFilter, MetricsLabels, MetricsList, MetricsNotice, MetricsRemark, MetricsReportView, MetricsSection, MetricsState, MetricsTable } from "../../protocol/metrics";
import { icon, linkButton, valueOf } from "../shared/elements";
import { drawChart, link } from "./charts";
import { dateFields, type Dates, datesFlaw } from "./dates";

/** Actions of the page. */
export interface Handlers {
  readonly act: (action: MetricsAction) => void;
  readonly openIssue: (ref: IssueRef) => void;
  readonly openFile: (path: string) => void;
  /** Lists the issues behind a figure, or closes the list. */
  readonly list: (of: string | undefined) => void;
  readonly choosePeriod: (value: string) => void;
  /** Shows the period between two days once they are one, and keeps them until then. */
  readonly typeDates: (dates: Dates) => void;
  /** Shows only the issues with a value, or all. */
  readonly chooseIssues: (only: MetricsFilter | undefined) => void;
  readonly chooseClock: (clock: string) => void;
  /** Keeps how the user arranged the page. */
  readonly remember: (name: string, value: string) => void;
}

/** Id of the dialog with the issues behind a figure. */
export const listId = "list";

/** What a user typed or arranged on the page. */
interface OwnState {
  readonly choices: Readonly<Record<string, string>>;
  /** Days that are not shown yet. */
  readonly typed: Dates | undefined;
}

/** The whole page. */
export function metricsPage(state: MetricsState, { choices, typed }: OwnState, handlers: Handlers): TemplateResult {
  const { labels, controls, banners, notes, progress, content } = state;
  return html`<main>
    <h1>${labels.heading}</h1>
    ${banners.map(({ tone, text, button }) => html`<div class="banner ${tone}" role="note">${icon(tone)}<span>${text}</span>${button === undefined ? nothing : small(button, handlers)}</div>`)}
    ${notes.length === 0 ? nothing : html`<div class="banner info" role="note" aria-label=${labels.notes}>${icon("info")}${notes.length === 1 ? html`<span>${notes[0]}</span>` : html`<ul>${notes.map((text) => html`<li>${text}</li>`)}</ul>`}</div>`}
    ${controlBar(controls, typed, labels, handlers)}
    <div class="progress" role="status">${progress === undefined ? nothing : html`<span>${progress.text}</span>
      <progress max=${progress.of === 0 ? nothing : progress.of} value=${progress.of === 0 ? nothing : progress.done} aria-label=${progress.text}></progress>
      <button type="button" class="small" @click=${() => handlers.act("cancel")}>${icon("close")} ${labels.cancel}</button>`}</div>
    ${content.kind === "notice" ? notice(content, handlers) : report(content, labels, choices, handlers)}
  </main>`;
}

function small({ label, icon: name, action }: MetricsButton, handlers: Handlers): TemplateResult {
  return html`<button type="button" class="small" @click=${() => handlers.act(action)}>${icon(name)} ${label}</button>`;
}

function controlBar({ periods, period, from, to, issues, only, clocks, clock, text, buttons }: MetricsControls, typed: Dates | undefined, labels: MetricsLabels, handlers: Handlers): TemplateResult {
  const select = (id: string, label: string, options: readonly { readonly value: string; readonly label: string }[], value: string, choose: (value: string) => void): TemplateResult => html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} .value=${live(value)} @change=${(event: Event) => choose(valueOf(event))}>${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}</select></div>`;
  return html`<form class="controls fields" @submit=${(event: Event) => event.preventDefault()}>
      ${select("period", labels.period, periods, period, handlers.choosePeriod)}
      ${period === "dates" ? dateFields({ typed: typed ?? { from, to }, shown: { from, to }, labels, typeDates: handlers.typeDates }) : nothing}
      ${issueSelect(issues, only, labels.issues, handlers)}
      ${clocks === undefined ? nothing : select("clock", labels.clock, clocks, clock, handlers.chooseClock)}
    </form>
    ${period === "dates" && typed !== undefined ? datesFlaw(typed, labels) : nothing}
    <p class="quiet scope" role="status">${text}</p>
    ${buttons.length === 0 ? nothing : html`<div class="buttons" role="group" aria-label=${labels.actions}>${buttons.map((button) => small(button, handlers))}</div>`}`;
}

function issueSelect(groups: MetricsControls["issues"], only: MetricsFilter | undefined, label: string, handlers: Handlers): TemplateResult | typeof nothing {
  const all = groups.flatMap(({ choices }) => choices);
  if (all.length < 3) return nothing;
  const selected = String(Math.max(0, all.findIndex((choice) => choice.only?.by === only?.by && choice.only?.name === only?.name)));
  const option = (choice: (typeof all)[number]): TemplateResult => {
    const value = String(all.indexOf(choice));
    return html`<option value=${value} title=${choice.hint ?? nothing} ?selected=${value === selected}>${choice.label}</option>`;
  };
  return html`<div class="field"><label for="issues">${label}</label>
    <select id="issues" .value=${live(selected)} @change=${(event: Event) => handlers.chooseIssues(all[Number(valueOf(event))]?.only)}>
      ${groups.map(({ title, choices }) => (title === undefined ? choices.map(option) : html`<optgroup label=${title}>${choices.map(option)}</optgroup>`))}
    </select></div>`;
}

function notice({ icon: name, title, text, buttons }: MetricsNotice, handlers: Handlers): TemplateResult {
  return html`<section class="empty"><h2>${icon(name)} ${title}</h2><p>${text}</p>
    ${buttons.map(({ label, icon: symbol, action }) => html`<vscode-button @click=${() => handlers.act(action)}>${icon(symbol, "content-before")}${label}</vscode-button>`)}</section>`;
}

function report(view: MetricsReportView, labels: MetricsLabels, choices: Readonly<Record<string, string>>, handlers: Handlers): TemplateResult {
  const breakdown = view.breakdowns.find(({ id }) => id === choices["breakdown"]) ?? view.breakdowns[0];
  return html`
    <section aria-labelledby="figures"><h2 id="figures">${labels.figures}</h2>
      <div class="cards">${repeat(view.figures, ({ id }) => id, (figure) => card(figure, labels, handlers))}</div>
    </section>
    ${breakdown === undefined ? nothing : html`<section class="breakdown" aria-labelledby="breakdown-title"><div class="head"><h2 id="breakdown-title">${breakdown.title}</h2>
      ${view.breakdowns.length < 2 ? nothing : html`<div class="field quiet"><label for="breakdown">${labels.breakdown}</label>
        <select id="breakdown" .value=${live(breakdown.id)} @change=${(event: Event) => handlers.remember("breakdown", valueOf(event))}>${view.breakdowns.map(({ id, title }) => html`<option value=${id} ?selected=${id === breakdown.id}>${title}</option>`)}</select></div>`}</div>
      ${sectionBody(breakdown, labels, handlers)}</section>`}
    <div class="sections">${repeat(view.sections, ({ id }) => id, (section) => html`<section class=${section.charts.length > 1 ? "wide" : ""} aria-labelledby=${`section-${section.id}`}><h2 id=${`section-${section.id}`}>${section.title}</h2>${sectionBody(section, labels, handlers)}</section>`)}</div>
    ${remarks("left-out", labels.leftOut, labels.noneLeftOut, view.leftOut, handlers)}
    ${remarks("remarks", labels.remarks, labels.noRemarks, view.remarks, handlers)}
    <section aria-labelledby="methods"><h2 id="methods">${labels.allMethods}</h2>
      <ul class="methods">${view.method.map((sentence) => html`<li>${sentence}</li>`)}</ul>
      <button type="button" class="small" @click=${() => handlers.act("definitions")}>${icon("book")} ${labels.definitions}</button>
    </section>
    ${issueList(view.list, labels, handlers)}`;
}

function card({ id, title, value, of, facts, before, few, method }: MetricsFigure, labels: MetricsLabels, handlers: Handlers): TemplateResult {
  const context = { labels, list: handlers.list };
  return html`<article class="card" aria-labelledby=${`figure-${id}`}>
    <h3 id=${`figure-${id}`}>${title}</h3>
    <p class="value">${link({ text: value, ...(of === undefined ? {} : { of }) }, title, context)}</p>
    <ul class="facts">${facts.map((fact) => html`<li>${link(fact, title, context)}</li>`)}</ul>
    <p class="quiet before">${link(before, title, context)}</p>
    ${few === undefined ? nothing : html`<p class="quiet few">${icon("info")} ${few}</p>`}
    ${methodOf(method, labels)}
  </article>`;
}

function methodOf(method: string, labels: MetricsLabels): TemplateResult {
  return html`<details class="method"><summary>${labels.method}</summary><p>${method}</p></details>`;
}

function sectionBody({ facts, charts, tables, method, title }: MetricsSection, labels: MetricsLabels, handlers: Handlers): TemplateResult {
  return html`${facts.map((fact) => html`<p>${link(fact, title, { labels, list: handlers.list })}</p>`)}
    ${charts.length === 0 ? nothing : html`<div class=${charts.some((chart) => chart.kind === "bars" && chart.isFolded === true) ? "charts stacked" : "charts"}>${charts.map((chart) => drawChart(chart, { labels, list: handlers.list }))}</div>`}
    <div class="behind">
      ${tables.length === 0 ? nothing : html`<details class="numbers"><summary>${labels.table}</summary>${tables.map((table) => drawTable(table, title, labels, handlers))}</details>`}
      ${methodOf(method, labels)}
    </div>`;
}

/** The headings above the columns that have a common one. */
function groupsOf(columns: MetricsTable["columns"]): readonly { readonly text: string; readonly span: number }[] {
  return columns.reduce<readonly { readonly text: string; readonly span: number }[]>((groups, { group = "" }) => {
    const last = groups.at(-1);
    return last?.text === group ? [...groups.slice(0, -1), { text: group, span: last.span + 1 }] : [...groups, { text: group, span: 1 }];
  }, []);
}

function drawTable({ columns, names, rows, note }: MetricsTable, title: string, labels: MetricsLabels, handlers: Handlers): TemplateResult {
  const groups = groupsOf(columns);
  const nameOf = (row: MetricsTable["rows"][number], index: number): string => [...row.slice(0, names).map(({ text }) => text), columns[index]?.group, columns[index]?.text].filter((name) => name !== undefined && name !== "").join(", ");
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${`${labels.table}: ${title}`}><table>
    <thead>
      ${groups.length < 2 ? nothing : html`<tr class="groups">${groups.map(({ text, span }) => (text === "" ? html`<td colspan=${span}></td>` : html`<th scope="colgroup" colspan=${span}>${text}</th>`))}</tr>`}
      <tr>${columns.map(({ text }, index) => (text === "" ? html`<td></td>` : html`<th scope="col" class=${index < names ? "name" : nothing}>${text}</th>`))}</tr>
    </thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((fact, index) => {
      const content = html`<bdi>${link(fact, nameOf(row, index), { labels, list: handlers.list })}</bdi>`;
      return index === 0 ? html`<th scope="row" class="name">${content}</th>` : html`<td class=${index < names ? "name" : nothing}>${content}</td>`;
    })}</tr>`)}</tbody>
  </table></div>${note === undefined ? nothing : html`<p class="quiet note">${note}</p>`}`;
}

function remarks(id: string, title: string, none: string, all: readonly MetricsRemark[], handlers: Handlers): TemplateResult {
  const list = html`<ul class="remarks">${all.map((one) => html`<li>${remarked(one, handlers)} <span>${one.text}</span></li>`)}</ul>`;
  return html`<section aria-labelledby=${id}><h2 id=${id}>${title}${all.length === 0 ? nothing : html` <span class="quiet">(${all.length})</span>`}</h2>
    ${all.length === 0 ? html`<p class="quiet">${none}</p>` : all.length <= 10 ? list : html`<details><summary>${title}</summary>${list}</details>`}</section>`;
}

/** The name of what a remark is about. It opens the issue or the file. */
function remarked({ name, ref, file }: MetricsRemark, { openIssue, openFile }: Handlers): TemplateResult {
  const text = html`<bdi>${name}</bdi>`;
  if (ref !== undefined) return linkButton(() => openIssue(ref), "", text);
  return file === undefined ? text : linkButton(() => openFile(file), "", text);
}

function issueList(list: MetricsList | undefined, labels: MetricsLabels, handlers: Handlers): TemplateResult {
  return html`<dialog id=${listId} aria-labelledby="list-title" @close=${() => handlers.list(undefined)}>
    <div class="head"><h2 id="list-title">${list?.title ?? ""}</h2><button type="button" class="small plain" aria-label=${labels.close} title=${labels.close} @click=${() => handlers.list(undefined)}>${icon("close")}</button></div>
    <ul class="issues">${(list?.rows ?? []).map(({ ref, reference, title, isOpen, facts }) => html`<li>
      <span class="codicon codicon-${isOpen ? "issues" : "issue-closed"}" role="img" aria-label=${isOpen ? labels.open : labels.closed} title=${isOpen ? labels.open : labels.closed}></span>
      <div>${linkButton(() => handlers.openIssue(ref), "", html`<bdi>${reference} ${title}</bdi>`)}<div class="quiet">${facts}</div></div></li>`)}</ul>
    ${list?.more === undefined ? nothing : html`<p class="quiet">${list.more}</p>`}
  </dialog>`;
}
