import fc from 'fast-check';
import assert from 'node:assert/strict';
import type * as v from 'valibot';
import { markdownLabels } from '../../../src/host/panels/issue/issuePageLabels';
import { fill } from '../../../src/protocol/fill';
import { handoffSections } from '../../../src/core/model/handoff';
import { parseData } from '../../../src/core/model/parseData';
import { noTexts } from '../../../src/core/postmortem/postmortem';
import { issueProtocol } from '../../../src/protocol/issue';
import { issueLabelNames } from '../../../src/protocol/issueLabels';
import { handoffLabelNames, handoffProtocol } from '../../../src/protocol/handoff';
import { metricsLabelNames, metricsProtocol } from '../../../src/protocol/metrics';
import { postmortemLabelNames, postmortemProtocol } from '../../../src/protocol/postmortem';
import { scheduleLabelNames, scheduleProtocol } from '../../../src/protocol/schedule';

type Schema = v.GenericSchema;

interface Sample {
  readonly name: string;
  readonly schema: Schema;
  readonly value: object;
}

const ref = { repository: "acme/desk", number: 7, id: "abc123" };

const evidence = { kind: "link", value: "https://example.org" };

const key = "0123456789abcdef";

const labels = (names: readonly string[]): object => Object.fromEntries(names.map((name) => [name, name]));

const act = (action: object): object => ({ kind: "act", action });

const button = { label: "Open", icon: "book", action: { kind: "openRunbook", path: "runbooks/a.md", line: 3 }, disabled: false };

const step = {
  id: "s1", part: "step", label: "Look at a.md", mark: { kind: "skipped", reason: "quiet", by: "ana", at: "2026-11-20T10:00:00Z" },
  spans: [{ kind: "strong", spans: [{ kind: "text", text: "Look" }] }, { kind: "link", href: "a.md", spans: [{ kind: "code", text: "a.md" }] }],
  locked: "gate", person: "ben", mine: true, due: "2026-11-20T11:00:00Z", pending: false,
  links: [{ ref, reference: "#7", state: "open", title: "Portal", relation: "Child" }],
  evidence: [{ text: "log", icon: "link", open: { kind: "openLink", href: "https://example.org", runbook: "a.md" }, remove: button }],
  buttons: [button], line: 4, next: ["s2"], optional: true,
  requests: { asks: true, fields: [{ name: "project", value: "Shop", isFilled: true, open: { kind: "openLink", href: "https://example.org", runbook: "a.md" }, button }], notes: [{ tone: "warning", icon: "warning", text: "A comment is missing" }] },
  passes: { pass: 2, earlier: [{ pass: 1, mark: { kind: "done", by: "ana", at: "2026-11-20T10:00:00Z" }, text: "No" }] },
};

const chart = {
  id: "c1", title: "Incident", direction: "LR",
  nodes: [{ id: "a", text: "Look", shape: "step", subgraph: "g", step: "s1", state: "done", optional: true, pass: 2 }],
  edges: [{ from: "a", to: "a", label: "No", style: "dotted", option: "s2", walked: true }],
  subgraphs: [{ id: "g", title: "First", parent: "h" }],
};

const issueState = {
  language: "en", timezone: "UTC", goTo: "g1", labels: labels(issueLabelNames), markdown: markdownLabels(fill), me: "ana", readonly: false,
  banners: [{ tone: "warning", text: "old", details: ["one"], buttons: [button] }],
  content: {
    kind: "issue",
    issue: {
      ref, reference: "#7", title: "Portal", state: "open", path: "a.md", source: button, badges: [{ text: "Open", icon: "issues", tone: "plain" }], due: [{ at: "2026-11-20T09:00:00Z", text: "in 5m", state: "near" }],
      facts: [{ name: "State", value: "Open", change: { kind: "run", command: "issue.assignRole", role: "lead" } }], primary: button, buttons: [button], more: [button],
      description: [{ kind: "paragraph", spans: [{ kind: "text", text: "Down" }] }], links: [], pullRequests: [{ reference: "#8", title: "Fix", state: "merged", url: "https://example.org" }],
      updates: [{ audience: "users", at: "2026-11-20T09:00:00Z", by: "ana", next: { at: "2026-11-20T10:00:00Z", text: "in 1h", state: "later" }, promised: true, waiting: true }], postmortem: button,
      timeline: { revision: "r", count: 1, loading: false, failure: "no" }, reply: { effects: ["comment", "close"], stages: ["To do"], remaining: "1" },
    },
    checklists: [{ id: "r1", title: "Incident", done: 1, total: 2 }],
    run: {
      id: "r1", title: "Incident", done: 1, total: 2, runbook: "a.md", startedBy: "ana", startedAt: "2026-11-20T09:00:00Z", buttons: [button],
      sections: [{ id: "x", title: "First", gate: true, done: false, buttons: [button], charts: ["c1"], steps: [{ ...step, children: [{ ...step, children: [] }] }] }],
      charts: [{ id: "c1", label: "Flowchart", content: { kind: "chart", chart } }, { id: "c2", label: "Flowchart", content: { kind: "note", text: "Too large" } }],
    },
  },
};

const texts = Object.fromEntries(handoffSections.map((name) => [name, "text"]));

const handoffState = {
  language: "en", labels: labels(handoffLabelNames), readonly: true,
  content: {
    kind: "shift", stage: { kind: "waiting", ref, reference: "#7" }, outgoing: "ana", incoming: "ben", beside: ["cho"], from: "Monday", to: "Friday", more: 2, texts,
    people: [{ login: "ana", name: "Ana", email: "ana@example.org", phone: "" }],
    items: [{ ref, reference: "#7", title: "[INCIDENT] Portal", name: "Portal", status: "To do", owners: ["ana"], updated: "2026-11-20T10:00:00Z", next: "", taken: true, reporter: "dan" }],
  },
};

const entry = { id: "e1", time: { kind: "instant", at: "2026-11-20T10:00:00Z" }, event: "Alarm", evidence: "", source: "comment", inferred: true, internal: true, origin: { key: "k", hash: "h" }, others: ["x"] };

const improvement = { id: "a1", action: "Add a test", type: "prevent", owner: "ana", priority: "high", due: "2026-12-01", issue: ref, state: "proposed", others: [] };

const impact = { id: "i1", measure: "Users affected", amount: "120", others: [] };

const postmortem = {
  issue: ref, title: "Portal", status: "Draft", severity: "SEV1", priority: "high", lead: "ana", owner: "ben", review: "2026-12-01",
  reviewed: "2026-12-02", services: ["Portal"], factors: ["deployment"], reviewers: ["ben"],
  instants: { started: "2026-11-20T10:00:00Z" }, eventsUntil: "2026-11-20T12:00:00Z", hidden: ["k"], texts: noTexts,
  own: [{ id: "1 Notes", heading: "Notes", text: "None" }], impact: [impact], timeline: [entry], actions: [improvement],
};

const edits: readonly object[] = [
  { kind: "field", field: "title", value: "Portal" },
  { kind: "instant", instant: "started", value: "10:00" },
  { kind: "eventsUntil", value: "2026-11-20T12:00:00Z" },
  { kind: "text", text: "summary", value: "text" },
  { kind: "entry", id: "e1", column: "event", value: "Alarm" },
  { kind: "insertEntry", entry: { ...entry, time: { kind: "words", words: "early" } }, index: 0 },
  { kind: "removeEntry", id: "e1" },
  { kind: "hideEntry", id: "e1" },
  { kind: "showEntry", entry, index: 0 },
  { kind: "entryFlag", id: "e1", flag: "internal", value: true },
  { kind: "entryOrigin", id: "e1", hash: "h", event: "Alarm" },
  { kind: "moveEntry", id: "e1", index: 1 },
  { kind: "sortEntries" },
  { kind: "list", list: "reviewers", value: ["ben"] },
  { kind: "own", id: "1 Notes", value: "None" },
  { kind: "impact", id: "i1", column: "amount", value: "120" },
  { kind: "insertImpact", row: impact, index: 0 },
  { kind: "removeImpact", id: "i1" },
  { kind: "action", id: "a1", column: "owner", value: "ben" },
  { kind: "insertAction", action: improvement, index: 0 },
  { kind: "removeAction", id: "a1" },
];

const chip = { ref, reference: "#7", title: "Portal", state: "unknown" };

const retry = { label: "Retry", message: { kind: "retry" } };

const postmortemState = {
  language: "en", labels: labels(postmortemLabelNames), readonly: false,
  content: {
    kind: "document", life: "l", taken: 1, saving: "trouble", problem: { text: "full", buttons: [retry] }, base: "# Portal", postmortem, path: "p.md", timezone: "Etc/UTC",
    incident: chip, pictures: { "a.png": "https://a" }, changedEvents: { e1: { hash: "h", event: "Alarm" } }, people: [{ login: "ana", name: "Ana" }], priorities: ["high"], newEvents: 0, issues: { a1: chip }, overdue: ["a1"], accepting: ["a1"],
    hiddenEvents: [{ key: "k", at: "2026-11-20T10:00:00Z", event: "Alarm" }],
    problems: [{ place: { kind: "entry", id: "e1" }, text: "late", fix: { label: "Remove", edit: edits[6] } }, { place: { kind: "instant", instant: "started" }, text: "early" }, { place: { kind: "action", id: "a1" }, text: "no owner" }, { place: { kind: "document" }, text: "unsorted" }],
    questions: [{ section: "detection", text: "Why?" }], blameless: { factors: "ana" },
    intervals: { from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z", points: [{ name: "started", at: "2026-11-20T10:00:00Z" }], intervals: [{ name: "detect", from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z", text: "Time to detect: 1 h", length: "1 h" }], gaps: [{ from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z", text: "1h", length: "1 h", before: "e1", after: "e2" }], reopened: "once" },
    suggestions: { services: ["Portal"], factors: ["data"], reviewers: ["ana"] }, review: { text: "Draft", steps: [{ label: "Request", message: { kind: "command", command: "requestReview" } }], files: [{ ...retry, icon: "copy" }] },
    earlier: { path: "a.md", title: "A", text: "1 of 2" }, similar: [{ path: "a.md", title: "A", text: "" }], order: ["summary", "own 1 Notes"],
  },
};

const metricsButton = { label: "Refresh", icon: "refresh", action: "refresh" };

const metricsSection = {
  id: "priority", title: "By priority", facts: [{ text: "Two", of: "a" }], method: "So",
  charts: [
    { kind: "bars", title: "Reported", description: "All", isFolded: true, bars: [{ name: "high", value: 1, facts: [{ text: "2", of: "a" }] }] },
    { kind: "columns", title: "Per day", description: "All", top: "2", points: [{ name: "Nov 1", value: 1, text: "2", of: "a" }] },
    { kind: "lines", title: "Median", description: "All", top: "1h", lines: [{ name: "Time", points: [{ name: "Nov 1", value: 1, text: "1h", of: "a" }] }] },
  ],
  tables: [{ columns: [{ text: "Priority", group: "All" }], names: 1, rows: [[{ text: "high", of: "a" }]], note: "few" }],
};

const metricsState = {
  language: "en", labels: labels(metricsLabelNames), banners: [{ tone: "warning", text: "old", button: metricsButton }], notes: ["few"], progress: { text: "Reading", done: 1, of: 2 },
  controls: { periods: [{ value: "dates", label: "Other" }], period: "dates", from: "2026-11-01", to: "2026-11-30", issues: [{ choices: [{ label: "All" }] }, { title: "Kind", choices: [{ label: "incident", only: { by: "kind", name: "incident" } }] }], only: { by: "kind", name: "incident" }, clocks: [{ value: "wall", label: "Wall" }], clock: "wall", text: "November", buttons: [metricsButton] },
  content: {
    kind: "report", method: ["So"], sections: [metricsSection], breakdowns: [metricsSection], leftOut: [{ name: "#7", ref, file: "a.md", text: "A test" }], remarks: [{ name: "#7", ref, text: "Late" }],
    figures: [{ id: "count", title: "Reported", value: "2", of: "a", facts: [{ text: "1 open", of: "b" }], before: { text: "1", of: "c" }, few: "Only 2", method: "So" }],
    list: { of: "a", title: "Two", rows: [{ ref, reference: "#7", title: "Portal", isOpen: true, facts: "high" }], more: "more" },
  },
};

const scheduleButton = { label: "Cover", icon: "person", action: "cover", disabled: false };

const scheduleState = {
  language: "en", labels: labels(scheduleLabelNames), banners: [{ text: "old", button: scheduleButton }],
  content: {
    kind: "month", month: "2026-11", title: "November 2026", before: "2026-10", after: "2026-12", today: "2026-11-20", weekdays: [{ short: "Mon", long: "Monday" }],
    days: [{ date: "2026-11-20", name: "20", inMonth: true, closed: "Holiday", holiday: true, parts: [{ role: "primary", name: "Ana", hours: "8-17", colour: 0, mine: true }], away: ["ben"], ariaLabel: "all" }],
    buttons: [scheduleButton], loads: [{ title: "Year", most: 7, text: "Even", people: [{ name: "Ana", colour: 0, shifts: 7, text: "7" }] }], flaws: ["gap"],
  },
};

const onStep = { run: "r1", step: "s1" };

const actions: readonly object[] = [
  ...["openIssue", "openChecklist", "comment", "close", "reopen"].map((kind) => ({ kind, ref })),
  ...["createLinkedSet", "linkExisting", "assignStep", "addEvidence", "copyStep"].map((kind) => ({ kind, ...onStep })),
  ...["updateFromRunbook", "exportChecklist", "showChecklist"].map((kind) => ({ kind, run: "r1" })),
  ...["postmortem", "reveal", "trust", "signIn", "refresh"].map((kind) => ({ kind })),
  { kind: "createLinked", ...onStep, issueKind: "request", template: "t" },
  { kind: "rejectSection", run: "r1", gate: "g" },
  { kind: "removeEvidence", ...onStep, evidence },
  { kind: "runCommand", ...onStep, path: "a.md", line: 3 },
  { kind: "copyCommand", path: "a.md", line: 3 },
  { kind: "startChecklist", runbook: "a.md" },
  { kind: "openRunbook", path: "a.md", line: 3 },
  { kind: "openFile", path: "a.md" },
  { kind: "openLink", href: "https://example.org", runbook: "a.md" },
  { kind: "openSource", ref }, { kind: "run", command: "issue.assignRole", role: "lead" }, { kind: "readTimeline" },
];

const write = { key, run: "r1", seen: "2026-11-20T10:00:00Z", again: false };

const form = { incoming: "ben", beside: ["cho"], felt: "quiet", items: [{ ref, next: "Look" }], texts };

const subjects: readonly (readonly [Schema, object])[] = [
  [issueProtocol.subject, { ref, run: "r1", part: "checklist" }],
  [handoffProtocol.subject, { outgoing: "ana" }],
  [postmortemProtocol.subject, { ref }],
  [postmortemProtocol.subject, { path: "a.md" }],
  [scheduleProtocol.subject, { month: "2026-11" }],
  [metricsProtocol.subject, { period: "lastMonth", from: "2026-11-01", to: "2026-11-30", only: { by: "kind", name: "incident" }, clock: "wall" }],
];

const messages: readonly (readonly [Schema, readonly object[]])[] = [
  [issueProtocol.toHost, [
    { kind: "mark", ...write, step: "s1", mark: { kind: "skipped", reason: "quiet" } },
    { kind: "mark", ...write, step: "s1", mark: { kind: "done" } },
    { kind: "choose", ...write, option: "o1", decision: "d1" },
    { kind: "reply", key, text: "Hello", effect: "resolve", stage: "To do", again: false },
    { kind: "timeline", known: "" },
    { kind: "showChecklist", run: "r1" },
    ...actions.map(act),
  ]],
  [issueProtocol.reply, [{ kind: "done" }, { kind: "refused", text: "no", kept: true }, {
    kind: "timeline", revision: "r", order: ["e1"],
    entries: [{ id: "e1", at: "2026-11-20T09:00:00Z", recorded: "2026-11-20T09:30:00Z", by: "ana", icon: "eye", group: "milestone", text: "Acknowledged", body: [{ kind: "rule" }], pending: false }],
  }]],
  [issueProtocol.state, [issueState]],
  [handoffProtocol.toHost, [{ kind: "create", key, form }, { kind: "openIssue", ref }, { kind: "copy", text: "text" }, { kind: "refresh" }, { kind: "trust" }]],
  [handoffProtocol.state, [handoffState]],
  [postmortemProtocol.toHost, [
    ...edits.map((edit, number) => ({ kind: "edit", number, edit })),
    { kind: "resume", number: 9, unsaved: { life: "l", base: "# Portal", mine: postmortem, edits: [{ number: 1, edit: edits[0] }] } },
    ...["addEvents", "compare", "retry", "writeAgain", "useStandard", "openFile", "trust"].map((kind) => ({ kind })),
    { kind: "accept", id: "a1" }, { kind: "resolve", choice: "mine" }, { kind: "useIssue", ref }, { kind: "openIssue", ref }, { kind: "openEvidence", text: "log" }, { kind: "addFile", id: "e1" }, { kind: "showEvent", key: "k" }, { kind: "openPostmortem", path: "a.md" }, { kind: "command", command: "agenda" },
  ]],
  [postmortemProtocol.state, [postmortemState]],
  [scheduleProtocol.toHost, [{ kind: "showMonth", month: "2026-11" }, { kind: "act", action: "cover", day: "2026-11-20" }]],
  [scheduleProtocol.state, [scheduleState]],
  [metricsProtocol.toHost, [{ kind: "show", subject: { period: "lastMonth" } }, { kind: "list", of: "a" }, { kind: "openIssue", ref }, { kind: "openFile", path: "a.md" }, { kind: "act", action: "cancel" }]],
  [metricsProtocol.state, [metricsState, { ...metricsState, content: { kind: "notice", icon: "error", title: "No", text: "No", buttons: [metricsButton] } }]],
];

const samples: readonly Sample[] = [...subjects, ...messages.flatMap(([schema, values]) => values.map((value) => [schema, value] as const))].map(([schema, value]) => ({ name: JSON.stringify(value).slice(0, 60), schema, value }));

/** All paths in a value, as lists of keys. */
function places(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value).flatMap(([name, part]) => places(part, [...path, name])) : [];
  return [path, ...inner];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (typeof part === "object" && part !== null ? Object.entries(part).find(([own]) => own === name)?.[1] : undefined), value);
}

/** The value with the part at a path replaced. */
function changed(value: unknown, [name, ...rest]: readonly string[], change: (part: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) return value.map((part: unknown, index) => (String(index) === name ? changed(part, rest, change) : part));
  return Object.fromEntries(Object.entries(value ?? {}).map(([own, part]) => [own, own === name ? changed(part, rest, change) : part]));
}

function otherType(value: unknown): unknown {
  return typeof value === "string" ? 7 : typeof value === "number" ? Number.POSITIVE_INFINITY : typeof value === "boolean" ? "true" : Array.isArray(value) ? { length: 0 } : "object";
}

describe("the messages of the panels", () => {
  it("are accepted, each kind of them", () => {
    for (const { name, schema, value } of samples) assert.deepEqual(parseData(schema, structuredClone(value)), value, name);
  });

  it("are rejected if any part has another type or is missing", () => {
    for (const { name, schema, value } of samples) {
      for (const path of places(value)) {
        for (const change of [otherType, () => null]) assert.equal(parseData(schema, changed(value, path, change)), undefined, `${name} at ${path.join(".")}`);
      }
    }
  });

  it("lose unknown keys at any depth", () => {
    for (const { name, schema, value } of samples) {
      for (const path of places(value).filter((each) => isObject(at(value, each)) && !openEnded.has(each.at(-1) ?? ""))) {
        const more = changed(value, path, (part) => ({ ...(isObject(part) ? part : {}), extra: "<img>" }));
        assert.deepEqual(parseData(schema, more), value, `${name} at ${path.join(".")}`);
      }
    }
  });

  it("are not created from random values", () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      for (const { schema } of samples) if (schema !== scheduleProtocol.subject && schema !== metricsProtocol.subject) assert.equal(parseData(schema, value), undefined);
    }));
  });

  it("identify a write by text that can be part of a file name", () => {
    for (const wrong of ["", "short", "../../../../etc/passwd", "A".repeat(20), "a".repeat(65)]) {
      assert.equal(parseData(issueProtocol.toHost, { kind: "mark", ...write, key: wrong, step: "s1", mark: { kind: "done" } }), undefined, wrong);
    }
  });

  it("contain only known names", () => {
    for (const kind of ["toString", "constructor", "__proto__", "quit"]) {
      assert.equal(parseData(issueProtocol.toHost, act({ kind })), undefined, kind);
      assert.equal(parseData(postmortemProtocol.toHost, { kind }), undefined, kind);
    }
    assert.equal(parseData(postmortemProtocol.state, { ...postmortemState, content: { ...postmortemState.content, postmortem: { ...postmortem, instants: { began: "now" } } } }), undefined);
  });
});

/** Maps by ids have any keys. The instants of a post-mortem have fixed keys. */
const openEnded = new Set(["pictures", "changedEvents", "times", "issues", "instants"]);

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
