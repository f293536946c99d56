import * as vscode from "vscode";
import { isRunbookPath } from "../../core/runbook/runbookFolders";
import type { Runbook } from "../../core/runbook/runbook";
import { debounce } from "../../core/model/queues";
import type { Log } from "../../core/ports";
import { runbookShelf } from "../platform/runbookShelf";
import { systemTimer } from "../platform/systemClock";
import { watchFolder, watchWorkspace } from "../platform/watchFolder";
import type { WorkspacePaths } from "../platform/workspacePaths";
import type { NewEmitter } from "./changeEvent";
import type { DeskService } from "./deskService";

/** The runbooks of the desk, those in further workspace folders with them. */
export interface RunbookService {
  /** All of them, ordered by path. */
  all(): Promise<readonly Runbook[]>;
  /** A runbook as it is now, unsaved editor text included; `undefined` when it is gone. */
  get(path: string): Promise<Runbook | undefined>;
  isRunbook(path: string): boolean;
  /** Where people can read a runbook on the web, if it is there. */
  urlOf(path: string): string | undefined;
  /** Fires after the text of a runbook, or which runbooks there are, changed. */
  readonly onDidChange: vscode.Event<void>;
}

export interface OwnedRunbookService extends RunbookService, vscode.Disposable {
  /** Reads all anew when they are next asked for, as after the desk changed. */
  reload(): void;
}

export interface RunbookServiceDeps {
  readonly paths: WorkspacePaths;
  readonly desk: Pick<DeskService, "config">;
  /** Folders that runbooks are looked for in. */
  readonly folders: () => readonly string[];
  readonly urlOf: (path: string) => string | undefined;
  readonly newEmitter: NewEmitter;
  readonly log: Log;
}

/** Reads a runbook when it is first asked for, then follows its file and its editor. */
export function createRunbookService({ paths, desk, folders, urlOf, newEmitter, log }: RunbookServiceDeps): OwnedRunbookService {
  const changed = newEmitter<void>();
  const unsaved = (path: string): string | undefined =>
    vscode.workspace.textDocuments.find((document) => document.isDirty && paths.pathOf(document.uri) === path)?.getText();
  const shelf = runbookShelf({ files: paths.files, unsaved, log, desk: () => desk.config(), folders });
  const isRunbook = (path: string): boolean => isRunbookPath(path, folders());
  const changedSoon = debounce(systemTimer, 60, () => changed.fire());

  /** `listed` when the file came or went. */
  function note(uri: vscode.Uri, listed: boolean): void {
    const path = paths.pathOf(uri);
    if (path === undefined || !isRunbook(path)) return;
    if (listed) shelf.forgetAll();
    else shelf.forget(path);
    changedSoon();
  }

  const owned = vscode.Disposable.from(
    changed,
    changedSoon,
    watchWorkspace((folder) => watchFolder(folder, "**/*.{md,markdown}", note), () => undefined),
    vscode.workspace.onDidChangeTextDocument(({ document }) => note(document.uri, false)),
  );

  return {
    all: () => shelf.all(),
    get: (path) => shelf.one(path),
    isRunbook,
    urlOf,
    onDidChange: changed.event,
    reload() {
      shelf.forgetAll();
      changed.fire();
    },
    dispose: () => owned.dispose(),
  };
}
