import * as vscode from "vscode";
import { describeVariable, type BoundScript } from "../../../core/shell/scriptVariables";
import { visibleText } from "../../../core/shell/visibleText";

/** What a person is asked to agree to: to the character what will run, and what it takes from the environment. */
export interface ConfirmRequest extends BoundScript {
  /** Of this request alone: the editor keeps what it showed once under a name. */
  readonly id: string;
  readonly shell: string;
  readonly folder: string;
  /** What else there is to know, one sentence each. */
  readonly notes: readonly string[];
}

const mostLines = 20;
const mostCharacters = 1500;

/** Shows exactly what will run, in which shell and folder, and tells whether a person wants it. */
export async function confirmRun(request: ConfirmRequest): Promise<boolean> {
  const text = shownText(request);
  const long = text.length > mostCharacters || text.split("\n").length > mostLines;
  const answer = await (long ? askBesideText(request, text) : askInDialog(request, text));
  if (answer === "copy") await vscode.env.clipboard.writeText(request.script);
  return answer === "run";
}

type Choice = "run" | "copy" | undefined;

/** The values, one in each line, and the script. */
function shownText({ script, variables }: ConfirmRequest): string {
  return [...(variables.length === 0 ? [] : [variables.map(describeVariable).join("\n")]), visibleText(script)].join("\n\n");
}

async function askInDialog(request: ConfirmRequest, text: string): Promise<Choice> {
  // The command comes last, so that nothing in it can pass for what is said here.
  const detail = [whereOf(request).join("\n"), ...request.notes, text].join("\n\n");
  return ask(vscode.l10n.t("Run this in the terminal?"), { modal: true, detail });
}

/** A long command is read in an editor that cannot change it; the question stands where it hides nothing of it. */
async function askBesideText(request: ConfirmRequest, text: string): Promise<Choice> {
  const t = vscode.l10n.t;
  const scheme = "response-desk-command";
  const shown = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  try {
    const uri = vscode.Uri.from({ scheme, path: `/${t("Command to Run")}.sh`, query: request.id });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    const choice = await ask([t("Run these {0} lines in the terminal?", request.script.split("\n").length), whereOf(request).join(", "), ...request.notes].join(" \u00B7 "), {});
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

function whereOf({ shell, folder }: ConfirmRequest): readonly string[] {
  return [vscode.l10n.t("Shell: {0}", visibleText(shell)), vscode.l10n.t("Folder: {0}", visibleText(folder))];
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}
