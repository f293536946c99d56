import * as vscode from "vscode";

const scheme = "response-desk-report";

/** Shows a text in Markdown as a page beside the editor: it is no file, and closing it asks nothing. `id` tells it from others of its title. */
export async function showReport(context: vscode.ExtensionContext, { id, title, text }: { readonly id: string; readonly title: string; readonly text: string }): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: id });
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (asked) => (asked.query === id ? text : undefined) }));
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}
