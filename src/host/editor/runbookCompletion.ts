import * as vscode from "vscode";
import { dateTextOf } from "../../core/calendar/localTime";
import { defineFields } from "../../core/model/stepRequests";
import { assertNever } from "../../core/model/result";
import {
  completeRunbook,
  type CompletionContext,
  type RunbookSnippetName,
  runbookSnippets,
  type RunbookSuggestion,
  type SuggestionDetail,
} from "../../core/runbook/completeRunbook";
import { areaAt, type RunbookArea } from "../../core/runbook/outline";
import { plainLabel } from "../ui/safeText";
import type { ReadEditor } from "./editorText";
import type { RunbookDocuments, RunbookLocation } from "./runbookDocuments";

/** Characters that trigger suggestions. */
export const completionSigns = ["[", "@", "{", "(", " "] as const;

/** Suggests names of the desk, and snippets for the parts of a runbook. */
export function runbookCompletion(documents: RunbookDocuments, read: ReadEditor): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token, { triggerCharacter }) {
      const line = document.lineAt(position.line).text;
      // Every typed space triggers this. Only the value of a field can have suggestions.
      if (triggerCharacter === " " && !/^\s*[\w-]+:\s/.test(line)) return [];
      const location = await documents.at(document.uri);
      if (location === undefined || token.isCancellationRequested) return [];
      const { lines } = read(document);
      const area = areaAt(read(document), position.line);
      const context = await contextOf(location);
      if (token.isCancellationRequested) return [];
      const suggestions = completeRunbook(line, position.character, area, fieldsAround(lines, position.line), context);
      const snippets = triggerCharacter === undefined ? snippetItems(position, line, area, location) : [];
      return [...suggestions.map((suggestion) => suggestionItem(suggestion, position)), ...snippets];
    },
  };
}

async function contextOf({ session, path }: RunbookLocation): Promise<CompletionContext> {
  const desk = session.desk.config();
  return {
    desk,
    path,
    labels: [...new Set((session.issues.snapshot()?.issues ?? []).flatMap((issue) => issue.labels))],
    runbooks: await session.runbooks.all(),
    fields: defineFields(((await session.runbooks.get(path))?.steps ?? []).map(({ fields = [] }) => ({ fields }))).map(({ name }) => name),
    today: dateTextOf(session.clock.now(), desk.timezone),
  };
}

/** The fields on the surrounding lines, up to the delimiters. */
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
    item.documentation = describeField(detail.field);
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
      return detail.source === "parent" ? { description: t("of the parent issue") } : {};
    case "field":
    case "value":
      return {};
    default:
      return assertNever(detail);
  }
}

function snippetItems({ line }: vscode.Position, text: string, area: RunbookArea, { session }: RunbookLocation): readonly vscode.CompletionItem[] {
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
    gate: t("ready to continue"),
    criterion: t("Criterion to meet"),
    title: t("Title"),
    body: t("What was requested, and what was agreed."),
  };
  return runbookSnippets(line, text, area, session.desk.config(), words).map(({ name, text: body }) => {
    const item = new vscode.CompletionItem({ label: labels[name], description: t("Runbook") }, vscode.CompletionItemKind.Snippet);
    item.insertText = new vscode.SnippetString(body);
    item.sortText = `~${name}`;
    return item;
  });
}

/** Describes a field of the front matter or of an issue template in one sentence. */
function describeField(field: string): string {
  const t = vscode.l10n.t;
  switch (field) {
    case "title":
      return t("The title. Default: the first heading.");
    case "kind":
      return t("The kind of the issue that is created.");
    case "assign":
      return t("The role or login to assign the issue to.");
    case "role":
      return t("The role that the checklist is for.");
    case "when":
      return t("When the checklist is used in a day or a shift.");
    case "labels":
      return t("Labels of the issue, in addition to that of its kind.");
    case "priority":
      return t("The priority of the issue.");
    case "repository":
      return t("The repository for the issue. Default: that of its kind.");
    case "match":
      return t("Labels, services or words of issues for which this runbook is suggested.");
    case "within":
      return t("The default deadline of steps after the checklist starts, for example 1h.");
    case "respondWithin":
      return t("The longest time to the first response, for example 1h.");
    case "updateEvery":
      return t("The longest time between two updates, for example 1h.");
    case "reviewed":
      return t("The date of the last review, for example 2026-11-21.");
    case "reviewEvery":
      return t("How long a review is valid, for example 26w. After that, the runbook is marked as stale.");
    case "handbook":
      return t("Whether the file has several procedures that are started one by one. By default, this follows from its sections.");
    default:
      return "";
  }
}
