import * as v from "valibot";
import { isConflictMarker } from "../markup/mergeConflict";
import { splitLines } from "../markup/textLines";
import { compareInstants, isInstant } from "../model/instant";
import type { Instant } from "../model/issue";
import { parseJson } from "../model/parseData";
import { fileSlug } from "../model/paths";
import { triageTitle } from "./triage";

/** A report that was answered at once and has no issue. It is recorded for metrics only. */
export interface TriageAnswer {
  readonly at: Instant;
  readonly by: string;
  readonly title: string;
  /** Minutes that it took, if they were counted. */
  readonly minutes?: number;
}

const line = v.object({ at: v.pipe(v.string(), v.check(isInstant)), by: v.string(), title: v.string(), minutes: v.exactOptional(v.number()) });

/** The folder of the recorded answers, which is the same for desks on plain files and on GitHub. */
export const answerFolder = ".desk/triage";

/** The file for an answer. Each person has one per month, so that Git merges them without conflicts. */
export function answerPath(at: Instant, by: string): string {
  return `${answerFolder}/${at.slice(0, 7)}-${fileSlug(by) || "unknown"}.jsonl`;
}

/** Appends an answer to the text of its file. */
export function appendAnswer(before: string, answer: TriageAnswer): string {
  const start = before === "" || /[\r\n]$/.test(before) ? before : `${before}\n`;
  return `${start}${JSON.stringify({ ...answer, title: triageTitle(answer.title) })}\n`;
}

/** Parses the answers in a file, in chronological order. Invalid lines are ignored. */
export function readAnswers(text: string): readonly TriageAnswer[] {
  return splitLines(text)
    .flatMap((each) => (isConflictMarker(each.text) ? [] : (parseJson(line, each.text.trim()) ?? [])))
    .toSorted((a, b) => compareInstants(a.at, b.at));
}
