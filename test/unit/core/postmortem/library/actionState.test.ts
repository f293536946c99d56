import assert from 'node:assert/strict';
import { closeReasonOf } from '../../../../../src/core/issue/closeReason';
import { setFields } from '../../../../../src/core/markup/fieldRegion';
import { addLink } from '../../../../../src/core/markup/linkRegion';
import type { Issue } from '../../../../../src/core/model/issue';
import { type IssueRef, sameRef } from '../../../../../src/core/model/issueRef';
import { actionState } from '../../../../../src/core/postmortem/library/actionState';
import { sampleIssue } from '../../../../support/sampleIssue';

const ref = (number: number): IssueRef => ({ repository: "acme/desk", number });

const issue = (number: number, more: Partial<Issue> = {}): Issue => sampleIssue({ ref: ref(number), ...more });

const closedBy = (value: string, at = "2026-11-20T16:00:00Z"): string => setFields("Text", [{ name: "closed", value, at, by: "ana" }]);

const stateWith = (issues: readonly Issue[], state: "proposed" | "accepted" | "done" | "not planned" | "declined" = "accepted") =>
  actionState({ issue: ref(1), state }, (wanted) => issues.find((one) => sameRef(one.ref, wanted)));

describe("the state of an action item", () => {
  it("follows its issue: done only if it was completed", () => {
    assert.equal(stateWith([issue(1)], "done"), "accepted");
    assert.equal(stateWith([issue(1, { state: "closed", closeReason: "completed" })]), "done");
    assert.equal(stateWith([issue(1, { state: "closed", closeReason: "notPlanned" })]), "not planned");
    assert.equal(stateWith([issue(1, { state: "closed" })]), "done");
  });

  it("stays as written without a known issue, and when it was declined", () => {
    assert.equal(stateWith([], "not planned"), "not planned");
    assert.equal(actionState({ state: "proposed" }, () => issue(1)), "proposed");
    assert.equal(stateWith([issue(1)], "declined"), "declined");
  });

  it("is that of the issue that stays, for a duplicate", () => {
    const duplicate = (number: number, other: number): Issue => issue(number, { state: "closed", closeReason: "duplicate", body: addLink("Text", { kind: "duplicateOf", other: ref(other) }, "acme/desk") });
    assert.equal(stateWith([duplicate(1, 2), issue(2)]), "accepted");
    assert.equal(stateWith([duplicate(1, 2), duplicate(2, 3), issue(3, { state: "closed", closeReason: "completed" })]), "done");
    assert.equal(stateWith([duplicate(1, 2)]), "not planned");
    assert.equal(stateWith([duplicate(1, 2), duplicate(2, 1)]), "not planned");
  });
});

describe("why an issue was closed", () => {
  it("is in its text if the issue storage does not record it", () => {
    assert.equal(closeReasonOf(issue(1, { state: "closed", body: closedBy("notPlanned") })), "notPlanned");
    assert.equal(closeReasonOf(issue(1, { state: "closed", closeReason: "completed", body: closedBy("notPlanned") })), "completed");
    assert.equal(closeReasonOf(issue(1, { body: closedBy("notPlanned") })), undefined);
    assert.equal(closeReasonOf(issue(1, { state: "closed", body: closedBy("whatever") })), undefined);
  });

  it("is unknown if it was reopened since, and closed by hand", () => {
    const body = setFields(closedBy("notPlanned"), [{ name: "reopened", value: "2026-11-20T17:00:00Z", at: "2026-11-20T17:00:00Z", by: "ana" }]);
    assert.equal(closeReasonOf(issue(1, { state: "closed", body })), undefined);
  });
});
