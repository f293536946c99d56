import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import { reportCsv } from "../../../core/metrics/export/exportReport";
import { insertionAt, insertionPlace } from "../../../core/metrics/export/insertReport";
import { reportMarkdown } from "../../../core/metrics/export/renderReport";
import { type MetricsReport, metricsReport } from "../../../core/metrics/report";
import { ok, type Result } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { openMetrics } from "../../ui/openPanel";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { type SavedExport, saveExport } from "../input/saveExport";
import { askPeriod, requestIn } from "./metricsPeriod";

/** Shows the figures of a period. */
export async function showMetrics(): Promise<CommandEnd> {
  openMetrics();
  return undefined;
}

/** Inserts the report of a period at the cursor of a Markdown editor as one edit, or opens it as a new document. */
export async function insertReport(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  // The questions and the dashboard take the focus from the editor.
  const editor = markdownEditor();
  const report = await reportOf(tools, argument, vscode.l10n.t("Insert report"));
  if (report?.kind !== "ok") return report;
  const text = reportMarkdown(report.value);
  if (editor !== undefined && !editor.document.isClosed) {
    if (await insertInto(editor, text)) return undefined;
    runInBackground(Promise.resolve(vscode.window.showInformationMessage(vscode.l10n.t("{0} cannot be edited, so the report was opened as a new document.", plainLabel(editor.document.uri.path.split("/").at(-1) ?? "")))), tools.session.log);
  }
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: text });
  await vscode.window.showTextDocument(document, { preview: false });
  return undefined;
}

/** Replaces the selection, or inserts at the cursor or after the paragraph that it is in. Returns false if the document cannot be edited. */
async function insertInto({ document, viewColumn }: vscode.TextEditor, text: string): Promise<boolean> {
  const shown = await vscode.window.showTextDocument(document, { ...(viewColumn === undefined ? {} : { viewColumn }), preview: false });
  const content = document.getText();
  const { line, character } = insertionPlace(content.split(/\r\n|\r|\n/), shown.selection.active);
  const replaced = shown.selection.isEmpty ? new vscode.Range(line, character, line, character) : shown.selection;
  const insertion = insertionAt(text, content.slice(0, document.offsetAt(replaced.start)), content.slice(document.offsetAt(replaced.end)));
  const { version } = document;
  // An edit of a read-only document succeeds and changes nothing.
  if (!(await shown.edit((edit) => edit.replace(replaced, insertion))) || document.version === version) return false;
  // The cursor goes to the heading, which is after the empty lines.
  const heading = new vscode.Position(replaced.start.line + insertion.length - insertion.trimStart().length, 0);
  shown.selection = new vscode.Selection(heading, heading);
  shown.revealRange(new vscode.Range(heading, heading), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

/** The active Markdown editor, or the only one that is visible beside the dashboard. */
function markdownEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  const visible = vscode.window.visibleTextEditors.filter(({ document }) => document.languageId === "markdown");
  if (active !== undefined) return active.document.languageId === "markdown" ? active : undefined;
  return visible.length === 1 ? visible[0] : undefined;
}

/** Exports what was measured on each issue of a period as CSV. */
export async function exportMetricsCsv(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return exportReport(tools, argument, { title: vscode.l10n.t("Export metrics as CSV"), extension: "csv", filters: { CSV: ["csv"] }, render: reportCsv });
}

/** Exports the report of a period as Markdown. */
export async function exportMetricsMarkdown(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return exportReport(tools, argument, { title: vscode.l10n.t("Export metrics as Markdown"), extension: "md", filters: { Markdown: ["md"] }, render: reportMarkdown });
}

interface ReportFormat {
  readonly title: string;
  readonly extension: string;
  readonly filters: Readonly<Record<string, string[]>>;
  readonly render: (report: MetricsReport) => string;
}

async function exportReport(tools: DeskTools, argument: unknown, { title, extension, filters, render }: ReportFormat): Promise<CommandEnd> {
  const { session } = tools;
  const report = await reportOf(tools, argument, title);
  if (report?.kind !== "ok") return report;
  const { firstDate, lastDate } = report.value.period;
  const saved = await saveExport({ defaultUri: vscode.Uri.joinPath(session.folder.uri, `metrics-${firstDate}-${lastDate}.${extension}`), filters, title }, () => render(report.value));
  if (saved?.kind === "ok") runInBackground(offerOpen(saved.value), session.log);
  return saved;
}

async function offerOpen({ uri, name }: SavedExport): Promise<void> {
  const open = vscode.l10n.t("Open File");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("The metrics were exported to {0}.", name), open);
  if (chosen === open) await vscode.window.showTextDocument(uri);
}

/** The report of the period in the argument, or of one that is asked for. `undefined` if the user leaves or cancels. */
async function reportOf({ session, working }: DeskTools, argument: unknown, title: string): Promise<Result<MetricsReport> | undefined> {
  const now = session.clock.now();
  const desk = session.desk.config();
  const request = requestIn(argument) ?? (await askPeriod(title, desk, dateTextOf(now, desk.timezone)));
  if (request === undefined) return undefined;
  const reading = { signal: { aborted: false }, progress: (done: number, of: number): void => show(vscode.l10n.t("{0} of {1} issues", done, of)) };
  let show = (_text: string): void => undefined;
  const read = await working(vscode.l10n.t("Reading issue histories…"), session.metrics.read(reading), (report) => (show = report));
  if (read === undefined) reading.signal.aborted = true;
  return read === undefined || read.kind === "failed" ? read : ok(metricsReport({ ...read.value, now }, request));
}
