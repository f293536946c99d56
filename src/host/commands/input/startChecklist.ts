import * as vscode from "vscode";
import { startChecklist } from "../../../core/checklist/startChecklist";
import { draftIssue, draftWithChecklist } from "../../../core/issue/draftIssue";
import { rolePeople } from "../../../core/model/desk";
import { checklistKind } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import type { Runbook } from "../../../core/model/runbook";
import { openChecklist } from "../../ui/openPanel";
import { checklistDay, findChecklist } from "../../../core/oncall/roleChecklist";
import type { CommandEnd, DeskTools } from "./command";

/** Opens the checklist of a role for today or for this shift. Two people who start it at the same time get the same checklist. */
export async function openRoleChecklist(tools: DeskTools, named: Runbook): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = (await session.runbooks.roleChecklists()).find(({ path }) => path === named.path) ?? named;
  const desk = session.desk.config();
  const date = checklistDay(desk, runbook.details.when, session.clock.now());
  const found = findChecklist(session.issues.snapshot()?.issues ?? [], desk, runbook, date);
  const checklistId = `day-${date}`;
  if (found !== undefined) {
    const checklist = found.checklists.find((each) => each.runbook === runbook.path);
    if (checklist === undefined) return addChecklist(tools, found.issue.ref, runbook, checklistId);
    openChecklist(found.issue.ref, checklist.id);
    return undefined;
  }
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const holders = session.clocks.holders();
  const role = runbook.details.assign ?? runbook.details.role;
  const draft = draftIssue(desk, {
    kind: checklistKind,
    title: `${runbook.title} · ${date}`,
    details: "",
    labels: runbook.details.labels,
    assignees: [(role === undefined ? undefined : holders[role]) ?? by],
  });
  if (draft.kind === "failed") return draft;
  const key = `checklist:${runbook.path}:${date}`;
  const checklist = startChecklist(runbook, { id: checklistId, startedAt: session.clock.now(), by, holders, people: rolePeople(desk) });
  const created = await tools.submit(vscode.l10n.t("Opening the checklist…"), { kind: "create", draft: draftWithChecklist(draft.value, checklist, session.runbooks.urlOf(checklist.runbook)) }, key);
  if (created.kind === "done") openChecklist(created.outcome.ref, checklistId);
  return created;
}

/** Adds a runbook to an issue as a checklist and opens it. The same `id` on the same issue starts it once. */
export async function addChecklist(tools: DeskTools, ref: IssueRef, runbook: Runbook, id: string): Promise<CommandEnd> {
  const { session } = tools;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const checklist = startChecklist(runbook, { id, startedAt: session.clock.now(), by, holders: session.clocks.holders(), people: rolePeople(session.desk.config()) });
  const started = await tools.submit(vscode.l10n.t("Starting the checklist…"), { kind: "edit", ref, change: { kind: "startRun", run: checklist } });
  if (started.kind === "done") openChecklist(ref, checklist.id);
  return started;
}
