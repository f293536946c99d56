import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { MetricsLabels } from "../../protocol/metrics";
import { isDay, lastDay } from "../shared/dateField";
import { icon, valueOf } from "../shared/elements";

/** The first and the last day of a period as they are in their fields. While someone types, they may be no period yet. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

/** Whether two days are a period. */
export function arePeriod({ from, to }: Dates): boolean {
  return isDay(from) && isDay(to) && from <= to;
}

interface DateFieldsInput {
  /** Days in the fields. */
  readonly typed: Dates;
  /** Days of the period that the page shows. */
  readonly shown: Dates;
  readonly labels: MetricsLabels;
  readonly typeDates: (dates: Dates) => void;
}

/** The fields of the first and the last day. */
export function dateFields({ typed, shown, labels, typeDates }: DateFieldsInput): TemplateResult {
  const hasFlaw = areReversed(typed);
  const leave = (part: keyof Dates): void => {
    if (!isDay(typed[part])) typeDates({ ...typed, [part]: shown[part] });
  };
  const field = (part: keyof Dates): TemplateResult => html`<label>${labels[part]}<input type="date" required max=${lastDay} aria-invalid=${hasFlaw} aria-describedby=${hasFlaw ? flawId : nothing}
    .value=${live(typed[part])} @change=${(event: Event) => typeDates({ ...typed, [part]: valueOf(event) })} @blur=${() => leave(part)}></label>`;
  return html`${field("from")}${field("to")}`;
}

const flawId = "dates-flaw";

/** What is wrong with the days in the fields. */
export function datesFlaw(typed: Dates, labels: MetricsLabels): TemplateResult | typeof nothing {
  return areReversed(typed) ? html`<p id=${flawId} class="flaw" role="status">${icon("error")} ${labels.reversed}</p>` : nothing;
}

function areReversed({ from, to }: Dates): boolean {
  return isDay(from) && isDay(to) && from > to;
}
