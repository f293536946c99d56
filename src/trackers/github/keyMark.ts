import { decodeMarkValue, encodeMarkValue } from "../../core/markup/hiddenMark";
import type { OperationKey } from "../../core/model/operation";

const mark = /(?:\r?\n){0,2}<!-- desk:key [^\s<>]+ -->\s*$/;

/** On a line of its own, so that a text that quotes another one has none. */
const anywhere = /(?:^|[\r\n])<!-- desk:key ([^\s<>]+) -->/;

/** Begins the key of a comment that keeps a run of its issue. */
export const checklistKeyPrefix = "run ";

/** A text with the key of the write it came from, which nobody sees on the web: by it the write is found again. */
export function withKey(text: string, key: OperationKey): string {
  return `${text}\n\n${markOf(key)}`;
}

/** Whether a text came from the write with this key, whatever else it carries or people wrote around it. */
export function hasKey(text: string, key: OperationKey): boolean {
  const mark = markOf(key);
  return text.startsWith(mark) || text.includes(`\n${mark}`) || text.includes(`\r${mark}`);
}

/** The first key a text carries, wherever it stands: parts of ours, or a person's words, may follow it. */
export function keyOf(text: string): OperationKey | undefined {
  const found = anywhere.exec(text)?.[1];
  return found === undefined ? undefined : decodeMarkValue(found);
}

/** The text as it was before its key was added. */
export function withoutKey(text: string): string {
  return text.replace(mark, "");
}

function markOf(key: OperationKey): string {
  return `<!-- desk:key ${encodeMarkValue(key)} -->`;
}
