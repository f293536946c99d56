import { businessTime } from "../../src/core/calendar/businessTime";
import { localTime } from "../../src/core/calendar/localTime";
import { parseDesk } from "../../src/core/desk/parseDesk";
import { noteClock } from "../../src/core/markup/clockRegion";
import { setFields } from "../../src/core/markup/fieldRegion";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type DeskHistory, deskHistory, type DeskVersion } from "../../src/core/metrics/history/deskHistory";
import type { BoardMove, IssueRecord } from "../../src/core/metrics/history/issueHistory";
import { metricsReport, type MetricsReport } from "../../src/core/metrics/report";
import { formatLength } from "../../src/core/metrics/export/reportTables";
import type { Desk } from "../../src/core/model/desk";
import { instantAt } from "../../src/core/model/instant";
import type { Instant } from "../../src/core/model/issue";
import type { Milestone, TimelineEvent } from "../../src/core/model/timelineEvent";

/** The desk of examples, by the keys of its `desk.yml`. */
export const exampleDesk: Readonly<Record<string, string>> = {
  timezone: "UTC",
  hours: '{ Mon-Fri: ["09:00-12:00", "13:00-17:00"] }',
  kinds: "{ incident: { respondWithin: 2h }, request: { respondWithin: 1d } }",
  priorities: "{ high: { respondWithin: 30m }, normal: }",
  services: "[Portal, Ledger]",
};

/** Histories of issues that were read from a text, and what the text expects of them. */
export interface MetricsExample {
  readonly desks: DeskHistory;
  readonly records: readonly IssueRecord[];
  readonly now: Instant;
  readonly expected: readonly string[];
}

/**
 * Reads an example. Lines `desk.yml: key: value` change the desk; with a time before them, from then on. Lines with a time say what
 * happened, each time in the desk's zone; a letter before the time names one of several issues. Lines with `=` are what is expected.
 */
export function readExample(text: string): MetricsExample {
  const keys = new Map(Object.entries(exampleDesk));
  const versions: DeskVersion[] = [];
  const issues = new Map<string, ExampleIssue>();
  const expected: string[] = [];
  let now: Instant = "2026-12-31T00:00:00Z";
  const lines = text.split("\n").map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line !== "");
  const first = (): void => void (versions.length === 0 && versions.push(versionOf(keys, "2000-01-01T00:00:00Z")));
  for (const line of lines) {
    const change = /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d) )?desk\.yml: (\w+): (.+)$/.exec(line);
    const event = /^(?:([A-Z]) )?(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?) (.+)$/.exec(line);
    if (line.startsWith("= ")) expected.push(line.slice(2));
    else if (change !== null) {
      const [, at, key = "", value = ""] = change;
      if (at !== undefined) first();
      keys.set(key, value);
      if (at !== undefined) versions.push(versionOf(keys, zoned(at, versions[0]?.desk)));
    } else if (event !== null) {
      first();
      const [, name = "A", at = "", what = ""] = event;
      const instant = zoned(at, versions[0]?.desk);
      if (what === "now") now = instant;
      else {
        const issue = issues.get(name) ?? emptyIssue(issues.size + 1, instant);
        issues.set(name, happened(issue, instant, what, versions[0]?.desk));
      }
    } else throw new Error(`This line is not understood: ${line}`);
  }
  first();
  const [oldest, ...others] = versions;
  if (oldest === undefined) throw new Error("There is no desk.");
  return { desks: deskHistory([oldest, ...others]), records: [...issues.values()].map(recordOf), now, expected };
}

function versionOf(keys: ReadonlyMap<string, string>, from: Instant): DeskVersion {
  const { desk, problems } = parseDesk([...keys].map(([key, value]) => `${key}: ${value}\n`).join(""));
  if (desk === undefined) throw new Error(JSON.stringify(problems));
  return { from, desk, time: businessTime(desk) };
}

function zoned(text: string, desk: Desk | undefined): Instant {
  return instantAt(localTime(text.replace(" ", "T"), "start", desk?.timezone ?? "UTC"));
}

interface ExampleIssue {
  readonly number: number;
  readonly created: Instant;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly state: "open" | "closed";
  readonly closedAt?: Instant;
  readonly body: string;
  readonly events: readonly TimelineEvent[];
  readonly moves: readonly BoardMove[];
}

function emptyIssue(number: number, created: Instant): ExampleIssue {
  return { number, created, labels: ["incident"], assignees: [], state: "open", body: "", events: [], moves: [] };
}

function happened(issue: ExampleIssue, at: Instant, what: string, desk: Desk | undefined): ExampleIssue {
  const stamp = { at, by: "ana" };
  const add = (event: TimelineEvent, more: Partial<ExampleIssue> = {}): ExampleIssue => ({ ...issue, events: [...issue.events, event], ...more });
  const [verb = "", ...rest] = what.split(" ");
  const name = rest.join(" ");
  switch (verb) {
    case "reported":
      return { ...issue, created: at, ...(name === "" ? {} : { labels: name.replace(/^with /, "").split(", ") }) };
    case "filed":
      return { ...issue, body: noteClock(issue.body, { reported: issue.created }), created: at };
    case "+":
      return add({ kind: "labeled", ...stamp, label: name }, { labels: [...issue.labels.filter((label) => label !== name), name] });
    case "-":
      return add({ kind: "unlabeled", ...stamp, label: name }, { labels: issue.labels.filter((label) => label !== name) });
    case "renamed": {
      // A label that is renamed on the server has its new name on the issue, and its old one in earlier events.
      const [old = "", now = ""] = name.split(" to ");
      return { ...issue, labels: issue.labels.map((label) => (label === old ? now : label)) };
    }
    case "assigned":
      return add({ kind: "assigned", ...stamp, login: name }, { assignees: [...issue.assignees, name] });
    case "unassigned":
      return add({ kind: "unassigned", ...stamp, login: name }, { assignees: issue.assignees.filter((login) => login !== name) });
    case "closed":
      return add({ kind: "closed", ...stamp }, { state: "closed", closedAt: at });
    case "marked":
      // Somebody changed the state without an event and without a time.
      return { ...issue, state: "closed" };
    case "reopened":
      return add({ kind: "reopened", ...stamp }, { state: "open" });
    case "board": {
      const [stage = "", before] = name.split(" from ");
      return { ...issue, moves: [...issue.moves, { at, stage, ...(before === undefined ? {} : { before }) }] };
    }
    case "update":
      return add({ kind: "commented", ...stamp, markdown: renderMilestone("update", "", { audience: name }) });
    case "score":
      return { ...issue, body: setFields(issue.body, [{ name: "satisfaction", value: name, ...stamp }]) };
    case "started":
    case "acknowledged":
    case "unacknowledged":
    case "mitigated":
    case "cancelled":
    case "resolved": {
      const milestone: Milestone = verb;
      const details = name === "" ? {} : { at: zoned(name.replace(/^at /, ""), desk) };
      return add({ kind: "commented", ...stamp, markdown: renderMilestone(milestone, "", details) });
    }
    default:
      throw new Error(`Nothing is known about "${what}".`);
  }
}

function recordOf({ number, created, labels, assignees, state, closedAt, body, events, moves }: ExampleIssue): IssueRecord {
  return {
    issue: {
      ref: { repository: "local", number }, title: `Issue ${number}`, body, state, labels, assignees, author: "ana", createdAt: created, updatedAt: created,
      ...(state === "closed" && closedAt !== undefined ? { closedAt } : {}), location: { kind: "file", path: `.desk/incident/${number}-issue.md` },
    },
    events,
    ...(moves.length === 0 ? {} : { moves }),
  };
}

/** The report of the issues of an example. */
export function reportOf({ desks, records, now }: MetricsExample, from: string, to: string): MetricsReport {
  return metricsReport({ desks, records, now, unreadable: [], deskFolder: "" }, { from, to });
}

/** What an example gives, in the form in which it says what it expects, for each line that it expects. */
export function answersOf(example: MetricsExample): readonly string[] {
  const year = reportOf(example, "2026-01-01", "2026-12-31");
  return example.expected.map((line) => {
    const of = /^([A-Z]) /.exec(line)?.[1];
    const issue = year.issues.find(({ issue: { ref } }) => ref.number === (of === undefined ? 1 : [...issuesNamed].indexOf(of) + 1));
    const what = line.replace(/^[A-Z] /, "");
    const answer = ((): string => {
      const stage = /^stage (.+):/.exec(what)?.[1];
      const available = /^available (.+) on (\S+?)(?: to (\S+?))?:/.exec(what);
      if (stage !== undefined) return `stage ${stage}: ${timesText(issue?.stages.find((one) => one.stage === stage)?.time)}`;
      if (available !== null) {
        const [head, service = "", from = "", to = from] = available;
        const one = reportOf(example, from, to).availability.find((each) => each.service === service);
        return one === undefined ? `${head} unknown` : `${head} ${formatLength(one.impact.wall)}, ${((one.share.wall ?? 0) * 100).toFixed(3)}%`;
      }
      const key = what.replace(/:.*$/, "");
      const left = year.leftOut.find(({ ref }) => ref?.number === (of === undefined ? 1 : issuesNamed.indexOf(of) + 1));
      const values: Readonly<Record<string, string>> = {
        "time to acknowledge": timesText(issue?.timeToAcknowledge),
        "time to mitigate": timesText(issue?.timeToMitigate),
        "time to resolve": timesText(issue?.timeToResolve),
        "goal": `${issue?.goal === undefined ? "none" : formatLength(issue.goal)}, ${issue?.withinGoal === undefined ? "not known" : issue.withinGoal ? "met" : "missed"}`,
        "priority": issue?.priority ?? "none",
        "kind": issue?.kind ?? "none",
        "severity": issue?.severity ?? "none",
        "services": issue?.services.join(", ") || "none",
        "reopened": String(issue?.reopened ?? 0),
        "open": String(issue?.isOpen ?? false),
        "remarks": issue?.remarks.join(", ") || "none",
        "left out": left?.reason ?? "no",
        "updates": issue?.updates.map(({ audience, n, inTime }) => `${audience} ${inTime} of ${n}`).join(", ") || "none",
      };
      return `${key}: ${values[key] ?? "?"}`;
    })();
    return of === undefined ? answer : `${of} ${answer}`;
  });
}

const issuesNamed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function timesText(times: { readonly business: number; readonly wall: number } | undefined): string {
  return times === undefined ? "not known" : `${formatLength(times.business)} / ${formatLength(times.wall)}`;
}
