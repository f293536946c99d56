import type { HandoffState, HandoffToHost, HandoffView } from "../../protocol/handoff";
import type { Drafts, FilledForm } from "./filledForm";

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
export interface Hands {
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
  readonly hands: Hands;
}
