import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ChecklistTab, ChecklistView, IssueState, SectionView, StepView } from "../../protocol/issue";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/elements";
import { chartFigure, foldName } from "./chartDrawing";
import { allSteps } from "./overlay";
import { buttonRow, type Drawing, type Handlers, mainButtons } from "./parts";
import { stepList, whoAndWhen } from "./steps";

/** Selects one of several checklists. */
export function tabs(checklists: readonly ChecklistTab[], shown: ChecklistView | undefined, { labels }: IssueState, handlers: Handlers): TemplateResult | typeof nothing {
  if (checklists.length < 2) return nothing;
  return html`<nav class="runs" aria-label=${labels.runs}>${repeat(checklists, ({ id }) => id, ({ id, title, done, total }) =>
    html`<button type="button" class="small" aria-current=${id === shown?.id ? "true" : "false"} @click=${() => handlers.act({ kind: "showChecklist", run: id })}>${title} <span class="count">${done}/${total}</span></button>`,
  )}</nav>`;
}

/** Offers to start a runbook. */
export function noChecklist({ labels, readonly }: IssueState, handlers: Handlers): TemplateResult {
  return html`<section class="part no-checklist"><h2>${labels.noChecklist}</h2><p>${labels.noChecklistText}</p>
    ${mainButtons([{ label: labels.startOne, icon: "play", action: { kind: "startChecklist" }, disabled: readonly }], labels.noChecklist, handlers)}</section>`;
}

/** A checklist with its sections and steps. */
export function checklistOf(checklist: ChecklistView, drawing: Drawing): TemplateResult {
  const { state, ui, handlers } = drawing;
  const { labels, language } = state;
  const shown = ui.onlyMine ? filterOwnSteps(checklist.sections) : checklist.sections;
  const progress = fill(labels.progress, checklist.done, checklist.total);
  return html`
    <div class="run">
      <div class="run-head">
        <p class="quiet">${whoAndWhen(labels.startedBy, checklist.startedBy, checklist.startedAt, ui.now, language)}</p>
        <div class="buttons">${onlyMineToggle(checklist, drawing)}${buttonRow(checklist.buttons, checklist.title, handlers)}</div>
      </div>
      <div class="progress"><progress max=${Math.max(checklist.total, 1)} .value=${checklist.done} aria-label=${progress}></progress><span aria-hidden="true">${progress}</span></div>
      ${checklist.total === 0 ? html`<p class="empty">${labels.emptyChecklist}</p>` : nothing}
      ${shown.length === 0 && ui.onlyMine ? html`<p class="empty">${labels.noneAssigned}</p>` : nothing}
      ${repeat(groupsOf(shown), ({ sections: [first] }) => first?.id, (group) => groupOf(group, drawing))}
      ${checklist.total === 0 ? nothing : html`<p class="keys quiet">${labels.keys}</p>`}
    </div>`;
}

function onlyMineToggle(checklist: ChecklistView, { state, ui, handlers }: Drawing): TemplateResult | typeof nothing {
  const count = allSteps(checklist.sections).filter(({ mine, mark }) => mine && mark.kind === "open").length;
  if (state.me === undefined || checklist.total === 0) return nothing;
  return html`<button type="button" class="small" aria-pressed=${ui.onlyMine ? "true" : "false"} @click=${() => handlers.setOnlyMine(!ui.onlyMine)}>${icon("person")} ${fill(state.labels.mine, count)}</button>`;
}

/** Sections that follow each other and contain steps of the same flowcharts. */
interface Group {
  readonly charts: readonly string[];
  readonly sections: readonly SectionView[];
}

function groupsOf(sections: readonly SectionView[]): readonly Group[] {
  const groups: Group[] = [];
  const drawn = new Set<string>();
  for (const section of sections) {
    const last = groups.at(-1);
    const added = section.charts.filter((id) => !drawn.has(id));
    for (const id of added) drawn.add(id);
    if (last !== undefined && section.charts.some((id) => last.charts.includes(id))) groups.splice(-1, 1, { charts: [...last.charts, ...added], sections: [...last.sections, section] });
    else groups.push({ charts: added, sections: [section] });
  }
  return groups;
}

/** Sections with the drawings of their steps: beside them where there is room, otherwise above. */
function groupOf({ charts, sections }: Group, drawing: Drawing): TemplateResult {
  const { checklist, ui } = drawing;
  const list = repeat(sections, ({ id }) => id, (section) => sectionOf(section, drawing));
  const figures = checklist.charts.flatMap((chart, index) => (charts.includes(chart.id) ? [{ chart, index }] : []));
  const isWide = ui.beside && figures.some(({ chart: { content }, index }) => content.kind === "chart" && !ui.folded.has(foldName(index)));
  return html`<div class="group ${isWide ? "beside" : ""}">
    ${figures.length === 0 ? nothing : html`<div class="drawings">${repeat(figures, ({ chart }) => chart.id, ({ chart, index }) => chartFigure(chart, index, drawing))}</div>`}
    <div class="lists">${list}</div>
  </div>`;
}

function sectionOf(section: SectionView, drawing: Drawing): TemplateResult {
  const { state, handlers } = drawing;
  const { labels } = state;
  const list = stepList(section.steps, drawing);
  if (section.title === undefined) return html`<div class="section">${list}</div>`;
  const id = `section-${section.id}`;
  return html`<div class="section ${section.gate ? "gate" : ""}" role="group" aria-labelledby=${id}>
    <h3 id=${id}>${section.gate ? icon(section.done ? "unlock" : "lock") : section.done ? icon("check") : nothing} ${section.title}</h3>
    ${section.gate ? html`<p class="quiet"><span class="badge">${labels.gate}</span> ${section.done ? labels.gateOpen : labels.gateShut}</p>` : nothing}
    ${list}
    ${buttonRow(section.buttons, fill(labels.gateActions, section.title), handlers)}
  </div>`;
}

/** The sections with only the steps for the current user and their parents. */
function filterOwnSteps(sections: readonly SectionView[]): readonly SectionView[] {
  return sections.flatMap((section) => {
    const steps = section.steps.flatMap(ownStepsIn);
    return steps.length === 0 ? [] : [{ ...section, steps }];
  });
}

/** All sub-steps of an own step are shown, too. */
function ownStepsIn(step: StepView): readonly StepView[] {
  if (step.mine) return [step];
  const children = step.children.flatMap(ownStepsIn);
  return children.length === 0 ? [] : [{ ...step, children }];
}
