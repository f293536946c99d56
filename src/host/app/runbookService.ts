import * as vscode from "vscode";
import type { Log } from "../../core/model/ports";
import { debounce } from "../../core/model/queues";
import type { Runbook } from "../../core/model/runbook";
import { isRunbookPath } from "../../core/runbook/runbookFolders";
import { systemTimer } from "../platform/ports";
import { watchFolder, watchWorkspace } from "../platform/watchFolder";
import type { WorkspacePaths } from "../platform/workspacePaths";
import type { NewEmitter } from "./changeEvent";
import type { DeskService } from "./deskService";
import { runbookCache } from "./runbookCache";

/** The runbooks of the desk, including those in other workspace folders. */
export interface RunbookService {
  /** All runbooks, sorted by path. */
  all(): Promise<readonly Runbook[]>;
  /** The checklists of roles, each with a title of its own: runbooks whose front matter says when they are due, and those that `desk.yml` lists. */
  roleChecklists(): Promise<readonly Runbook[]>;
  /** A runbook or a section of one, by its procedure's path, with the text of unsaved editors. `undefined` if it does not exist. */
  get(path: string): Promise<Runbook | undefined>;
  isRunbook(path: string): boolean;
  /** The web address of a runbook, if it has one. */
  urlOf(path: string): string | undefined;
  /** Fires after the text of a runbook or the list of runbooks changed. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedRunbookService extends RunbookService, vscode.Disposable {
  /** Reads all runbooks again when they are next needed. */
  reload(): void;
}

interface RunbookServiceDeps {
  readonly paths: WorkspacePaths;
  readonly desk: Pick<DeskService, "config" | "folder">;
  /** Folders that contain runbooks. */
  readonly folders: () => readonly string[];
  readonly urlOf: (path: string) => string | undefined;
  readonly newEmitter: NewEmitter;
  readonly log: Log;
}

/** Reads a runbook when it is first needed, then follows its file and its editor. */
export function createRunbookService({ paths, desk, folders, urlOf, newEmitter, log }: RunbookServiceDeps): OwnedRunbookService {
  const changed = newEmitter<void>();
  const unsaved = (path: string): string | undefined =>
    vscode.workspace.textDocuments.find((document) => document.isDirty && paths.pathOf(document.uri) === path)?.getText();
  const cache = runbookCache({ files: paths.files, unsaved, log, desk: () => desk.config(), deskFolder: () => desk.folder(), folders });
  const isRunbook = (path: string): boolean => isRunbookPath(path, folders());
  const changedSoon = debounce(systemTimer, 60, () => changed.fire());

  /** `listed` when the file was added or removed. */
  function note(uri: vscode.Uri, listed: boolean): void {
    const path = paths.pathOf(uri);
    if (path === undefined || !isRunbook(path)) return;
    if (listed) cache.forgetAll();
    else cache.forget(path);
    changedSoon();
  }

  const owned = vscode.Disposable.from(
    changed,
    changedSoon,
    watchWorkspace((folder) => watchFolder(folder, "**/*.{md,markdown}", note), () => undefined),
    vscode.workspace.onDidChangeTextDocument(({ document }) => note(document.uri, false)),
  );

  return {
    all: () => cache.all(),
    roleChecklists: () => cache.roleChecklists(),
    get: (path) => cache.one(path),
    isRunbook,
    urlOf,
    onDidChange: changed.event,
    reload() {
      cache.forgetAll();
      changed.fire();
    },
    dispose: () => owned.dispose(),
  };
}
