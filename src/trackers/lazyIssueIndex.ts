import type { Clock } from "../core/model/ports";
import type { IssueIndex } from "../core/search/issueIndex";

/** An issue index that is created on first use and pauses while it indexes many issues. */
export function lazyIssueIndex(clock: Clock): () => Promise<IssueIndex> {
  let index: Promise<IssueIndex> | undefined;
  return () => (index ??= import("../core/search/issueIndex").then(({ createIssueIndex }) => createIssueIndex(() => clock.wait(0))));
}
