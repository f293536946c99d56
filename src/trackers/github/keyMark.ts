import { decodeMarkValue, encodeMarkValue } from "../../core/markup/hiddenMark";
import type { OperationKey } from "../../core/model/operation";

const mark = /(?:\r?\n){0,2}<!-- desk:key [^\s<>]+ -->\s*$/;

/** The mark must be on a line of its own, so that it does not match in quotations. */
const anywhere = /(?:^|[\r\n])<!-- desk:key ([^\s<>]+) -->/;

/** Prefix of the key of a comment that contains a checklist of its issue. */
export const checklistKeyPrefix = "run ";

/** Adds the hidden key of a write to a text, so that the write can be found again. */
export function withKey(text: string, key: OperationKey): string {
  return `${text}\n\n${markOf(key)}`;
}

/** Whether a text contains the key of a write, whatever else was added to it. */
export function hasKey(text: string, key: OperationKey): boolean {
  const mark = markOf(key);
  return text.startsWith(mark) || text.includes(`\n${mark}`) || text.includes(`\r${mark}`);
}

/** The first key in a text. Other text can follow it. */
export function keyOf(text: string): OperationKey | undefined {
  const found = anywhere.exec(text)?.[1];
  return found === undefined ? undefined : decodeMarkValue(found);
}

/** Removes the key that was added to a text. */
export function withoutKey(text: string): string {
  return text.replace(mark, "");
}

function markOf(key: OperationKey): string {
  return `<!-- desk:key ${encodeMarkValue(key)} -->`;
}
