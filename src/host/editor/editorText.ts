import type * as vscode from "vscode";
import type { MarkdownDocument } from "../../core/model/markdownDocument";
import { readMarkdown } from "../../markdown/readMarkdown";

/** Parses the text of an editor as Markdown. */
export type ReadEditor = (document: vscode.TextDocument) => MarkdownDocument;

/** Parses each version of a document once, because several features need it at the same time. */
export function editorReader(): ReadEditor {
  const readings = new WeakMap<vscode.TextDocument, { readonly version: number; readonly markdown: MarkdownDocument }>();
  return (document) => {
    const known = readings.get(document);
    if (known?.version === document.version) return known.markdown;
    const markdown = readMarkdown(document.getText());
    readings.set(document, { version: document.version, markdown });
    return markdown;
  };
}
