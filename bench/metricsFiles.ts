import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { appendEvents } from "../src/core/markup/eventLog";
import { eventsPath, renderIssueFile } from "../src/core/markup/issueFile";
import type { IssueRecord } from "../src/core/metrics/history/issueHistory";

/** Issues in plain files on the disk, with a `desk.yml` beside them. */
export interface IssueFiles {
  readonly folder: string;
  readonly count: number;
  /** The size of all files. */
  readonly bytes: number;
  /** The log of the issue with a number, relative to the folder. */
  readonly logOf: (number: number) => string;
}

/** Writes issues into a new folder, and removes it after the work. */
export async function withIssueFiles<T>(records: readonly IssueRecord[], work: (files: IssueFiles) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "desk-bench-"));
  try {
    mkdirSync(path.join(folder, ".desk/incident"), { recursive: true });
    writeFileSync(path.join(folder, "desk.yml"), deskText);
    const pathOf = (number: number): string => `.desk/incident/${number}-issue.md`;
    const logOf = (number: number): string => eventsPath(pathOf(number), undefined);
    let bytes = 0;
    for (const { issue, events } of records) {
      const { number } = issue.ref;
      for (const [file, text] of [[pathOf(number), renderIssueFile({ issue })], [logOf(number), appendEvents("", events.map((event, index) => ({ id: `${number}/${index}`, event })))]] as const) {
        writeFileSync(path.join(folder, file), text);
        bytes += text.length;
      }
    }
    return await work({ folder, count: records.length, bytes, logOf });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The desk of the issues. */
export const deskText = `team: Example
timezone: Europe/Berlin
hours: { Mon-Fri: ["09:00-12:00", "13:00-17:00"] }
kinds: { incident: { respondWithin: 1h } }
priorities: { high: { respondWithin: 30m }, normal: }
services: [A, B, C]
audiences: { users: { updateEvery: 4h, email: [a@example.org] } }
`;
