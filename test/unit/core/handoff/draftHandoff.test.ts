import assert from 'node:assert/strict';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { draftHandoff, handoffDraft } from '../../../../src/core/handoff/draftHandoff';
import { pendingHandoffs } from '../../../../src/core/handoff/handoffIssues';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { readHandoff } from '../../../../src/core/markup/handoffRegion';
import type { Desk } from '../../../../src/core/model/desk';
import { handoffSections, textsOf } from '../../../../src/core/model/handoff';
import type { Issue } from '../../../../src/core/model/issue';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';

const desk: Desk = {
  ...sampleDesk,
  people: [
    { login: "ana", experienced: true, roles: [], away: ["2026-11-25/2026-11-27", "2026-12-24/2026-12-26"] },
    { login: "ben", experienced: false, roles: [], away: [] },
  ],
  holidays: [{ kind: "date", date: "2026-11-26" }, { kind: "date", date: "2027-01-01" }],
};

const shift = { outgoing: "ana", incoming: "ben", beside: [], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z" };

function issue(number: number, more: Partial<Issue> = {}): Issue {
  return sampleIssue({ ref: { repository: "acme/live", number }, title: `[INCIDENT] Number ${number}`, assignees: ["ana"], updatedAt: `2026-11-20T16:00:0${number}Z`, ...more });
}

describe("the draft of a handoff", () => {
  it("selects issues of the person and unassigned ones, most urgent first, and offers others", () => {
    const { items, more } = draftHandoff(desk, [
      issue(1),
      issue(2, { labels: ["incident", "priority: high", "stage: In progress"], assignees: ["Ana", "cho"] }),
      issue(3, { assignees: [] }),
      issue(4, { assignees: ["cho"], author: "dan" }),
      issue(5, { state: "closed", closedAt: "2026-11-20T16:00:05Z" }),
      issue(6, { labels: ["checklist"], title: "Morning" }),
      issue(7, { labels: ["handoff"], title: "Handoff" }),
      issue(8, { ref: { repository: "acme/engine", number: 8 }, labels: [], title: "A bug of nobody", assignees: [] }),
    ], shift);
    assert.deepEqual(items.map(({ ref, taken }) => [ref.number, taken]), [[2, true], [3, true], [1, true], [4, false]]);
    assert.equal(more, 0);
    assert.deepEqual(items[0], { ref: { repository: "acme/live", number: 2 }, title: "[INCIDENT] Number 2", status: "In progress", owners: ["Ana", "cho"], updated: "2026-11-20T16:00:02Z", next: "", taken: true, reporter: "ana" });
    assert.equal(items[3]?.reporter, "dan");
  });

  it("contains the number of further open issues", () => {
    const others = Array.from({ length: 60 }, (_, index) => issue(1, { ref: { repository: "acme/live", number: index + 1 }, assignees: ["cho"] }));
    const { items, more } = draftHandoff(desk, others, shift);
    assert.deepEqual([items.length, more], [50, 10]);
  });

  it("fills the sections from the desk", () => {
    const bug = issue(9, { ref: { repository: "acme/engine", number: 9 }, labels: [], title: "Certificates run out", assignees: ["cho"] });
    const { texts } = draftHandoff(desk, [
      issue(1, { labels: ["incident", "priority: high"] }),
      issue(2, { body: "<!-- desk:links -->\n- Blocked by: acme/engine#9\n<!-- /desk:links -->" }),
      issue(3, { state: "closed", closedAt: "2026-11-18T10:00:00Z" }),
      issue(4, { state: "closed", closedAt: "2026-11-15T10:00:00Z" }),
      bug,
    ], shift);
    assert.deepEqual(texts, {
      timeCritical: "- #1 [INCIDENT] Number 1",
      toWatch: "- #2 [INCIDENT] Number 2",
      resolved: "- #3 [INCIDENT] Number 3",
      changes: "",
      known: "- acme/engine#9 Certificates run out",
      comingUp: "- ana is away, 2026-11-25 to 2026-11-27\n- Holiday, 2026-11-26",
    });
  });

  it("is empty on a quiet desk", () => {
    const { items, texts } = draftHandoff(sampleDesk, [], shift);
    assert.deepEqual([items, handoffSections.map((name) => texts[name])], [[], ["", "", "", "", "", ""]]);
  });
});

describe("the issue of a handoff", () => {
  const handoff = { ...shift, felt: "", items: [], texts: textsOf(() => "") };

  it("has its own kind, is assigned to the incoming person, and is pending until accepted", () => {
    const draft = handoffDraft(desk, handoff);
    if (draft.kind === "failed") assert.fail(draft.failure.kind);
    const { title, labels, assignees, repository, kind, body } = draft.value;
    assert.deepEqual({ title, labels, assignees, repository, kind }, { title: "Handoff from ana to ben · 2026-11-23", labels: ["handoff"], assignees: ["ben"], repository: "acme/live", kind: "handoff" });
    const kept = sampleIssue({ title, labels, assignees, body });
    assert.equal(issueFacts(kept, desk).kind, "handoff");
    assert.deepEqual(pendingHandoffs([kept, sampleIssue(), { ...kept, state: "closed" }], sampleDesk), [{ issue: kept, handoff: readHandoff(body) }]);
  });

  it("counts only with its label, and by a person on call then or in the shift before, if there is a rotation", () => {
    const draft = handoffDraft(desk, handoff);
    if (draft.kind === "failed") assert.fail(draft.failure.kind);
    const team = parseDesk("people: [{ login: ana }, { login: ben }, { login: cho }, { login: dan }]\nrotation: { starts: 2026-11-02, every: 1w, roles: [primary] }").desk ?? assert.fail();
    const counts = (more: Partial<Issue>, of = team): boolean => pendingHandoffs([sampleIssue({ labels: ["Handoff"], body: draft.value.body, createdAt: "2026-11-17T09:00:00Z", ...more })], of).length === 1;
    // Of the weeks from 2 November on, ana has the first, then ben, and cho the one in which it is written.
    assert.deepEqual(["ana", "ben", "CHO", "dan", "mallory"].filter((author) => counts({ author })), ["ben", "CHO"]);
    assert.equal(counts({ author: "cho", labels: ["incident"] }), false);
    assert.equal(counts({ author: "mallory" }, sampleDesk), true);
    assert.equal(counts({ author: "dan", createdAt: "2026-11-01T09:00:00Z" }), true);
    const covered = { ...team, ...parseDesk("people: [{ login: ana }, { login: ben }, { login: cho }, { login: dan }]\nrotation: { starts: 2026-11-02, every: 1w, roles: [primary], overrides: [{ from: 2026-11-16, to: 2026-11-16, primary: dan }, { from: 2026-11-19, to: 2026-11-19, primary: ana }] }").desk };
    assert.deepEqual(["ana", "ben", "cho", "dan"].filter((author) => counts({ author }, covered)), ["ben", "cho", "dan"]);
  });
});
