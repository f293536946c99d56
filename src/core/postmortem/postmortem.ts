import * as v from "valibot";
import { dateTextOf } from "../calendar/localTime";
import { refSchema } from "../markup/linkRegion";
import type { Desk } from "../model/desk";
import type { Instant } from "../model/issue";
import { type IssueRef, localRepository, refKey, type Repository } from "../model/issueRef";
import type { Infer } from "../model/parseData";
import { fileSlug } from "../model/paths";

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

export const actionStates = ["proposed", "accepted", "done", "declined"] as const;

const entryTime = v.variant("kind", [v.object({ kind: v.literal("instant"), at: v.string() }), v.object({ kind: v.literal("words"), words: v.string() })]);

/** When it happened: to the second, or in the words of a person who did not know better. */
export type EntryTime = Infer<typeof entryTime>;

/** The schema of `PostmortemEntry`. */
export const postmortemEntry = v.object({
  id: v.string(),
  time: entryTime,
  event: v.string(),
  evidence: v.string(),
  /** Cells of columns that a person added, in the order of the table, as the file has them. */
  others: v.array(v.string()),
});

/** A row of the timeline. Ids of rows hold as long as the document is in memory; the file does not know them. */
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

/** An improvement. It begins as proposed; accepted, it is an issue of its own. */
export type PostmortemAction = Infer<typeof postmortemAction>;

/** The schema of `Postmortem`. */
export const postmortemSchema = v.object({
  issue: refSchema,
  title: v.string(),
  status: v.picklist(postmortemStatuses),
  severity: v.exactOptional(v.string()),
  priority: v.exactOptional(v.string()),
  lead: v.exactOptional(v.string()),
  owner: v.exactOptional(v.string()),
  /** ISO date of the review meeting. */
  review: v.exactOptional(v.string()),
  instants: v.strictObject(v.entriesFromList(postmortemInstants, v.exactOptional(v.string()))),
  /** The issue's last event that the timeline was offered; what came later is new. */
  eventsUntil: v.exactOptional(v.string()),
  texts: v.object(v.entriesFromList(postmortemTexts, v.string())),
  timeline: v.array(postmortemEntry),
  actions: v.array(postmortemAction),
});

/** A blameless post-mortem as data. Every text is Markdown a person wrote or may rewrite. */
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

export type SectionName = PostmortemText | "timeline" | "actions";

/** The sections of a post-mortem in order, with the headings they have in the file, in whatever language the editor is. */
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

/** The section that a heading begins, whatever its letter case; `undefined` for a heading that is a person's own. */
export function sectionOf(heading: string): SectionName | undefined {
  const wanted = heading.trim().toLowerCase();
  return postmortemSections.find((section) => section.heading.toLowerCase() === wanted)?.name;
}

/** The heading that begins the section. */
export function headingOf(name: SectionName): string {
  return postmortemSections.find((section) => section.name === name)?.heading ?? name;
}

/** Where a new post-mortem goes: `<folder>/<day the issue was opened>-<number>-<name>.md`, the same on every call. */
export function postmortemPath(desk: Desk, ref: IssueRef, name: string, openedAt: Instant): string {
  const file = [dateTextOf(openedAt, desk.timezone), String(ref.number), fileSlug(name)].filter((part) => part !== "").join("-");
  return [desk.postmortem.folder, `${file}.md`].filter((part) => part !== "").join("/");
}

/** The issue as the file names it: `owner/name#12`, or `#12` for a desk that names no repository. */
export function writeIssue(ref: IssueRef): string {
  return ref.repository === localRepository ? `#${ref.number}` : refKey(ref);
}

/** The one issue that a text names and nothing else; a bare number belongs to `home`. Links around the name are seen through. */
export function readIssue(text: string, home: Repository = localRepository): IssueRef | undefined {
  const bare = /^\[([^[\]]*)\]\([^()\s]*\)$/.exec(text.trim())?.[1] ?? text.trim();
  const found = /^([\w.-]+\/[\w.-]+)?#([1-9]\d{0,9})$/.exec(bare);
  return found === null ? undefined : { repository: found[1] ?? home, number: Number(found[2]) };
}
