import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { ok, type Result } from "../../core/model/result";
import { actionDraft, actionKey, actionOrigin, type ActionTarget, actionTargets } from "../../core/postmortem/actionDraft";
import type { Postmortem, PostmortemAction } from "../../core/postmortem/postmortem";
import type { Submission } from "../../core/sync/outbox";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../ui/safeText";

/** Creates the issue for an accepted action item, linked to the incident. Creates nothing if the user dismisses the question. */
export async function acceptAction(session: DeskSession, postmortem: Postmortem, action: PostmortemAction, path: string): Promise<Result<undefined> | Submission> {
  const desk = session.desk.config();
  const incident = postmortem.issue === undefined ? undefined : session.issues.find(postmortem.issue);
  const targets = actionTargets(desk, incident === undefined ? undefined : issueFacts(incident, desk).kind);
  const target = await chooseTarget(targets, action);
  if (target === undefined) return ok(undefined);
  const draft = actionDraft(desk, action, target, actionOrigin(postmortem, action, path, target));
  if (draft.kind === "failed") return draft;
  const under = postmortem.issue === undefined ? {} : { under: { parent: postmortem.issue, relation: "child" } as const };
  return session.pending.submit({ kind: "create", draft: draft.value, ...under }, actionKey(postmortem, action, path));
}

async function chooseTarget(targets: readonly ActionTarget[], action: PostmortemAction): Promise<ActionTarget | undefined> {
  if (targets.length < 2) return targets[0];
  const picked = await vscode.window.showQuickPick(
    targets.map((target) => ({ label: target.kind, description: target.repository, place: target })),
    { title: vscode.l10n.t("Create an issue for “{0}”", plainLabel(action.action)), placeHolder: vscode.l10n.t("Select the kind of issue and the repository"), matchOnDescription: true },
  );
  return picked?.place;
}
