import type { IssueIndex } from "../core/issue/issueIndex";
import type { Clock } from "../core/ports";

/** One index of issues, which is loaded when it is first asked for, and lets others work while it reads many. */
export function lazyIssueIndex(clock: Clock): () => Promise<IssueIndex> {
  let index: Promise<IssueIndex> | undefined;
  return () => (index ??= import("../core/issue/issueIndex").then(({ createIssueIndex }) => createIssueIndex(() => clock.wait(0))));
}
