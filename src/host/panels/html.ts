import * as vscode from "vscode";

/** Where the webview bundles lie: the only folder a panel may load anything from. */
export function webviewRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist", "webview");
}

/**
 * The page of a panel: its script, its style and nothing else. Everything shown travels in messages. Only files of
 * `webviewRoot` load; nothing inline runs.
 */
export function panelHtml(webview: vscode.Webview, extension: vscode.Uri, bundle: string): string {
  const file = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extension), name)).toString());
  const source = attribute(webview.cspSource);
  const policy = [
    "default-src 'none'",
    `script-src ${source}`,
    `style-src ${source}`,
    `font-src ${source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Response Desk</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${file("codicon.css")}">
<link rel="stylesheet" href="${file(`${bundle}.css`)}">
</head>
<body>
<div id="root"></div>
<script src="${file(`${bundle}.js`)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
