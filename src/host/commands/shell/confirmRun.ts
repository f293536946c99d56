import * as vscode from "vscode";
import { visibleText } from "../../../core/shell/visibleText";
import type { TerminalPlace } from "../../platform/terminals";

/** What a person is asked to agree to. */
export interface RunRequest {
  /** Of this request alone: the editor keeps what it showed once under a name. */
  readonly id: string;
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

type Choice = "run" | "copy" | undefined;

async function askInDialog({ commandLine, place, notes }: RunRequest): Promise<Choice> {
  // The command comes last, so that nothing in it can pass for what is said here.
  const detail = [whereOf(place).join("\n"), ...notes, visibleText(commandLine)].join("\n\n");
  return ask(vscode.l10n.t("Run this in the terminal?"), { modal: true, detail });
}

/** A long command is read in an editor that cannot change it; the question stands where it hides nothing of it. */
async function askBesideText({ id, commandLine, place, notes }: RunRequest): Promise<Choice> {
  const t = vscode.l10n.t;
  const scheme = "response-desk-command";
  const shown = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => visibleText(commandLine) });
  try {
    const uri = vscode.Uri.from({ scheme, path: `/${t("Command to Run")}.sh`, query: id });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    const choice = await ask([t("Run these {0} lines in the terminal?", commandLine.split("\n").length), whereOf(place).join(", "), ...notes].join(" \u00B7 "), {});
    await closeTab(uri);
    return choice;
  } finally {
    shown.dispose();
  }
}

async function ask(question: string, options: vscode.MessageOptions): Promise<Choice> {
  const [run, copy] = [vscode.l10n.t("Run"), vscode.l10n.t("Copy")];
  const chosen = await vscode.window.showWarningMessage(question, options, run, copy);
  return chosen === run ? "run" : chosen === copy ? "copy" : undefined;
}

function whereOf({ shell, folder }: TerminalPlace): readonly string[] {
  return [vscode.l10n.t("Shell: {0}", visibleText(shell)), vscode.l10n.t("Folder: {0}", visibleText(folder))];
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}
