import { milestoneNames } from "../../markup/milestone";
import { incidentIntervals, type IntervalName } from "../advice/intervals";
import { type Postmortem, postmortemInstants, writeIssue } from "../postmortem";
import { formatEntryTime } from "../postmortemTime";

/** What is shown above the text of a post-mortem that is exported, in English. */
export interface FactSheet {
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly tables: readonly { readonly heading: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }[];
}

/** The front matter of a post-mortem for readers: its facts without empty ones, its times in the desk's time zone, and the intervals between them. */
export function factSheet(postmortem: Postmortem, timezone: string): FactSheet {
  const { status, severity, priority, issue, services, factors, lead, owner, reviewers, review, reviewed } = postmortem;
  const facts: FactSheet["facts"] = [
    ["Status", status],
    ["Severity", severity ?? ""],
    ["Priority", priority ?? ""],
    ["Incident", issue === undefined ? "" : writeIssue(issue)],
    ["Services", services.join(", ")],
    ["Factors", factors.join(", ")],
    ["Incident lead", lead ?? ""],
    ["Owner", owner ?? ""],
    ["Reviewers", reviewers.join(", ")],
    reviewed === undefined ? ["Review session", review ?? ""] : ["Reviewed", reviewed],
  ];
  return { facts: facts.filter(([, value]) => value !== ""), tables: [timesTable(postmortem, timezone), intervalsTable(postmortem)] };
}

function timesTable({ instants }: Postmortem, timezone: string): FactSheet["tables"][number] {
  const rows = postmortemInstants.flatMap((name): readonly (readonly string[])[] => {
    const at = instants[name];
    if (at === undefined) return [];
    return [[milestoneNames[name], formatEntryTime({ kind: "instant", at }, timezone)]];
  });
  return { heading: "Times", columns: ["Milestone", "Time"], rows };
}

/** The names of intervals in exported texts. */
export const intervalLabels: Readonly<Record<IntervalName, string>> = {
  detect: "Time to detect",
  acknowledge: "Time to acknowledge",
  mitigate: "Time to mitigate",
  resolve: "Time to resolve",
};

/** One incident has times, never means. If it was reopened, the first start and the last mitigation and resolution count. */
function intervalsTable(postmortem: Postmortem): FactSheet["tables"][number] {
  const { intervals, reopened } = incidentIntervals(postmortem);
  const times = intervals.map(({ name, milliseconds }) => [intervalLabels[name], durationText(milliseconds), name === "acknowledge" ? "from the detection" : "from the start"]);
  return { heading: "Intervals", columns: ["Interval", "Length", "Counted"], rows: reopened === 0 || times.length === 0 ? times : [...times, ["Reopened", reopened === 1 ? "once" : `${reopened} times`, ""]] };
}

/** A duration in its two largest units, rounded down: `40 s`, `2 min`, `1 h 29 min`, `3 d 2 h`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (minutes === 0) return `${seconds} s`;
  const parts = days > 0 ? [[days, "d"], [hours % 24, "h"]] : [[hours, "h"], [minutes % 60, "min"]];
  return parts.filter(([amount]) => amount !== 0).map(([amount, unit]) => `${amount} ${unit}`).join(" ");
}
