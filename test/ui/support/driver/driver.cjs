const { readFileSync, renameSync, rmSync, watch, writeFileSync } = require('node:fs');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const vscode = require('vscode');

/**
 * Makes a window know its settings and files before a test goes on, and replies only once it notices changes of files: the editor
 * begins to watch a folder some time after it has opened it. A window of the editor in a browser does not watch the file of the
 * user's settings, but reads the whole file after it has changed a setting itself. Requests and replies are files named after the
 * workspace.
 */
exports.activate = context => {
  const folder = vscode.workspace.getConfiguration('responseDeskTestDriver').get('folder', '');
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  if (folder === '' || workspace === undefined) return;
  context.subscriptions.push(vscode.commands.registerCommand('responseDeskTestDriver.openPanel', () => openPanel(workspace.uri.fsPath)));
  const file = path.join(folder, path.basename(workspace.uri.fsPath));
  const done = new Set();
  const answer = async () => {
    const request = read(`${file}.request`);
    if (request === '' || done.has(request)) return;
    done.add(request);
    await vscode.workspace.getConfiguration('responseDeskTestDriver').update('request', request, vscode.ConfigurationTarget.Global);
    await watching(workspace, context.subscriptions);
    await settingsRead(workspace.uri.fsPath);
    await vscode.commands.executeCommand('responseDesk.view.refresh');
    writeFileSync(`${file}.draft`, request);
    renameSync(`${file}.draft`, `${file}.reply`);
  };
  const watcher = watch(folder, () => { void answer(); });
  context.subscriptions.push({ dispose: () => { watcher.close(); } });
  void answer();
};

/** Opens a panel as another version of an extension stored it: its type, title and state are in `panel.json` of the workspace. */
function openPanel(folder) {
  const { type, title, state } = JSON.parse(read(path.join(folder, 'panel.json')));
  const panel = vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.One, { enableScripts: true });
  panel.webview.html = `<h1>${title}</h1><script>acquireVsCodeApi().setState(${JSON.stringify(state)})</script>`;
}

/** Waits until the editor reports a change of a file in the workspace. */
async function watching(workspace, subscriptions) {
  const probe = path.join(workspace.uri.fsPath, '.vscode', 'watching.probe');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(workspace, '.vscode/watching.probe'));
  subscriptions.push(watcher);
  let noticed = false;
  watcher.onDidCreate(() => { noticed = true; });
  watcher.onDidChange(() => { noticed = true; });
  for (let times = 0; !noticed; times++) {
    writeFileSync(probe, String(times));
    await pause(100);
  }
  watcher.dispose();
  rmSync(probe);
}

/** Waits until the editor has read from the workspace's settings where issues are stored. */
async function settingsRead(folder) {
  const key = 'responseDesk.store';
  const inFile = () => {
    const text = read(path.join(folder, '.vscode', 'settings.json'));
    return text === '' ? undefined : JSON.parse(text)[key];
  };
  while (vscode.workspace.isTrusted && vscode.workspace.getConfiguration().inspect(key)?.workspaceValue !== inFile()) await pause(50);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
