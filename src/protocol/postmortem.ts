import * as v from "valibot";
import { refSchema } from "../core/markup/linkRegion";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { postmortemInstants, postmortemSchema } from "../core/postmortem/postmortem";
import { postmortemEdit } from "../core/postmortem/postmortemEdit";
import { noReply, type PanelProtocol, shownIssueState } from "./panel";

const subject = v.object({ ref: refSchema });

/** Identifies what a post-mortem panel shows: the issue. */
export type PostmortemSubject = Infer<typeof subject>;

/** Edits of a page are numbered from 1. The host reports how many it applied. */
const numberedEdit = v.object({ number: finiteNumber, edit: postmortemEdit });

export type NumberedEdit = Infer<typeof numberedEdit>;

/** What a page stores until it is in the file. */
export const unsavedPostmortem = v.object({
  /** The editor in the host that it belongs to. Changes when the host restarts. */
  life: v.string(),
  /** The file before these edits. */
  base: v.string(),
  /** The document of the host with the edits that it applied. */
  mine: postmortemSchema,
  /** The edits that the host had not applied. */
  edits: v.array(numberedEdit),
});

export type UnsavedPostmortem = Infer<typeof unsavedPostmortem>;

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("edit"), ...numberedEdit.entries }),
  /** The unsaved state of an earlier page, counted as one edit. */
  v.object({ kind: v.literal("resume"), number: finiteNumber, unsaved: unsavedPostmortem }),
  v.object({ kind: v.literal("addEvents") }),
  v.object({ kind: v.literal("accept"), id: v.string() }),
  v.object({ kind: v.literal("resolve"), choice: v.picklist(["mine", "theirs"]) }),
  v.object({ kind: v.literal("compare") }),
  v.object({ kind: v.literal("retry") }),
  v.object({ kind: v.literal("writeAgain") }),
  v.object({ kind: v.literal("openFile") }),
  v.object({ kind: v.literal("openIssue"), ref: refSchema }),
  v.object({ kind: v.literal("openEvidence"), text: v.string() }),
  v.object({ kind: v.literal("trust") }),
]);

export type PostmortemToHost = Infer<typeof toHost>;

export type PostmortemReply = Infer<typeof noReply>;

const button = v.object({ label: v.string(), message: toHost });

const buttons = v.array(button);

export type PostmortemButton = Infer<typeof button>;

const shownTime = v.object({ local: v.string(), utc: v.string() });

/** A time in the desk's time zone as a value of a form field, and in UTC. */
export type ShownTime = Infer<typeof shownTime>;

const personChoice = v.object({ login: v.string(), name: v.string() });

export type PersonChoice = Infer<typeof personChoice>;

const issueChip = v.object({ ref: refSchema, reference: v.string(), title: v.string(), state: shownIssueState });

export type IssueChip = Infer<typeof issueChip>;

const view = v.object({
  kind: v.literal("document"),
  life: v.string(),
  /** How many edits of the page `postmortem` contains. */
  taken: finiteNumber,
  saving: v.picklist(["saved", "saving", "draft", "trouble"]),
  problem: v.exactOptional(v.object({ text: v.string(), buttons })),
  /** The file as it was last read or written. */
  base: v.string(),
  postmortem: postmortemSchema,
  path: v.string(),
  timezone: v.string(),
  incident: v.exactOptional(issueChip),
  /** Times by the id of the row. */
  times: v.record(v.string(), shownTime),
  instants: v.object(v.entriesFromList(postmortemInstants, v.exactOptional(shownTime))),
  people: v.array(personChoice),
  priorities: v.array(v.string()),
  /** How many new events of the issue the timeline does not contain. */
  newEvents: finiteNumber,
  /** Issues of accepted action items, by the id of the action item. */
  issues: v.record(v.string(), issueChip),
  /** Action items whose issue is being created. */
  accepting: v.array(v.string()),
  /** Headings of additional sections in the file. */
  ownSections: v.array(v.string()),
});

export type PostmortemView = Infer<typeof view>;

const content = v.variant("kind", [
  v.object({ kind: v.literal("loading") }),
  v.object({ kind: v.literal("unavailable"), title: v.string(), text: v.string(), buttons }),
  view,
]);

export type PostmortemContent = Infer<typeof content>;

/** The names of all texts of the page. `fill` replaces the placeholders `{0}` and `{1}` in them. */
export const postmortemLabelNames = [
  "heading", "title", "titleHint", "incident", "openIncident", "saved", "saving", "draft", "notSaved", "openFile", "loading", "untrusted", "trust",
  "details", "status", "severity", "severityHint", "priority", "lead", "owner", "review", "none", "times", "timesIn", "started", "detected", "acknowledged", "mitigated", "resolved",
  "statusDraft", "statusInReview", "statusReviewed", "statusClosed",
  "summary", "impact", "detection", "timeline", "factors", "trigger", "resolution", "wentWell", "wentWrong", "lucky", "actions", "communications", "supporting",
  "summaryHint", "impactHint", "detectionHint", "factorsHint", "triggerHint", "resolutionHint", "wentWellHint", "wentWrongHint", "luckyHint", "communicationsHint", "supportingHint",
  "timelineHint", "noEntries", "time", "timeWords", "event", "evidence", "evidenceHint", "openEvidence", "row", "addEntry", "sortEntries", "removeEntry", "newEvent", "newEvents", "addEvents",
  "actionsHint", "noActions", "action", "actionHint", "type", "due", "state", "actionOwner", "addAction", "removeAction", "accept", "acceptAction", "accepting", "decline", "declineAction", "propose", "proposeAction",
  "prevent", "mitigate", "detect", "process", "proposed", "accepted", "done", "notPlanned", "declined", "openIssue", "needsWords",
  "removed", "undo", "also", "open", "closed", "unknown",
] as const;

const labels = v.object(v.entriesFromList(postmortemLabelNames, v.string()));

export type PostmortemLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, readonly: v.boolean(), content });

export type PostmortemState = Infer<typeof state>;

/** The messages between a post-mortem panel and its host. */
export const postmortemProtocol: PanelProtocol<PostmortemSubject, PostmortemState, PostmortemToHost, PostmortemReply> = { subject, state, toHost, reply: noReply };
