import { html, nothing, type TemplateResult } from "lit";
import type { PostmortemProblem, PostmortemView } from "../../protocol/postmortem";
import { icon } from "../shared/elements";
import { iconButton, type SectionInput } from "./parts";

/** Problems beside what they are about, each with the button that corrects it. */
export function problemLines(problems: readonly PostmortemProblem[], { readonly, handlers }: Pick<SectionInput, "readonly" | "handlers">, id?: string): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<ul class="problems" id=${id ?? nothing}>${problems.map(({ text, fix }) => html`<li class="note">${icon("warning")} <span>${text}</span>
    ${fix === undefined || readonly ? nothing : html`<button type="button" class="small" @click=${() => handlers.edit(fix.edit)}>${fix.label}</button>`}</li>`)}</ul>`;
}

/** The problems of one row, milestone, action item, or of the whole document. */
export function problemsOf({ problems }: PostmortemView, kind: PostmortemProblem["place"]["kind"], id = ""): readonly PostmortemProblem[] {
  return problems.filter(({ place }) => place.kind === kind && idOf(place) === id);
}

/** The problems of all rows, by row. */
export function problemsByRow({ problems }: PostmortemView): ReadonlyMap<string, readonly PostmortemProblem[]> {
  const rows = new Map<string, readonly PostmortemProblem[]>();
  for (const problem of problems) if (problem.place.kind === "entry") rows.set(problem.place.id, [...(rows.get(problem.place.id) ?? []), problem]);
  return rows;
}

function idOf(place: PostmortemProblem["place"]): string {
  return place.kind === "instant" ? place.instant : place.kind === "document" ? "" : place.id;
}

/** Questions that a section raises. They are prompts, and never part of the document. */
export function questionBlock(section: string, { content, labels, ui, handlers }: SectionInput): TemplateResult | typeof nothing {
  const open = content.questions.filter((question) => question.section === section && !ui.dismissed.has(question.text));
  if (open.length === 0) return nothing;
  return html`<ul class="questions" aria-label=${labels.questions}>${open.map(({ text }) => html`<li>${icon("comment-discussion")} <span>${text}</span>
    ${iconButton("close", `${labels.dismiss}: ${text}`, () => handlers.dismiss(text))}</li>`)}</ul>`;
}
