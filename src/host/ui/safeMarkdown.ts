import * as vscode from "vscode";
import { escapeMarkdown, plainLabel } from "./safeText";

/** A tooltip of these lines. User text is escaped: no markup, HTML, commands or images. */
export function safeTooltip(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(undefined, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  markdown.appendMarkdown(`**${escapeMarkdown(plainLabel(title))}**`);
  for (const line of lines) markdown.appendMarkdown(`\n\n${escapeMarkdown(plainLabel(line))}`);
  return markdown;
}
