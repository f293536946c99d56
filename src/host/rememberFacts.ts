import type { Desk } from "../core/desk/desk";
import type { Issue } from "../core/issue/issue";
import { issueFacts, type IssueFacts } from "../core/issue/issueFacts";

/** Gives the facts of the desk's issues and keeps them: an issue that did not change is read once for all views and clocks. */
export function rememberFacts(desk: () => Desk): (issue: Issue) => IssueFacts {
  let of: Desk | undefined;
  let known = new WeakMap<Issue, IssueFacts>();
  return (issue) => {
    const now = desk();
    if (now !== of) known = new WeakMap();
    of = now;
    const facts = known.get(issue) ?? issueFacts(issue, now);
    known.set(issue, facts);
    return facts;
  };
}
