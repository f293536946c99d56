/** The sources of a panel's page. */
interface PanelPage {
  readonly language: string;
  /** The source in the content security policy. */
  readonly source: string;
  /** Name of the bundle in `dist/webview`. */
  readonly bundle: string;
  /** Whether the page shows pictures: of the workspace, and from the web when the reader asks for one. */
  readonly images: boolean;
  /** The address of a file in `dist/webview`. */
  readonly address: (file: string) => string;
}

/** The page of a panel: its script and its style. All content is sent in messages, and nothing inline runs. */
export function panelHtml({ language, source, bundle, images, address }: PanelPage): string {
  const file = (name: string): string => attribute(address(name));
  const allowed = attribute(source);
  const policy = [
    "default-src 'none'",
    `script-src ${allowed}`,
    `style-src ${allowed}`,
    `font-src ${allowed}`,
    ...(images ? [`img-src ${allowed} https:`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
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
