import type { IssueRef } from "../../core/model/issueRef";
import { templateValues } from "../../core/runbook/templates";
import type { DeskSession } from "./session";

/** The values that variables of templates and commands have now, including those of an issue if it is given and known. */
export function knownValues({ desk, clock, clocks, account, issues }: DeskSession, ref: IssueRef | undefined): Readonly<Record<string, string>> {
  const issue = ref && issues.find(ref);
  return templateValues({
    desk: desk.config(),
    now: clock.now(),
    holders: clocks.holders(),
    me: account.knownMe(),
    parent: issue && { issue, facts: issues.factsOf(issue) },
  });
}
