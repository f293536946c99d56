import type { Clock, Files } from "../../core/model/ports";
import type { IssueFolder } from "./issueFolder";

/** What every write to the desk's folder needs. */
export interface DeskFiles {
  readonly files: Files;
  readonly folder: IssueFolder;
  readonly clock: Clock;
  /** The login of the person at the keyboard. */
  readonly me: () => string;
  /**
   * Milliseconds from a write to the look whether another window overwrote it: above what it takes to read and write.
   * `took` is what it took here just now.
   */
  readonly pause: (took: number) => number;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  /** Prepares the folder before something is written into it. */
  readonly prepare: () => Promise<void>;
  /**
   * Takes note of a change that was confirmed, to look at it again with the next reading of the file; `took` is what the last look took.
   * Only for as long as another window may still write what it read before: what is gone later, somebody took back.
   */
  readonly confirmed: (change: ConfirmedChange, took: number) => void;
}

/** A change that was seen in its file after it was written. */
export interface ConfirmedChange {
  /** The file that it was seen in. */
  readonly path: string;
  /** Whether the file, as it was last read, has lost it. */
  isLost(): Promise<boolean>;
  /** Makes it again. */
  again(): Promise<unknown>;
}

/** How often a write that others keep overwriting is tried before it is given up for now. */
export const maxAttempts = 20;

/** What changed below the desk's folder since it was last read, as a watcher tells it. */
export interface FolderChanges {
  /** A file changed, came or went. */
  note(path: string): void;
  /** Anything may have changed. */
  noteAll(): void;
  /** What is to be read, which from then on counts as read. */
  take(): "all" | ReadonlySet<string>;
}

/** At first, everything is to be read. */
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
