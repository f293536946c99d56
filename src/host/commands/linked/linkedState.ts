import { dateTextOf } from "../../../core/calendar/localTime";
import type { DraftInput } from "../../../core/issue/draftIssue";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import type { Desk } from "../../../core/model/desk";
import type { Instant, Issue } from "../../../core/model/issue";
import { formatRef, type IssueRef, type Repository } from "../../../core/model/issueRef";
import type { LinkTarget } from "../../../core/model/operation";
import type { IssueTemplate } from "../../../core/model/runbook";
import type { Holders } from "../../../core/model/shift";
import { type FilledTemplate, templateVariables } from "../../../core/runbook/templates";
import type { DeskSession } from "../../app/session";
import type { FormState } from "../issue/formState";
import type { LinkOrigin } from "./linkOrigin";

/** The properties of a linked issue to create. */
interface LinkedIssueInput {
  readonly kind: string;
  readonly title: string;
  readonly details: string;
  readonly repository: Repository | undefined;
  readonly filled: FilledTemplate | undefined;
}

/** The input for the draft of a linked issue. Labels, priority and assignee come from its template. */
export function linkedInput(session: DeskSession, { kind, title, details, repository, filled }: LinkedIssueInput): DraftInput {
  const holder = session.clocks.holders()[filled?.assign?.replace(/^@/, "") ?? ""];
  return {
    kind,
    title,
    details,
    labels: filled?.labels ?? [],
    assignees: holder === undefined ? [] : [holder],
    ...(repository === undefined ? {} : { repository }),
    ...(filled?.priority === undefined ? {} : { priority: filled.priority }),
  };
}

/** The target of the link: the step of the origin, or the same step in the parent's checklist of that runbook. */
export function linkTargetOf(session: DeskSession, origin: LinkOrigin, parent: IssueRef, step = origin.runbook?.step): LinkTarget {
  if (origin.step !== undefined) return { parent, relation: "child", step: origin.step };
  const issue = session.issues.find(parent);
  if (issue === undefined || step === undefined) return { parent, relation: "child" };
  const checklists = session.issues.factsOf(issue).checklists.filter((checklist) => origin.runbook === undefined || checklist.runbook === origin.runbook.path);
  const checklist = checklists.findLast(({ items }) => items.some((item) => item.kind === "step" && item.id === step));
  return { parent, relation: "child", ...(checklist === undefined ? {} : { step: { run: checklist.id, step } }) };
}

/** The answers so far about a linked issue. */
export interface LinkedState extends FormState {
  /** `none`: the issue has no parent. */
  readonly parent: IssueRef | "none" | undefined;
  readonly kind?: string;
  readonly template?: IssueTemplate;
  readonly repository?: string;
  /** Values of variables that were entered. */
  readonly values: Readonly<Record<string, string>>;
  readonly title?: string | undefined;
  /** An existing issue to link instead of creating one. */
  readonly existing?: IssueRef;
}

/** A variable without a known value, and the templates that use it. */
interface OpenVariable {
  readonly name: string;
  readonly templates: readonly IssueTemplate[];
}

/** The variables of these templates without a known value, each once, in order. */
export function openVariables(templates: readonly IssueTemplate[], known: Readonly<Record<string, string>>): readonly OpenVariable[] {
  const names = new Set(templates.flatMap(templateVariables));
  return [...names].filter((name) => !Object.hasOwn(known, name)).map((name) => ({ name, templates: templates.filter((template) => templateVariables(template).includes(name)) }));
}

/** The initial title from the text of a step: without emphasis, kinds in brackets and the verb before them. */
export function titleFromText(text: string, kinds: readonly string[]): string {
  const bracketed = kinds.map((kind) => kind.replace(/[^\w-]/g, "")).filter((kind) => kind !== "");
  const asks = new RegExp(`^\\s*(?:\\w+\\s+(?:an?\\s+|the\\s+|new\\s+)*)?\\[(?:${bracketed.join("|")})\\]\\s*(?:for|about|that|with|to|:|—|-)?\\s*`, "i");
  const plain = text.replace(/\*\*|__|`/g, "");
  const rest = bracketed.length === 0 ? plain : plain.replace(asks, "");
  return rest.replace(/[\s.:;]+$/, "").trim();
}

interface TemplateContext {
  readonly desk: Desk;
  readonly now: Instant;
  readonly holders: Holders;
  readonly me?: string;
  readonly parent?: { readonly issue: Issue; readonly facts: IssueFacts };
}

/**
 * The values of template variables that are known: `date`, `team`, `me`, each on-call role, and from the parent `title`,
 * `priority`, `services`, `reporter`, and `number`, `ref`, `title` and `author` under `parent` and under the name of its kind.
 */
export function templateValues({ desk, now, holders, me, parent }: TemplateContext): Readonly<Record<string, string>> {
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
