import * as vscode from "vscode";
import { visibleText } from "../../../core/shell/visibleText";
import type { TerminalPlace } from "../../platform/terminals";
import { pickOne } from "../input/pick";

/** What a person is asked to agree to. */
export interface RunRequest {
  /** To the character what will be typed. */
  readonly commandLine: string;
  /** The same as a person would copy it. */
  readonly script: string;
  readonly place: TerminalPlace;
  /** What else there is to know, one sentence each. */
  readonly notes: readonly string[];
}

const mostLines = 20;
const mostCharacters = 1500;

/** Shows exactly what will run, in which shell and folder, and tells whether a person wants it. */
export async function confirmRun(request: RunRequest): Promise<boolean> {
  const { commandLine } = request;
  const long = commandLine.length > mostCharacters || commandLine.split("\n").length > mostLines;
  const answer = await (long ? askBesideText(request) : askInDialog(request));
  if (answer === "copy") await vscode.env.clipboard.writeText(request.script);
  return answer === "run";
}

async function askInDialog({ commandLine, place, notes }: RunRequest): Promise<"run" | "copy" | undefined> {
  const t = vscode.l10n.t;
  const run = t("Run");
  const copy = t("Copy");
  const where = [t("Shell: {0}", visibleText(place.shell)), t("Folder: {0}", visibleText(place.folder))];
  // The command comes last, so that nothing in it can pass for what is said here.
  const detail = [where.join("\n"), ...notes, visibleText(commandLine)].join("\n\n");
  const chosen = await vscode.window.showWarningMessage(t("Run this in the terminal?"), { modal: true, detail }, run, copy);
  return chosen === run ? "run" : chosen === copy ? "copy" : undefined;
}

/** A long command is read in an editor that cannot change it, and asked about above it. */
async function askBesideText({ commandLine, place, notes }: RunRequest): Promise<"run" | "copy" | undefined> {
  const t = vscode.l10n.t;
  const scheme = "response-desk-command";
  const shown = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => visibleText(commandLine) });
  try {
    const uri = vscode.Uri.from({ scheme, path: `/${t("Command to Run")}.sh`, query: String(commandLine.length) });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
    const lines = commandLine.split("\n").length;
    const answer = await pickOne<"run" | "copy">({
      place: { title: t("Run these {0} lines in the terminal?", lines), back: false },
      placeholder: t("{0} in {1}", visibleText(place.shell), visibleText(place.folder)),
      choices: [
        { label: `$(terminal) ${t("Run")}`, detail: notes.join(" "), value: "run" },
        { label: `$(copy) ${t("Copy")}`, value: "copy" },
      ],
    });
    await closeTab(uri);
    return answer.kind === "next" ? answer.value : undefined;
  } finally {
    shown.dispose();
  }
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}
