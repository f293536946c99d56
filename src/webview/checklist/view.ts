import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { assertNever } from "../../core/result";
import type { ChecklistContent, ChecklistState, IssueHead, RunTab, RunView, SectionView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/icon";
import type { Drawing } from "./drawing";
import { whoAndWhen } from "./markLine";
import { bannerLine, buttonRow, chips, mainButtons } from "./parts";
import { mineOf } from "./mine";
import { allSteps } from "./overlay";
import { stepList } from "./steps";
import type { Hands, Ui } from "./ui";

/** The whole page. */
export function checklistView(state: ChecklistState, ui: Ui, hands: Hands): TemplateResult {
  const { labels } = state;
  const silent = ui.silent === 0 ? [] : [{ tone: "warning" as const, text: fill(labels.silent, ui.silent), details: [], buttons: [] }];
  return html`
    <main>
      ${[...silent, ...state.banners].map((banner) => bannerLine(banner, hands))}
      ${contentOf(state, state.content, ui, hands)}
    </main>
    <div class="unseen" role="status" aria-live="polite">${ui.announcement}</div>`;
}

function contentOf(state: ChecklistState, content: ChecklistContent, ui: Ui, hands: Hands): TemplateResult {
  const { labels } = state;
  switch (content.kind) {
    case "loading":
      return html`<p class="quiet" role="status">${labels.loading}</p>`;
    case "unavailable":
      return html`<section class="empty"><h1>${content.title}</h1><p>${content.text}</p>${mainButtons(content.buttons, labels.issueActions, hands, "primary")}</section>`;
    case "issue":
      return html`
        ${head(content.issue, state, hands)}
        ${tabs(content.runs, content.run, state, hands)}
        ${content.run === undefined ? noRun(state, hands) : runOf(content.run, { state, run: content.run, ui, hands })}`;
    default:
      return assertNever(content);
  }
}

function head(issue: IssueHead, { labels }: ChecklistState, hands: Hands): TemplateResult {
  return html`<header>
    <h1><button type="button" class="link" title=${labels.openIssue} @click=${() => hands.act({ kind: "openIssue", ref: issue.ref })}><span class="reference quiet">${issue.reference}</span><bdi>${issue.title}</bdi></button></h1>
    <dl class="facts">${issue.facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
    ${chips(issue.links, labels, hands)}
    ${mainButtons(issue.buttons, labels.issueActions, hands)}
  </header>`;
}

function tabs(runs: readonly RunTab[], shown: RunView | undefined, { labels }: ChecklistState, hands: Hands): TemplateResult | typeof nothing {
  if (runs.length < 2) return nothing;
  return html`<nav class="runs" aria-label=${labels.runs}>${repeat(runs, ({ id }) => id, ({ id, title, settled, total }) =>
    html`<button type="button" class="small" aria-current=${id === shown?.id ? "true" : "false"} @click=${() => hands.act({ kind: "turnTo", run: id })}>${title} <span class="count">${settled}/${total}</span></button>`,
  )}</nav>`;
}

function noRun({ labels, readonly }: ChecklistState, hands: Hands): TemplateResult {
  return html`<section class="empty"><h2>${labels.noRun}</h2><p>${labels.noRunText}</p>
    ${mainButtons([{ label: labels.startOne, icon: "play", action: { kind: "startRun" }, disabled: readonly }], labels.noRun, hands, "primary")}</section>`;
}

function runOf(run: RunView, drawing: Drawing): TemplateResult {
  const { state, ui, hands } = drawing;
  const { labels, language } = state;
  const shown = ui.mine ? mineOf(run.sections) : run.sections;
  const progress = fill(labels.progress, run.settled, run.total);
  return html`
    <section class="run" aria-labelledby="run-title">
      <div class="run-head">
        <h2 id="run-title">${run.title}</h2>
        <div class="buttons">${mineToggle(run, drawing)}${buttonRow(run.buttons, run.title, hands)}</div>
      </div>
      <p class="quiet">${whoAndWhen(labels.startedBy, run.startedBy, run.startedAt, ui.now, language)}</p>
      <div class="progress"><progress max=${Math.max(run.total, 1)} .value=${run.settled} aria-label=${progress}></progress><span aria-hidden="true">${progress}</span></div>
      ${run.total === 0 ? html`<p class="empty">${labels.emptyRun}</p>` : nothing}
      ${shown.length === 0 && ui.mine ? html`<p class="empty">${labels.noneMine}</p>` : nothing}
      ${repeat(shown, ({ id }) => id, (section) => sectionOf(section, drawing))}
      ${run.total === 0 ? nothing : html`<p class="keys quiet">${labels.keys}</p>`}
    </section>`;
}

function mineToggle(run: RunView, { state, ui, hands }: Drawing): TemplateResult | typeof nothing {
  const count = allSteps(run.sections).filter(({ mine, mark }) => mine && mark.kind === "open").length;
  if (state.me === undefined || run.total === 0) return nothing;
  return html`<button type="button" class="small" aria-pressed=${ui.mine ? "true" : "false"} @click=${() => hands.showMine(!ui.mine)}>${icon("person")} ${fill(state.labels.mine, count)}</button>`;
}

function sectionOf(section: SectionView, drawing: Drawing): TemplateResult {
  const { state, hands } = drawing;
  const { labels } = state;
  const list = stepList(section.steps, drawing);
  if (section.title === undefined) return html`<div class="section">${list}</div>`;
  const id = `section-${section.id}`;
  return html`<div class="section ${section.gate ? "gate" : ""}" role="group" aria-labelledby=${id}>
    <h3 id=${id}>${section.gate ? icon(section.settled ? "unlock" : "lock") : section.settled ? icon("check") : nothing} ${section.title}</h3>
    ${section.gate ? html`<p class="quiet"><span class="badge">${labels.gate}</span> ${section.settled ? labels.gateOpen : labels.gateShut}</p>` : nothing}
    ${list}
    ${buttonRow(section.buttons, fill(labels.gateActions, section.title), hands)}
  </div>`;
}
