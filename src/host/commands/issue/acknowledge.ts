import * as vscode from "vscode";
import { wallTimeOf } from "../../../core/calendar/localTime";
import { renderMilestone } from "../../../core/markup/milestone";
import { hasLogin } from "../../../core/model/names";
import { batchOf } from "../../../core/model/operation";
import { reportedAt } from "../../../core/response/responseClock";
import { runInBackground } from "../../platform/background";
import { formatInstant } from "../../ui/format";
import { enterText } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";

/** Acknowledges an issue: assigns it to the user and stops its response clock. */
export async function acknowledgeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, {
    title: t("Acknowledge issue"),
    suits: (issue) => isOpen(issue) && session.clocks.clockOf(issue).acknowledged === undefined,
  });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference } = chosen.value;
  const { acknowledged } = session.clocks.clockOf(issue);
  if (acknowledged !== undefined) {
    const desk = session.desk.config();
    const when = formatInstant(acknowledged.at, session.clock.now(), desk.timezone, vscode.env.language);
    runInBackground(vscode.window.showInformationMessage(t("{0} was acknowledged by {1} at {2}.", reference, plainLabel(acknowledged.by ?? t("somebody")), when)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return tools.submit(t("Acknowledging…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("acknowledged", "") },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ]));
}

/** Withdraws an acknowledgement with a comment. The response clock continues from its original start. */
export async function unacknowledgeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, {
    title: t("Withdraw acknowledgement"),
    placeholder: t("Which issue is nobody working on?"),
    suits: (issue) => isOpen(issue) && session.clocks.clockOf(issue).acknowledged !== undefined,
  });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference } = chosen.value;
  if (session.clocks.clockOf(issue).acknowledged === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("{0} is not acknowledged.", reference)), session.log);
    return undefined;
  }
  return tools.submit(t("Withdrawing the acknowledgement…"), { kind: "comment", ref, markdown: renderMilestone("unacknowledged", "") });
}

/** Sets when an issue was reported, if that was before it was filed. Its response clock starts then. */
export async function setReported(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Set reported time"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const { timezone } = session.desk.config();
  const read = (typed: string) => reportedAt(typed, session.clock.now(), timezone);
  const answer = await enterText({
    flowStep,
    prompt: t("When was {0} reported? Enter a time in {1} or how long ago: 08:15, 2026-11-20 08:15, 25m, 2h", reference, timezone),
    value: wallTimeOf(session.clocks.clockOf(issue).reported, timezone).slice(0, 16).replace("T", " "),
    needed: t("Enter a time, or press Escape."),
    refuse: (typed) => {
      const at = read(typed);
      if (at.kind === "ok") return undefined;
      return at.failure === "future" ? t("This time is in the future.") : t("Use the form 08:15, 2026-11-20 08:15, 25m or 2h.");
    },
  });
  if (answer.kind !== "next") return undefined;
  const at = read(answer.value);
  if (at.kind === "failed") return undefined;
  return tools.submit(t("Setting the time…"), { kind: "edit", ref, change: { kind: "noteClock", marks: { reported: at.value } } });
}
