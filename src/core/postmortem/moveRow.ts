import type { EntryTime, PostmortemEntry } from "./postmortem";
import type { PostmortemEdit } from "./postmortemEdit";

/** A moved row of the timeline, as edits. */
export interface RowMove {
  readonly edits: readonly PostmortemEdit[];
  /** Its new position. */
  readonly index: number;
  /** Its time there, if it is an exact one. */
  readonly at?: string;
  /** Whether the row's own time does not fit there, so that it gets the time of the row before it, or, as the first row, of the one after it. */
  readonly isRetimed: boolean;
}

/**
 * Moves a row to a position among the others. Returns `undefined` if it is there already, or unknown. `original` is the row before
 * several moves, so that a move back restores its time.
 */
export function moveRow(timeline: readonly PostmortemEntry[], id: string, index: number, original?: PostmortemEntry): RowMove | undefined {
  const from = timeline.findIndex((row) => row.id === id);
  const row = timeline[from];
  const to = Math.min(Math.max(0, index), timeline.length - 1);
  if (row === undefined || to === from) return undefined;
  const others = timeline.toSpliced(from, 1);
  const own = original ?? row;
  const neighbor = fittingNeighbor(own.time, others.slice(0, to), others.slice(to));
  const wanted = neighbor === undefined ? { at: instantOf(own), inferred: own.inferred === true } : { at: neighbor, inferred: true };
  return {
    isRetimed: neighbor !== undefined,
    index: to,
    ...(wanted.at === undefined ? {} : { at: wanted.at }),
    edits: [
      { kind: "moveEntry", id, index: to },
      ...(wanted.at === undefined || wanted.at === instantOf(row) ? [] : [{ kind: "entry", id, column: "time", value: wanted.at } as const]),
      ...(wanted.inferred === (row.inferred === true) ? [] : [{ kind: "entryFlag", id, flag: "inferred", value: wanted.inferred } as const]),
    ],
  };
}

/** The edits that restore a moved row as it was. */
export function unmoveRow(original: PostmortemEntry, index: number): readonly PostmortemEdit[] {
  const { id } = original;
  const at = instantOf(original);
  return [
    { kind: "moveEntry", id, index },
    ...(at === undefined ? [] : [{ kind: "entry", id, column: "time", value: at } as const]),
    { kind: "entryFlag", id, flag: "inferred", value: original.inferred === true },
  ];
}

function instantOf({ time }: Pick<PostmortemEntry, "time">): string | undefined {
  return time.kind === "instant" ? time.at : undefined;
}

/** The time that a row gets between others because its own does not fit. `undefined` if it fits. Rows without an exact time fit everywhere. */
function fittingNeighbor(time: EntryTime, before: readonly PostmortemEntry[], after: readonly PostmortemEntry[]): string | undefined {
  const [earlier, later] = [before.map(instantOf).findLast((at) => at !== undefined), after.map(instantOf).find((at) => at !== undefined)];
  if (time.kind === "words") return undefined;
  const fits = (earlier === undefined || earlier <= time.at) && (later === undefined || time.at <= later);
  return fits ? undefined : (earlier ?? later);
}
