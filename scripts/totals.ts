import { writeFileSync } from 'node:fs';

/** How a run of tests ended. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that failed first and passed when they were tried again, and why they failed, in one line. */
  readonly flaky?: readonly FlakyTest[];
}

export interface FlakyTest { readonly title: string; readonly reason: string }

/** The line by which a run inside an editor tells how it ended. */
const totalsMark = '##totals';

/** Reads such a line; anything else gives nothing. */
export function countLine(line: string): Totals | undefined {
  const numbers = new RegExp(`${totalsMark} (\\d+) (\\d+) (\\d+)`).exec(line);
  return numbers === null ? undefined : { passed: Number(numbers[1]), failed: Number(numbers[2]), skipped: Number(numbers[3]) };
}

/** Tells `npm test`, if that is what started us, how this part ended. */
export function recordTotals(totals: Totals): void {
  const file = process.env['RESPONSE_DESK_TOTALS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(totals));
}
