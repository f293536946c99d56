import { type HandoffSection, type HandoffTexts, textsOf } from "../../core/model/handoff";
import { refKey } from "../../core/model/issueRef";
import { readLogin } from "../../core/model/names";
import type { HandoffForm, HandoffState, HandoffToHost, HandoffView, ShownItem } from "../../protocol/handoff";

/** What a person typed and ticked, by the name of its field: only what differs from what the page came with. */
export type Drafts = Readonly<Record<string, string>>;

/** The hand-off with what a person made of it. */
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

/** Names of the fields that are not an item's. */
export const field = { incoming: "incoming", beside: "beside", felt: "felt", pair: "pair", text: (name: HandoffSection): string => `text-${name}` } as const;

/** What the page came with, and over it what the person wrote. */
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

/** The field that has to be filled before the hand-off can be written; `undefined` where none is. */
export function missingField(form: FilledForm): string | undefined {
  if (readLogin(form.incoming) === undefined) return field.incoming;
  return form.items.find(({ taken, next }) => taken && next.trim() === "")?.fields.next;
}

/** The logins that a field names, however they are parted. */
export function loginsIn(text: string): readonly string[] {
  return text.split(/[\s,;@]+/).filter((login) => readLogin(login) !== undefined);
}

/** What the host is told. */
export function toForm({ incoming, beside, felt, items, texts }: FilledForm): HandoffForm {
  return { incoming: incoming.trim(), beside: loginsIn(beside), felt, items: items.flatMap(({ ref, taken, next }) => (taken ? [{ ref, next }] : [])), texts };
}

/** The drafts without those of a hand-off that is written; the messages stay, since they are sent after it. */
export function messagesOnly(drafts: Drafts): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([name]) => name === field.pair || name.startsWith("to-") || name.startsWith("message-")));
}

/** What is on the page and nowhere else. */
export interface Ui {
  /** The field that was found empty when the hand-off was to be written. */
  readonly missing?: string | undefined;
  /** Why it was not written. */
  readonly refused?: string | undefined;
  /** The message whose text was copied last. */
  readonly copied?: string | undefined;
}

/** What the page can do. */
export interface Handlers {
  /** Keeps what a person wrote into a field. */
  write(name: string, value: string): void;
  create(): void;
  copy(name: string, text: string): void;
  send(message: HandoffToHost): void;
}

/** All that a section needs to be drawn. */
export interface SectionInput {
  readonly state: HandoffState;
  readonly content: HandoffView;
  readonly form: FilledForm;
  readonly drafts: Drafts;
  readonly ui: Ui;
  readonly handlers: Handlers;
}
