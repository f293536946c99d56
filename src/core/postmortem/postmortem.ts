import * as v from "valibot";
import { dateTextOf } from "../calendar/localTime";
import { refSchema } from "../markup/linkRegion";
import type { Desk } from "../model/desk";
import type { Instant } from "../model/issue";
import { type IssueRef, localRepository, refKey, type Repository } from "../model/issueRef";
import type { Infer } from "../model/parseData";
import { fileSlug, writtenPath } from "../model/paths";

export type PostmortemStatus = (typeof postmortemStatuses)[number];

export type PostmortemInstant = (typeof postmortemInstants)[number];

export type PostmortemText = (typeof postmortemTexts)[number];

export const postmortemStatuses = ["Draft", "In review", "Reviewed", "Closed"] as const;

export const postmortemInstants = ["started", "detected", "acknowledged", "mitigated", "resolved"] as const;

export const postmortemTexts = [
  "summary",
  "impact",
  "detection",
  "factors",
  "trigger",
  "resolution",
  "wentWell",
  "wentWrong",
  "lucky",
  "communications",
  "supporting",
] as const;

export const actionTypes = ["prevent", "mitigate", "detect", "process"] as const;

/** `not planned`: its issue was closed without doing it. */
export const actionStates = ["proposed", "accepted", "done", "not planned", "declined"] as const;

/** Lists of names in the front matter. `factors` classify the incident, such as `deployment` and `capacity`. */
export const postmortemLists = ["services", "factors", "reviewers"] as const;

export type PostmortemList = (typeof postmortemLists)[number];

const entryTime = v.variant("kind", [v.object({ kind: v.literal("instant"), at: v.string() }), v.object({ kind: v.literal("words"), words: v.string() })]);

/** The time of an entry: to the second, or a text if a person did not know it exactly. */
export type EntryTime = Infer<typeof entryTime>;

/** The schema of `EntryOrigin`. */
export const entryOrigin = v.object({
  /** Identifies the event in the timeline of the incident. It stays the same when somebody edits the text of the event. */
  key: v.string(),
  /** A hash of the event's text when it was added, to notice later edits. */
  hash: v.string(),
});

/** The event of the incident that a row came from. */
export type EntryOrigin = Infer<typeof entryOrigin>;

/** The schema of `PostmortemEntry`. */
export const postmortemEntry = v.object({
  id: v.string(),
  time: entryTime,
  event: v.string(),
  evidence: v.string(),
  /** Where the row comes from, such as `comment` or `commit`. Empty if it is not recorded. */
  source: v.optional(v.string(), ""),
  /** A person concluded that it happened, or when; nothing recorded it. */
  inferred: v.exactOptional(v.literal(true)),
  /** Omitted from the public version. */
  internal: v.exactOptional(v.literal(true)),
  origin: v.exactOptional(entryOrigin),
  /** Cells of custom columns in table order, as written in the file. */
  others: v.array(v.string()),
});

/** A row of the timeline. Row ids exist in memory only, not in the file. */
export type PostmortemEntry = Infer<typeof postmortemEntry>;

/** The schema of `PostmortemAction`. */
export const postmortemAction = v.object({
  id: v.string(),
  action: v.string(),
  type: v.exactOptional(v.picklist(actionTypes)),
  owner: v.string(),
  priority: v.string(),
  /** ISO date. */
  due: v.exactOptional(v.string()),
  issue: v.exactOptional(refSchema),
  state: v.picklist(actionStates),
  /** As in `PostmortemEntry`. */
  others: v.array(v.string()),
});

/** An action item. It starts as proposed; once accepted, it has its own issue. */
export type PostmortemAction = Infer<typeof postmortemAction>;

/** The schema of `ImpactRow`. */
export const impactRow = v.object({
  id: v.string(),
  /** What is counted, such as “Users affected”. */
  measure: v.string(),
  /** A number with its unit, as written. */
  amount: v.string(),
  /** As in `PostmortemEntry`. */
  others: v.array(v.string()),
});

/** Measures that the impact of an incident often has. In English in every display language, because they are written into the file. */
export const impactMeasures = ["Users affected", "Requests failed", "Duration", "Data lost", "Support requests", "Revenue"] as const;

/** Factors that classify many incidents. */
export const factorTags = ["deployment", "configuration", "capacity", "dependency", "monitoring", "process", "data", "security"] as const;

/** A figure of the impact. */
export type ImpactRow = Infer<typeof impactRow>;

const ownSection = v.object({
  /** The position among sections with the same heading, and the heading. Stays the same while the section is edited. */
  id: v.string(),
  heading: v.string(),
  text: v.string(),
});

/** A section that is not one of `postmortemSections`. */
export type OwnSection = Infer<typeof ownSection>;

/** The schema of `Postmortem`. */
export const postmortemSchema = v.object({
  /** The issue of the incident. Absent in post-mortems that were written without one. */
  issue: v.exactOptional(refSchema),
  title: v.string(),
  status: v.picklist(postmortemStatuses),
  severity: v.exactOptional(v.string()),
  priority: v.exactOptional(v.string()),
  lead: v.exactOptional(v.string()),
  owner: v.exactOptional(v.string()),
  /** ISO date of the review meeting. */
  review: v.exactOptional(v.string()),
  /** ISO date on which the review was completed. */
  reviewed: v.exactOptional(v.string()),
  // Unsaved edits that version 0.1.0 stored lack the parts with defaults.
  ...v.entriesFromList(postmortemLists, v.optional(v.array(v.string()), [])),
  instants: v.strictObject(v.entriesFromList(postmortemInstants, v.exactOptional(v.string()))),
  /** The last event of the issue that was imported. Later events are new. */
  eventsUntil: v.exactOptional(v.string()),
  /** Keys of events (see `EntryOrigin`) that a person removed from the timeline, so that they are not added again. */
  hidden: v.optional(v.array(v.string()), []),
  texts: v.object(v.entriesFromList(postmortemTexts, v.string())),
  /** In the order of the file. */
  own: v.optional(v.array(ownSection), []),
  impact: v.optional(v.array(impactRow), []),
  timeline: v.array(postmortemEntry),
  actions: v.array(postmortemAction),
});

/** A blameless post-mortem as data. All texts are Markdown. */
export type Postmortem = Infer<typeof postmortemSchema>;

/** All texts empty. */
export const noTexts = {
  summary: "",
  impact: "",
  detection: "",
  factors: "",
  trigger: "",
  resolution: "",
  wentWell: "",
  wentWrong: "",
  lucky: "",
  communications: "",
  supporting: "",
} as const;

/** Everything that a post-mortem may lack, empty. */
export const emptyPostmortem = {
  status: "Draft",
  services: [],
  factors: [],
  reviewers: [],
  instants: {},
  hidden: [],
  texts: noTexts,
  own: [],
  impact: [],
  timeline: [],
  actions: [],
} as const;

export type SectionName = PostmortemText | "timeline" | "actions";

/** The sections of a post-mortem in order. Their headings in the file are the same in every display language. */
export const postmortemSections: readonly { readonly name: SectionName; readonly heading: string }[] = [
  { name: "summary", heading: "Summary" },
  { name: "impact", heading: "Impact" },
  { name: "detection", heading: "Detection" },
  { name: "timeline", heading: "Timeline" },
  { name: "factors", heading: "Contributing factors" },
  { name: "trigger", heading: "Trigger" },
  { name: "resolution", heading: "Resolution" },
  { name: "wentWell", heading: "What went well" },
  { name: "wentWrong", heading: "What went wrong" },
  { name: "lucky", heading: "Where we got lucky" },
  { name: "actions", heading: "Action items" },
  { name: "communications", heading: "Communications sent" },
  { name: "supporting", heading: "Supporting information" },
];

/** The heading of a section. */
export function headingOf(name: SectionName): string {
  return postmortemSections.find((section) => section.name === name)?.heading ?? name;
}

/** The path of a new post-mortem: `<folder>/<date the issue was opened>-<number>-<name>.md`. It is the same on every call. */
export function postmortemPath(desk: Desk, ref: IssueRef, name: string, openedAt: Instant): string {
  const file = [dateTextOf(openedAt, desk.timezone), String(ref.number), fileSlug(name)].filter((part) => part !== "").join("-");
  return [desk.postmortem.folder, `${file}.md`].filter((part) => part !== "").join("/");
}

/** Whether the path is a normalized path of a Markdown file in the workspace folder. The builder opens no others. */
export function isPostmortemPath(path: string): boolean {
  return writtenPath(path) === path && path.toLowerCase().endsWith(".md");
}

/** Formats the issue for the file: `owner/name#12`, or `#12` for a desk without a repository. */
export function writeIssue(ref: IssueRef): string {
  return ref.repository === localRepository ? `#${ref.number}` : refKey(ref);
}

/** Parses a text that consists of one issue reference or address, possibly as a link. A bare number belongs to `home`. */
export function readIssue(text: string, home: Repository = localRepository): IssueRef | undefined {
  const [, label, target] = /^\[([^[\]]*)\]\(<?([^()<>\s]*)>?\)$/.exec(text.trim()) ?? [];
  const found = [label ?? text, target ?? ""].map((part) => issuePattern.exec(part.trim()) ?? addressPattern.exec(part.trim())).find((match) => match !== null);
  return found === undefined ? undefined : { repository: found[1] ?? home, number: Number(found[2]) };
}

const issuePattern = /^([\w.-]+\/[\w.-]+)?#([1-9]\d{0,9})$/;

/** The page of an issue on github.com or another server. */
const addressPattern = /^<?https?:\/\/[^\s/<>]+\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/([1-9]\d{0,9})(?:[/?#][^\s<>]*)?>?$/;
