import { markedInstant, readMark } from "../../markup/hiddenMark";
import { readMilestone } from "../../markup/milestone";
import type { TimelineEvent } from "../../model/timelineEvent";

const mark = /<!-- desk:(clock|field) ([^<>]*) -->/g;

const clockTimes = ["reported", "acknowledged", "withdrawn", "resolved"];

/** Fields whose values are times. */
const fieldTimes: readonly (string | undefined)[] = ["started", "mitigated", "resolved", "cancelled"];

/** Whether a mark in the text of an issue, or in a comment, or its time cannot be read, so that it counts at another time or not at all. */
export function hasUnreadableMarks(body: string, events: readonly TimelineEvent[]): boolean {
  const inBody = body.includes("desk:") ? [...body.matchAll(mark)] : [];
  return inBody.some(([, kind, content = ""]) => isUnreadable(kind === "clock" ? clockTimes : fieldTimes, content, kind === "field"))
    || events.some((event) => event.kind === "commented" && isUnreadableMilestone(event.markdown));
}

function isUnreadable(names: readonly (string | undefined)[], content: string, isField: boolean): boolean {
  const { words: [name], values } = readMark(content);
  const needed = isField ? ["at", ...(names.includes(name) ? ["value"] : [])] : names;
  return needed.some((each) => each !== undefined && values.has(each) && markedInstant(values.get(each)) === undefined);
}

const milestoneMark = /^[ \t]*<!--[ \t]*desk:moment\b[^<>]*-->[ \t]*$/m;

/** Whether the mark of a milestone in a comment cannot be read, because its name is unknown or text follows it, or whether its time cannot. */
function isUnreadableMilestone(markdown: string): boolean {
  if (!markdown.includes("desk:moment")) return false;
  const milestone = readMilestone(markdown);
  return milestone === undefined ? milestoneMark.test(markdown) : milestone.at === undefined && / at=[^<>]*-->\s*$/.test(markdown);
}
