import { html, nothing, type TemplateResult } from "lit";
import type { PostmortemList } from "../../core/postmortem/postmortem";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/elements";
import type { SectionInput } from "./parts";

/** A list of names: each can be removed, and others are added with Enter or a comma. Backspace in the empty field removes the last one. */
export function listField(list: PostmortemList, input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const names = content.postmortem[list];
  const [title, hint] = { services: [labels.services, labels.servicesHint], factors: [labels.tags, labels.tagsHint], reviewers: [labels.reviewers, labels.reviewersHint] }[list];
  const offered = content.suggestions[list].filter((name) => !names.includes(name));
  return html`<div class="list" role="group" aria-label=${title}>
    <label for="list-${list}">${title}</label>
    <span class="names">
      ${names.map((name, index) => html`<span class="name"><bdi>${name}</bdi>${readonly ? nothing : html`<button type="button" class="small plain" aria-label=${fill(labels.removeName, name)} title=${fill(labels.removeName, name)} @click=${() => removeAt(index)}>${icon("close")}</button>`}</span>`)}
      ${readonly ? (names.length === 0 ? html`<span class="quiet">${labels.none}</span>` : nothing) : html`<input id="list-${list}" list="offered-${list}" placeholder=${names.length === 0 ? hint : labels.addName} @keydown=${keys} @change=${commit} @input=${typed}>`}
    </span>
    <datalist id="offered-${list}">${offered.map((name) => html`<option value=${name}></option>`)}</datalist>
  </div>`;

  function current(): readonly string[] {
    return handlers.now()?.postmortem[list] ?? names;
  }

  function add(field: HTMLInputElement): void {
    const added = field.value.split(",").map((name) => name.trim().replace(/^@/, "")).filter((name) => name !== "" && !current().includes(name));
    field.value = "";
    if (added.length > 0) handlers.edit({ kind: "list", list, value: [...current(), ...new Set(added)] });
  }

  function removeAt(index: number): void {
    handlers.apply([{ kind: "list", list, value: current().toSpliced(index, 1) }], { focus: `list-${list}` });
  }

  function keys(event: KeyboardEvent): void {
    const field = event.currentTarget;
    if (!(field instanceof HTMLInputElement)) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add(field);
    } else if (event.key === "Backspace" && field.value === "" && current().length > 0) removeAt(current().length - 1);
  }

  function commit(event: Event): void {
    if (event.target instanceof HTMLInputElement) add(event.target);
  }

  /** A suggestion that was selected is added at once. Typed text is not: it may be the start of another name. */
  function typed(event: Event): void {
    if (event.target instanceof HTMLInputElement && event instanceof InputEvent && event.inputType === "insertReplacementText") add(event.target);
  }
}
