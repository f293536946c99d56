import type { PostmortemView, PostmortemWords } from "../../protocol/postmortem";
import type { Hands, Ui } from "./ui";

/** All that a section needs to be drawn. */
export interface SectionInput {
  readonly content: PostmortemView;
  readonly words: PostmortemWords;
  readonly readonly: boolean;
  readonly ui: Ui;
  readonly hands: Hands;
}
