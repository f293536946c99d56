import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { formatRef } from "../../core/issue/issueRef";
import { actionDraft, actionKey, actionPlaces, type ActionPlace } from "../../core/postmortem/actionDraft";
import type { Postmortem, PostmortemAction } from "../../core/postmortem/postmortem";
import type { Submission } from "../../core/issue/outbox";
import { ok, type Result } from "../../core/result";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";

/** Creates the issue that a proposed action becomes, linked under the incident. Nothing is created when the person chose no place for it. */
export async function acceptAction(session: DeskSession, postmortem: Postmortem, action: PostmortemAction, path: string): Promise<Result<undefined> | Submission> {
  const desk = session.desk.config();
  const incident = session.issues.find(postmortem.issue);
  const places = actionPlaces(desk, incident === undefined ? undefined : issueFacts(incident, desk).kind);
  const place = await choosePlace(places, action);
  if (place === undefined) return ok(undefined);
  const draft = actionDraft(desk, action, place, origin(postmortem, action, path, place));
  if (draft.kind === "failed") return draft;
  return session.pending.submit({ kind: "create", draft: draft.value, under: { parent: postmortem.issue, relation: "child" } }, actionKey(postmortem, action));
}

async function choosePlace(places: readonly ActionPlace[], action: PostmortemAction): Promise<ActionPlace | undefined> {
  if (places.length < 2) return places[0];
  const picked = await vscode.window.showQuickPick(
    places.map((place) => ({ label: place.kind, description: place.repository, place })),
    { title: vscode.l10n.t("Create an issue for “{0}”", plainLabel(action.action)), placeHolder: vscode.l10n.t("What kind of issue, and where?"), matchOnDescription: true },
  );
  return picked?.place;
}

/** The lines of the issue that say where it comes from. */
function origin(postmortem: Postmortem, action: PostmortemAction, path: string, place: ActionPlace): string {
  const t = vscode.l10n.t;
  const url = path.split("/").map(encodeURIComponent).join("/");
  return [
    t("An action of the post-mortem of {0}: [{1}](/{2})", formatRef(postmortem.issue, place.repository), postmortem.title.replace(/[[\]\\]/g, "\\$&"), url),
    ...(action.type === undefined ? [] : [t("Type: {0}", action.type)]),
    ...(action.due === undefined ? [] : [t("Due: {0}", action.due)]),
  ].join("\n\n");
}
