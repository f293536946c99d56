import assert from "node:assert/strict";
import { markStep } from "../../src/core/checklist/marking";
import { renderChecklist } from "../../src/core/markup/checklistRegion";
import { appendEvents } from "../../src/core/markup/eventLog";
import { eventsPath, issuePath, renderIssueFile } from "../../src/core/markup/issueFile";
import type { IssueRecord } from "../../src/core/metrics/history/issueHistory";
import type { Checklist } from "../../src/core/model/checklist";
import { exampleDesk, readExample } from "./metricsExample";
import { loopingChecklist } from "./sampleChart";

const keys: Readonly<Record<string, string>> = {
  ...exampleDesk,
  timezone: "Europe/Berlin",
  holidays: "[2026-08-03, 2026-11-11]",
  stages: "[To do, In progress, Done]",
  severities: "[SEV1, SEV2, SEV3]",
  people: "[{ login: ana, name: Ana Ruiz }, { login: ben, name: Ben Okafor }]",
  audiences: "{ customers: { updateEvery: { high: 1h, normal: 2h }, email: [users@example.org] } }",
  triage: "{ keepsAnswers: true }",
};

/** A month of everything that figures are about. `MM` is the month, `NN` the next one. */
const month = `
A 2026-MM-01 23:59 reported with incident, priority: high, service: Portal, SEV1
A 2026-MM-02 09:20 acknowledged
A 2026-MM-02 09:20 assigned ana
A 2026-MM-02 09:25 + stage: In progress
A 2026-MM-02 10:10 update customers
A 2026-MM-02 10:40 mitigated
A 2026-MM-02 14:00 closed
A 2026-MM-02 15:00 score 5
B 2026-MM-03 10:00 reported with request, priority: normal
B 2026-MM-03 16:00 acknowledged
B 2026-MM-05 11:00 closed
B 2026-MM-05 12:00 score 2
C 2026-MM-04 13:00 reported with incident, priority: normal, service: Portal, service: Ledger, SEV3
C 2026-MM-04 14:10 assigned ben
C 2026-MM-04 16:30 acknowledged
C 2026-MM-05 10:00 closed
C 2026-NN-02 10:00 reopened
C 2026-NN-02 12:00 - priority: normal
C 2026-NN-02 12:00 + priority: high
C 2026-NN-03 12:00 closed
C 2026-NN-03 13:00 score none
D 2026-MM-12 08:00 reported with incident, priority: normal, service: Portal
D 2026-MM-12 07:50 acknowledged
D 2026-MM-12 09:00 + stage: Elsewhere
D 2026-MM-12 15:00 resolved
E 2026-MM-16 09:00 reported with incident, test
F 2026-MM-17 10:00 reported with incident, service: Archive, backfilled
F 2026-MM-17 11:00 cancelled
F 2026-MM-17 11:00 closed
G 2026-MM-18 09:00 reported
G 2026-MM-18 10:00 assigned ben
G 2026-MM-19 10:00 unassigned ben
G 2026-MM-19 10:00 assigned Ana
H 2026-MM-20 09:00 reported with request, post-mortem action
H 2026-MM-24 09:00 closed
I 2026-MM-20 09:00 reported with incident, priority: high, SEV2, impact: major, service: Ledger, backfilled
I 2026-MM-20 09:00 acknowledged
I 2026-MM-20 12:00 closed
J 2026-MM-21 09:00 reported with checklist
2026-11-20 12:00 now
`;

const months = ["06", "07", "08", "09", "10", "11"];

/** The time at which the mixed desk is looked at. */
export const mixedNow = "2026-11-20T11:00:00Z";

/**
 * The texts of a desk with half a year of issues in plain files, by their paths: every figure has values, every kind of omission
 * occurs, and some histories contradict themselves.
 */
export function mixedDesk(): Readonly<Record<string, string>> {
  const desk = [...Object.entries(keys)].map(([key, value]) => `${key}: ${value}\n`).join("");
  const records = months.flatMap((number, index) => issuesOf(number, index * 10));
  return {
    "runbooks/desk.yml": desk,
    ...Object.fromEntries(records.flatMap(({ issue, events }) => {
      const path = issuePath("issue", issue.ref.number, issue.title);
      return [[path, renderIssueFile({ issue })], [eventsPath(path, undefined), appendEvents("", events.map((event, index) => ({ id: `${issue.ref.number}/${index}`, event })))]];
    })),
    ".desk/issue/900-broken.md": "no front matter",
    ".desk/triage/2026-11-ana.jsonl": '{"at":"2026-11-16T08:00:00Z","by":"ana","title":"How do I print?","minutes":4}\n{"at":"2026-10-17T08:00:00Z","by":"ana","title":"Where is it?"}\n',
  };
}

function issuesOf(number: string, offset: number): readonly IssueRecord[] {
  const desk = Object.entries(keys).map(([key, value]) => `desk.yml: ${key}: ${value}`).join("\n");
  const next = String(Number(number) + 1).padStart(2, "0");
  return readExample(`${desk}\n${month.replaceAll("MM", number).replaceAll("NN", next)}`).records.map((record): IssueRecord => {
    const own = record.issue.ref.number;
    const more = own === 8 ? `Action item.\n\nDue: 2026-${number}-${Number(number) % 2 === 0 ? "23" : "25"}\n` : own === 1 ? `${renderChecklist(twoPasses(`2026-${number}-02`), "local")}\n\n` : "";
    return { ...record, issue: { ...record.issue, ref: { ...record.issue.ref, number: own + offset }, title: `Issue ${own + offset}`, body: `${more}${record.issue.body}` } };
  });
}

/** A checklist whose loop made two passes on a day. */
function twoPasses(date: string): Checklist {
  const done = (checklist: Checklist, minute: string, ...ids: readonly string[]): Checklist =>
    ids.reduce((now, id) => markStep(now, id, { kind: "done", by: "ana", at: `${date}T09:${minute}:00Z` }) ?? assert.fail(id), checklist);
  const first = done({ ...loopingChecklist(), startedAt: `${date}T09:00:00Z` }, "10", "build", "test");
  return done(done(done(done(first, "20", "passed>fix"), "30", "fix", "again>test"), "40", "test"), "50", "passed>review");
}
