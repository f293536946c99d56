import * as vscode from "vscode";
import { findKind, type Kind, runbookOfKind } from "../../../core/model/desk";
import { isRecord } from "../../../core/model/record";
import { ok } from "../../../core/model/result";
import { openIssuePage } from "../../ui/openPanel";
import type { CommandEnd, DeskTools } from "../input/command";
import { isOpen, issueChoice } from "../input/pickIssue";
import { searchElsewhere } from "../input/suggestions";
import { askTitle } from "./askTitle";
import { type CreateFlow, createFlow, runbookIn } from "./create";
import { askWho, createIssue } from "./createIssue";
import { type CreateState, emptyState, savedDraft } from "./createState";

/** Declares an incident in one line: only its title is asked. It is assigned to whoever is on call, and its page opens. */
export async function declareIncident(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return oneLine(tools, {
    kind: "incident",
    title: t("Declare incident"),
    placeholder: t("What happened? Press Enter to declare the incident"),
    enter: t("Declare incident"),
    details: t("Declare Incident with Details…"),
    ...runbookIn(tools, args),
  });
}

/** Declares an exercise in one line. Nothing is due on it. */
export async function declareTest(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return oneLine(tools, {
    kind: "incident",
    title: t("Declare test incident"),
    placeholder: t("What is practiced? Press Enter to declare the test incident"),
    enter: t("Declare test incident"),
    details: t("Declare Test Incident with Details…"),
    start: { isTest: true },
    draft: "incident.test",
    ...runbookIn(tools, args),
  });
}

/** Creates a request in one line: only its title is asked. It is assigned to whoever is on call, and its page opens. */
export async function newRequest(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return oneLine(tools, {
    kind: "request",
    title: t("New request"),
    placeholder: t("What is needed? Press Enter to create the request"),
    enter: t("Create request"),
    details: t("Create Request with Details…"),
    ...runbookIn(tools, args),
  });
}

interface OneLine extends CreateFlow {
  readonly placeholder: string;
  /** What Enter does. */
  readonly enter: string;
  /** Label of the choice to answer more questions. */
  readonly details: string;
}

/**
 * Asks for a title, with similar open issues below it, and creates the issue with the default runbook of its kind. A title that
 * did not become an issue is saved and offered next time.
 */
async function oneLine(tools: DeskTools, flow: OneLine): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const kind = findKind(desk, flow.kind);
  if (kind === undefined) return { kind: "failed", failure: { kind: "invalidDraft", reason: "unknownKind" } };
  const who = await askWho(session);
  if (who?.kind !== "ok") return who;
  const draft = savedDraft(tools.context.workspaceState, flow.draft ?? kind.name);
  const index = session.issues.index;
  const issues = (session.issues.snapshot()?.issues ?? []).filter(isOpen);
  let unfinished = draft.read();
  // Answers to more questions are not replaced by a title.
  let replaces = unfinished === undefined || !isMoreThanTitle(unfinished);
  let value = "";
  for (;;) {
    const answer = await askTitle({
      flowStep: { title: flow.title, back: false },
      placeholder: flow.placeholder,
      value,
      enter: flow.enter,
      details: flow.details,
      ...(unfinished === undefined ? {} : { unfinished: unfinished.title === "" ? vscode.l10n.t("no title yet") : unfinished.title }),
      discard: () => {
        draft.clear();
        unfinished = undefined;
        replaces = true;
      },
      indexed: index.add(issues),
      similar: (title) => index.find(title, issues, 5),
      search: async (title) => (await searchElsewhere(tools, title)).filter(isOpen),
      describe: (issue) => issueChoice(issue, desk, session.clock.now()).description,
      typed: (title) => {
        if (replaces && title.trim() !== "") draft.save({ ...emptyState, ...flow.start, title });
      },
    });
    if (answer.kind !== "next") {
      if (replaces && draft.read() !== undefined) void vscode.window.setStatusBarMessage(vscode.l10n.t("$(history) Draft saved"), 4000);
      return undefined;
    }
    switch (answer.value.kind) {
      case "resume":
        if (unfinished === undefined) continue;
        if (isMoreThanTitle(unfinished)) return createFlow(tools, { ...flow, start: { ...unfinished, ...flow.start }, hasTitle: unfinished.title !== "" });
        value = unfinished.title;
        unfinished = undefined;
        continue;
      case "details":
        return createFlow(tools, { ...flow, start: { ...flow.start, title: answer.value.title }, hasTitle: true });
      case "known":
        if (replaces) draft.clear();
        await vscode.commands.executeCommand("responseDesk.issue.open", answer.value.issue.ref);
        return ok(undefined);
      case "title": {
        const state: CreateState = { ...emptyState, ...flow.start, title: answer.value.title };
        const created = await createNow(tools, kind, who.value, state, flow.runbook);
        if (replaces && (created.kind === "ok" || created.kind === "queued")) draft.clear();
        return created;
      }
    }
  }
}

/** Creates an issue with a runbook, by default that of its kind, and opens its page. */
export async function createNow(tools: DeskTools, kind: Kind, by: string, state: CreateState, named: string | undefined): ReturnType<typeof createIssue> {
  const { session } = tools;
  const runbook = named ?? runbookOfKind(kind, session.desk.folder());
  const priority = state.priority ?? (runbook === undefined ? undefined : (await session.runbooks.get(runbook))?.details.priority);
  const created = await createIssue(tools, { ...state, ...(runbook === undefined ? {} : { runbook }), ...(priority === undefined ? {} : { priority }) }, { kind, by });
  if (created.kind === "ok") openIssuePage(created.value.ref);
  return created;
}

/** Whether an unfinished draft has answers that one line cannot show. */
function isMoreThanTitle({ title: _title, ...rest }: CreateState): boolean {
  return Object.values(rest).some((value) => (Array.isArray(value) ? value.length > 0 : isRecord(value) || (value !== "" && value !== undefined)));
}
