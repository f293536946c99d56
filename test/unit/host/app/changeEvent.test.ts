import assert from 'node:assert/strict';
import type { IssueSnapshot } from '../../../../src/core/model/issue';
import { changeBetween, type IssuesChange } from '../../../../src/core/sync/snapshotChange';
import { changeEvent, dataChangeEvent } from '../../../../src/host/app/changeEvent';
import { changesOf, filterEvent, followEvents } from '../../../../src/host/platform/followEvents';
import { sampleIssue } from '../../../support/sampleIssue';
import { testEmitter } from '../../../support/testEmitter';

const issue = sampleIssue({ ref: { repository: "acme/desk", number: 7 } });

const snapshot = (title: string): IssueSnapshot => ({ at: "2026-11-20T16:00:00Z", issues: [{ ...issue, title }], broken: [] });

describe("changeEvent", () => {
  interface State {
    readonly issues: IssueSnapshot | undefined;
    readonly desk: unknown;
  }
  let state: State;
  let heard: string[];
  let compare: () => void;

  beforeEach(() => {
    state = { issues: snapshot("One"), desk: { path: "desk.yml" } };
    heard = [];
    const desk = dataChangeEvent(testEmitter, () => state.desk);
    const issues = changeEvent<IssueSnapshot | undefined, IssuesChange>(testEmitter, () => state.issues, (before, now) => [changeBetween(before, now)].filter((change) => change !== undefined));
    desk.event(() => heard.push("desk"));
    issues.event((change) => heard.push(`issues ${JSON.stringify(change)}`));
    compare = () => {
      desk.compare();
      issues.compare();
    };
    compare();
  });

  it("does not fire if nothing changed", () => {
    state = structuredClone(state);
    compare();
    compare();
    assert.deepEqual(heard, []);
  });

  it("fires once with the changes", () => {
    state = { issues: snapshot("Two"), desk: { path: "runbooks/desk.yml" } };
    compare();
    compare();
    assert.deepEqual(heard, ["desk", 'issues {"refs":[{"repository":"acme/desk","number":7}],"broken":false}']);
  });

  it("passes the argument of `compare` to the function that computes the changes", () => {
    const hints: unknown[] = [];
    const change = changeEvent<number, number, string>(testEmitter, () => 1, (_before, _now, hint) => (hints.push(hint), []));
    change.compare("first");
    change.compare("second");
    change.compare();
    assert.deepEqual(hints, ["second", undefined]);
  });
});

describe("events", () => {
  it("are unsubscribed together", () => {
    const [first, second] = [testEmitter<number>(), testEmitter<string>()];
    let count = 0;
    const following = followEvents(() => (count += 1), first.event, second.event);
    first.fire(1);
    second.fire("x");
    following.dispose();
    first.fire(2);
    assert.equal(count, 2);
  });

  it("can be filtered by value, and by whether a computed value changed", () => {
    const numbers = testEmitter<number>();
    const heard: string[] = [];
    filterEvent(numbers.event, (value) => value > 1)((value) => heard.push(`above 1: ${value}`));
    changesOf(numbers.event, (value) => [value > 2])((value) => heard.push(`side: ${value}`));
    [1, 2, 3, 4].forEach((value) => numbers.fire(value));
    assert.deepEqual(heard, ["side: 1", "above 1: 2", "above 1: 3", "side: 3", "above 1: 4"]);
  });
});
