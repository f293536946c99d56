import assert from 'node:assert/strict';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import type { Desk } from '../../../../src/core/model/desk';
import type { TextRange } from '../../../../src/core/model/problem';

/** The desk of a text that must have no problem, but for what absences change or do not change, and audiences without an address. */
export function deskOf(text: string): Desk {
  const { desk, problems } = parseDesk(text);
  assert.deepEqual(problems.filter(({ code }) => code !== "nobodyLeft" && code !== "noWorkingDay" && code !== "unreachableAudience"), []);
  assert.ok(desk);
  return desk;
}

export function problemsOf(text: string): readonly string[] {
  return parseDesk(text).problems.map(({ severity, code, details }) => `${severity} ${code} ${details["value"] ?? ""}`);
}

/** A text without its « » marks, and the ranges they enclosed. */
export function marked(text: string): { readonly plain: string; readonly ranges: readonly TextRange[] } {
  const positions: { line: number; column: number }[] = [];
  let plain = "";
  for (const character of text) {
    if (character !== "«" && character !== "»") {
      plain += character;
      continue;
    }
    const before = plain.split("\n");
    positions.push({ line: before.length - 1, column: before.at(-1)?.length ?? 0 });
  }
  const ranges = Array.from({ length: positions.length / 2 }, (_, index) => {
    const [start, end] = [positions[2 * index], positions[2 * index + 1]];
    assert.ok(start && end);
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  });
  return { plain, ranges };
}
