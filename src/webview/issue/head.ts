import { html, nothing, type TemplateResult } from "lit";
import type { Button, ChecklistView, DueTime, Fact, IssueHead, IssueState } from "../../protocol/issue";
import type { IssueLabels } from "../../protocol/issueLabels";
import { fill } from "../../protocol/fill";
import { icon, keyed } from "../shared/elements";
import { buttonKey, type Handlers, type PageTime, type Ui } from "./parts";

/** Title, state, what is due, what to do next, and the facts of the issue with the actions that change them. */
export function head(issue: IssueHead, run: ChecklistView | undefined, state: IssueState, ui: Ui, time: PageTime, handlers: Handlers): TemplateResult {
  const { labels } = state;
  return html`<header>
    <div class="over">
      <span class="reference quiet">${issue.reference}</span>
      ${issue.badges.map(({ text, icon: name, tone }) => html`<span class="state ${tone}">${icon(name)} ${text}</span>`)}
      ${issue.due.map((due) => dueTime(due, time))}
    </div>
    <h1 tabindex="-1" title=${issue.title}><bdi>${issue.title}</bdi></h1>
    <div class="buttons" role="group" aria-label=${labels.issueActions}>
      ${keyed(issue.primary === undefined ? [] : [issue.primary], buttonKey, (button) => mainButton(button, true, handlers))}
      ${keyed(issue.buttons, buttonKey, (button) => mainButton(button, false, handlers))}
      ${mainButton(issue.source, false, handlers)}
      ${menu(issue.more, ui, labels, handlers)}
    </div>
    <dl class="facts">${keyed(issue.facts, ({ name }) => name, (fact) => factItem(fact, labels, handlers))}</dl>
    <nav class="jumps" aria-label=${labels.goTo}>
      ${run === undefined ? nothing : jump("part-checklist", "checklist", `${run.title} (${run.done}/${run.total})`, handlers)}
      ${jump("part-timeline", "history", issue.timeline.count === 0 ? labels.timeline : `${labels.timeline} (${issue.timeline.count})`, handlers)}
      ${issue.reply === undefined ? nothing : jump("reply", "edit", labels.replyText, handlers)}
    </nav>
  </header>`;
}

function jump(id: string, name: string, text: string, handlers: Handlers): TemplateResult {
  return html`<button type="button" class="small plain" @click=${() => handlers.goTo(id)}>${icon(name)} <bdi>${text}</bdi></button>`;
}

function mainButton(button: Button, primary: boolean, handlers: Handlers): TemplateResult {
  return html`<vscode-button ?secondary=${!primary} ?disabled=${button.disabled} aria-disabled=${button.disabled ? "true" : "false"} @click=${() => {
    if (!button.disabled) handlers.act(button.action);
  }}>${icon(button.icon, "content-before")}${button.label}</vscode-button>`;
}

function menu(buttons: readonly Button[], ui: Ui, labels: IssueLabels, handlers: Handlers): TemplateResult {
  const keys = (event: KeyboardEvent): void => {
    if (!ui.menuOpen || !(event.currentTarget instanceof HTMLElement)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      handlers.setMenu(false);
      return;
    }
    const items = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(".menu-item:not(:disabled)")];
    const at = items.findIndex((item) => item === document.activeElement);
    const goal = { ArrowDown: (at + 1) % items.length, ArrowUp: at <= 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    items[goal]?.focus();
  };
  const left = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (ui.menuOpen && currentTarget instanceof HTMLElement && !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) handlers.leaveMenu();
  };
  return html`<div class="menu" @keydown=${keys} @focusout=${left}>
    <button type="button" class="small menu-button" id="more" aria-expanded=${ui.menuOpen ? "true" : "false"} aria-controls="more-actions" @click=${() => handlers.setMenu(!ui.menuOpen)}>${labels.moreActions} ${icon("chevron-down")}</button>
    ${ui.menuOpen
      ? html`<ul class="menu-items" id="more-actions" aria-label=${labels.moreActions}>${keyed(buttons, buttonKey, (button) => html`<li><button type="button" class="menu-item" ?disabled=${button.disabled} @click=${() => {
          handlers.setMenu(false);
          handlers.act(button.action);
        }}>${icon(button.icon)} ${button.label}</button></li>`)}</ul>`
      : nothing}
  </div>`;
}

function factItem({ name, value, change }: Fact, labels: IssueLabels, handlers: Handlers): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${change === undefined
    ? html`<bdi title=${value}>${value}</bdi>`
    : html`<button type="button" class="fact" title=${fill(labels.change, name, value)} aria-label=${fill(labels.change, name, value)} @click=${() => handlers.act(change)}><bdi>${value}</bdi> ${icon("chevron-down")}</button>`}</dd></div>`;
}

/** What is due: the business time left, and the time in the desk's zone. With labels, this time was promised. */
export function dueTime({ at, text, state, left }: DueTime, { now, zone }: PageTime, promised?: IssueLabels): TemplateResult {
  const time = zone.near(at, now);
  const beside = left === undefined ? (promised === undefined ? time : fill(promised.updatePromised, time)) : (promised?.updateIsPromised ?? left);
  return html`<span class="due ${state === "past" ? "late" : ""}">${icon(state === "past" ? "warning" : "clock")} <time datetime=${at} title=${zone.full(at)}><bdi>${text}</bdi></time> <span class="quiet">(${beside})</span></span>`;
}
