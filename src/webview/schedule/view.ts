import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { fill } from "../../protocol/fill";
import type { ScheduleAction, ScheduleButton, ScheduleDay, ScheduleLabels, ScheduleLoads, SchedulePart, ScheduleState, ScheduleView } from "../../protocol/schedule";
import { icon } from "../shared/elements";

/** Id of the cell of a day. */
export function cellId(date: string): string {
  return `day-${date}`;
}

/** The whole page. */
export function schedulePage({ labels, banners, content }: ScheduleState, ui: Ui, handlers: Handlers): TemplateResult {
  return html`<main>
    ${banners.map(({ text, button }) => html`<div class="banner warning" role="note">${icon("warning")}<span>${text}</span>${small(button, handlers)}</div>`)}
    ${content.kind === "month"
      ? month(content, labels, ui, handlers)
      : html`<section class="empty"><h1>${content.title}</h1><p>${content.text}</p>
        <vscode-button ?disabled=${content.button.disabled} @click=${() => handlers.act(content.button.action)}>${icon(content.button.icon, "content-before")}${content.button.label}</vscode-button></section>`}
  </main>`;
}

function small({ label, icon: name, action, disabled }: ScheduleButton, handlers: Handlers): TemplateResult {
  return html`<button type="button" class="small" ?disabled=${disabled} @click=${() => handlers.act(action)}>${icon(name)} ${label}</button>`;
}

function month(view: ScheduleView, labels: ScheduleLabels, ui: Ui, handlers: Handlers): TemplateResult {
  const chosen = view.days.find(({ date }) => date === ui.chosen) ?? view.days.find(({ date, inMonth }) => inMonth && date === view.today) ?? view.days.find(({ inMonth }) => inMonth);
  const weeks = Array.from({ length: Math.ceil(view.days.length / 7) }, (_, week) => view.days.slice(week * 7, week * 7 + 7));
  return html`
    <header>
      <h1 id="month" aria-live="polite">${view.title}</h1>
      <nav class="buttons" aria-label=${labels.heading}>
        <button type="button" class="small" aria-label=${labels.before} title=${labels.before} @click=${() => handlers.showMonth(view.before)}>${icon("chevron-left")}</button>
        <button type="button" class="small" @click=${() => handlers.today()}>${labels.today}</button>
        <button type="button" class="small" aria-label=${labels.after} title=${labels.after} @click=${() => handlers.showMonth(view.after)}>${icon("chevron-right")}</button>
      </nav>
      <div class="buttons commands" role="group" aria-label=${labels.actions}>${view.buttons.map((button) => small(button, handlers))}</div>
    </header>
    <div class="grid" role="grid" aria-labelledby="month" aria-describedby="keys">
      <div class="week head" role="row">${view.weekdays.map(({ short, long }) => html`<div role="columnheader" aria-label=${long}>${short}</div>`)}</div>
      ${repeat(weeks, (days) => days[0]?.date, (days) => html`<div class="week" role="row">${days.map((day, index) => cell(day, view, view.weekdays[index]?.short ?? "", day === chosen, handlers))}</div>`)}
    </div>
    <p id="keys" class="quiet keys">${labels.keys}</p>
    ${chosen === undefined ? nothing : details(chosen, labels)}
    <div class="quality">
      ${view.loads.map((loads, index) => loadsOf(loads, `loads-${index}`))}
      <section aria-labelledby="flaws"><h2 id="flaws">${labels.flaws}</h2>
        ${view.flaws.length === 0 ? html`<p>${icon("check")} ${labels.noFlaws}</p>` : html`<ul class="flaws">${view.flaws.map((flaw) => html`<li>${icon("warning")} <bdi>${flaw}</bdi></li>`)}</ul>`}
      </section>
    </div>`;
}

function cell(day: ScheduleDay, view: ScheduleView, weekday: string, chosen: boolean, handlers: Handlers): TemplateResult {
  const isToday = day.date === view.today;
  const classes = ["day", day.inMonth ? "" : "other", isToday ? "today" : "", day.closed === undefined ? "" : "closed", chosen ? "chosen" : ""].join(" ");
  return html`<div id=${cellId(day.date)} class=${classes} role="gridcell" data-date=${day.date} tabindex=${chosen ? "0" : "-1"} aria-selected=${chosen ? "true" : "false"}
      aria-current=${isToday ? "date" : nothing} @click=${() => handlers.choose(day.date)}>
    <span class="unseen">${day.ariaLabel}</span>
    <div class="top" aria-hidden="true"><span class="weekday">${weekday}</span> <span class="number">${Number(day.date.slice(8))}</span>${day.closed === undefined ? nothing : html`<span class="why">${day.closed}</span>`}</div>
    <div class="parts" aria-hidden="true">
      ${day.parts.map((part) => partOf(part))}
      ${day.away.length === 0 ? nothing : html`<span class="away" title=${day.away.join(", ")}>${icon("circle-slash")} <bdi>${day.away.join(", ")}</bdi></span>`}
    </div>
  </div>`;
}

function partOf({ role, name, hours, colour, mine }: SchedulePart): TemplateResult {
  const title = [`${role}: ${name}`, ...(hours === undefined ? [] : [hours])].join(", ");
  return html`<span class="part ${colourClass(colour)} ${mine ? "mine" : ""}" title=${title}>${colour === undefined ? icon("warning") : nothing}${hours === undefined ? nothing : html`<span class="hours">${hours} </span>`}<bdi class="name">${name}</bdi> <span class="role">${role}</span></span>`;
}

function details(day: ScheduleDay, labels: ScheduleLabels): TemplateResult {
  return html`<section class="details" aria-label=${labels.chosen}>
    <h2>${day.name}${day.closed === undefined ? nothing : html` <span class="quiet">(${day.closed})</span>`}</h2>
    ${day.parts.length === 0 ? html`<p class="quiet">${labels.nothing}</p>` : html`<div class="parts">${day.parts.map((part) => partOf(part))}</div>`}
    ${day.away.length === 0 ? nothing : html`<p>${icon("circle-slash")} <bdi>${fill(labels.away, day.away.join(", "))}</bdi></p>`}
  </section>`;
}

function loadsOf({ title, most, text, people }: ScheduleLoads, id: string): TemplateResult {
  return html`<section aria-labelledby=${id}><h2 id=${id}>${title}</h2>
    <ul class="loads">${people.map((load) => html`<li><bdi>${load.name}</bdi><progress class=${colourClass(load.colour)} max=${most} .value=${load.shifts} aria-label=${`${load.name}: ${load.text}`}></progress><span>${load.text}</span></li>`)}</ul>
    <p class="quiet">${text}</p>
  </section>`;
}

/** Twelve styles: six theme colors, each with a solid and a dashed line. */
function colourClass(colour: number | undefined): string {
  return colour === undefined ? "gap" : `colour${colour % 6}${colour % 12 < 6 ? "" : " broken"}`;
}

/** State of the page that is not part of the schedule state. */
export interface Ui {
  /** The selected ISO date; absent for today, or the first day of another month. */
  readonly chosen?: string;
}

/** Actions of the page. */
export interface Handlers {
  readonly act: (action: ScheduleAction) => void;
  readonly showMonth: (month: string) => void;
  readonly choose: (date: string) => void;
  readonly today: () => void;
}
