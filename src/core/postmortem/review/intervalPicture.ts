import { millisecondsOf } from "../../model/instant";
import { durationText, intervalLabels } from "./factSheet";
import { incidentIntervals } from "../advice/intervals";
import type { Postmortem } from "../postmortem";

const width = 720;

const left = 150;

const right = 110;

const rowHeight = 30;

const colors = { detect: "#bf8700", acknowledge: "#0969da", mitigate: "#8250df", resolve: "#1a7f37" } as const;

/**
 * The intervals of an incident as SVG for a light page: a bar for each from its start to its end on one scale, and the gaps of the
 * timeline below. It contains no text that a person wrote, and no styles or scripts. `undefined` if there is nothing to draw.
 */
export function intervalPicture(postmortem: Postmortem): string | undefined {
  const { intervals, gaps } = incidentIntervals(postmortem);
  const ends = [...intervals, ...gaps].flatMap(({ from, to }) => [millisecondsOf(from), millisecondsOf(to)]);
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  if (intervals.length === 0 || last <= first) return undefined;
  const at = (instant: string): number => Math.round(left + ((millisecondsOf(instant) - first) / (last - first)) * (width - left - right));
  const rows = intervals.map(({ name, from, to, milliseconds }, index) => {
    const [x, end, y] = [at(from), Math.max(at(to), at(from) + 2), index * rowHeight + 6];
    return [
      text(0, y + 13, intervalLabels[name]),
      `<rect x="${x}" y="${y}" width="${end - x}" height="18" rx="3" fill="${colors[name]}"/>`,
      text(end + 8, y + 13, durationText(milliseconds)),
    ].join("");
  });
  const below = gaps.length === 0 ? [] : [gapRow(gaps.map(({ from, to }) => [at(from), at(to)] as const), intervals.length * rowHeight + 6)];
  const height = (rows.length + below.length) * rowHeight;
  const label = intervals.map(({ name, milliseconds }) => `${intervalLabels[name]}: ${durationText(milliseconds)}`).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}" font-size="13" fill="#1f2328">${rows.join("")}${below.join("")}</svg>`;
}

/** The parts of the incident that the timeline says nothing about. */
function gapRow(gaps: readonly (readonly [number, number])[], y: number): string {
  const line = `<line x1="${left}" y1="${y + 9}" x2="${width - right}" y2="${y + 9}" stroke="#59636e" stroke-width="2"/>`;
  const boxes = gaps.map(([x, end]) => `<rect x="${x}" y="${y + 2}" width="${Math.max(end - x, 2)}" height="14" rx="2" fill="#ffffff" stroke="#59636e" stroke-dasharray="3 2"/>`);
  return `${text(0, y + 13, gaps.length === 1 ? "Gap in the timeline" : "Gaps in the timeline")}${line}${boxes.join("")}`;
}

function text(x: number, y: number, words: string): string {
  return `<text x="${x}" y="${y}">${words}</text>`;
}
