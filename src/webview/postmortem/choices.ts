import { html, type TemplateResult } from "lit";
import type { PersonChoice } from "../../protocol/postmortem";

/** Options of a select: none, those offered, and what the file has if it is another one. */
export function choices(offered: readonly string[], chosen: string, none: string, label: (name: string) => string = (name) => name): readonly TemplateResult[] {
  const all = ["", ...offered, ...(chosen === "" || offered.includes(chosen) ? [] : [chosen])];
  return all.map((name) => html`<option value=${name} ?selected=${name === chosen} .selected=${name === chosen}>${name === "" ? none : label(name)}</option>`);
}

/** The people of the desk, offered wherever a login is typed. */
export function peopleList(people: readonly PersonChoice[]): TemplateResult {
  return html`<datalist id="people">${people.map(({ login, name }) => html`<option value=${login}>${name}</option>`)}</datalist>`;
}
