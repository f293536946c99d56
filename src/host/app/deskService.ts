import type * as vscode from "vscode";
import type { Desk } from "../../core/model/desk";
import type { Log } from "../../core/model/ports";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { DeskFile, DeskNow } from "./deskFile";

/** The team's configuration: `desk.yml`, or the defaults if there is none. */
export interface DeskService {
  /** The configuration with its path and its problems. */
  now(): DeskNow;
  /** The configuration only. */
  config(): Desk;
  /** The folder of `desk.yml` and its runbooks, relative to the workspace folder. */
  folder(): string;
  /** Fires after the configuration, its problems or its path changed. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedDeskService extends DeskService, vscode.Disposable {
  /** Reads `desk.yml` again. A failure is logged; the last valid configuration stays in use. */
  reload(): Promise<void>;
  announce(): void;
}

interface DeskServiceDeps {
  readonly file: DeskFile;
  /** Adds the default repository of the issue storage where `desk.yml` names none. */
  readonly withDefaultRepository: (desk: Desk) => Desk;
  readonly newEmitter: NewEmitter;
  readonly log: Log;
}

/** Returns the defaults before `reload`. */
export function createDeskService({ file, withDefaultRepository, newEmitter, log }: DeskServiceDeps): OwnedDeskService {
  const config = (): Desk => withDefaultRepository(file.now().desk);
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
