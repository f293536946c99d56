import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { IssueSnapshot } from "../../../src/core/issue/issue";
import { sessionEvents, type SessionState } from "../../../src/host/sessionEvents";
import { filterEvent, followEvents, changesOf } from "../../../src/host/platform/followEvents";
import { sampleIssue } from "../../support/sampleIssue";

function emitter<T>(): vscode.EventEmitter<T> {
  const listeners = new Set<(value: T) => unknown>();
  return {
    event: (listener, self) => {
      const mine = (value: T): unknown => listener.call(self, value);
      listeners.add(mine);
      return { dispose: () => void listeners.delete(mine) };
    },
    fire: (value) => listeners.forEach((each) => each(value)),
    dispose: () => listeners.clear(),
  };
}

const issue = sampleIssue({ ref: { repository: "acme/desk", number: 7 } });
const snapshot = (title: string): IssueSnapshot => ({ at: "2026-11-20T16:00:00Z", issues: [{ ...issue, title }], broken: [] });

describe("the events of a session", () => {
  let state: SessionState;
  let heard: string[];
  let source: ReturnType<typeof sessionEvents>;

  beforeEach(() => {
    state = { issues: snapshot("One"), waiting: [], desk: { path: "desk.yml" }, store: { failure: undefined } };
    heard = [];
    source = sessionEvents(emitter, () => state);
    for (const [name, event] of Object.entries(source.events) as [string, vscode.Event<unknown>][]) event((value) => heard.push(`${name} ${JSON.stringify(value)}`));
    source.compare();
  });

  it("say nothing where nothing differs, however often it is compared", () => {
    state = structuredClone(state);
    source.compare();
    source.compare();
    assert.deepEqual(heard, []);
  });

  it("name what differs, once", () => {
    state = { ...state, issues: snapshot("Two"), desk: { path: "runbooks/desk.yml" } };
    source.compare();
    source.compare();
    assert.deepEqual(heard, ["onDidChangeDesk undefined", 'onDidChangeIssues {"refs":[{"repository":"acme/desk","number":7}],"broken":false}']);
  });

  it("tell of a failed reading as a change of the store", () => {
    state = { ...state, store: { failure: { kind: "offline" } } };
    source.compare();
    assert.deepEqual(heard, ["onDidChangeStore undefined"]);
  });
});

describe("listening to events", () => {
  it("ends for all of them together", () => {
    const [first, second] = [emitter<number>(), emitter<string>()];
    let count = 0;
    const following = followEvents(() => (count += 1), first.event, second.event);
    first.fire(1);
    second.fire("x");
    following.dispose();
    first.fire(2);
    assert.equal(count, 2);
  });

  it("can leave out values that do not pass, and those that come to the same", () => {
    const numbers = emitter<number>();
    const heard: string[] = [];
    filterEvent(numbers.event, (value) => value > 1)((value) => heard.push(`above 1: ${value}`));
    changesOf(numbers.event, (value) => [value > 2])((value) => heard.push(`side: ${value}`));
    [1, 2, 3, 4].forEach((value) => numbers.fire(value));
    assert.deepEqual(heard, ["side: 1", "above 1: 2", "above 1: 3", "side: 3", "above 1: 4"]);
  });
});
