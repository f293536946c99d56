import * as v from "valibot";
import { refSchema } from "../core/markup/linkRegion";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { postmortemInstants, postmortemLists, postmortemSchema, postmortemTexts } from "../core/postmortem/postmortem";
import { postmortemEdit } from "../core/postmortem/postmortemEdit";
import { linkChip, noReply, type PanelProtocol } from "./panel";

const subject = v.union([v.object({ ref: refSchema }), v.object({ path: v.string() })]);

/** Identifies what a post-mortem panel shows: the issue of the incident, or a file that was written without one. */
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

/** The commands that buttons of the page run, without their prefix. */
const postmortemCommands = ["requestReview", "markReviewed", "returnToDraft", "close", "agenda", "copyAgenda", "copyOutline", "publish", "publicVersion", "exportHtml"] as const;

export type PostmortemCommand = (typeof postmortemCommands)[number];

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("edit"), ...numberedEdit.entries }),
  /** The unsaved state of an earlier page, counted as one edit. */
  v.object({ kind: v.literal("resume"), number: finiteNumber, unsaved: unsavedPostmortem }),
  v.object({ kind: v.literal("addEvents") }),
  /** Adds a hidden event as a row again. */
  v.object({ kind: v.literal("showEvent"), key: v.string() }),
  v.object({ kind: v.literal("accept"), id: v.string() }),
  v.object({ kind: v.literal("resolve"), choice: v.picklist(["mine", "theirs"]) }),
  v.object({ kind: v.literal("compare") }),
  v.object({ kind: v.literal("retry") }),
  /** The issue of the incident was transferred to this one. */
  v.object({ kind: v.literal("useIssue"), ref: refSchema }),
  v.object({ kind: v.literal("writeAgain") }),
  /** Creates the post-mortem without the template of the desk. */
  v.object({ kind: v.literal("useStandard") }),
  v.object({ kind: v.literal("openFile") }),
  v.object({ kind: v.literal("openIssue"), ref: refSchema }),
  v.object({ kind: v.literal("openEvidence"), text: v.string() }),
  /** Adds a file of the workspace to the evidence of a row. The user selects it. */
  v.object({ kind: v.literal("addFile"), id: v.string() }),
  v.object({ kind: v.literal("openPostmortem"), path: v.string() }),
  /** Runs a command on this post-mortem. */
  v.object({ kind: v.literal("command"), command: v.picklist(postmortemCommands) }),
  v.object({ kind: v.literal("trust") }),
]);

export type PostmortemToHost = Infer<typeof toHost>;

export type PostmortemReply = Infer<typeof noReply>;

const button = v.object({ label: v.string(), message: toHost });

const buttons = v.array(button);

export type PostmortemButton = Infer<typeof button>;

const problem = v.object({
  place: v.variant("kind", [
    v.object({ kind: v.literal("entry"), id: v.string() }),
    v.object({ kind: v.literal("instant"), instant: v.picklist(postmortemInstants) }),
    v.object({ kind: v.literal("action"), id: v.string() }),
    v.object({ kind: v.literal("document") }),
  ]),
  text: v.string(),
  /** A button that corrects it. */
  fix: v.exactOptional(v.object({ label: v.string(), edit: postmortemEdit })),
});

/** Something that cannot be right, beside what it is about. */
export type PostmortemProblem = Infer<typeof problem>;

/** `text`: a sentence with the length. */
const span = { from: v.string(), to: v.string(), text: v.string(), length: v.string() };

const intervals = v.object({
  /** The instants at the ends of the line. */
  from: v.string(),
  to: v.string(),
  points: v.array(v.object({ name: v.picklist(postmortemInstants), at: v.string() })),
  intervals: v.array(v.object({ name: v.picklist(["detect", "acknowledge", "mitigate", "resolve"]), ...span })),
  /** `before` and `after`: the rows that limit it. */
  gaps: v.array(v.object({ ...span, before: v.exactOptional(v.string()), after: v.exactOptional(v.string()) })),
  reopened: v.exactOptional(v.string()),
});

/** The times to detect, acknowledge, mitigate and resolve on one line, with the gaps of the timeline. */
export type IntervalsView = Infer<typeof intervals>;

const review = v.object({
  /** What comes next. */
  text: v.string(),
  /** The next steps, the usual one first. */
  steps: v.array(button),
  /** What can be opened, copied or written. */
  files: v.array(v.object({ ...button.entries, icon: v.string() })),
});

export type ReviewView = Infer<typeof review>;

const personChoice = v.object({ login: v.string(), name: v.string() });

export type PersonChoice = Infer<typeof personChoice>;

const otherPostmortem = { path: v.string(), title: v.string(), text: v.string() };

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
  incident: v.exactOptional(linkChip),
  /** Addresses of pictures in the workspace, by the target that the evidence names. */
  pictures: v.record(v.string(), v.string()),
  people: v.array(personChoice),
  priorities: v.array(v.string()),
  /** How many new events of the issue the timeline does not contain. */
  newEvents: finiteNumber,
  /** Events that a person removed from the timeline. */
  hiddenEvents: v.array(v.object({ key: v.string(), at: v.string(), event: v.string() })),
  /** Events that changed since their row was written, by the id of the row. Without `event`, it no longer exists. */
  changedEvents: v.record(v.string(), v.object({ hash: v.string(), event: v.exactOptional(v.string()) })),
  /** Issues of accepted action items, by the id of the action item. */
  issues: v.record(v.string(), linkChip),
  /** Ids of action items that are overdue. */
  overdue: v.array(v.string()),
  /** Action items whose issue is being created. */
  accepting: v.array(v.string()),
  problems: v.array(problem),
  /** Questions for a section. They are never part of the document. */
  questions: v.array(v.object({ section: v.string(), text: v.string() })),
  /** Hints about names of people in texts. */
  blameless: v.object(v.entriesFromList(postmortemTexts, v.exactOptional(v.string()))),
  intervals: v.exactOptional(intervals),
  /** Suggested names for each list. */
  suggestions: v.object(v.entriesFromList(postmortemLists, v.array(v.string()))),
  review,
  /** How the actions of the last post-mortem of the same service ended. */
  earlier: v.exactOptional(v.object({ ...otherPostmortem })),
  similar: v.array(v.object({ ...otherPostmortem })),
  /** The sections in the order of the file: names, and ids of custom sections after `own `. */
  order: v.array(v.string()),
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
  "details", "status", "severity", "severityHint", "priority", "lead", "owner", "review", "none", "times", "timesIn", "timeForms", "timeHint", "unreadableTime", "started", "detected", "acknowledged", "mitigated", "resolved",
  "statusDraft", "statusInReview", "statusReviewed", "statusClosed",
  "summary", "impact", "detection", "timeline", "factors", "trigger", "resolution", "wentWell", "wentWrong", "lucky", "actions", "communications", "supporting",
  "summaryHint", "impactHint", "detectionHint", "factorsHint", "triggerHint", "resolutionHint", "wentWellHint", "wentWrongHint", "luckyHint", "communicationsHint", "supportingHint",
  "timelineHint", "noEntries", "time", "timeWords", "event", "evidence", "evidenceHint", "openEvidence", "editEvidence", "addFile", "source", "sourceHint", "row", "addEntry", "addBelow", "showHidden", "showHiddenOne", "hideHidden", "showEvent", "sortEntries", "removeEntry", "hideEntry",
  "rowTools", "moveRow", "rowMoved", "rowRetimed", "inferred", "inferredHint", "internal", "internalHint", "vague", "vagueHint", "clocksChanged", "eventEdited", "eventGone", "useNewText", "keepText", "newEvent", "newEvents", "addEvents",
  "actionsHint", "noActions", "action", "actionHint", "type", "due", "state", "actionOwner", "addAction", "removeAction", "accept", "acceptAction", "accepting", "decline", "declineAction", "propose", "proposeAction",
  "prevent", "mitigate", "detect", "process", "proposed", "accepted", "done", "notPlanned", "declined", "openIssue", "overdue", "needsWords",
  "intervals", "intervalsTable", "interval", "timeToDetect", "timeToAcknowledge", "timeToMitigate", "timeToResolve", "from", "until", "length", "noRows",
  "questions", "figures", "measure", "amount", "amountHint", "addMeasure", "addFigure", "removeFigure", "services", "servicesHint", "tags", "tagsHint", "reviewers", "reviewersHint", "addName", "removeName",
  "reviewHeading", "reviewedOn", "others", "similar", "ownHint",
  "removed", "hidden", "undo", "undone", "dismiss", "open", "closed", "unknown",
] as const;

const labels = v.object(v.entriesFromList(postmortemLabelNames, v.string()));

export type PostmortemLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, readonly: v.boolean(), content });

export type PostmortemState = Infer<typeof state>;

/** The messages between a post-mortem panel and its host. */
export const postmortemProtocol: PanelProtocol<PostmortemSubject, PostmortemState, PostmortemToHost, PostmortemReply> = { subject, state, toHost, reply: noReply };
