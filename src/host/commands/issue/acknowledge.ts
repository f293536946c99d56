import * as vscode from "vscode";
import { wallTimeOf } from "../../../core/calendar/localTime";
import { renderMilestone } from "../../../core/markup/milestone";
import { hasLogin } from "../../../core/model/names";
import { batchOf } from "../../../core/model/operation";
import { failed } from "../../../core/model/result";
import { reportedAt } from "../../../core/response/responseClock";
import { runInBackground } from "../../platform/background";
import { formatInstant } from "../../ui/format";
import { enterText } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, shortReference } from "../input/pickIssue";

/** Says that the person at the keyboard has seen an issue and works on it: it is theirs, and its response clock stops. */
export async function acknowledgeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, {
    title: t("Acknowledge issue"),
    placeholder: t("Which issue?"),
    suits: (issue) => issue.state === "open" && session.clocks.clockOf(issue).acknowledged === undefined,
  });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const { acknowledged } = session.clocks.clockOf(issue);
  if (acknowledged !== undefined) {
    const desk = session.desk.config();
    const when = formatInstant(acknowledged.at, session.clock.now(), desk.timezone, vscode.env.language);
    runInBackground(vscode.window.showInformationMessage(t("{0} was acknowledged by {1} at {2}.", shortReference(session, ref), plainLabel(acknowledged.by ?? t("somebody")), when)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return tools.submit(t("Acknowledging…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("acknowledged", "") },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ]));
}

/** Takes an acknowledgement back, in a comment that says who and when: the issue's response clock runs on from where it was. */
export async function unacknowledgeIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, {
    title: t("Not acknowledged after all"),
    placeholder: t("Which issue does nobody work on?"),
    suits: (issue) => issue.state === "open" && session.clocks.clockOf(issue).acknowledged !== undefined,
  });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  if (session.clocks.clockOf(issue).acknowledged === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("Nobody has acknowledged {0}.", shortReference(session, ref))), session.log);
    return undefined;
  }
  return tools.submit(t("Taking the acknowledgement back…"), { kind: "comment", ref, markdown: renderMilestone("unacknowledged", "") });
}

/** Says when an issue was reported, where that was before it was filed: its clock counts from then. */
export async function setReported(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Set when it was reported");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const { timezone } = session.desk.config();
  const read = (typed: string) => reportedAt(typed, session.clock.now(), timezone);
  const answer = await enterText({
    flowStep: { title, back: false },
    prompt: t("When was {0} reported? A time in {1}, or how long ago: 08:15, 2026-11-20 08:15, 25m, 2h", shortReference(session, ref), timezone),
    value: wallTimeOf(session.clocks.clockOf(issue).reported, timezone).slice(0, 16).replace("T", " "),
    needed: t("Type a time, or press Escape."),
    refuse: (typed) => {
      const at = read(typed);
      if (at.kind === "ok") return undefined;
      return at.failure === "future" ? t("That is still to come.") : t("Write it as 08:15, 2026-11-20 08:15, 25m or 2h.");
    },
  });
  if (answer.kind !== "next") return undefined;
  const at = read(answer.value);
  if (at.kind === "failed") return undefined;
  return tools.submit(t("Setting the time…"), { kind: "edit", ref, change: { kind: "noteClock", marks: { reported: at.value } } });
}
