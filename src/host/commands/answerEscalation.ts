import * as vscode from "vscode";
import { hasLogin } from "../../core/desk/sameLogin";
import { renderMoment } from "../../core/incident/moment";
import type { Issue } from "../../core/issue/issue";
import { batchOf, type SingleOperation } from "../../core/issue/operation";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { pickOne } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

type Answer = "accept" | "later" | "decline";

/** Answers a call for help: takes it on, says until when it must wait, or declines with the reason. Whatever it is, the issue says so. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Answer an escalation");
  const place = { title, back: false };
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue were you asked about?"), suits: (issue) => issue.state === "open" && hasLogin(issue.assignees, me) });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const answer = await pickOne<Answer>({
    place,
    placeholder: t("What do you say about {0}?", sayRef(session, ref)),
    choices: [
      { label: t("Accept"), detail: t("You work on it from now on."), value: "accept" },
      { label: t("Later…"), detail: t("You stay assigned, and say until when it must wait."), value: "later" },
      { label: t("Decline…"), detail: t("You say why, and are no longer assigned."), value: "decline" },
    ],
  });
  if (answer.kind !== "next") return undefined;
  if (answer.value === "accept") return tools.submit(t("Accepting…"), batchOf(accept(issue, me, session.clocks.clockOf(issue).acknowledged !== undefined)));
  const later = answer.value === "later";
  const said = await enterText({
    place,
    prompt: later ? t("Until when must it wait, and why?") : t("Why can you not help?"),
    needed: later ? t("Say until when: whoever asked goes by it.") : t("Say why: whoever asked goes by it."),
  });
  if (said.kind !== "next") return undefined;
  const markdown = later ? `Escalation delayed: ${said.value}` : `Escalation declined: ${said.value}`;
  return tools.submit(t("Answering…"), batchOf([
    { kind: "comment", ref, markdown },
    ...(later ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [], remove: [me] } }]),
  ]));
}

function accept(issue: Issue, me: string, acknowledged: boolean): readonly SingleOperation[] {
  const text = "Escalation accepted.";
  return [
    { kind: "comment", ref: issue.ref, markdown: acknowledged ? text : renderMoment("acknowledged", text) },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref: issue.ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ];
}
