import * as vscode from "vscode";
import { dateTextOf } from "../../core/duty/localTime";
import { assertNever } from "../../core/result";
import { areaAt, type RunbookArea } from "../../core/runbook/areaAt";
import { completeRunbook, type CompletionScene, type RunbookSuggestion, type SuggestionDetail } from "../../core/runbook/completeRunbook";
import { runbookSnippets, type RunbookSnippetName } from "../../core/runbook/runbookSnippets";
import { plainLabel } from "../views/plainLabel";
import type { ReadEditor } from "./editorText";
import { fieldWords } from "./fieldWords";
import type { RunbookDocuments, RunbookPlace } from "./runbookDocuments";

/** Signs after which suggestions come by themselves. */
export const completionSigns = ["[", "@", "{", "(", " "] as const;

/** Suggestions for what a runbook names, and snippets for what it is made of. */
export function runbookCompletion(documents: RunbookDocuments, read: ReadEditor): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token, { triggerCharacter }) {
      const line = document.lineAt(position.line).text;
      // Every space that is typed asks; only the value of a field can want an answer.
      if (triggerCharacter === " " && !/^\s*[\w-]+:\s/.test(line)) return [];
      const place = await documents.at(document.uri);
      if (place === undefined || token.isCancellationRequested) return [];
      const { lines } = read(document);
      const area = areaAt(read(document), position.line);
      const scene = await sceneOf(place);
      if (token.isCancellationRequested) return [];
      const suggestions = completeRunbook(line, position.character, area, fieldsAround(lines, position.line), scene);
      const snippets = triggerCharacter === undefined ? snippetItems(position, line, area, place) : [];
      return [...suggestions.map((suggestion) => suggestionItem(suggestion, position)), ...snippets];
    },
  };
}

async function sceneOf({ session, path }: RunbookPlace): Promise<CompletionScene> {
  const desk = session.desk.config();
  return {
    desk,
    path,
    labels: [...new Set((session.issues.snapshot()?.issues ?? []).flatMap((issue) => issue.labels))],
    runbooks: await session.runbooks.all(),
    today: dateTextOf(session.clock.now(), desk.timezone),
  };
}

/** Fields on the lines around, up to the marks that part them from the text. */
function fieldsAround(lines: readonly string[], line: number): readonly string[] {
  const isMark = (text: string): boolean => /^\s*(?:---|\.\.\.|```.*|~~~.*)\s*$/.test(text);
  const above = lines.slice(0, line).toReversed();
  const below = lines.slice(line + 1);
  const upTo = (all: readonly string[]): readonly string[] => all.slice(0, all.findIndex(isMark) >>> 0);
  return [...upTo(above), ...upTo(below)].flatMap((text) => /^\s*([\w-]+):/.exec(text)?.[1] ?? []);
}

function suggestionItem({ text, label, detail, column, endColumn }: RunbookSuggestion, position: vscode.Position): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: plainLabel(label), ...describe(detail) }, icons[detail.kind]);
  item.insertText = text;
  item.filterText = detail.kind === "runbook" ? `${text} ${label}` : text;
  item.range = new vscode.Range(position.line, column, position.line, endColumn);
  if (detail.kind === "field") {
    item.documentation = fieldWords(detail.field);
    item.command = { command: "editor.action.triggerSuggest", title: "" };
  }
  return item;
}

const icons = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  issueKind: vscode.CompletionItemKind.EnumMember,
  role: vscode.CompletionItemKind.User,
  person: vscode.CompletionItemKind.User,
  label: vscode.CompletionItemKind.Constant,
  variable: vscode.CompletionItemKind.Variable,
  runbook: vscode.CompletionItemKind.Reference,
} as const;

function describe(detail: SuggestionDetail): { readonly description?: string } {
  const t = vscode.l10n.t;
  switch (detail.kind) {
    case "issueKind":
      return { description: plainLabel(detail.repositories.join(", ")) };
    case "person":
      return detail.name === "" ? {} : { description: plainLabel(detail.name) };
    case "runbook":
      return { description: plainLabel(detail.path) };
    case "role":
      return { description: t("role") };
    case "label":
      return { description: t("label") };
    case "variable":
      return detail.source === "parent" ? { description: t("of the issue it is created from") } : {};
    case "field":
    case "value":
      return {};
    default:
      return assertNever(detail);
  }
}

function snippetItems({ line }: vscode.Position, text: string, area: RunbookArea, { session }: RunbookPlace): readonly vscode.CompletionItem[] {
  const t = vscode.l10n.t;
  const labels: Readonly<Record<RunbookSnippetName, string>> = {
    step: t("step"),
    decision: t("decision"),
    gate: t("gate"),
    template: t("issue template"),
    frontMatter: t("front matter"),
    shell: t("shell block"),
  };
  const words = {
    step: t("What to do"),
    question: t("Does it work again"),
    yes: t("Yes"),
    no: t("No"),
    gate: t("ready to go on"),
    criterion: t("What must be true"),
    title: t("Title"),
    body: t("What was asked, and what was agreed."),
  };
  return runbookSnippets(line, text, area, session.desk.config(), words).map(({ name, text: body }) => {
    const item = new vscode.CompletionItem({ label: labels[name], description: t("Runbook") }, vscode.CompletionItemKind.Snippet);
    item.insertText = new vscode.SnippetString(body);
    item.sortText = `~${name}`;
    return item;
  });
}
