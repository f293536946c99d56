import type * as vscode from "vscode";
import type { Desk } from "../../core/model/desk";
import type { Log } from "../../core/model/ports";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { DeskFile, DeskNow } from "./deskFile";

/** The team's configuration: `desk.yml`, or the defaults where there is none. */
export interface DeskService {
  /** The configuration with its file and its problems. */
  now(): DeskNow;
  /** The configuration alone. */
  config(): Desk;
  /** Folder of `desk.yml` and its runbooks, from the workspace folder. */
  folder(): string;
  /** Fires after the configuration, its problems or its path changed. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedDeskService extends DeskService, vscode.Disposable {
  /** Reads `desk.yml` again. A failure is logged, and the last good configuration stays in use. */
  reload(): Promise<void>;
  announce(): void;
}

interface DeskServiceDeps {
  readonly file: DeskFile;
  /** The configuration with its issues kept in the store, where `desk.yml` names no repository. */
  readonly place: (desk: Desk) => Desk;
  readonly newEmitter: NewEmitter;
  readonly log: Log;
}

/** Knows the defaults until `reload` was called. */
export function createDeskService({ file, place, newEmitter, log }: DeskServiceDeps): OwnedDeskService {
  const config = (): Desk => place(file.now().desk);
  const now = (): DeskNow => ({ ...file.now(), desk: config() });
  const changed = dataChangeEvent(newEmitter, now);

  return {
    now,
    config,
    folder: () => file.folder(),
    onDidChange: changed.event,
    async reload() {
      const result = await file.reload();
      if (result.kind === "failed") log.error(`desk.yml could not be read: ${JSON.stringify(result.failure)}`);
    },
    announce: () => changed.compare(),
    dispose: () => changed.dispose(),
  };
}
