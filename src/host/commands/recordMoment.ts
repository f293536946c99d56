import * as v from "valibot";
import * as vscode from "vscode";
import { moments, renderMoment } from "../../core/incident/moment";
import type { Moment } from "../../core/incident/timelineEvent";
import { parseData } from "../../core/parseData";
import { assertNever } from "../../core/result";
import { wordMoment } from "../panels/timelineWords";
import type { CommandEnd, DeskTools } from "./command";
import { next } from "./input/answer";
import { enterText } from "./input/enterText";
import { pickOne } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Says on an issue that something happened that figures and the timeline need, in a comment that people can read. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Record a moment");
  const place = { title, back: false };
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?") });
  if (ref === undefined) return undefined;
  const named = readMomentName(argument);
  const chosen = named !== undefined ? next(named) : await pickOne<Moment>({
    place,
    placeholder: t("What happened with {0}, just now?", sayRef(session, ref)),
    choices: moments.map((moment) => ({ label: wordMoment(moment, vscode.l10n.t), detail: explain(moment), value: moment })),
  });
  if (chosen.kind !== "next") return undefined;
  const said = await enterText({ place, prompt: ask(chosen.value), placeholder: t("May be left empty") });
  if (said.kind !== "next") return undefined;
  return tools.submit(t("Adding the comment…"), { kind: "comment", ref, markdown: renderMoment(chosen.value, said.value) });
}

/** The moment that an argument names beside the issue. */
function readMomentName(argument: unknown): Moment | undefined {
  return parseData(v.object({ moment: v.picklist(moments) }), argument)?.moment;
}

function explain(moment: Moment): string {
  const t = vscode.l10n.t;
  switch (moment) {
    case "acknowledged":
      return t("Somebody has seen it and works on it; nothing is fixed yet.");
    case "unacknowledged":
      return t("Nobody works on it after all; its response is due again.");
    case "mitigated":
      return t("The harm has stopped, the cause is still there.");
    case "resolved":
      return t("The cause is dealt with; the issue may stay open.");
    case "lead":
      return t("Somebody leads the incident from now on.");
    case "handoff":
      return t("Somebody else goes on with it.");
    case "escalation":
      return t("The next level, or more people, were asked.");
    case "update":
      return t("Those affected were told how it stands.");
    default:
      return assertNever(moment);
  }
}

function ask(moment: Moment): string {
  const t = vscode.l10n.t;
  switch (moment) {
    case "lead":
      return t("Who leads it?");
    case "handoff":
      return t("To whom, and how does it stand?");
    case "escalation":
      return t("Whom did you ask, and why?");
    case "update":
      return t("Who was told what?");
    case "acknowledged":
    case "unacknowledged":
    case "mitigated":
    case "resolved":
      return t("Is there more to say?");
    default:
      return assertNever(moment);
  }
}
