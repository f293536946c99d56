import { draftIssue } from "../../issue/draftIssue";
import type { IssueFacts } from "../../issue/issueFacts";
import { inertText } from "../../markup/inertText";
import { actionLabel } from "../../markup/labels";
import { encodePath } from "../../markup/linkRegion";
import { renderComment } from "../../markup/milestone";
import { normalField } from "../../markup/textLines";
import { isDate } from "../../model/calendarDate";
import type { Desk } from "../../model/desk";
import type { Issue, IssueDraft } from "../../model/issue";
import { formatRef, type IssueRef, refKey, type Repository, sameRef } from "../../model/issueRef";
import { hasName, sameLogin, sameName } from "../../model/names";
import type { Operation, SingleOperation } from "../../model/operation";
import type { Result } from "../../model/result";
import { textHash } from "../../model/textHash";
import type { Postmortem, PostmortemAction } from "../postmortem";

/** A kind of issue and the repository where it would be created. */
export interface ActionTarget {
  readonly kind: string;
  readonly repository: Repository;
}

/** Where an accepted action can be created, best choice first: the kind `issue` if the desk has it, otherwise the kind of the incident. */
export function actionTargets(desk: Desk, incidentKind: string | undefined): readonly ActionTarget[] {
  const rank = (name: string): number => (name === "issue" ? 0 : name === incidentKind ? 1 : 2);
  return desk.kinds
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .flatMap((kind) => kind.repositories.map((repository) => ({ kind: kind.name, repository })));
}

/** The draft of an action's issue. `body` states its origin. */
export function actionDraft(desk: Desk, action: PostmortemAction, target: ActionTarget, body: string): Result<IssueDraft> {
  const [first = "", ...rest] = action.action.trim().split("\n");
  const named = action.owner.trim().replace(/^@/, "");
  const owner = desk.people.find(({ login, name }) => sameLogin(login, named) || (name !== undefined && sameName(name, named)));
  return draftIssue(desk, {
    kind: target.kind,
    repository: target.repository,
    title: normalField(first),
    details: [rest.join("\n").trim(), body].filter((part) => part !== "").join("\n\n"),
    labels: [actionLabel],
    ...(desk.priorities.some(({ name }) => name === action.priority) ? { priority: action.priority } : {}),
    ...(owner === undefined ? {} : { assignees: [owner.login] }),
  });
}

/** The lines at the end of an action's issue that link to the post-mortem at `path`. `home`: the repository of that issue. */
export function actionOrigin(postmortem: Postmortem, action: PostmortemAction, path: string, home: Repository): string {
  const title = inertText(postmortem.title.replace(/[[\]\\]/g, "\\$&"));
  return [
    `Action item from the post-mortem${postmortem.issue === undefined ? "" : ` of ${formatRef(postmortem.issue, home)}`}: [${title}](/${encodePath(path)})`,
    ...(action.type === undefined ? [] : [`Type: ${action.type}`]),
    ...(action.due === undefined ? [] : [`Due: ${action.due}`]),
  ].join("\n\n");
}

/** The ISO date on which an action item is due according to its issue, as `actionOrigin` writes it. */
export function actionDue({ body }: Pick<Issue, "body">): string | undefined {
  const due = /^Due: (\d{4}-\d\d-\d\d)[ \t]*$/m.exec(body)?.[1];
  return due !== undefined && isDate(due) ? due : undefined;
}

/** The operation key for creating an action's issue. Accepting it again after a crash creates no second issue. */
export function actionKey({ issue }: Postmortem, action: PostmortemAction, path: string): string {
  return `action-${textHash(JSON.stringify([issue === undefined ? path : refKey(issue), action.action.trim()]), 10)}`;
}

/**
 * The changes that make an existing issue that of an action item: it is linked to the incident, as its child unless it belongs to
 * another issue, and a comment names the post-mortem. `isAbove`: the incident was raised from this issue.
 */
export function actionLinkOperation(postmortem: Postmortem, action: PostmortemAction, path: string, existing: { readonly issue: Issue; readonly facts: IssueFacts; readonly isAbove: boolean }): Operation {
  const { issue: { ref, labels }, facts: { parent, related } } = existing;
  const incident = postmortem.issue;
  const isLinked = incident === undefined || sameRef(incident, ref) || [...(parent === undefined ? [] : [parent]), ...related].some((other) => sameRef(other, incident));
  const link: readonly SingleOperation[] = isLinked ? [] : [{ kind: "link", child: ref, under: { parent: incident, relation: parent !== undefined || existing.isAbove ? "related" : "child" } }];
  const label: readonly SingleOperation[] = hasName(labels, actionLabel) ? [] : [{ kind: "edit", ref, change: { kind: "label", add: [actionLabel], remove: [] } }];
  const origin = actionOrigin(postmortem, action, path, ref.repository);
  const comment: SingleOperation = { kind: "comment", ref, markdown: renderComment(`${origin}\n\n${inertText(action.action.trim())}`) };
  // The comment is the first part of a batch in any case, so that it has the same key when the others are done already.
  return { kind: "batch", operations: [comment, ...link, ...label] };
}

/** The operation key for linking an action to an issue. Accepting it again with the same issue changes nothing. */
export function actionLinkKey(postmortem: Postmortem, action: PostmortemAction, path: string, issue: IssueRef): string {
  return `${actionKey(postmortem, action, path)}-${textHash(refKey(issue), 8)}`;
}
