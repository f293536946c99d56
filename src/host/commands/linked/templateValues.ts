import type { Desk } from "../../../core/desk/desk";
import { dateTextOf } from "../../../core/duty/localTime";
import type { Holders } from "../../../core/duty/turn";
import type { Instant, Issue } from "../../../core/issue/issue";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import { formatRef } from "../../../core/issue/issueRef";

export interface TemplateScene {
  readonly desk: Desk;
  readonly now: Instant;
  readonly holders: Holders;
  readonly me?: string;
  readonly parent?: { readonly issue: Issue; readonly facts: IssueFacts };
}

/**
 * What templates may name without anybody being asked: `date`, `team`, `me`, each duty role, and of the parent `title`,
 * `priority`, `services`, `reporter` and, below `parent` and below the name of its kind, `number`, `ref`, `title` and `author`.
 */
export function templateValues({ desk, now, holders, me, parent }: TemplateScene): Readonly<Record<string, string>> {
  const date = dateTextOf(now, desk.timezone);
  const roles = Object.fromEntries(Object.entries(holders).map(([role, login]) => [role, `@${login}`]));
  const own = { date, team: desk.team, ...roles, ...(me === undefined ? {} : { me: `@${me}` }) };
  if (parent === undefined) return own;
  const { issue, facts } = parent;
  const prefixes = ["parent", ...(facts.kind === undefined ? [] : [facts.kind])];
  const of = { number: String(issue.ref.number), ref: formatRef(issue.ref, ""), title: facts.name, author: `@${issue.author}` };
  return {
    ...own,
    title: facts.name,
    reporter: `@${issue.author}`,
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(facts.services.length === 0 ? {} : { services: facts.services.join(", ") }),
    ...Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(of).map(([name, value]) => [`${prefix}.${name}`, value]))),
  };
}
