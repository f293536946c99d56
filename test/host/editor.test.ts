import * as vscode from "vscode";

const folder = (): vscode.Uri => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) throw new Error("there is no folder");
  return first.uri;
};

async function write(path: string, lines: readonly string[]): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), ...path.split("/"));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(lines.join("\n")));
  return uri;
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function lensesOf(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 100);
  return lenses
    .filter((lens) => lens.command?.command.startsWith("responseDesk."))
    .map((lens) => `${lens.range.start.line} ${lens.command?.title.replace(/^\$\([a-z-]+\) /, "")} ${lens.command?.command} ${JSON.stringify(lens.command?.arguments)}`)
    .sort();
}

function expectLines(actual: readonly string[], expected: readonly string[]): void {
  if (actual.join("\n") !== expected.join("\n")) throw new Error(`expected\n${expected.join("\n")}\nbut there is\n${actual.join("\n")}`);
}

const problemsOf = (uri: vscode.Uri): readonly string[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === "Response Desk")
    .map((one) => `${String(one.code)} ${one.range.start.line}:${one.range.start.character}-${one.range.end.character}`);

describe("a runbook in an editor", () => {
  it("has actions above its title, and above steps that create issues", async () => {
    const uri = await write("runbooks/lenses.md", ["---", "kind: incident", "---", "# Restart", "- [ ] Create a [ISSUE]", "- [ ] Close it", "```issue", "kind: issue", "title: x", "```", "```issue", "kind: issue", "title: y", "```", "```sh", "ls", "```"]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const lenses = await until("the actions", async () => {
      const all = await lensesOf(uri);
      return all.length > 0 ? all : undefined;
    });
    expectLines(lenses, [
      '10 Create [ISSUE] responseDesk.runbook.createLinked ["runbooks/lenses.md",10]',
      '10 Link existing responseDesk.issue.linkExisting [{"path":"runbooks/lenses.md","line":10}]',
      '14 Copy responseDesk.runbook.copyCommand ["runbooks/lenses.md",14]',
      '14 Run… responseDesk.runbook.runCommand ["runbooks/lenses.md",14]',
      '3 Declare incident responseDesk.incident.declare [{"runbook":"runbooks/lenses.md"}]',
      '3 Preview responseDesk.runbook.preview ["runbooks/lenses.md"]',
      '3 Start checklist responseDesk.runbook.start ["runbooks/lenses.md"]',
      '4 Create [ISSUE] responseDesk.runbook.createLinked ["runbooks/lenses.md",4]',
      '4 Link existing responseDesk.issue.linkExisting [{"path":"runbooks/lenses.md","line":4}]',
      '5 Create all 2 responseDesk.runbook.createLinkedSet ["runbooks/lenses.md",5]',
      '6 Create [ISSUE] responseDesk.runbook.createLinked ["runbooks/lenses.md",6]',
      '6 Link existing responseDesk.issue.linkExisting [{"path":"runbooks/lenses.md","line":6}]',
    ]);
  });

  it("shows problems while it is edited, and none for links to existing files", async () => {
    await write("notes/there.md", ["# There"]);
    const uri = await write("runbooks/problems.md", ["# A", "## Gate: ready", "See [x](../notes/there.md) and [y](gone.md).", "## B", "- [ ] go"]);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await until("the problems", () => (problemsOf(uri).length > 0 ? true : undefined));
    expectLines(problemsOf(uri), ["emptyGate 1:0-14", "brokenLink 2:35-42"]);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(2, 0, 2, 100), "- [ ] checked");
    await vscode.workspace.applyEdit(edit);
    await until("no problems", () => (problemsOf(uri).length === 0 ? true : undefined));
    await document.save();
  });

  it("is any Markdown file below the desk's folder, and no other", async () => {
    const uri = await write("notes/plain.md", ["# Plain", "- [ ] Create a [ISSUE]", "## Gate"]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    expectLines(await lensesOf(uri), []);
    expectLines(problemsOf(uri), []);
  });

  it("is shown as a runbook in the built-in preview", async function () {
    // The preview uses the extensions of its own host. This server runs it in Node, unlike vscode.dev.
    if (vscode.extensions.getExtension("vscode.markdown-language-features") === undefined) this.skip();
    const uri = await write("runbooks/shown.md", ["# A", "- [ ] Create a [ISSUE]"]);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
    const plain = await vscode.commands.executeCommand<string>("markdown.api.render", document.getText());
    if (plain.includes("response-desk")) throw new Error("a text that is no file became a runbook");
    const html = await until("the boxes", async () => {
      const rendered = await vscode.commands.executeCommand<string>("markdown.api.render", document);
      return rendered.includes("response-desk-box") ? rendered : undefined;
    });
    for (const part of ["response-desk-bar", 'type="checkbox"', "response-desk-kind", "/create?path=runbooks%2Fshown.md"]) {
      if (!html.includes(part)) throw new Error(`${part} is missing in ${html}`);
    }
  });
});

describe("desk.yml in an editor", () => {
  it("is completed from the schema if no YAML extension does it", async () => {
    if (vscode.extensions.getExtension("redhat.vscode-yaml") !== undefined) throw new Error("the extension for YAML is installed");
    const uri = await write("completed/desk.yml", ["kinds:", "  incident:", "    "]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await until("the keys of a kind", async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", uri, new vscode.Position(2, 4));
      return items.some(({ label }) => label === "respondWithin") ? true : undefined;
    });
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), "completed"), { recursive: true });
  });
});
