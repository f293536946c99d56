import * as v from "valibot";
import { nextActions } from "../core/response/nextAction";
import { replyEffects } from "../core/incident/reply";
import { refSchema } from "../core/markup/linkRegion";
import { evidenceSchema, stepParts } from "../core/model/checklist";
import type { InlineSpan } from "../core/model/markdownDocument";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { linkChip, type PanelProtocol, writeReply } from "./panel";
import { timelineReply, timelineState } from "./issueTimeline";
import { chartView } from "./issueChart";
import { issueLabelsSchema } from "./issueLabels";
import { markdownContent, markdownLabels } from "./markdown";

const subject = v.object({
  ref: refSchema,
  /** The checklist of the issue to show, if not the latest that is not complete. */
  run: v.exactOptional(v.string()),
  /** The part of the page to show first. It is not stored. */
  part: v.exactOptional(v.literal("checklist")),
});

/** Identifies what a page of an issue shows. */
export type IssueSubject = Infer<typeof subject>;

const inChecklist = { run: v.string() };

const onStep = { run: v.string(), step: v.string() };

const onIssue = { ref: refSchema };

/** The commands that the page runs on its issue, without `responseDesk.`. */
const issueCommands = [
  ...nextActions, "record.setRepositories", "record.startFromOpportunity", "request.forRecord", "issue.reopen", "issue.setStage", "issue.setPriority", "issue.setSeverity", "issue.assign", "issue.assignRole", "issue.label", "issue.setServices", "issue.setEnvironments", "issue.markTest", "issue.unmarkTest", "issue.setReported",
  "issue.setMilestone", "issue.correctTime", "issue.cancel", "issue.recordSatisfaction", "issue.unacknowledge", "issue.escalate", "issue.answerEscalation", "issue.redirect", "issue.addTimelineEntry", "issue.addToTimeline", "issue.createLinked",
  "issue.createLinkedSet", "issue.linkExisting", "issue.linkBlockedBy", "issue.addToKnown", "issue.markDuplicate", "issue.copyReference",
] as const;

export type IssueCommand = (typeof issueCommands)[number];

const action = v.variant("kind", [
  v.object({ kind: v.literal("assignStep"), ...onStep }),
  v.object({ kind: v.literal("addEvidence"), ...onStep }),
  v.object({ kind: v.literal("copyStep"), ...onStep }),
  v.object({ kind: v.literal("openRunbook"), path: v.string(), line: v.exactOptional(finiteNumber) }),
  v.object({ kind: v.literal("openIssue"), ...onIssue }),
  v.object({ kind: v.literal("openSource"), ...onIssue }),
  v.object({ kind: v.literal("run"), command: v.picklist(issueCommands), role: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal("readTimeline") }),
  v.object({ kind: v.literal("openChecklist"), ...onIssue }),
  v.object({ kind: v.literal("markStep"), ...onStep }),
  v.object({ kind: v.literal("fillField"), ...onStep, field: v.string() }),
  v.object({ kind: v.literal("createLinked"), ...onStep, issueKind: v.exactOptional(v.string()), template: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal("createLinkedSet"), ...onStep }),
  v.object({ kind: v.literal("linkExisting"), ...onStep }),
  v.object({ kind: v.literal("updateFromRunbook"), ...inChecklist }),
  v.object({ kind: v.literal("rejectSection"), ...inChecklist, gate: v.string() }),
  v.object({ kind: v.literal("removeEvidence"), ...onStep, evidence: evidenceSchema }),
  v.object({ kind: v.literal("exportChecklist"), ...inChecklist }),
  v.object({ kind: v.literal("runCommand"), ...onStep, path: v.string(), line: finiteNumber }),
  v.object({ kind: v.literal("copyCommand"), path: v.string(), line: finiteNumber }),
  v.object({ kind: v.literal("comment"), ...onIssue }),
  v.object({ kind: v.literal("close"), ...onIssue }),
  v.object({ kind: v.literal("reopen"), ...onIssue }),
  v.object({ kind: v.literal("postmortem") }),
  v.object({ kind: v.literal("reveal") }),
  v.object({ kind: v.literal("startChecklist"), runbook: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal("showChecklist"), ...inChecklist }),
  v.object({ kind: v.literal("openFile"), path: v.string() }),
  v.object({ kind: v.literal("openLink"), href: v.string(), runbook: v.string() }),
  v.object({ kind: v.literal("trust") }),
  v.object({ kind: v.literal("signIn") }),
  v.object({ kind: v.literal("refresh") }),
]);

/** The action of a button. */
export type IssueAction = Infer<typeof action>;

const newMark = v.variant("kind", [
  v.object({ kind: v.literal("open") }),
  v.object({ kind: v.literal("done") }),
  v.object({ kind: v.literal("skipped"), reason: v.string() }),
]);

export type NewMark = Infer<typeof newMark>;

const sent = {
  /** Identifies the write. It becomes part of a file name. */
  key: v.pipe(v.string(), v.regex(/^[a-z0-9]{16,64}$/)),
  /** The write may have been sent before. A step that was marked since `seen` is not changed. */
  again: v.boolean(),
};

const write = {
  ...sent,
  run: v.string(),
  /** The instant of the step's mark when the user changed it. */
  seen: v.exactOptional(v.string()),
  /** The pass of the step at that time, if it was not the first. */
  pass: v.exactOptional(finiteNumber),
};

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("mark"), ...write, step: v.string(), mark: newMark }),
  v.object({ kind: v.literal("choose"), ...write, option: v.string(), decision: v.string() }),
  v.object({ kind: v.literal("reply"), ...sent, text: v.string(), effect: v.picklist(replyEffects), stage: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal("showChecklist"), run: v.string() }),
  /** Asks for the entries of the timeline. `known` is the revision that the page has. */
  v.object({ kind: v.literal("timeline"), known: v.string() }),
  v.object({ kind: v.literal("act"), action }),
]);

export type IssueToHost = Infer<typeof toHost>;

/** A write to a checklist. The webview stores it until the host confirmed it. */
export type ChecklistWrite = Extract<IssueToHost, { readonly kind: "mark" | "choose" }>;

/** A comment with a change of state. The webview stores it until the host confirmed it. */
export type ReplyWrite = Extract<IssueToHost, { readonly kind: "reply" }>;

const reply = v.union([writeReply, timelineReply]);

/** The reply to a write, or the entries of the timeline. */
export type IssueReply = Infer<typeof reply>;

const button = v.object({
  label: v.string(),
  icon: v.string(),
  action,
  /** The button would write, and the page is read-only. */
  disabled: v.boolean(),
});

const buttons = v.array(button);

export type Button = Infer<typeof button>;

const banner = v.object({
  tone: v.picklist(["information", "warning", "error"]),
  text: v.string(),
  details: v.array(v.string()),
  buttons,
});

export type Banner = Infer<typeof banner>;

/** A property of the issue, like `Priority` and `high`, and the action that changes it. */
const fact = v.object({ name: v.string(), value: v.string(), change: v.exactOptional(action) });

export type Fact = Infer<typeof fact>;

const badge = v.object({ text: v.string(), icon: v.string(), tone: v.picklist(["plain", "good", "warning"]) });

export type Badge = Infer<typeof badge>;

const dueTime = v.object({ at: v.string(), text: v.string(), state: v.picklist(["later", "near", "past"]), left: v.exactOptional(v.string()) });

/**
 * What is due, when, and as text, with the business time until then. If business time stops before it is due, the text has the time
 * instead, and `left` the business time. The host counts it, because business hours are the desk's.
 */
export type DueTime = Infer<typeof dueTime>;

const pullRequest = v.object({ reference: v.string(), title: v.string(), state: v.picklist(["open", "draft", "merged", "closed"]), url: v.string() });

/** When an audience was last updated, and when the next update is due. `promised`: the last update named that time. `waiting`: one is on its way. */
const audienceUpdate = v.object({ audience: v.string(), at: v.exactOptional(v.string()), by: v.exactOptional(v.string()), next: v.exactOptional(dueTime), promised: v.exactOptional(v.boolean()), waiting: v.exactOptional(v.boolean()) });

export type AudienceUpdate = Infer<typeof audienceUpdate>;

const replyForm = v.object({
  effects: v.array(v.picklist(replyEffects)),
  /** The stages that the issue can go to. */
  stages: v.array(v.string()),
  /** What is still open, such as steps of a checklist. */
  remaining: v.exactOptional(v.string()),
});

export type ReplyForm = Infer<typeof replyForm>;

const issueHead = v.object({
  ref: refSchema,
  reference: v.string(),
  title: v.string(),
  state: v.picklist(["open", "closed"]),
  /** The path of its file, which links in its texts are relative to. Empty if it has none. */
  path: v.string(),
  source: button,
  badges: v.array(badge),
  due: v.array(dueTime),
  facts: v.array(fact),
  /** The one thing to do next. */
  primary: v.exactOptional(button),
  buttons,
  /** The actions that are needed less often. */
  more: buttons,
  description: markdownContent,
  links: v.array(linkChip),
  pullRequests: v.array(pullRequest),
  updates: v.array(audienceUpdate),
  postmortem: v.exactOptional(button),
  timeline: timelineState,
  reply: v.exactOptional(replyForm),
});

export type IssueHead = Infer<typeof issueHead>;

const checklistTab = v.object({ id: v.string(), title: v.string(), done: finiteNumber, total: finiteNumber });

export type ChecklistTab = Infer<typeof checklistTab>;

const evidenceView = v.object({
  text: v.string(),
  icon: v.string(),
  open: v.exactOptional(action),
  remove: v.exactOptional(button),
});

/** A piece of evidence, the action that opens it, and the button that removes it. */
export type EvidenceView = Infer<typeof evidenceView>;

const markView = v.object({
  /** `left`: the step is below an option that was not selected. */
  kind: v.picklist(["open", "done", "skipped", "left"]),
  reason: v.exactOptional(v.string()),
  by: v.exactOptional(v.string()),
  at: v.exactOptional(v.string()),
});

export type MarkView = Infer<typeof markView>;

const nestedSpans = v.array(v.lazy((): v.GenericSchema<unknown, InlineSpan> => span));

const span: v.GenericSchema<unknown, InlineSpan> = v.variant("kind", [
  v.object({ kind: v.picklist(["text", "code"]), text: v.string() }),
  v.object({ kind: v.picklist(["strong", "emphasis", "struck"]), spans: nestedSpans }),
  v.object({ kind: v.literal("link"), href: v.string(), spans: nestedSpans }),
]);

const requests = v.object({
  /** Whether values or a comment are asked for before the step is done. */
  asks: v.boolean(),
  fields: v.array(v.object({
    name: v.string(),
    value: v.string(),
    isFilled: v.boolean(),
    /** Opens the value. */
    open: v.exactOptional(action),
    button,
  })),
  /** What the step waits for or lacks. */
  notes: v.array(v.object({ tone: v.picklist(["quiet", "warning"]), icon: v.string(), text: v.string() })),
});

/** What a step asks for. */
export type RequestsView = Infer<typeof requests>;

const stepPasses = v.object({
  /** The current pass, counted from 1. */
  pass: finiteNumber,
  /** What was recorded in earlier passes. `text`: the answer of a decision. */
  earlier: v.array(v.object({ pass: finiteNumber, mark: markView, text: v.exactOptional(v.string()) })),
});

export type PassesView = Infer<typeof stepPasses>;

const stepFields = v.object({
  id: v.string(),
  part: v.picklist(stepParts),
  spans: v.array(span),
  /** The step in plain text. */
  label: v.string(),
  mark: markView,
  /** Why the step is locked; absent if it is not. */
  locked: v.exactOptional(v.string()),
  /** The assignee. */
  person: v.exactOptional(v.string()),
  /** Whether the step is for the current user. */
  mine: v.boolean(),
  /** The deadline of an open step. */
  due: v.exactOptional(v.string()),
  /** Whether a change of the step is pending. */
  pending: v.boolean(),
  links: v.array(linkChip),
  evidence: v.array(evidenceView),
  /** Absent if it asks for nothing. */
  requests: v.exactOptional(requests),
  /** Present on the steps of a flowchart and their options: ids of the steps that follow. */
  next: v.exactOptional(v.array(v.string())),
  optional: v.exactOptional(v.literal(true)),
  /** Present on a step that was repeated. */
  passes: v.exactOptional(stepPasses),
  buttons,
  /** Line in the runbook, while the runbook contains the step. */
  line: v.exactOptional(finiteNumber),
});

export interface StepView extends Infer<typeof stepFields> {
  readonly children: readonly StepView[];
}

const step: v.GenericSchema<unknown, StepView> = v.object({ ...stepFields.entries, children: v.array(v.lazy(() => step)) });

const section = v.object({
  id: v.string(),
  /** Absent for steps before the first heading. */
  title: v.exactOptional(v.string()),
  gate: v.boolean(),
  /** Whether every step of the section is done or skipped. */
  done: v.boolean(),
  buttons,
  /** Ids of the charts that draw steps of it. */
  charts: v.array(v.string()),
  steps: v.array(step),
});

export type SectionView = Infer<typeof section>;

const run = v.object({
  ...checklistTab.entries,
  runbook: v.string(),
  startedBy: v.string(),
  startedAt: v.string(),
  sections: v.array(section),
  charts: v.array(chartView),
  buttons,
});

export type ChecklistView = Infer<typeof run>;

const content = v.variant("kind", [
  v.object({ kind: v.literal("loading") }),
  v.object({ kind: v.literal("unavailable"), title: v.string(), text: v.string(), buttons }),
  v.object({ kind: v.literal("issue"), issue: issueHead, checklists: v.array(checklistTab), run: v.exactOptional(run) }),
]);

export type IssueContent = Infer<typeof content>;

const state = v.object({
  language: v.string(),
  /** The time zone of the desk. */
  timezone: v.string(),
  labels: issueLabelsSchema,
  markdown: markdownLabels,
  /** Changes when the page is to show its checklist. */
  goTo: v.exactOptional(v.string()),
  /** Login of the current user, if known. */
  me: v.exactOptional(v.string()),
  readonly: v.boolean(),
  banners: v.array(banner),
  content,
});

/** Everything that the page shows, localized. */
export type IssueState = Infer<typeof state>;

/** The messages between the page of an issue and its host. */
export const issueProtocol: PanelProtocol<IssueSubject, IssueState, IssueToHost, IssueReply> = { subject, state, toHost, reply };
