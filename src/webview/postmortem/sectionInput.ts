import type { PostmortemView, PostmortemLabels } from "../../protocol/postmortem";
import type { Hands, Ui } from "./ui";

/** All that a section needs to be drawn. */
export interface SectionInput {
  readonly content: PostmortemView;
  readonly labels: PostmortemLabels;
  readonly readonly: boolean;
  readonly ui: Ui;
  readonly hands: Hands;
}
