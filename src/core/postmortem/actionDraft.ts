import type { Desk } from "../desk/desk";
import { sameLogin } from "../desk/sameLogin";
import { draftIssue } from "../issue/draftIssue";
import type { IssueDraft } from "../issue/issue";
import { refKey, type Repository } from "../issue/issueRef";
import type { Result } from "../result";
import { textHash } from "../runbook/textHash";
import { normalField } from "./normalText";
import type { Postmortem, PostmortemAction } from "./postmortem";

/** A kind of issue and the repository it would be created in. */
export interface ActionPlace {
  readonly kind: string;
  readonly repository: Repository;
}

/** Where an accepted action can go, the best place first: issues if the desk has that kind, else what the incident is. */
export function actionPlaces(desk: Desk, incidentKind: string | undefined): readonly ActionPlace[] {
  const rank = (name: string): number => (name === "issue" ? 0 : name === incidentKind ? 1 : 2);
  return desk.kinds
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .flatMap((kind) => kind.repositories.map((repository) => ({ kind: kind.name, repository })));
}

/** The issue that an action becomes. `body` says where it comes from. */
export function actionDraft(desk: Desk, action: PostmortemAction, place: ActionPlace, body: string): Result<IssueDraft> {
  const [first = "", ...rest] = action.action.trim().split("\n");
  const owner = desk.people.find((person) => sameLogin(person.login, action.owner.replace(/^@/, "")));
  return draftIssue(desk, {
    kind: place.kind,
    repository: place.repository,
    title: normalField(first),
    details: [rest.join("\n").trim(), body].filter((part) => part !== "").join("\n\n"),
    labels: ["post-mortem action"],
    ...(desk.priorities.some(({ name }) => name === action.priority) ? { priority: action.priority } : {}),
    ...(owner === undefined ? {} : { assignees: [owner.login] }),
  });
}

/** The key under which an action becomes an issue: accepted again after a crash, it is the same issue. */
export function actionKey(postmortem: Postmortem, action: PostmortemAction): string {
  return `action-${textHash(JSON.stringify([refKey(postmortem.issue), action.action.trim()]), 10)}`;
}
