import * as vscode from "vscode";
import { sameLogin } from "../../core/desk/sameLogin";
import { waitingHandoffs, type KeptHandoff } from "../../core/handoff/waitingHandoffs";
import { sameRef, type IssueRef } from "../../core/issue/issueRef";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { pickIssue, sayRef } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { runInBackground } from "../platform/background";

/** Takes over what a hand-off leaves, after saying what that means: its open issues are assigned, and it is closed. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
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
  const question = t("Accept hand-off {0} from {1}?", sayRef(session, ref), outgoing);
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail: sayEffect(tools, kept, items, by) }, accept)) !== accept) return undefined;
  const done = await tools.submit(t("Accepting…"), { kind: "acceptHandoff", ref, outgoing: handoff.outgoing, items, at: session.clock.now() });
  if (done.kind === "done") vscode.window.setStatusBarMessage(t("You took over from {0}", outgoing), 4000);
  return done;
}

/** The hand-off that is named, the only one for this person, or the one they pick. */
async function choose({ session }: DeskTools, named: IssueRef | undefined, by: string): Promise<KeptHandoff | undefined> {
  const t = vscode.l10n.t;
  const waiting = waitingHandoffs(session.issues.snapshot()?.issues ?? [], session.desk.config());
  const found = (ref: IssueRef): KeptHandoff | undefined => waiting.find(({ issue }) => sameRef(issue.ref, ref));
  if (named !== undefined ? found(named) === undefined : waiting.length === 0) {
    runInBackground(vscode.window.showInformationMessage(named === undefined ? t("No hand-off waits to be accepted.") : t("{0} is no hand-off that waits to be accepted.", sayRef(session, named))), session.log);
    return undefined;
  }
  if (named !== undefined) return found(named);
  const mine = waiting.filter(({ handoff }) => sameLogin(handoff.incoming, by));
  if (mine.length === 1) return mine[0];
  const answer = await pickIssue(session, { place: { title: t("Accept hand-off"), back: false }, placeholder: t("Which one?"), issues: waiting.map(({ issue }) => issue) });
  return answer.kind === "next" ? found(answer.value) : undefined;
}

function sayEffect({ session }: DeskTools, { handoff }: KeptHandoff, items: readonly IssueRef[], by: string): string {
  const t = vscode.l10n.t;
  const refs = items.map((item) => sayRef(session, item)).join(", ");
  return [
    ...(sameLogin(handoff.incoming, by) ? [] : [t("It is addressed to {0}, not to you.", plainLabel(handoff.incoming))]),
    items.length === 0 ? t("None of its issues is open.") : t("Assigned to you, and no longer to {0}: {1}.", plainLabel(handoff.outgoing), refs),
    t("The hand-off is closed, and everybody can read that you accepted it."),
  ].join("\n");
}
