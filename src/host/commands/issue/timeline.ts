import * as v from "valibot";
import * as vscode from "vscode";
import { milestones, renderMilestone } from "../../../core/markup/milestone";
import { parseData } from "../../../core/model/parseData";
import { assertNever } from "../../../core/model/result";
import type { Milestone } from "../../../core/model/timelineEvent";
import { next } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { formatMilestone } from "../../ui/timelineLabels";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { chooseIssue, shortReference } from "../input/pickIssue";

/** Says on an issue that something happened that figures and the timeline need, in a comment that people can read. */
export async function addTimelineEntry(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Record a moment");
  const flowStep = { title, back: false };
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?") });
  if (ref === undefined) return undefined;
  const named = readMilestoneName(argument);
  const chosen = named !== undefined ? next(named) : await pickOne<Milestone>({
    flowStep,
    placeholder: t("What happened with {0}, just now?", shortReference(session, ref)),
    choices: milestones.map((milestone) => ({ label: formatMilestone(milestone, vscode.l10n.t), detail: explain(milestone), value: milestone })),
  });
  if (chosen.kind !== "next") return undefined;
  const said = await enterText({ flowStep, prompt: ask(chosen.value), placeholder: t("May be left empty") });
  if (said.kind !== "next") return undefined;
  return tools.submit(t("Adding the comment…"), { kind: "comment", ref, markdown: renderMilestone(chosen.value, said.value) });
}

/** The moment that an argument names beside the issue. */
function readMilestoneName(argument: unknown): Milestone | undefined {
  return parseData(v.object({ milestone: v.picklist(milestones) }), argument)?.milestone;
}

function explain(milestone: Milestone): string {
  const t = vscode.l10n.t;
  switch (milestone) {
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
      return assertNever(milestone);
  }
}

function ask(milestone: Milestone): string {
  const t = vscode.l10n.t;
  switch (milestone) {
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
      return assertNever(milestone);
  }
}

/** Adds a comment of any length to an issue. */
export async function commentOnIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Comment on issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: vscode.l10n.t("On which issue?") });
  if (ref === undefined) return undefined;
  const answer = await askDetails({ title, back: false }, tools.editors, undefined, vscode.l10n.t("What is there to say on {0}?", shortReference(session, ref)));
  if (answer.kind !== "next" || answer.value.trim() === "") return undefined;
  return tools.submit(vscode.l10n.t("Adding the comment…"), { kind: "comment", ref, markdown: answer.value });
}
