import { type HandoffSection, type HandoffTexts, textsOf } from "../../core/model/handoff";
import { refKey } from "../../core/model/issueRef";
import { readLogin } from "../../core/model/names";
import type { HandoffForm, HandoffState, HandoffToHost, HandoffView, ShownItem } from "../../protocol/handoff";

/** Edited fields by name. Only values that differ from the initial state. */
export type Drafts = Readonly<Record<string, string>>;

/** The handoff with the user's edits. */
export interface FilledForm {
  readonly incoming: string;
  readonly beside: string;
  readonly felt: string;
  readonly items: readonly FilledItem[];
  readonly texts: HandoffTexts;
}

export interface FilledItem extends ShownItem {
  /** The names of its fields. */
  readonly fields: { readonly take: string; readonly next: string; readonly to: string; readonly message: string };
}

/** Names of the fields that do not belong to an item. */
export const field = { incoming: "incoming", beside: "beside", felt: "felt", pair: "pair", text: (name: HandoffSection): string => `text-${name}` } as const;

/** Applies the user's edits to the initial state. */
export function fillForm(content: HandoffView, drafts: Drafts): FilledForm {
  const value = (name: string, otherwise: string): string => drafts[name] ?? otherwise;
  return {
    incoming: value(field.incoming, content.incoming),
    beside: value(field.beside, content.beside.join(" ")),
    felt: value(field.felt, ""),
    items: content.items.map((item): FilledItem => {
      const key = refKey(item.ref);
      const fields = { take: `take-${key}`, next: `next-${key}`, to: `to-${key}`, message: `message-${key}` };
      return { ...item, fields, taken: value(fields.take, item.taken ? "yes" : "no") === "yes", next: value(fields.next, item.next) };
    }),
    texts: textsOf((name) => value(field.text(name), content.texts[name])),
  };
}

/** The field that is required before the handoff can be created; `undefined` if all are filled. */
export function missingField(form: FilledForm): string | undefined {
  if (readLogin(form.incoming) === undefined) return field.incoming;
  return form.items.find(({ taken, next }) => taken && next.trim() === "")?.fields.next;
}

/** The logins in a field, with any separators. */
export function loginsIn(text: string): readonly string[] {
  return text.split(/[\s,;@]+/).filter((login) => readLogin(login) !== undefined);
}

/** The message to the host. */
export function toForm({ incoming, beside, felt, items, texts }: FilledForm): HandoffForm {
  return { incoming: incoming.trim(), beside: loginsIn(beside), felt, items: items.flatMap(({ ref, taken, next }) => (taken ? [{ ref, next }] : [])), texts };
}

/** The drafts of the messages only. They are kept after the handoff is created, because they are sent afterwards. */
export function messagesOnly(drafts: Drafts): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([name]) => name === field.pair || name.startsWith("to-") || name.startsWith("message-")));
}

/** State of the page that is not part of the handoff state. */
export interface Ui {
  /** The required field that was empty when the user tried to create the handoff. */
  readonly missing?: string | undefined;
  /** Why the handoff was not created. */
  readonly refused?: string | undefined;
  /** The message whose text was copied last. */
  readonly copied?: string | undefined;
}

/** Actions of the page. */
export interface Handlers {
  /** Stores the value of a field. */
  write(name: string, value: string): void;
  create(): void;
  copy(name: string, text: string): void;
  send(message: HandoffToHost): void;
}

/** Input for rendering a section. */
export interface SectionInput {
  readonly state: HandoffState;
  readonly content: HandoffView;
  readonly form: FilledForm;
  readonly drafts: Drafts;
  readonly ui: Ui;
  readonly handlers: Handlers;
}
