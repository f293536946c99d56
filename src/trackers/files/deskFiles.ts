import type { Clock, Files } from "../../core/ports";
import type { IssueFolder } from "./issueFolder";

/** What every write to the desk's folder needs. */
export interface DeskFiles {
  readonly files: Files;
  readonly folder: IssueFolder;
  readonly clock: Clock;
  /** The login of the person at the keyboard. */
  readonly me: () => string;
  /** Milliseconds from a write to the look whether another window overwrote it: above what it takes to read and write. */
  readonly pause: number;
}

/** How often a write that others keep overwriting is tried before it is given up for now. */
export const mostAttempts = 20;
