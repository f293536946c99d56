import type { Desk } from "../../core/desk/desk";
import type { Issue } from "../../core/issue/issue";
import { issueFacts, type IssueFacts } from "../../core/issue/issueFacts";

/** Gives the facts of a desk's issues and keeps them: an issue that did not change is read once for all views. */
export function rememberFacts(): (desk: Desk) => (issue: Issue) => IssueFacts {
  let of: Desk | undefined;
  let known = new WeakMap<Issue, IssueFacts>();
  return (desk) => {
    if (desk !== of) known = new WeakMap();
    of = desk;
    return (issue) => {
      const facts = known.get(issue) ?? issueFacts(issue, desk);
      known.set(issue, facts);
      return facts;
    };
  };
}
