import type { Clock, Files } from "../../core/model/ports";
import type { IssueFolder } from "./issueFolder";

/** What writes to the desk's folder need. */
export interface DeskFiles {
  readonly files: Files;
  readonly folder: IssueFolder;
  readonly clock: Clock;
  /** The login of the user. */
  readonly me: () => string;
  /**
   * Milliseconds to wait after a write before checking whether another window overwrote it. It must exceed the time to read and
   * write. `took` is the duration of this write.
   */
  readonly pause: (took: number) => number;
  /** Milliseconds since an arbitrary start. */
  readonly elapsed: () => number;
  /** Prepares the folder before the first write. */
  readonly prepare: () => Promise<void>;
  /**
   * Records a confirmed change, which is checked again with the next reading of the file. `took` is the duration of the last
   * check. This is only done while another window may still write an outdated copy; a change that disappears later was undone
   * by somebody.
   */
  readonly confirmed: (change: ConfirmedChange, took: number) => void;
}

/** A change that was seen in its file after it was written. */
export interface ConfirmedChange {
  /** The file that contains it. */
  readonly path: string;
  /** Whether the last reading of the file no longer contains it. */
  isLost(): Promise<boolean>;
  /** Makes the change again. */
  again(): Promise<unknown>;
}

/** Maximum number of attempts for a write that other windows keep overwriting. */
export const maxAttempts = 20;

/** Changes below the desk's folder since the last reading, as reported by a watcher. */
export interface FolderChanges {
  /** Records that a file was changed, added or removed. */
  note(path: string): void;
  /** Records that anything may have changed. */
  noteAll(): void;
  /** Returns the paths to read and resets them. */
  take(): "all" | ReadonlySet<string>;
}

/** Creates the record of folder changes. Everything has to be read first. */
export function folderChanges(): FolderChanges {
  let all = true;
  let paths = new Set<string>();
  return {
    note: (path) => void paths.add(path),
    noteAll() {
      all = true;
    },
    take() {
      const taken = all ? "all" : paths;
      all = false;
      paths = new Set();
      return taken;
    },
  };
}
