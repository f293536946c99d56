import * as v from "valibot";
import * as vscode from "vscode";
import { timedMilestones } from "../../../core/incident/incidentState";
import { milestones, renderComment, renderMilestone } from "../../../core/markup/milestone";
import { parseData } from "../../../core/model/parseData";
import { assertNever } from "../../../core/model/result";
import type { Milestone } from "../../../core/model/timelineEvent";
import { next } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { chooseIssue, shortReference } from "../input/pickIssue";
import { setMilestone } from "./milestone";
import { explainMilestone, milestoneLabel } from "./milestoneLabels";
import { assignRole } from "./roles";
import { sendUpdate } from "./sendUpdate";

/** Adds a milestone to the timeline of an issue, as a readable comment. */
export async function addTimelineEntry(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Add timeline entry");
  const flowStep = { title, back: false };
  const ref = await chooseIssue(session, argument, { title });
  if (ref === undefined) return undefined;
  const named = readMilestoneName(argument);
  const chosen = named !== undefined ? next(named) : await pickOne<Milestone>({
    flowStep,
    placeholder: t("What happened on {0}?", shortReference(session, ref)),
    choices: milestones.map((milestone) => ({ label: milestoneLabel(milestone), detail: explainMilestone(milestone), value: milestone })),
  });
  if (chosen.kind !== "next") return undefined;
  const milestone = chosen.value;
  if (timedMilestones.some((timed) => timed === milestone)) return setMilestone(tools, [{ ref, milestone }]);
  if (milestone === "lead" || milestone === "role") return assignRole(tools, [{ ref, ...(milestone === "lead" ? { role: milestone } : {}) }]);
  // On a desk with audiences, only an update that names one counts.
  if (milestone === "update" && session.desk.config().audiences.length > 0) return sendUpdate(tools, [{ ref }]);
  const note = await enterText({ flowStep, prompt: ask(chosen.value), placeholder: t("Optional") });
  if (note.kind !== "next") return undefined;
  return tools.submit(t("Adding the comment…"), { kind: "comment", ref, markdown: renderMilestone(chosen.value, note.value) });
}

/** The milestone in an argument. */
function readMilestoneName(argument: unknown): Milestone | undefined {
  return parseData(v.object({ milestone: v.picklist(milestones) }), argument)?.milestone;
}

function ask(milestone: Milestone): string {
  const t = vscode.l10n.t;
  switch (milestone) {
    case "lead":
      return t("Who is the incident lead?");
    case "handoff":
      return t("Who takes over, and what is the current state?");
    case "escalation":
      return t("Who did you ask, and why?");
    case "update":
      return t("Who was informed, and of what?");
    case "role":
      return t("Who has which role?");
    case "note":
      return t("What happened?");
    case "started":
    case "detected":
    case "acknowledged":
    case "unacknowledged":
    case "mitigated":
    case "resolved":
    case "cancelled":
      return t("Add details");
    default:
      return assertNever(milestone);
  }
}

/** Adds a comment to an issue. */
export async function commentOnIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Comment on issue");
  const ref = await chooseIssue(session, argument, { title });
  if (ref === undefined) return undefined;
  const answer = await askDetails({ title, back: false }, tools.editors, undefined, vscode.l10n.t("Comment on {0}", shortReference(session, ref)));
  if (answer.kind !== "next" || answer.value.trim() === "") return undefined;
  return tools.submit(vscode.l10n.t("Adding the comment…"), { kind: "comment", ref, markdown: renderComment(answer.value) });
}
