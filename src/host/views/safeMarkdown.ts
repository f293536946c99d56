import * as vscode from "vscode";
import { plainLabel } from "./plainLabel";

/** A tooltip of these lines. People's words stand in it as words: no markup, no HTML, no commands, no pictures. */
export function safeTooltip(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(undefined, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  markdown.appendMarkdown(`**${escapeMarkdown(plainLabel(title))}**`);
  for (const line of lines) markdown.appendMarkdown(`\n\n${escapeMarkdown(plainLabel(line))}`);
  return markdown;
}

/** The text with every sign that Markdown or HTML could read written as an entity. */
function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
