import * as vscode from "vscode";
import type { Issue } from "../../../core/model/issue";
import { formatRef, type IssueRef, refKey } from "../../../core/model/issueRef";
import { ok, type Result } from "../../../core/model/result";
import { actionDraft, actionKey, actionLinkKey, actionLinkOperation, actionOrigin, type ActionTarget, actionTargets } from "../../../core/postmortem/library/actionDraft";
import { type Postmortem, type PostmortemAction, writeIssue } from "../../../core/postmortem/postmortem";
import { type SimilarIssue, similarIssues } from "../../../core/postmortem/library/similarIssues";
import type { Submission } from "../../../core/sync/outbox";
import type { PostmortemProblem } from "../../../protocol/postmortem";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";

/**
 * Creates the issue for an accepted action item, linked to the incident. If open issues look alike, the user can link one of them
 * instead. Changes nothing if the user dismisses a question. The outcome names the issue.
 */
export async function acceptAction(session: DeskSession, postmortem: Postmortem, action: PostmortemAction, path: string): Promise<Result<undefined> | Submission> {
  const desk = session.desk.config();
  const incident = postmortem.issue === undefined ? undefined : session.issues.find(postmortem.issue);
  const targets = actionTargets(desk, incident === undefined ? undefined : session.issues.factsOf(incident).kind);
  const similar = await findSimilar(session, postmortem, action);
  const existing = similar.length === 0 ? "new" : await chooseExisting(session, similar, action);
  if (existing === undefined) return ok(undefined);
  if (existing !== "new") return linkAction(session, postmortem, action, path, existing);
  const target = await chooseTarget(targets, action);
  if (target === undefined) return ok(undefined);
  const draft = actionDraft(desk, action, target, actionOrigin(postmortem, action, path, target.repository));
  if (draft.kind === "failed") return draft;
  const under = postmortem.issue === undefined ? {} : { under: { parent: postmortem.issue, relation: "child" } as const };
  return session.pending.submit({ kind: "create", draft: draft.value, ...under }, actionKey(postmortem, action, path));
}

/** The issue of an action item, also if the desk has not loaded it. A transferred issue is the one at its new place. */
export function findActionIssue({ issues, postmortems }: Pick<DeskSession, "issues" | "postmortems">): (ref: IssueRef) => Issue | undefined {
  return (ref) => {
    const lost = postmortems.issues.lost(ref);
    return issues.find(ref) ?? postmortems.issues.find(ref) ?? (lost?.kind === "transferred" ? (issues.find(lost.to) ?? postmortems.issues.find(lost.to)) : undefined);
  };
}

/** Reads the issues of action items that the desk has not loaded, in the background. `onDidChange` of the library reports what was found. */
export function lookForActionIssues({ issues, postmortems, log }: Pick<DeskSession, "issues" | "postmortems" | "log">, postmortem: Postmortem): void {
  if (issues.snapshot() === undefined) return;
  const refs = postmortem.actions.flatMap(({ issue }) => (issue === undefined || issues.find(issue) !== undefined ? [] : [issue]));
  const moved = refs.flatMap((ref) => {
    const lost = postmortems.issues.lost(ref);
    return lost?.kind === "transferred" && issues.find(lost.to) === undefined ? [lost.to] : [];
  });
  if (refs.length > 0) runInBackground(postmortems.issues.look([...refs, ...moved]), log);
}

/** Action items whose issue was deleted or transferred. The reference stays in the row until a person takes the new one. */
export function lostActionProblems({ issues, postmortems, store }: Pick<DeskSession, "issues" | "postmortems" | "store">, postmortem: Postmortem): readonly PostmortemProblem[] {
  const t = vscode.l10n.t;
  return postmortem.actions.flatMap(({ id, issue }): readonly PostmortemProblem[] => {
    const lost = issue === undefined || issues.find(issue) !== undefined ? undefined : postmortems.issues.lost(issue);
    if (issue === undefined || lost === undefined) return [];
    const place = { kind: "action", id } as const;
    const name = formatRef(issue, postmortem.issue?.repository ?? "");
    if (lost.kind === "gone") {
      const inFiles = store.now().kind === "files";
      return [{ place, text: inFiles ? t("The issue {0} was not found. It may have been deleted, or it is on another branch.", name) : t("The issue {0} was not found. It may have been deleted.", name) }];
    }
    const to = formatRef(lost.to, postmortem.issue?.repository ?? "");
    return [{ place, text: t("The issue {0} was transferred to {1}.", name, to), fix: { label: t("Use {0}", to), edit: { kind: "action", id, column: "issue", value: writeIssue(lost.to) } } }];
  });
}

/** How many results of the search are compared with the action item. */
const maxFound = 30;

async function findSimilar({ issues }: DeskSession, postmortem: Postmortem, action: PostmortemAction): Promise<readonly SimilarIssue[]> {
  const all = issues.snapshot()?.issues ?? [];
  await issues.index.add(all);
  const open = all.filter(({ state }) => state === "open");
  return similarIssues(postmortem, action, issues.index.find(action.action, open, maxFound), issues.factsOf);
}

/** Links an existing issue instead of creating one. Repeating the answer does not link it twice. */
async function linkAction(session: DeskSession, postmortem: Postmortem, action: PostmortemAction, path: string, { issue }: SimilarIssue): Promise<Submission> {
  const facts = session.issues.factsOf(issue);
  const operation = actionLinkOperation(postmortem, action, path, { issue, facts, isAbove: isAbove(session, issue.ref, postmortem.issue) });
  return session.pending.submit(operation, actionLinkKey(postmortem, action, path, issue.ref));
}

/** Whether an issue is one of those that another one was raised from. */
function isAbove({ issues }: DeskSession, ref: IssueRef, below: IssueRef | undefined): boolean {
  const seen = new Set<string>();
  for (let at = below; at !== undefined && !seen.has(refKey(at)); ) {
    seen.add(refKey(at));
    const issue = issues.find(at);
    at = issue === undefined ? undefined : issues.factsOf(issue).parent;
  }
  return seen.has(refKey(ref));
}

async function chooseExisting(session: DeskSession, similar: readonly SimilarIssue[], action: PostmortemAction): Promise<SimilarIssue | "new" | undefined> {
  const t = vscode.l10n.t;
  const home = session.desk.config().kinds.flatMap(({ repositories }) => repositories);
  const only = new Set(home).size === 1 ? (home[0] ?? "") : "";
  const choices = similar.map((one, index): Choice<SimilarIssue | "new"> => ({
    label: `$(link) ${t("Link {0} {1}", formatRef(one.issue.ref, only), plainLabel(one.issue.title))}`,
    description: plainLabel([...one.services, t("words in common: {0}", one.words.join(", "))].join(" · ")),
    value: one,
    ...(index === 0 ? { heading: t("Similar open issues") } : {}),
  }));
  const answer = await pickOne<SimilarIssue | "new">({
    flowStep: { title: t("Accept “{0}”", plainLabel(withoutMarkup(action.action))), back: false },
    placeholder: t("Link an open issue, or create a new one"),
    choices: [...choices, { label: `$(add) ${t("Create New Issue")}`, value: "new", heading: t("New issue") }],
  });
  return answer.kind === "next" ? answer.value : undefined;
}

async function chooseTarget(targets: readonly ActionTarget[], action: PostmortemAction): Promise<ActionTarget | undefined> {
  if (targets.length < 2) return targets[0];
  const picked = await vscode.window.showQuickPick(
    targets.map((target) => ({ label: target.kind, description: target.repository, place: target })),
    { title: vscode.l10n.t("Create an issue for “{0}”", plainLabel(action.action)), placeHolder: vscode.l10n.t("Select the kind of issue and the repository"), matchOnDescription: true },
  );
  return picked?.place;
}
