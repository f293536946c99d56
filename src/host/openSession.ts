import * as vscode from "vscode";
import { turnAt } from "../core/duty/rotation";
import type { Issue, IssueSnapshot } from "../core/issue/issue";
import { type IssueRef, sameRef } from "../core/issue/issueRef";
import { createOutbox } from "../core/issue/outbox";
import { withPending } from "../core/issue/withPending";
import type { Log } from "../core/ports";
import { failed, type Result } from "../core/result";
import { mayHoldRunbooks } from "../core/runbook/runbookFolders";
import { createFilesTracker } from "../trackers/files/filesTracker";
import { journaledFiles } from "../trackers/files/journaledFiles";
import { debounced } from "./platform/debounced";
import { deskFile } from "./platform/deskFile";
import { readableText } from "./platform/exactText";
import { folderFiles } from "./platform/folderFiles";
import { folderMemory } from "./platform/folderMemory";
import { pathIn } from "./platform/folderPaths";
import { identity } from "./platform/identity";
import { randomIds } from "./platform/randomIds";
import { runbookShelf } from "./platform/runbookShelf";
import { tellRefusal } from "./commands/tellRefusal";
import { systemClock } from "./platform/systemClock";
import type { DeskSession } from "./session";

/** Opens the desk of one workspace folder: reads desk and issues once, then follows the files. */
export async function openSession(context: vscode.ExtensionContext, folder: vscode.WorkspaceFolder, log: Log): Promise<DeskSession> {
  const clock = systemClock;
  const ids = randomIds;
  const writable = (): boolean => vscode.workspace.isTrusted;
  const memory = folderMemory(folderFiles(await storageOf(context, folder.uri), () => true));
  const readable = folderFiles(folder.uri, writable, readableText);
  const journaled = journaledFiles({ files: folderFiles(folder.uri, writable), remains: readable.read, journal: memory, ids, log });
  const files = journaled.files;
  const config = deskFile(readable);
  const who = identity(context.globalState, () => config.now().desk.people);
  const tracker = createFilesTracker({ files, clock, ids, me: () => who.known() ?? "unknown" });
  const outbox = createOutbox({ memory, tracker, clock, ids, log });
  const unsaved = (path: string): string | undefined =>
    vscode.workspace.textDocuments.find((document) => document.isDirty && pathIn(folder, document.uri) === path)?.getText();
  const shelf = runbookShelf({ files: readable, unsaved, log, desk: () => config.now().desk, folders: () => config.runbookFolders() });

  const changed = new vscode.EventEmitter<void>();
  let snapshot: IssueSnapshot | undefined;
  let failure: Refusal | undefined;
  let reading = 0;
  let closed = false;

  async function list(): Promise<void> {
    const mine = ++reading;
    const landed = outbox.landed();
    const result = await tracker.list({ state: "all" });
    if (mine !== reading || closed) return;
    failure = result.kind === "failed" ? result : undefined;
    if (result.kind === "ok") {
      snapshot = result.value;
      outbox.forget(landed);
    }
    changed.fire();
  }

  async function reloadDesk(): Promise<void> {
    const result = await config.reload();
    if (result.kind === "failed") log.error(`desk.yml could not be read: ${JSON.stringify(result.failure)}`);
    shelf.forgetAll();
    changed.fire();
  }

  async function recover(): Promise<void> {
    if (!writable()) return;
    const recovered = await journaled.recover();
    if (recovered.kind === "failed") log.error(`An interrupted write could not be finished: ${JSON.stringify(recovered.failure)}`);
  }

  async function replay(): Promise<void> {
    if (!writable()) return;
    const refusals = await outbox.replay();
    if (outbox.landed().length > 0) await list();
    for (const refusal of refusals) void tellRefusal(refusal);
  }

  const refreshSoon = debounced(60, () => void list());
  const reloadSoon = debounced(60, () => void reloadDesk());
  const changedSoon = debounced(60, () => changed.fire());
  const disposables: vscode.Disposable[] = [
    changed, refreshSoon, reloadSoon, changedSoon,
    { dispose: outbox.onChange(() => changed.fire()) },
    ...watch(folder, ".desk/**", () => refreshSoon()),
    ...watch(folder, "**/desk.yml", () => reloadSoon()),
    ...watch(folder, "**/*.md", (uri, listed) => {
      const path = pathIn(folder, uri);
      if (path === undefined || !shelf.isRunbook(path)) return;
      if (listed) shelf.forgetAll();
      else shelf.forget(path);
      changedSoon();
    }),
    // Of a folder that is deleted or renamed, VS Code tells nothing about the files inside.
    ...watchDeleted(folder, (path) => {
      const above = config.folder();
      if (mayHoldRunbooks(path, [...(above === "" ? [] : [above]), ...config.runbookFolders()])) reloadSoon();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const path = pathIn(folder, document.uri);
      if (path === undefined || !shelf.isRunbook(path)) return;
      shelf.forget(path);
      changedSoon();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void recover().then(list).then(replay)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("responseDesk")) changed.fire();
    }),
  ];

  /** Reads everything again, as where files are not watched. What could not be written when it was asked for is tried again. */
  async function refresh(): Promise<void> {
    await reloadDesk();
    await recover();
    if (outbox.pending().length > 0) await replay();
    await list();
  }

  await reloadDesk();
  // Before anybody can ask for a change: it would be made to a file that was cut short.
  await recover();
  await list();
  void replay();

  const shown = (): IssueSnapshot | undefined => snapshot && withPending(snapshot, [...outbox.landed(), ...outbox.pending()]);

  return {
    folder, tracker, files, clock, ids, log, writable, refresh,
    onDidChange: changed.event,
    desk: () => config.now(),
    deskFolder: () => config.folder(),
    issues: shown,
    issue: (ref: IssueRef): Issue | undefined => shown()?.issues.find((issue) => sameRef(issue.ref, ref)),
    failure: () => failure,
    runbooks: () => shelf.all(),
    runbook: (path) => shelf.one(path),
    async submit(operation, key) {
      if (!writable()) return failed({ kind: "untrusted" });
      const by = await who.get();
      if (by === undefined) return failed({ kind: "noIdentity" });
      const result = await outbox.submit(operation, by, key);
      await list();
      return result;
    },
    pending: () => outbox.pending(),
    me: () => who.get(),
    knownMe: () => who.known(),
    holders: () => turnAt(config.now().desk, clock.now())?.holders ?? {},
    dispose() {
      closed = true;
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

type Refusal = Extract<Result<never>, { kind: "failed" }>;

function watch(folder: vscode.WorkspaceFolder, pattern: string, changed: (uri: vscode.Uri, listed: boolean) => void): vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
  return [
    watcher,
    watcher.onDidChange((uri) => changed(uri, false)),
    watcher.onDidCreate((uri) => changed(uri, true)),
    watcher.onDidDelete((uri) => changed(uri, true)),
  ];
}

function watchDeleted(folder: vscode.WorkspaceFolder, deleted: (path: string) => void): vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**"), true, true);
  const tell = (uri: vscode.Uri): void => {
    const path = pathIn(folder, uri);
    if (path !== undefined) deleted(path);
  };
  return [watcher, watcher.onDidDelete(tell)];
}

/** One folder per workspace folder, shared by all windows, so that another window can finish what one began. */
async function storageOf(context: vscode.ExtensionContext, folder: vscode.Uri): Promise<vscode.Uri> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(folder.toString()));
  const name = [...new Uint8Array(hash).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return vscode.Uri.joinPath(context.globalStorageUri, "desks", name);
}
