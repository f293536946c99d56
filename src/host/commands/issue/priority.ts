import * as vscode from "vscode";
import { type PriorityDecision, priorityOperations, selectedCriteria } from "../../../core/incident/criteria";
import { batchOf } from "../../../core/model/operation";
import { ok } from "../../../core/model/result";
import { promptAll } from "../../ui/inputFlow";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";
import { priorityQuestions } from "./priorityQuestions";

/** Sets or removes the priority of an issue. Asks for the criteria of the desk first, which propose one. */
export async function setPriority(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Set priority"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { issue, facts, reference, flowStep } = chosen.value;
  const desk = session.desk.config();
  const current = facts.priority;
  const start: PriorityDecision = { ...(current === undefined ? {} : { priority: current }), criteria: selectedCriteria(issue) };
  const decision = await promptAll(flowStep.title, start, priorityQuestions(desk, { name: reference, ...(current === undefined ? {} : { current }) }));
  if (decision === undefined) return undefined;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const operations = priorityOperations(desk, issue, decision, { at: session.clock.now(), by });
  return operations.length === 0 ? ok(undefined) : tools.submit(t("Setting the priority…"), batchOf(operations));
}
