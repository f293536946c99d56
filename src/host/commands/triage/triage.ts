import * as v from "valibot";
import * as vscode from "vscode";
import { answerPath, appendAnswer } from "../../../core/incident/answerLog";
import { extendTriage, storedReport, minutesLeft, minutesOf, minutesSpent, startTriage, type TriageTimer, triageTitle } from "../../../core/incident/triage";
import { isContended } from "../../../core/model/failure";
import { parseData } from "../../../core/model/parseData";
import { ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { addReportToKnown } from "./known";
import { askReport, keep, readReport, reportLabel, saveReport } from "./report";
import { raiseRequest } from "./request";

/** Sorts a report: answered at once, known, looked into for a limited time first, or a request. */
export async function startTriageOf(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const report = readReport(argument) ?? (await askReport(tools));
  if (report === undefined) return undefined;
  if (typeof report !== "string") return finishTimer(tools, report, undefined);
  await saveReport(tools, report);
  const { within } = session.desk.config().triage;
  const minutes = minutesOf(within);
  const answer = await pickOne<"answered" | "known" | "later" | "request">({
    flowStep: { title: t("Triage: {0}", reportLabel(triageTitle(report))), back: false },
    placeholder: t("What is it?"),
    choices: [
      { label: `$(check) ${t("Answered at Once")}`, description: t("trivial, or advice only; no issue is created"), value: "answered" },
      { label: `$(references) ${t("Known Issue")}`, description: t("the case is added to it"), value: "known" },
      { label: `$(watch) ${t("Take {0} Minutes First", minutes)}`, description: t("with a note; afterwards it is done or becomes a request"), value: "later" },
      { label: `$(inbox) ${t("Request")}`, description: t("creates an issue with its runbook"), value: "request" },
    ],
  });
  if (answer.kind !== "next") return undefined;
  const end = await handle(tools, report, answer.value);
  if (isEnded(end)) await saveReport(tools, "");
  return end;
}

async function handle(tools: DeskTools, report: string, choice: "answered" | "known" | "later" | "request"): Promise<CommandEnd> {
  switch (choice) {
    case "answered":
      return recordAnswer(tools, triageTitle(report), undefined);
    case "known":
      return addReportToKnown(tools, report);
    case "request":
      return raiseRequest(tools, { report });
    case "later": {
      const { session } = tools;
      const timer = startTriage(report, session.ids.next(), session.clock.now(), session.desk.config().triage.within);
      await session.triage.put(timer);
      openNote(tools, timer);
      return ok(undefined);
    }
  }
}

/** Whether the report is handled and its draft is no longer needed. A change that waits to be sent counts. */
function isEnded(end: CommandEnd): boolean {
  return end !== undefined && end.kind !== "failed";
}

type FinishChoice = "done" | "request" | "known" | "more" | "note";

const finishArgument = v.object({ id: v.string(), choice: v.exactOptional(v.picklist(["done", "request", "known", "more", "note"])) });

/** Ends the time for a report, or extends it: the timer in the argument, the only one, or the one that the user picks. */
export async function finishTriage(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const named = parseData(finishArgument, argument);
  const all = tools.session.triage.all();
  const timer = named === undefined ? await chooseTimer(tools.session, all) : all.find(({ id }) => id === named.id);
  if (timer !== undefined) return finishTimer(tools, timer, named?.choice);
  if (all.length === 0) runInBackground(vscode.window.showInformationMessage(t("No report is being looked into. To start, run Triage Report.")), tools.session.log);
  return undefined;
}

async function chooseTimer(session: DeskSession, all: readonly TriageTimer[]): Promise<TriageTimer | undefined> {
  if (all.length < 2) return all[0];
  const t = vscode.l10n.t;
  const answer = await pickOne({
    flowStep: { title: t("Finish triage"), back: false },
    placeholder: t("Select a report"),
    choices: all.map((timer) => ({ label: `$(watch) ${reportLabel(timer.title)}`, description: t("{0} min left", minutesLeft(timer, session.clock.now())), value: timer })),
  });
  return answer.kind === "next" ? answer.value : undefined;
}

async function finishTimer(tools: DeskTools, { id }: TriageTimer, choice: FinishChoice | undefined): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const timers = session.triage;
  const { within } = session.desk.config().triage;
  // The note may have changed since the timer was read.
  const timer = timers.all().find((each) => each.id === id);
  if (timer === undefined) return undefined;
  const chosen = choice ?? (await askFinish(timer, minutesOf(within), session.clock.now()));
  if (chosen === undefined) return undefined;
  const minutes = minutesSpent(timer, session.clock.now());
  const { text } = timers.all().find((each) => each.id === id) ?? timer;
  let end: CommandEnd;
  switch (chosen) {
    case "note":
      openNote(tools, timer);
      return ok(undefined);
    case "more":
      await timers.put(extendTriage({ ...timer, text }, session.clock.now(), within));
      openNote(tools, { ...timer, text });
      return ok(undefined);
    case "done":
      end = await recordAnswer(tools, timer.title, minutes);
      break;
    case "known":
      end = await addReportToKnown(tools, text);
      break;
    case "request":
      end = await raiseRequest(tools, { report: text, minutes });
      break;
  }
  if (!isEnded(end)) return end;
  await timers.remove(id);
  await tools.editors.close(`triage ${id}`, text);
  return end;

  async function askFinish(of: TriageTimer, more: number, now: string): Promise<FinishChoice | undefined> {
    const left = minutesLeft(of, now);
    const answer = await pickOne<FinishChoice>({
      flowStep: { title: t("Triage: {0}", reportLabel(of.title)), back: false },
      placeholder: left === 0 ? t("The time is over. What is it?") : t("{0} min left. What is it?", left),
      choices: [
        { label: `$(check) ${t("Done")}`, description: t("no issue is created"), value: "done" },
        { label: `$(inbox) ${t("Raise as Request")}`, description: t("with the report and the note"), value: "request" },
        { label: `$(references) ${t("Known Issue")}`, description: t("the case is added to it"), value: "known" },
        { label: `$(watch) ${t("Take {0} More Minutes", more)}`, value: "more" },
        { label: `$(note) ${t("Open Note")}`, value: "note" },
      ],
    });
    return answer.kind === "next" ? answer.value : undefined;
  }
}

/** Opens the note of a timer. What is written is stored at once; its button ends the triage. */
function openNote(tools: DeskTools, { id, text }: TriageTimer): void {
  const timers = tools.session.triage;
  const save = async (now: string): Promise<void> => {
    const timer = timers.all().find((each) => each.id === id);
    const text = storedReport(now);
    if (timer !== undefined && timer.text !== text) await timers.put({ ...timer, text });
  };
  const written = tools.editors.write(text, {
    changed: (now) => runInBackground(save(now), tools.session.log),
    note: `triage ${id}`,
    buttons: { use: vscode.l10n.t("Finish Triage…"), close: vscode.l10n.t("Close Note") },
  });
  runInBackground(
    written.then(async (now) => {
      if (now === undefined) return;
      await save(keep(tools, now));
      await vscode.commands.executeCommand("responseDesk.triage.finish", { id });
    }),
    tools.session.log,
  );
}

const maxAttempts = 5;

/** Records a report that was answered without an issue, if the desk keeps such answers. */
async function recordAnswer({ session }: DeskTools, title: string, minutes: number | undefined): Promise<Result<unknown> | undefined> {
  const t = vscode.l10n.t;
  if (session.desk.config().triage.keepsAnswers) {
    const by = await session.account.me();
    if (by === undefined) return undefined;
    const at = session.clock.now();
    const path = answerPath(at, by);
    for (let attempt = 1; ; attempt += 1) {
      const before = await session.files.read(path);
      if (before.kind === "failed" && before.failure.kind !== "missing") return before;
      const text = before.kind === "ok" ? before.value : "";
      const written = await session.files.write(path, appendAnswer(text, { at, by, title, ...(minutes === undefined ? {} : { minutes }) }), text);
      if (written.kind === "ok") break;
      if (!isContended(written.failure) || attempt === maxAttempts) return written;
    }
  }
  vscode.window.setStatusBarMessage(t("$(check) Done: {0}", reportLabel(title)), 4000);
  return ok(undefined);
}
