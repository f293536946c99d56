import * as vscode from "vscode";

/**
 * Evaluates a bundle in the extension's folder `dist`, which fills `module.exports`. No extension host in a browser can `require`
 * a second file, so the text is evaluated as the host bundle's own later part is.
 */
export async function evaluateBundle(extension: vscode.Uri, file: string, module: { readonly exports: object }): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, `dist/${file}`));
  // eslint-disable-next-line no-new-func -- the text is a file of this extension
  const evaluate = new Function("module", "exports", `${new TextDecoder().decode(bytes)}\n//# sourceURL=response-desk/${file}`);
  evaluate(module, module.exports);
}
