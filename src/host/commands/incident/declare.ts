import * as vscode from "vscode";
import { isRecord } from "../../../core/model/plainData";
import { ok } from "../../../core/model/result";
import type { CommandEnd, DeskTools } from "../input/command";
import { isOpen, issueChoice } from "../input/pickIssue";
import { searchElsewhere } from "../input/suggestions";
import { askTitle } from "../issue/askTitle";
import { type CreateFlow, createFlow, runbookIn } from "../issue/create";
import { createNow, startCreating } from "../issue/createIssue";
import { type CreateState, emptyState, savedDraft } from "../issue/createState";
import { formReading, shortWait } from "../issue/formQuestions";

/** Declares an incident in one line: only its title is asked. It is assigned to whoever is on call, and its page opens. */
export function declareIncident(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return oneLine(tools, args, { kind: "incident", title: t("Declare incident"), placeholder: t("What happened? Press Enter to declare the incident"), details: t("Declare Incident with Details…") });
}

/** Declares an exercise in one line. Nothing is due on it. */
export function declareTest(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const texts = { title: t("Declare test incident"), placeholder: t("What is practiced? Press Enter to declare the test incident"), details: t("Declare Test Incident with Details…") };
  return oneLine(tools, args, { kind: "incident", ...texts, start: { isTest: true }, draft: "incident.test" });
}

/** Creates a request in one line: only its title is asked. It is assigned to whoever is on call, and its page opens. */
export function newRequest(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return oneLine(tools, args, { kind: "request", title: t("Create request"), placeholder: t("What is needed? Press Enter to create the request"), details: t("Create Request with Details…") });
}

/** A flow whose title says what Enter does. */
interface OneLine extends CreateFlow {
  readonly placeholder: string;
  /** Label of the choice to answer more questions. */
  readonly details: string;
}

/**
 * Asks for a title, with similar open issues below it, and creates the issue with the default runbook of its kind. A title that
 * did not become an issue is saved and offered next time.
 */
async function oneLine(tools: DeskTools, args: readonly unknown[], texts: OneLine): Promise<CommandEnd> {
  const { session } = tools;
  const flow: OneLine = { ...texts, ...runbookIn(tools, args) };
  const begun = await startCreating(session, flow.kind);
  if (begun?.kind !== "ok") return begun;
  const { kind } = begun.value;
  const desk = session.desk.config();
  // Read while the title is typed.
  const reading = formReading(tools, kind.repositories, shortWait);
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
      enter: flow.title,
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
        const state: CreateState = { ...emptyState, ...flow.start, title: answer.value.title, ...(flow.runbook === undefined ? {} : { runbook: flow.runbook }) };
        const created = await createNow(tools, state, { ...begun.value, reading });
        if (replaces && (created?.kind === "ok" || created?.kind === "queued")) draft.clear();
        return created;
      }
    }
  }
}

/** Whether an unfinished draft has answers that one line cannot show. */
function isMoreThanTitle({ title: _title, ...rest }: CreateState): boolean {
  return Object.values(rest).some((value) => (Array.isArray(value) ? value.length > 0 : isRecord(value) || (value !== "" && value !== undefined)));
}
