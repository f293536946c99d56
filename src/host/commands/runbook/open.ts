import * as vscode from "vscode";
import { findKind } from "../../../core/model/desk";
import { isWork } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { procedurePath } from "../../../core/model/procedurePath";
import { assertNever, failed, ok } from "../../../core/model/result";
import type { Runbook } from "../../../core/model/runbook";
import { sectionAt, sectionsToStart } from "../../../core/runbook/procedure";
import { type RunbookHit, searchRunbooks } from "../../../core/runbook/searchRunbooks";
import { runInBackground } from "../../platform/background";
import { next } from "../../ui/inputFlow";
import { type Choice, decorate, showInput } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { likeliestFirst, pickIssue } from "../input/pickIssue";
import { askProcedure, askSection, chooseRunbook, cursorIn } from "../input/pickRunbook";
import { showRunbook } from "../input/show";
import { addChecklist, openRoleChecklist } from "../input/startChecklist";
import { readRunbookTarget } from "../input/target";
import { createFlow } from "../issue/create";

const most = 200;

interface Item extends vscode.QuickPickItem {
  readonly hit: RunbookHit;
}

/** Searches runbooks for titles, headings, labels and steps while the user types, and opens or starts the selected one. */
export async function findInRunbooks({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const startButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("play"), tooltip: t("Start") };
  const flowStep = { title: t("Find in runbooks"), back: false };
  const quick = vscode.window.createQuickPick<Item>();
  decorate(quick, flowStep);
  quick.ignoreFocusOut = false;
  quick.placeholder = t("Search titles, headings, steps and labels");
  quick.busy = true;
  let search = searchRunbooks([]);
  const show = (): void => {
    quick.items = search.find(quick.value, most).map((hit) => ({ ...itemOf(hit), ...(hit.start === undefined ? {} : { buttons: [startButton] }) }));
  };
  runInBackground(session.runbooks.all().then((runbooks) => {
    search = searchRunbooks(runbooks);
    quick.busy = false;
    show();
  }), session.log);
  const answer = await showInput<{ readonly hit: RunbookHit; readonly start?: string }>(quick, (accept) => [
    quick.onDidChangeValue(show),
    quick.onDidAccept(() => {
      const [chosen] = quick.selectedItems;
      if (chosen !== undefined) accept(next({ hit: chosen.hit }));
    }),
    quick.onDidTriggerItemButton(({ item: { hit } }) => accept(next({ hit, ...(hit.start === undefined ? {} : { start: hit.start }) }))),
  ]);
  if (answer.kind !== "next") return undefined;
  const { hit, start } = answer.value;
  if (start === undefined) return showRunbook(session, hit.path, hit.line);
  await vscode.commands.executeCommand("responseDesk.runbook.start", start);
  return ok(undefined);
}

function itemOf(hit: RunbookHit): Item {
  const { path, line, title, text, kind } = hit;
  return {
    label: `$(${iconOf(kind)}) ${plainLabel(withoutMarkup(text))}`,
    ...(kind === "title" ? {} : { description: plainLabel(title) }),
    detail: plainLabel(kind === "title" || kind === "label" ? path : `${path}:${line + 1}`),
    // The search already filtered the items; VS Code would hide matches across several texts.
    alwaysShow: true,
    hit,
  };
}

function iconOf(kind: RunbookHit["kind"]): string {
  switch (kind) {
    case "title":
      return "book";
    case "section":
      return "symbol-string";
    case "label":
      return "tag";
    case "step":
      return "checklist";
    default:
      return assertNever(kind);
  }
}

/** Opens a runbook in the editor, at the line in the arguments. */
export async function openRunbook({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Open runbook"), vscode.l10n.t("Select a runbook"));
  if (runbook === undefined) return undefined;
  return showRunbook(session, runbook.file, readRunbookTarget(args)?.line ?? (runbook.path === runbook.file ? undefined : runbook.sections[0]?.line));
}

/** Opens a runbook in the Markdown preview. */
export async function previewRunbook({ session }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Preview runbook"), vscode.l10n.t("Select a runbook"));
  if (runbook === undefined) return undefined;
  const uri = session.paths.uriOf(runbook.file);
  if (uri === undefined) return failed({ kind: "outside", path: runbook.file });
  await vscode.commands.executeCommand("markdown.showPreview", uri);
  return ok(undefined);
}

/** Starts a runbook, or a procedure of a handbook, on a new or an open issue. A role checklist opens today's checklist. */
export async function startRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const runbook = await chooseRunbook(tools.session, args, t("Start runbook"), t("Select a runbook"));
  if (runbook === undefined) return undefined;
  if (runbook.details.when !== undefined) return startProcedure(tools, runbook);
  const procedure = await askProcedure(tools.session, runbook, { title: t("Start runbook"), back: false });
  return procedure.kind === "next" ? startProcedure(tools, procedure.value) : undefined;
}

/** Starts the section at the line in the arguments or at the cursor, also if it has no steps, or the section that the user picks. */
export async function startSection(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Start section");
  const runbook = await chooseRunbook(session, args, title, vscode.l10n.t("Select a runbook"));
  if (runbook === undefined) return undefined;
  if (runbook.path !== runbook.file) return startProcedure(tools, runbook);
  const line = readRunbookTarget(args)?.line ?? cursorIn(session, runbook);
  const section = line === undefined ? undefined : sectionAt(runbook, line);
  const isWhole = section?.startable === true && !section.gate && !sectionsToStart(runbook).includes(section);
  const found = section === undefined || isWhole ? undefined : await session.runbooks.get(procedurePath(runbook.file, section.slug));
  if (found !== undefined) return startProcedure(tools, found);
  const picked = await askSection(session, runbook, { title, back: false });
  return picked.kind === "next" ? startProcedure(tools, picked.value) : undefined;
}

async function startProcedure(tools: DeskTools, runbook: Runbook): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  if (runbook.details.when !== undefined) return openRoleChecklist(tools, runbook);
  const desk = session.desk.config();
  const kind = findKind(desk, runbook.details.kind ?? "");
  const kinds = kind === undefined ? desk.kinds : [kind, ...desk.kinds.filter((other) => other !== kind)];
  const newIssues = kinds.map((each): Choice<IssueRef | string> => ({ label: `$(add) ${t("On a New {0}", plainLabel(each.name))}`, value: each.name }));
  const open = likeliestFirst(session, (session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && isWork(session.issues.factsOf(issue).kind)));
  const answer = await pickIssue<string>(session, {
    flowStep: { title: t("Start “{0}”", plainLabel(runbook.title)), back: false },
    placeholder: t("Select the issue to start the runbook on"),
    before: newIssues,
    issues: open,
    first: {
      heading: t("Open issues without this checklist"),
      otherwise: t("Open issues with this checklist"),
      belongs: (issue) => !session.issues.factsOf(issue).checklists.some((each) => each.runbook === runbook.path),
    },
  });
  if (answer.kind !== "next") return undefined;
  if (typeof answer.value === "string") {
    const title = answer.value === "incident" ? t("Declare incident") : t("New {0}", plainLabel(answer.value));
    return createFlow(tools, { kind: answer.value, title, runbook: runbook.path });
  }
  return addChecklist(tools, answer.value, runbook, session.ids.next());
}
