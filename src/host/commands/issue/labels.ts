import * as vscode from "vscode";
import { checkStage } from "../../../core/incident/transitions";
import { kindLabel } from "../../../core/issue/issueFacts";
import { stageLabel, stageLabels, testLabel } from "../../../core/markup/labels";
import type { Desk } from "../../../core/model/desk";
import { lowHangingLabel } from "../../../core/model/issue";
import { distinctNames, hasName } from "../../../core/model/names";
import { ok } from "../../../core/model/result";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { chooseNames } from "../input/chooseNames";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, chooseKnownIssue, isOpen } from "../input/pickIssue";

/** Changes the labels of an issue. Offers the labels of the desk and its issues, or a new one. */
export async function labelIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Label issue") });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const desk = session.desk.config();
  const meaning = new Map([
    ...desk.kinds.map((kind) => [kindLabel(kind), t("kind")] as const),
    ...desk.priorities.map((priority) => [priority.label, t("priority")] as const),
  ]);
  const seen = (session.issues.snapshot()?.issues ?? []).flatMap((other) => other.labels);
  const labels = distinctNames([...issue.labels, ...[...meaning.keys(), ...seen].sort()]);
  const change = await chooseNames({
    flowStep,
    placeholder: t("Select the labels of {0}, then press Enter", reference),
    names: labels,
    describe: (label) => meaning.get(label) ?? "",
    current: issue.labels,
    has: hasName,
    other: { label: t("New Label…"), prompt: t("Enter a label"), needed: t("Enter a label, or press Escape.") },
  });
  if (change === undefined) return undefined;
  if (change.add.length === 0 && change.remove.length === 0) return ok(undefined);
  return tools.submit(t("Labelling…"), { kind: "edit", ref, change: { kind: "label", ...change } });
}

/** Marks an issue that takes at most half a day, so that it can be found when there is time. */
export function markLowHanging(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return mark(tools, argument, lowHangingLabel, { title: t("Mark as low-hanging fruit"), placeholder: t("Which issue takes at most half a day?") });
}

/** Removes the low-hanging fruit mark. */
export function unmarkLowHanging(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return unmark(tools, argument, lowHangingLabel, vscode.l10n.t("Unmark as low-hanging fruit"));
}

/** Marks an issue as an exercise: nothing is due on it, and it is in no metric. */
export function markTest(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return mark(tools, argument, testLabel, { title: t("Mark as test"), placeholder: t("Which issue is only a test?") });
}

/** Removes the mark of an exercise. What is due counts from when the issue was reported. */
export function unmarkTest(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return unmark(tools, argument, testLabel, vscode.l10n.t("Unmark as test"));
}

async function mark({ session, submit }: DeskTools, argument: unknown, label: string, question: { readonly title: string; readonly placeholder: string }): Promise<CommandEnd> {
  const ref = await chooseIssue(session, argument, { ...question, suits: (issue) => isOpen(issue) && !hasName(issue.labels, label) });
  return ref === undefined ? undefined : submit(vscode.l10n.t("Labelling…"), { kind: "edit", ref, change: { kind: "label", add: [label], remove: [] } });
}

async function unmark({ session, submit }: DeskTools, argument: unknown, label: string, title: string): Promise<CommandEnd> {
  const ref = await chooseIssue(session, argument, { title, suits: (issue) => isOpen(issue) && hasName(issue.labels, label) });
  return ref === undefined ? undefined : submit(vscode.l10n.t("Labelling…"), { kind: "edit", ref, change: { kind: "label", add: [], remove: [label] } });
}

function describeRefusal(desk: Desk, from: string, to: string): string {
  const t = vscode.l10n.t;
  const checked = checkStage(desk, from, to);
  const possible = checked.kind === "failed" ? checked.failure : [];
  if (possible.length === 0) return t("According to desk.yml, an issue stays in “{0}” until it is closed.", plainLabel(from));
  return t("According to desk.yml, an issue goes from “{0}” to {1}, not to “{2}”.", plainLabel(from), plainLabel(possible.map((stage) => `“${stage}”`).join(", ")), plainLabel(to));
}

/** Moves an issue to another stage that the desk allows. The last stage closes the issue. */
export async function setStage(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Set stage"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference, flowStep } = chosen.value;
  const desk = session.desk.config();
  const now = facts.stage;
  const last = desk.stages.at(-1);
  const possible = desk.stages.filter((stage) => checkStage(desk, now, stage).kind === "ok");
  const others = desk.stages.filter((stage) => !possible.includes(stage));
  const answer = await pickOne({
    flowStep,
    placeholder: t("Select the stage of {0}", reference),
    choices: [
      ...possible.map((stage) => ({
        label: plainLabel(stage),
        description: [...(stage === now ? [t("current")] : []), ...(stage === last ? [t("closes the issue")] : [])].join(" · "),
        value: stage,
      })),
      ...others.map((stage, index) => ({
        label: `$(circle-slash) ${plainLabel(stage)}`,
        ...(index === 0 ? { heading: t("Not possible from “{0}”", plainLabel(now)) } : {}),
        value: stage,
      })),
    ],
    active: (stage) => stage === now,
    refuse: ([stage]) => (stage === undefined || possible.includes(stage) ? undefined : describeRefusal(desk, now, stage)),
  });
  if (answer.kind !== "next" || (answer.value === now && answer.value !== last)) return undefined;
  if (answer.value === last) {
    await vscode.commands.executeCommand("responseDesk.issue.close", ref);
    return ok(undefined);
  }
  const add = [stageLabel(answer.value)];
  const remove = stageLabels(issue.labels).filter((label) => !add.includes(label));
  return tools.submit(t("Setting the stage…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}
