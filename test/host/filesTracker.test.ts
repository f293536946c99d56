import * as vscode from 'vscode';
import { isContended } from '../../src/core/model/failure';
import { folderFiles } from '../../src/host/platform/folderFiles';
import { folderMemory } from '../../src/host/platform/folderMemory';
import { randomIds, systemClock } from '../../src/host/platform/ports';
import { createFilesTracker } from '../../src/trackers/files/filesTracker';
import { journaledFiles } from '../../src/trackers/files/journaledFiles';
import { issueTrackerContract } from '../contract/issueTracker';
import { memoryLog } from '../support/memoryLog';

const ids = randomIds;

/** A new empty folder in the workspace, in VS Code's file system. */
function freshFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("the tests need an open folder");
  return vscode.Uri.joinPath(folder.uri, `contract-${ids.next()}`);
}

issueTrackerContract("the editor's own file system", ["acme/desk", "acme/engine"], async () => {
  const root = freshFolder();
  await vscode.workspace.fs.createDirectory(root);
  return {
    tracker(login) {
      const journal = folderMemory(folderFiles(vscode.Uri.joinPath(root, `journal-${login}`), () => true), ids, () => Date.now());
      const { files } = journaledFiles({ files: folderFiles(vscode.Uri.joinPath(root, "desk"), () => true), journal, ids, log: memoryLog() });
      return createFilesTracker({ files, clock: systemClock, ids, me: () => login });
    },
    putFile: async (_repository, path, text) => void (await folderFiles(vscode.Uri.joinPath(root, "desk"), () => true).write(path, text)),
    run: (promise) => promise,
    close: async () => vscode.workspace.fs.delete(root, { recursive: true }),
  };
});

describe("files below a folder", () => {
  it("distinguish a missing file from an unreadable one, and write nothing that is not allowed", async () => {
    const root = freshFolder();
    const open = folderFiles(root, () => true);
    const shut = folderFiles(root, () => false);
    const kinds = [
      await open.read("none.md"),
      await shut.write("a.md", "text"),
      await open.read("a.md"),
      await open.write("folder/a.md", "text"),
      await open.read("folder"),
      await open.list("nowhere"),
    ].map((result) => (result.kind === "ok" ? "ok" : result.failure.kind));
    await vscode.workspace.fs.delete(root, { recursive: true });
    const expected = ["missing", "untrusted", "missing", "ok", "unreadable", "ok"];
    if (kinds.join() !== expected.join()) throw new Error(`got ${kinds.join()}`);
  });

  it("are not written if they no longer contain the text that the change is based on", async () => {
    const root = freshFolder();
    const files = folderFiles(root, () => true);
    const results = [
      await files.write("a.md", "one", ""),
      await files.write("a.md", "two", "one"),
      await files.write("a.md", "three", "one"),
      await files.read("a.md"),
    ].map((result) => (result.kind === "ok" ? result.value ?? "ok" : isContended(result.failure)));
    await vscode.workspace.fs.delete(root, { recursive: true });
    if (results.join() !== "ok,ok,true,two") throw new Error(`got ${results.join()}`);
  });
});
