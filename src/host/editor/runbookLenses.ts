import * as vscode from "vscode";
import { progress } from "../../core/checklist/marking";
import { formatRef } from "../../core/model/issueRef";
import { fileOfProcedure, procedurePath, splitProcedurePath } from "../../core/model/procedurePath";
import { issuesAskedFor, type Runbook } from "../../core/model/runbook";
import { isHandbook, sectionsToStart } from "../../core/runbook/procedure";
import type { DeskSession } from "../app/session";
import { changesOf, followEvents } from "../platform/followEvents";
import { plainLabel } from "../ui/safeText";
import { openChecklistsNow } from "./shownChecklist";
import type { RunbookDocuments } from "./runbookDocuments";

/** For more checklists of a runbook or section than this, see the tree. */
const maxChecklists = 3;

/** Actions above the title of a runbook, above its sections, above steps and templates that create issues, and above shell blocks. */
export function runbookLenses(documents: RunbookDocuments): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: (listener, self) => followEvents(() => void listener.call(self), documents.onDidChange, changesOf(documents.onDidChangeIssues, checklistsOf)),
    async provideCodeLenses(document, token) {
      const location = await documents.at(document.uri);
      const runbook = await location?.session.runbooks.get(location.path);
      return location === undefined || runbook === undefined || token.isCancellationRequested ? [] : lensesOf(runbook, location.session);
    },
  };
}

/** The parts of the issues that lenses depend on. */
function checklistsOf(session: DeskSession): unknown {
  return openChecklistsNow(session).map(({ issue, checklist }) => [checklist.runbook, issue.ref, checklist.id, progress(checklist)]);
}

function lensesOf(runbook: Runbook, session: DeskSession): vscode.CodeLens[] {
  const trusted = session.account.writable();
  const t = vscode.l10n.t;
  const { path } = runbook;
  const lens = (line: number, title: string, command: string, ...args: readonly unknown[]): vscode.CodeLens =>
    new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: `responseDesk.${command}`, arguments: [...args] });
  const top = runbook.sections[0]?.line ?? 0;
  const preview = lens(top, `$(open-preview) ${t("Preview")}`, "runbook.preview", path);
  const lenses = isHandbook(runbook)
    ? [preview, lens(top, `$(list-selection) ${t("Start a procedure…")}`, "runbook.start", path)]
    : [lens(top, `$(play) ${t("Start checklist")}`, "runbook.start", path), preview];
  if (runbook.details.kind === "incident") lenses.push(lens(top, `$(flame) ${t("Declare incident")}`, "incident.declare", { runbook: path }));
  if (runbook.details.kind === "request") lenses.push(lens(top, `$(inbox) ${t("New request")}`, "request.new", { runbook: path }));

  for (const { line, slug } of sectionsToStart(runbook)) lenses.push(lens(line, `$(play) ${t("Start section")}`, "runbook.start", procedurePath(path, slug)));
  const shown = new Map<string, number>();
  for (const { issue, checklist } of openChecklistsNow(session).filter((each) => fileOfProcedure(each.checklist.runbook) === path)) {
    const count = (shown.get(checklist.runbook) ?? 0) + 1;
    shown.set(checklist.runbook, count);
    if (count > maxChecklists) continue;
    const { done, total } = progress(checklist);
    const { slug } = splitProcedurePath(checklist.runbook);
    const line = runbook.sections.find((section) => section.slug === slug)?.line ?? top;
    lenses.push(lens(line, `$(checklist) ${plainLabel(formatRef(issue.ref, ""))} ${done}/${total}`, "issue.openChecklist", { ref: issue.ref, run: checklist.id }));
  }

  const create = (line: number, kinds: readonly string[]): readonly vscode.CodeLens[] => [
    ...kinds.map((kind) => lens(line, `$(add) ${t("Create [{0}]", kind.toUpperCase())}`, "runbook.createLinked", path, line)),
    lens(line, `$(link) ${t("Link existing")}`, "issue.linkExisting", { path, line }),
  ];
  for (const step of runbook.steps) {
    const kinds = new Set(step.mentions.flatMap((mention) => (mention.action === "create" ? [mention.kind] : [])));
    const several = issuesAskedFor(runbook, step);
    if (several > 1) lenses.push(lens(step.line, `$(checklist) ${t("Create all {0}", several)}`, "runbook.createLinkedSet", path, step.line));
    if (step.needsIssues === true) lenses.push(lens(step.line, `$(add) ${t("Create linked issue")}`, "runbook.createLinked", path, step.line));
    if (kinds.size > 0) lenses.push(...create(step.line, [...kinds]));
  }
  for (const template of runbook.templates) lenses.push(...create(template.line, [template.kind]));
  for (const { line } of runbook.commands) {
    if (trusted) lenses.push(lens(line, `$(terminal) ${t("Run…")}`, "runbook.runCommand", path, line));
    lenses.push(lens(line, `$(copy) ${t("Copy")}`, "runbook.copyCommand", path, line));
  }
  return lenses;
}
