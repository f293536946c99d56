import { type MarkContent, readMark } from "./hiddenMark";
import { type BodyLine, joinLines, splitLines } from "./textLines";

const names = ["run", "links", "handoff"] as const;

/** A region of an issue's text that the desk writes. */
export type RegionName = (typeof names)[number];

/** A region of a body between an opening mark in line `start` and a closing mark in line `end`. */
export interface Region {
  readonly name: RegionName;
  readonly start: number;
  readonly end: number;
  readonly mark: MarkContent;
}

interface Regions {
  readonly regions: readonly Region[];
  /** Whether a mark is invalid or lacks its partner. The body must not be written then, because the region is unknown. */
  readonly broken: boolean;
}

const opening = /^<!-- desk:(run|links|handoff)((?: [^<>]*)?) -->[ \t]*$/;

const closing = /^<!-- \/desk:(run|links|handoff) -->[ \t]*$/;

const anyMark = /^[ \t]*<!--[ \t]*(?:\/[ \t]*)?desk:(?:run|links|handoff)\b/;

/** Finds the desk's regions in a body. */
export function findRegions(lines: readonly BodyLine[]): Regions {
  const regions: Region[] = [];
  let broken = false;
  let started: Omit<Region, "end"> | undefined;
  lines.forEach(({ text }, index) => {
    if (!anyMark.test(text)) return;
    const opened = opening.exec(text);
    if (opened !== null) {
      broken ||= started !== undefined;
      started = { name: names.find((name) => name === opened[1]) ?? "run", start: index, mark: readMark(opened[2] ?? "") };
      return;
    }
    if (started !== undefined && closing.exec(text)?.[1] === started.name) regions.push({ ...started, end: index });
    else broken = true;
    started = undefined;
  });
  return { regions, broken: broken || started !== undefined };
}

/** The number of characters of a body without its regions of this name. */
export function lengthWithout(body: string, name: RegionName): number {
  const lines = splitLines(body);
  const regions = findRegions(lines).regions.filter((region) => region.name === name);
  return regions.reduce((length, { start, end }) => length - joinLines(lines.slice(start, end + 1)).length, body.length);
}
