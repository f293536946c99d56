const { readFileSync, renameSync, watch, writeFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

/**
 * Makes a window that a test takes over know its settings and files before the test goes on. A window of the editor in a browser
 * does not watch the file of the user's settings, but reads the whole file after it has changed a setting itself. Requests and
 * replies are files named after the workspace.
 */
exports.activate = context => {
  const folder = vscode.workspace.getConfiguration('responseDeskTestDriver').get('folder', '');
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  if (folder === '' || workspace === undefined) return;
  const file = path.join(folder, path.basename(workspace.uri.fsPath));
  const done = new Set();
  const answer = async () => {
    const request = read(`${file}.request`);
    if (request === '' || done.has(request)) return;
    done.add(request);
    await vscode.workspace.getConfiguration('responseDeskTestDriver').update('request', request, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('responseDesk.view.refresh');
    writeFileSync(`${file}.draft`, request);
    renameSync(`${file}.draft`, `${file}.reply`);
  };
  const watcher = watch(folder, () => { void answer(); });
  context.subscriptions.push({ dispose: () => { watcher.close(); } });
  void answer();
};

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
