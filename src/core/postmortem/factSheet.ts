import { millisecondsOf } from "../model/instant";
import { type Postmortem, postmortemInstants, writeIssue } from "./postmortem";
import { formatEntryTime } from "./postmortemTime";

/** What is shown above the text of a post-mortem that is exported, in English. */
export interface FactSheet {
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly tables: readonly { readonly heading: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }[];
}

/** The front matter of a post-mortem for readers: its facts without empty ones, and a table of its times in the desk's time zone. */
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
  return { facts: facts.filter(([, value]) => value !== ""), tables: [timesTable(postmortem, timezone)] };
}

function timesTable({ instants }: Postmortem, timezone: string): FactSheet["tables"][number] {
  const { started } = instants;
  const rows = postmortemInstants.flatMap((name): readonly (readonly string[])[] => {
    const at = instants[name];
    if (at === undefined) return [];
    const after = started === undefined || name === "started" ? 0 : millisecondsOf(at) - millisecondsOf(started);
    return [[`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, formatEntryTime({ kind: "instant", at }, timezone), after >= 1000 ? durationText(after) : ""]];
  });
  return { heading: "Times", columns: ["Milestone", "Time", "After the start"], rows };
}

/** A duration in its two largest units, rounded down: `40 s`, `2 min`, `1 h 29 min`, `3 d 2 h`. */
function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (minutes === 0) return `${seconds} s`;
  const parts = days > 0 ? [[days, "d"], [hours % 24, "h"]] : [[hours, "h"], [minutes % 60, "min"]];
  return parts.filter(([amount]) => amount !== 0).map(([amount, unit]) => `${amount} ${unit}`).join(" ");
}
