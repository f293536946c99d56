import * as vscode from "vscode";
import { reportedAt } from "../../core/duty/reportedAt";
import { wallTimeOf } from "../../core/duty/localTime";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Says when an issue was reported, where that was before it was filed: its clock counts from then. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
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
    place: { title, back: false },
    prompt: t("When was {0} reported? A time in {1}, or how long ago: 08:15, 2026-11-20 08:15, 25m, 2h", sayRef(session, ref), timezone),
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
