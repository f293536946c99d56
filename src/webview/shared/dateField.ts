import { html, nothing, type TemplateResult } from "lit";

/** Whether a text is a day. While someone types a year, the browser reports it after each digit, as 0002 after the first one. */
export function isDay(text: string): boolean {
  return /^[1-9]\d{3}-/.test(text);
}

/** Without it, years have six digits, and the cursor does not move on after four. */
export const lastDay = "9999-12-31";

interface DateFieldInput {
  readonly id?: string;
  readonly name?: string;
  readonly value: string;
  readonly readonly: boolean;
  /** Called with a day, or with an empty text if there is to be none. */
  readonly change: (day: string) => void;
}

/** A field for a day. It keeps what is typed until it is a day, and shows the last one again if it is left before that. */
export function dateField({ id, name, value, readonly, change }: DateFieldInput): TemplateResult {
  const input = (event: Event): HTMLInputElement | undefined => (event.currentTarget instanceof HTMLInputElement ? event.currentTarget : undefined);
  const isWhole = (field: HTMLInputElement): boolean => isDay(field.value) || (field.value === "" && !field.validity.badInput);
  return html`<input type="date" max=${lastDay} id=${id ?? nothing} aria-label=${name ?? nothing} ?readonly=${readonly} .value=${value}
    @change=${(event: Event) => {
      const field = input(event);
      if (field !== undefined && isWhole(field)) change(field.value);
    }}
    @blur=${(event: Event) => {
      const field = input(event);
      if (field !== undefined && !isWhole(field)) field.value = value;
    }}>`;
}
