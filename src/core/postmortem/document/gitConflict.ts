import { joinLines, splitLines } from "../../markup/textLines";
import { isConflictMarker, readConflict } from "../../markup/mergeConflict";
import { commonLines } from "./commonLines";
import { mergeTexts } from "./mergeTexts";

/** `conflict`: the file contains a conflict of Git that only a person can resolve. */
export type ConflictResolution =
  | { readonly kind: "none" }
  | { readonly kind: "resolved"; readonly text: string }
  | { readonly kind: "conflict" };

const lastImport = /^events-until: (\d{4}-[\d-]+T[\d:.]+Z)[ \t]*$/m;

/**
 * Resolves the conflicts that Git left in the file of a post-mortem, as between two branches that both added rows. Nothing of either
 * side gets lost: what both wrote differently at the same place stays a conflict.
 */
export function resolveConflict(text: string): ConflictResolution {
  const sides = readConflict(text);
  if (sides === undefined) return { kind: "none" };
  const [ours, theirs] = withLastImport(sides.ours, sides.theirs);
  const merged = mergeTexts(sides.base ?? common(ours, theirs), ours, theirs);
  return merged === undefined || splitLines(merged).some((line) => isConflictMarker(line.text)) ? { kind: "conflict" } : { kind: "resolved", text: merged };
}

/** Both sides with the later of their last imports, which they often differ in. */
function withLastImport(ours: string, theirs: string): readonly [string, string] {
  const [mine, other] = [lastImport.exec(ours), lastImport.exec(theirs)];
  if (mine === null || other === null) return [ours, theirs];
  return (mine[1] ?? "") > (other[1] ?? "") ? [ours, theirs.replace(lastImport, mine[0])] : [ours.replace(lastImport, other[0]), theirs];
}

/** The lines of both sides, for conflicts in which Git did not write the common base. */
function common(ours: string, theirs: string): string {
  const [mine, other] = [splitLines(ours), splitLines(theirs)];
  const whole = (lines: ReturnType<typeof splitLines>): readonly string[] => lines.map((line) => line.text + line.end);
  return joinLines(commonLines(whole(mine), whole(other)).flatMap(([index]) => mine[index] ?? []));
}
