import * as vscode from "vscode";
import { type HandoffIssue, pendingHandoffs } from "../../../core/handoff/handoffIssues";
import { type IssueRef, sameRef } from "../../../core/model/issueRef";
import { sameLogin } from "../../../core/model/names";
import { wasOnCall } from "../../../core/oncall/rotation";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { openHandoff } from "../../ui/openPanel";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { pickIssue, shortReference } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";

/** Accepts a handoff after confirmation: assigns its open issues to the user and closes it. */
export async function acceptHandoff(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const chosen = await choose(tools, readIssueTarget(argument)?.ref, by);
  if (chosen === undefined) return undefined;
  const { issue: { ref }, handoff } = chosen;
  const items = handoff.items.map((item) => item.ref).filter((item) => session.issues.find(item)?.state === "open");
  const accept = t("Accept");
  const outgoing = plainLabel(handoff.outgoing);
  const question = t("Accept handoff {0} from {1}?", shortReference(session, ref), outgoing);
  if ((await showDialog("information", question, describeEffect(tools, chosen, items, by), accept)) !== accept) return undefined;
  const done = await tools.submit(t("Accepting…"), { kind: "acceptHandoff", ref, outgoing: handoff.outgoing, items, at: session.clock.now() });
  if (done.kind === "done") vscode.window.setStatusBarMessage(t("Accepted the handoff from {0}", outgoing), 4000);
  return done;
}

/** The handoff in the argument, the only one for the user, or the one that they pick. */
async function choose({ session }: DeskTools, named: IssueRef | undefined, by: string): Promise<HandoffIssue | undefined> {
  const t = vscode.l10n.t;
  const candidates = pendingHandoffs(session.issues.snapshot()?.issues ?? [], session.desk.config());
  const found = (ref: IssueRef): HandoffIssue | undefined => candidates.find(({ issue }) => sameRef(issue.ref, ref));
  if (named !== undefined ? found(named) === undefined : candidates.length === 0) {
    runInBackground(vscode.window.showInformationMessage(named === undefined ? t("There are no handoffs to accept.") : t("{0} is not a handoff that can be accepted.", shortReference(session, named))), session.log);
    return undefined;
  }
  if (named !== undefined) return found(named);
  const own = candidates.filter(({ handoff }) => sameLogin(handoff.incoming, by));
  if (own.length === 1) return own[0];
  const answer = await pickIssue(session, { flowStep: { title: t("Accept handoff"), back: false }, placeholder: t("Select a handoff"), issues: candidates.map(({ issue }) => issue) });
  return answer.kind === "next" ? found(answer.value) : undefined;
}

function describeEffect({ session }: DeskTools, { handoff }: HandoffIssue, items: readonly IssueRef[], by: string): string {
  const t = vscode.l10n.t;
  const refs = items.map((item) => shortReference(session, item)).join(", ");
  return [
    ...(sameLogin(handoff.incoming, by) ? [] : [t("It is addressed to {0}, not to you.", plainLabel(handoff.incoming))]),
    items.length === 0 ? t("It has no open issues.") : t("These issues are assigned to you and no longer to {0}: {1}.", plainLabel(handoff.outgoing), refs),
    t("The handoff is closed, and a comment records that you accepted it."),
  ].join("\n");
}

/** Opens the handoff of the user. Only somebody who is or was on call can hand off. */
export async function startHandoff({ session }: DeskTools): Promise<CommandEnd> {
  const me = await session.account.me();
  if (me === undefined) return undefined;
  if (wasOnCall(session.desk.config(), me, session.clock.now())) openHandoff(me);
  else {
    const t = vscode.l10n.t;
    const cover = t("Cover…");
    const text = t("Only somebody who is on call, or was on call in the last shift, can hand off. Cover a shift first, or ask whoever was on call to hand off.");
    if ((await vscode.window.showWarningMessage(text, cover)) === cover) await vscode.commands.executeCommand("responseDesk.schedule.cover");
  }
  return undefined;
}
