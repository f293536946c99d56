import type { Clock } from "../core/model/ports";
import type { IssueIndex } from "../core/search/issueIndex";

/** One index of issues, which is loaded when it is first asked for, and lets others work while it reads many. */
export function lazyIssueIndex(clock: Clock): () => Promise<IssueIndex> {
  let index: Promise<IssueIndex> | undefined;
  return () => (index ??= import("../core/search/issueIndex").then(({ createIssueIndex }) => createIssueIndex(() => clock.wait(0))));
}
