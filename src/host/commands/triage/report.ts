import * as vscode from "vscode";
import { storedReport, maxReport, minutesLeft, type TriageTimer, triageTitle } from "../../../core/incident/triage";
import { isRecord } from "../../../core/model/plainData";
import { runInBackground } from "../../platform/background";
import { type Answer, next } from "../../ui/inputFlow";
import { decorate, showInput } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";

const draftKey = "responseDesk.triage.draft";

/** The part of a typed or pasted text that is kept. Says so if that is not all of it. */
export function keep({ session }: DeskTools, text: string): string {
  if (text.length > maxReport) {
    runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("The report has {0} characters. Only the first {1} are kept. Save the text as a file, and add the file to the timeline of the issue.", text.length, maxReport)), session.log);
  }
  return storedReport(text);
}

/** Stores the report until it is handled, or removes it if it is empty. */
export async function saveReport({ context }: DeskTools, report: string): Promise<void> {
  await context.workspaceState.update(draftKey, report.trim() === "" ? undefined : storedReport(report));
}

function savedReport({ context }: DeskTools): string {
  const saved = context.workspaceState.get(draftKey);
  return typeof saved === "string" ? saved : "";
}

type ReportAnswer =
  | { readonly kind: "report"; readonly text: string }
  | { readonly kind: "timer"; readonly timer: TriageTimer }
  | { readonly kind: "clipboard" | "editor" };

interface ReportItem extends vscode.QuickPickItem {
  readonly answer: ReportAnswer;
}

const maxLabel = 60;

/** The title of a report, shortened to fit in one line with other facts. */
export function reportLabel(title: string): string {
  return plainLabel(triageTitle(title, maxLabel));
}

/** The report in an argument `{ report }`. */
export function readReport(argument: unknown): string | undefined {
  return isRecord(argument) && typeof argument["report"] === "string" && argument["report"].trim() !== "" ? argument["report"] : undefined;
}

/** Asks what came in: typed, pasted, or a report that is being looked into. Text is saved as it is typed. `undefined` if the user leaves. */
export async function askReport(tools: DeskTools): Promise<string | TriageTimer | undefined> {
  for (;;) {
    const answer = await ask(tools);
    if (answer.kind !== "next") return undefined;
    switch (answer.value.kind) {
      case "timer":
        return answer.value.timer;
      case "report":
        await saveReport(tools, answer.value.text);
        return keep(tools, answer.value.text);
      case "clipboard": {
        const text = await vscode.env.clipboard.readText().then((found) => found, () => "");
        if (text.trim() !== "") {
          await saveReport(tools, text);
          return keep(tools, text);
        }
        runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("The clipboard has no text that can be read. Copy the text again, or write in an editor and paste it there.")), tools.session.log);
        continue;
      }
      case "editor": {
        const text = await tools.editors.write(savedReport(tools), { changed: (now) => runInBackground(saveReport(tools, now), tools.session.log) });
        if (text === undefined || text.trim() === "") continue;
        await saveReport(tools, text);
        return keep(tools, text);
      }
    }
  }
}

function ask(tools: DeskTools): Promise<Answer<ReportAnswer>> {
  const t = vscode.l10n.t;
  const { session } = tools;
  const quick = vscode.window.createQuickPick<ReportItem>();
  decorate(quick, { title: t("Triage report"), back: false });
  quick.placeholder = t("What was reported? Type it, or paste it from the clipboard");
  const draft = savedReport(tools);
  const timers = tools.session.triage.all();
  const fill = (): void => {
    const typed = quick.value.trim();
    quick.items = [
      ...(typed === "" ? [] : [{ label: `$(add) ${plainLabel(typed)}`, description: t("Continue with this report"), alwaysShow: true, answer: { kind: "report" as const, text: typed } }]),
      ...timers.map((timer): ReportItem => ({
        label: `$(watch) ${reportLabel(timer.title)}`,
        description: minutesLeft(timer, session.clock.now()) === 0 ? t("time is over") : t("{0} min left", minutesLeft(timer, session.clock.now())),
        alwaysShow: true,
        answer: { kind: "timer", timer },
      })),
      ...(typed !== "" || draft === "" ? [] : [{ label: `$(history) ${t("Continue with “{0}”", plainLabel(triageTitle(draft)))}`, description: t("unfinished draft"), alwaysShow: true, answer: { kind: "report" as const, text: draft } }]),
      { label: `$(clippy) ${t("Paste from Clipboard")}`, alwaysShow: true, answer: { kind: "clipboard" } },
      { label: `$(edit) ${t("Write in Editor")}`, description: t("Markdown, any number of lines"), alwaysShow: true, answer: { kind: "editor" } },
    ];
  };
  fill();
  return showInput(quick, (accept) => [
    quick.onDidChangeValue((value) => {
      if (value.trim() !== "") runInBackground(saveReport(tools, value), session.log);
      fill();
    }),
    quick.onDidAccept(() => {
      // After fast typing, the active item may be one from before the text changed.
      const [active] = quick.activeItems;
      const chosen = active !== undefined && quick.items.includes(active) ? active : quick.items[0];
      if (chosen !== undefined) accept(next(chosen.answer));
    }),
  ]);
}
