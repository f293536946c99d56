import { slipsBetween } from "../slipsBetween";

/** Whether a word is most likely a name with one slip, both in small letters; a name with something added is another name. */
export function isSlip(written: string, name: string): boolean {
  return written.length > 4 && name.length > 3 && name.length <= 40 && written.length <= 40 && !written.startsWith(name) && slipsBetween(written, name) === 1;
}
