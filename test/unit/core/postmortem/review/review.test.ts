import assert from 'node:assert/strict';
import { newEntries } from '../../../../../src/core/postmortem/timeline/eventRows';
import { incidentEvents } from '../../../../../src/core/postmortem/timeline/origins';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../../../../src/core/postmortem/postmortemEdit';
import { publication } from '../../../../../src/core/postmortem/review/publication';
import {
  closeEdits,
  completionEdits,
  isReviewRequest,
  proposedSessions,
  requestEdits,
  returnEdits,
  type ReviewStep,
  reviewGaps,
  reviewRequestComment,
  reviewRequestKey,
  reviewSteps,
} from '../../../../../src/core/postmortem/review/review';
import { action, emptyPostmortem, entry } from '../samples';

const today = "2026-11-23";

const written: Postmortem = {
  ...emptyPostmortem,
  owner: "ana",
  review: "2026-11-25",
  reviewers: ["ben"],
  texts: { ...emptyPostmortem.texts, summary: "Logins failed.", impact: "Everybody.", factors: "- A certificate expired." },
  timeline: [entry("t1", "2026-11-20T16:00:00Z", "one")],
  actions: [action("a1", "Alert", { state: "accepted", owner: "ben", due: "2026-12-01" })],
};

const codes = (postmortem: Postmortem, step: ReviewStep): readonly string[] => reviewGaps(postmortem, step, today).map(({ code }) => code);

const after = (postmortem: Postmortem, edits: readonly PostmortemEdit[]): Postmortem => edits.reduce((now, edit) => applyEdit(now, edit, () => undefined), postmortem);

describe("The review of a post-mortem", () => {
  it("leads from draft through review to closed, and back", () => {
    const asked = after(written, requestEdits({ reviewers: ["ben", "Ben", "chloe"], session: "2026-11-26" }));
    assert.deepEqual([asked.status, asked.reviewers, asked.review], ["In review", ["ben", "chloe"], "2026-11-26"]);
    const reviewed = after(asked, completionEdits(["chloe"], "2026-11-26"));
    assert.deepEqual([reviewed.status, reviewed.reviewers, reviewed.reviewed], ["Reviewed", ["chloe"], "2026-11-26"]);
    assert.equal(after(reviewed, closeEdits).status, "Closed");
    const returned = after(reviewed, returnEdits);
    assert.deepEqual([returned.status, returned.reviewed, returned.reviewers, returned.review], ["Draft", undefined, ["chloe"], "2026-11-26"]);
    assert.deepEqual(reviewSteps("Draft")[0], "request");
    assert.deepEqual(reviewSteps("In review")[0], "complete");
    assert.deepEqual(reviewSteps("Reviewed")[0], "close");
    assert.deepEqual(reviewSteps("Closed"), ["return"]);
  });

  it("applies each step twice as once", () => {
    for (const edits of [requestEdits({ reviewers: ["ben"], session: today }), completionEdits(["ben"], today), returnEdits, closeEdits]) {
      assert.deepEqual(after(after(written, edits), edits), after(written, edits));
    }
  });

  it("lacks nothing when everything is written", () => {
    assert.deepEqual(codes(written, "request"), []);
    assert.deepEqual(codes({ ...written, status: "In review", review: today }, "complete"), []);
    assert.deepEqual(codes({ ...written, status: "Reviewed", actions: [action("a1", "Alert", { state: "done" })] }, "close"), []);
    assert.deepEqual(codes(emptyPostmortem, "return"), []);
  });

  it("lists what is missing for each step", () => {
    assert.deepEqual(codes(emptyPostmortem, "request"), ["noReviewers", "noSession", "noSummary", "noImpact", "noTimeline", "noFactors", "noActions"]);
    assert.deepEqual(codes({ ...written, reviewers: ["ANA"], review: "2026-11-22" }, "request"), ["onlyOwner", "sessionPast"]);
    assert.deepEqual(codes(written, "complete"), ["notRequested", "sessionAhead"]);
    const actions = [action("a1", "One"), action("a2", "Two"), action("a3", "Three", { state: "accepted", owner: "ben" }), action("a4", "Four", { state: "declined" })];
    assert.deepEqual(reviewGaps({ ...written, status: "In review", review: today, actions }, "complete", today), [{ code: "undecided", count: 2 }, { code: "unassigned", count: 1 }]);
    assert.deepEqual(reviewGaps({ ...written, actions }, "close", today), [{ code: "notReviewed" }, { code: "undecided", count: 2 }, { code: "unassigned", count: 1 }, { code: "openActions", count: 1 }]);
  });

  it("takes place on the due date, or on one of the next days", () => {
    assert.deepEqual(proposedSessions("2026-11-25", today).slice(0, 4), ["2026-11-25", "2026-11-23", "2026-11-24", "2026-11-26"]);
    assert.equal(proposedSessions("2026-11-20", today)[0], today);
    assert.equal(proposedSessions("soon", today)[0], today);
  });

  it("counts figures as the impact", () => {
    const impact = [{ id: "i1", measure: "Users", amount: "12", others: [] }];
    assert.deepEqual(codes({ ...written, texts: { ...written.texts, impact: "" }, impact }, "request"), []);
  });
});

describe("The comment that requests a review", () => {
  const request = { reviewers: ["ben", "Chloe", "ana"], session: "2026-11-25" };

  it("mentions the reviewers, but not its author and nobody in the title", () => {
    const comment = reviewRequestComment({ ...written, title: "Ask @dan <!-- [x](y)" }, request, "https://github.com/acme/live/blob/HEAD/p.md", "Ana");
    assert.equal(comment, "Post-mortem review requested: @ben @Chloe\n\n[Ask @\u2060dan \\<\u2060!-- \\[x\\](y)](https://github.com/acme/live/blob/HEAD/p.md)\n\nSession: 2026-11-25");
    assert.ok(isReviewRequest(comment));
    assert.ok(isReviewRequest(reviewRequestComment(written, { reviewers: [], session: "" }, "/p.md", "ana")));
    assert.ok(!isReviewRequest("On it."));
  });

  it("has the same key for the same request, in any order and case, and another one for another date or reviewer", () => {
    const key = reviewRequestKey(written, "p.md", request);
    assert.equal(key, reviewRequestKey({ ...written, title: "Other" }, "q.md", { ...request, reviewers: ["ana", "BEN", "chloe", "ben"] }));
    assert.notEqual(key, reviewRequestKey(written, "p.md", { ...request, session: "2026-11-26" }));
    assert.notEqual(key, reviewRequestKey(written, "p.md", { ...request, reviewers: ["ben"] }));
  });

  it("is no event of the incident, nor is the pull request that publishes the post-mortem", () => {
    const common = { at: "2026-11-23T09:00:00Z", by: "ana" };
    const pull = { kind: "mentioned" as const, ...common, ref: { repository: "acme/live", number: 9 }, url: "https://github.com/acme/live/pull/9", isPullRequest: true, state: "open" as const };
    const entries = [
      { kind: "commented" as const, ...common, text: reviewRequestComment(written, request, "/p.md", "ana") },
      { kind: "commented" as const, ...common, text: "On it." },
      { ...pull, title: publication(written, "p.md").title },
      { ...pull, ref: { ...pull.ref, number: 10 }, title: "Fix the portal" },
    ];
    assert.deepEqual(newEntries({ ...written, hidden: ["x"] }, incidentEvents(entries)).map(({ entry: { kind } }) => kind), ["commented", "mentioned"]);
  });
});
