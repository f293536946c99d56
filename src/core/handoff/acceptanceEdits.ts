import type { IssueEdit } from "../issue/issueChange";
import type { AcceptHandoff } from "../issue/operation";
import { sameLogin } from "../desk/sameLogin";

/** What accepting a hand-off changes, in the order in which it is done: the hand-off is closed last. */
export function acceptanceEdits({ ref, outgoing, items, at }: AcceptHandoff, by: string): readonly IssueEdit[] {
  return [
    { ref, change: { kind: "acceptHandoff", by, at } },
    ...items.map((item) => ({ ref: item, change: { kind: "assign" as const, add: [by], remove: sameLogin(outgoing, by) ? [] : [outgoing] } })),
    { ref, change: { kind: "close" } },
  ];
}
