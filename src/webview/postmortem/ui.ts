import type { PostmortemAction, PostmortemEntry } from "../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import type { PostmortemToHost } from "../../protocol/postmortem";

/** What is on the page and not in the document. */
export interface Ui {
  /** The row that was removed last, to be put back. */
  readonly removed?: Removed | undefined;
  /** Id of the element that is to have the focus after drawing. */
  readonly focus?: string;
}

export type Removed =
  | { readonly kind: "entry"; readonly row: PostmortemEntry; readonly index: number }
  | { readonly kind: "action"; readonly row: PostmortemAction; readonly index: number };

/** What the page can do. */
export interface Hands {
  edit(edit: PostmortemEdit): void;
  send(message: PostmortemToHost): void;
  change(ui: Partial<Ui>): void;
}
