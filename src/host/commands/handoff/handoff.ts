import * as vscode from "vscode";
import { type HandoffIssue, pendingHandoffs } from "../../../core/handoff/handoffIssues";
import { type IssueRef, sameRef } from "../../../core/model/issueRef";
import { sameLogin } from "../../../core/model/names";
import { wasOnCall } from "../../../core/oncall/rotation";
import { runInBackground } from "../../platform/background";
import { openHandoff } from "../../ui/openPanel";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { pickIssue, shortReference } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";

/** Takes over what a hand-off leaves, after saying what that means: its open issues are assigned, and it is closed. */
export async function acceptHandoff(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const kept = await choose(tools, readIssueTarget(argument)?.ref, by);
  if (kept === undefined) return undefined;
  const { issue: { ref }, handoff } = kept;
  const items = handoff.items.map((item) => item.ref).filter((item) => session.issues.find(item)?.state === "open");
  const accept = t("Accept");
  const outgoing = plainLabel(handoff.outgoing);
  const question = t("Accept hand-off {0} from {1}?", shortReference(session, ref), outgoing);
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail: describeEffect(tools, kept, items, by) }, accept)) !== accept) return undefined;
  const done = await tools.submit(t("Accepting…"), { kind: "acceptHandoff", ref, outgoing: handoff.outgoing, items, at: session.clock.now() });
  if (done.kind === "done") vscode.window.setStatusBarMessage(t("You took over from {0}", outgoing), 4000);
  return done;
}

/** The hand-off that is named, the only one for this person, or the one they pick. */
async function choose({ session }: DeskTools, named: IssueRef | undefined, by: string): Promise<HandoffIssue | undefined> {
  const t = vscode.l10n.t;
  const candidates = pendingHandoffs(session.issues.snapshot()?.issues ?? [], session.desk.config());
  const found = (ref: IssueRef): HandoffIssue | undefined => candidates.find(({ issue }) => sameRef(issue.ref, ref));
  if (named !== undefined ? found(named) === undefined : candidates.length === 0) {
    runInBackground(vscode.window.showInformationMessage(named === undefined ? t("No hand-off waits to be accepted.") : t("{0} is no hand-off that waits to be accepted.", shortReference(session, named))), session.log);
    return undefined;
  }
  if (named !== undefined) return found(named);
  const mine = candidates.filter(({ handoff }) => sameLogin(handoff.incoming, by));
  if (mine.length === 1) return mine[0];
  const answer = await pickIssue(session, { flowStep: { title: t("Accept hand-off"), back: false }, placeholder: t("Which one?"), issues: candidates.map(({ issue }) => issue) });
  return answer.kind === "next" ? found(answer.value) : undefined;
}

function describeEffect({ session }: DeskTools, { handoff }: HandoffIssue, items: readonly IssueRef[], by: string): string {
  const t = vscode.l10n.t;
  const refs = items.map((item) => shortReference(session, item)).join(", ");
  return [
    ...(sameLogin(handoff.incoming, by) ? [] : [t("It is addressed to {0}, not to you.", plainLabel(handoff.incoming))]),
    items.length === 0 ? t("None of its issues is open.") : t("Assigned to you, and no longer to {0}: {1}.", plainLabel(handoff.outgoing), refs),
    t("The hand-off is closed, and everybody can read that you accepted it."),
  ].join("\n");
}

/** Opens the hand-off of the person at the keyboard. One by somebody who was not on duty would not count, and is not begun. */
export async function startHandoff({ session }: DeskTools): Promise<CommandEnd> {
  const me = await session.account.me();
  if (me === undefined) return undefined;
  if (wasOnCall(session.desk.config(), me, session.clock.now())) openHandoff(me);
  else {
    const t = vscode.l10n.t;
    const cover = t("Cover…");
    const text = t("Only somebody who is on duty, or was in the last shift, can hand off. Take over a shift first, or ask whoever was on duty to hand off.");
    if ((await vscode.window.showWarningMessage(text, cover)) === cover) await vscode.commands.executeCommand("responseDesk.schedule.cover");
  }
  return undefined;
}
