import fc from 'fast-check';
import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { notChosen } from '../../../../src/core/checklist/marks';
import { changeOfMilestone, timeline, type TimelineEntry } from '../../../../src/core/incident/timeline';
import { renderCommand } from '../../../../src/core/markup/commandMark';
import { renderComment } from '../../../../src/core/markup/milestone';
import type { Checklist, ChecklistStep, StepMark } from '../../../../src/core/model/checklist';
import type { Issue } from '../../../../src/core/model/issue';
import type { TimelineEvent } from '../../../../src/core/model/timelineEvent';
import { propertyRuns } from '../../../support/propertyRuns';
import { loopingChecklist } from '../../../support/sampleChart';

const issue: Issue = {
  ref: { repository: "acme/live", number: 1 },
  title: "Portal is down",
  body: "",
  state: "closed",
  labels: [],
  assignees: [],
  author: "ana",
  createdAt: "2026-11-20T16:00:00Z",
  updatedAt: "2026-11-20T17:00:00Z",
  location: { kind: "file", path: ".desk/incident/1-portal-is-down.md" },
};

function at(minute: number): string {
  return `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;
}

function step(id: string, mark: StepMark, more: Partial<ChecklistStep> = {}): ChecklistStep {
  return { kind: "step", id, part: "step", text: `Step ${id}`, depth: 0, mark, links: [], ...more };
}

function run(...items: readonly ChecklistStep[]): Checklist {
  return { id: "r", runbook: "runbooks/a.md", title: "A runbook", revision: "1", startedAt: at(1), by: "ana", items };
}

function reported(events: readonly TimelineEvent[], checklists: readonly Checklist[] = []): readonly string[] {
  return timeline(issue, events, checklists).map((entry) => `${entry.at.slice(14, 16)} ${entry.by} ${entry.kind}`);
}

describe("The timeline of an issue", () => {
  it("starts with the creation, even if the issue storage does not report it", () => {
    assert.deepEqual(reported([]), ["00 ana opened"]);
    assert.deepEqual(reported([{ kind: "opened", at: at(2), by: "ben" }]), ["02 ben opened"]);
  });

  it("sorts events, comments and steps by time", () => {
    const events: readonly TimelineEvent[] = [
      { kind: "closed", at: at(30), by: "ben" },
      { kind: "commented", at: at(10), by: "ana", markdown: "Looking" },
      { kind: "assigned", at: at(2), by: "ana", login: "ben" },
    ];
    assert.deepEqual(reported(events, [run(step("a", { kind: "done", by: "ben", at: at(20) }), step("b", { kind: "skipped", reason: "not ours", by: "ana", at: at(5) }))]), [
      "00 ana opened",
      "01 ana runStarted",
      "02 ana assigned",
      "05 ana stepSkipped",
      "10 ana commented",
      "20 ben stepDone",
      "30 ben closed",
    ]);
  });

  it("omits steps that nobody marked, that were ticked by hand, or that were not chosen", () => {
    const steps = [step("a", { kind: "open", by: "ana", at: at(3) }), step("b", { kind: "done" }), step("c", { kind: "skipped", reason: notChosen, by: "ana", at: at(4) })];
    assert.deepEqual(reported([], [run(...steps)]), ["00 ana opened", "01 ana runStarted"]);
  });

  it("contains a decision with the chosen option", () => {
    const done = { kind: "done", by: "ana", at: at(4) } as const;
    const entries = timeline(issue, [], [run(step("q", done, { part: "decision", text: "Known?", chosen: "y" }), step("y", done, { part: "option", text: "Yes", depth: 1 }))]);
    assert.deepEqual(entries.at(-1), { kind: "decided", at: at(4), by: "ana", subject: "r/q", text: "Known?", option: "Yes" });
    assert.equal(entries.length, 3);
  });

  it("contains what was done in earlier passes of a loop", () => {
    const done = (checklist: Checklist, minute: number, id: string): Checklist => markStep(checklist, id, { kind: "done", by: "ana", at: at(minute) }) ?? assert.fail();
    const looped = done(done(done(loopingChecklist(), 2, "test"), 3, "again>test"), 4, "test");
    assert.deepEqual(timeline(issue, [], [looped]).flatMap((entry) => (entry.kind === "decided" ? [[entry.at, entry.option]] : entry.kind === "stepDone" ? [[entry.at, entry.text]] : [])), [[at(2), "Do test"], [at(3), "Test"], [at(4), "Do test"]]);
  });

  it("recognizes milestones, and hides marks", () => {
    const comments = ["Fixed.\n\n<!-- desk:moment resolved -->", "Seen <!-- secret\nmark --> by all", "<!-- only a mark -->"];
    const entries = timeline(issue, comments.map((markdown, index) => ({ kind: "commented", at: at(index + 1), by: "ana", markdown })), []);
    assert.deepEqual(entries.slice(1), [
      { kind: "milestone", at: at(1), by: "ana", milestone: "resolved", text: "Fixed." },
      { kind: "commented", at: at(2), by: "ana", text: "Seen  by all" },
    ]);
  });

  it("recognizes commands that were run, by their mark or the form of older comments, and keeps the pages of comments", () => {
    const form = "Command of the step `Look`\n\n```sh\nls\n```\n\nExit code 0 after 1.2 s (`bash`)\n\nThere was no output.";
    const url = "https://example.org/1#issuecomment-1";
    const entryOf = (markdown: string) => timeline(issue, [{ kind: "commented", at: at(1), by: "ana", markdown, url }], [])[1];
    assert.deepEqual(entryOf(renderCommand("I ran it")), { kind: "commented", at: at(1), by: "ana", text: "I ran it", command: true, url });
    assert.deepEqual(entryOf(form), { kind: "commented", at: at(1), by: "ana", text: form, command: true, url });
    assert.deepEqual(entryOf("```sh\nls\n```\n\nworks"), { kind: "commented", at: at(1), by: "ana", text: "```sh\nls\n```\n\nworks", url });
    assert.deepEqual(entryOf("Fixed\n\n<!-- desk:moment resolved -->"), { kind: "milestone", at: at(1), by: "ana", milestone: "resolved", text: "Fixed", url });
  });

  it("is the same with a forged mark of a command, except for how the comment is shown", () => {
    const forged = "Ignore this\n\n<!-- desk:moment resolved -->\n\n<!-- desk:command -->";
    const entries = timeline(issue, [{ kind: "commented", at: at(1), by: "eve", markdown: forged }], []);
    assert.deepEqual(entries[1], { kind: "commented", at: at(1), by: "eve", text: "Ignore this", command: true });
    assert.equal(changeOfMilestone(forged, { at: at(1), by: "eve" }), undefined);
    assert.deepEqual(timeline(issue, [{ kind: "commented", at: at(1), by: "eve", markdown: renderComment("Ignore this\n\n<!-- desk:command -->") }], [])[1], { kind: "commented", at: at(1), by: "eve", text: "Ignore this\n\n<\\!-- desk:command -->" });
  });

  it("contains a stage change once, and each link once", () => {
    const link = { kind: "child", other: { repository: "acme/engine", number: 8 } } as const;
    assert.deepEqual(
      reported([
        { kind: "unlabeled", at: at(3), by: "ana", label: "stage: To do" },
        { kind: "labeled", at: at(3), by: "ana", label: "stage: In progress" },
        { kind: "unlabeled", at: at(4), by: "ana", label: "urgent" },
        { kind: "linked", at: at(5), by: "ana", link },
        { kind: "linked", at: at(9), by: "ben", link },
      ]),
      ["00 ana opened", "03 ana labeled", "04 ana unlabeled", "05 ana linked"],
    );
  });

  it("lists a commit and an issue that name it once, when they first did", () => {
    const ref = { repository: "acme/web", number: 3 };
    const commit = { kind: "referenced", by: "ben", sha: "a1b2c3d" } as const;
    const mention = { kind: "mentioned", by: "ben", ref, title: "Fix", isPullRequest: true, state: "merged", url: "https://example.org" } as const;
    assert.deepEqual(reported([{ ...commit, at: at(9) }, { ...mention, at: at(8) }, { ...commit, at: at(4) }, { ...mention, at: at(5), by: "cho" }]), ["00 ana opened", "04 ben referenced", "05 cho mentioned"]);
  });

  it("puts what a command comments before what it changes within one second", () => {
    const same = { at: at(5), by: "ana" };
    const events: readonly TimelineEvent[] = [
      { ...same, kind: "closed" },
      { ...same, kind: "commented", markdown: "Fixed.\n\n<!-- desk:moment resolved -->" },
      { ...same, kind: "commented", markdown: "Rolling back" },
      { ...same, kind: "assigned", login: "ana" },
      { ...same, kind: "unassigned", login: "ben" },
    ];
    assert.deepEqual(timeline(issue, events, []).map(({ kind }) => kind), ["opened", "commented", "milestone", "unassigned", "assigned", "closed"]);
  });

  it("does not depend on the order of the events", () => {
    const common = { at: fc.integer({ min: 0, max: 3 }).map(at), by: fc.constantFrom("ana", "ben") };
    const ref = fc.record({ repository: fc.constantFrom("acme/live", "acme/web"), number: fc.integer({ min: 1, max: 2 }) }, { noNullPrototype: true });
    const event: fc.Arbitrary<TimelineEvent> = fc.oneof(
      fc.record({ kind: fc.constantFrom("opened", "closed", "reopened"), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constantFrom("labeled", "unlabeled"), label: fc.constantFrom("stage: a", "stage: b", "c"), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constantFrom("assigned", "unassigned"), login: fc.constantFrom("ana", "ben"), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constant("commented" as const), markdown: fc.constantFrom("a", "b", "c\n\n<!-- desk:moment mitigated -->", "c\n\n<!-- desk:moment mitigated at=2026-11-20T16:01:00Z -->", "<!-- desk:moment resolved -->"), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constant("linked" as const), link: fc.record({ kind: fc.constantFrom("parent", "child"), other: ref }, { noNullPrototype: true }), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constant("referenced" as const), sha: fc.constantFrom("a1", "b2"), ...common }, { noNullPrototype: true }),
      fc.record({ kind: fc.constant("mentioned" as const), ref, title: fc.constantFrom("x", "y"), isPullRequest: fc.boolean(), state: fc.constantFrom("open", "closed"), url: fc.constant("https://example.org"), ...common }, { noNullPrototype: true }),
    );
    const lists = fc.array(event, { maxLength: 12 }).chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(
      fc.property(lists, ([events, shuffled]) => {
        assert.deepEqual(timeline(issue, shuffled, [run(step("a", { kind: "done", by: "ana", at: at(2) }))]), timeline(issue, events, [run(step("a", { kind: "done", by: "ana", at: at(2) }))]));
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it("is sorted and without duplicates for any events", () => {
    const event: fc.Arbitrary<TimelineEvent> = fc.record(
      { kind: fc.constant("labeled" as const), at: fc.integer({ min: 0, max: 59 }).map(at), by: fc.constantFrom("ana", "ben"), label: fc.constantFrom("a", "b") },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const entries = timeline(issue, [...events, ...events], []);
        const labels = entries.filter((entry: TimelineEntry) => entry.kind === "labeled").map((entry) => JSON.stringify(entry));
        assert.equal(new Set(labels).size, labels.length);
        assert.equal(labels.length, new Set(events.map((one) => `${one.at}${one.by}${one.kind === "labeled" ? one.label : ""}`)).size);
        assert.deepEqual(entries.map((entry) => entry.at), entries.map((entry) => entry.at).toSorted());
      }),
    );
  });
});
