import assert from 'node:assert/strict';
import { renderMilestone } from '../../../../../src/core/markup/milestone';
import type { PendingOperation } from '../../../../../src/core/model/operation';
import { failed, ok, type Result } from '../../../../../src/core/model/result';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import type { MissedUpdate } from '../../../../../src/core/incident/updates';
import { createIssueTimeline, type IssueTimeline } from '../../../../../src/host/panels/issue/issueTimeline';
import { readBlocks } from '../../../../../src/markdown/readBlocks';
import { fill } from '../../../../../src/protocol/fill';
import { sampleIssue } from '../../../../support/sampleIssue';

const issue = sampleIssue();

const { ref } = issue;

const comment = (minute: number, markdown: string): TimelineEvent => ({ kind: "commented", at: `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`, by: "ben", markdown });

const waiting = (key: string, markdown: string): PendingOperation => ({ key, at: "2026-11-20T16:30:00Z", by: "ana", operation: { kind: "comment", ref, markdown } });

interface Setup {
  readonly timeline: IssueTimeline;
  /** Answers the oldest read that waits. */
  answer(result: Result<readonly TimelineEvent[]>): Promise<void>;
  pending: readonly PendingOperation[];
  changes: number;
  /** The comments that were parsed, and how long parsing one takes. */
  readonly parsed: string[];
  effort: number;
  /** Lets the work go on after a pause. */
  goOn(): Promise<void>;
}

function setUp(missed: readonly MissedUpdate[] = []): Setup {
  const reads: ((result: Result<readonly TimelineEvent[]>) => void)[] = [];
  const pauses: (() => void)[] = [];
  let elapsed = 0;
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const timeline = createIssueTimeline({
    ref: () => ref,
    tracker: () => ({ timeline: () => new Promise((resolve) => reads.push(resolve)) }),
    pending: () => setup.pending,
    missed: () => missed,
    describeFailure: ({ kind }) => `failed: ${kind}`,
    changed: () => void setup.changes++,
    clock: { wait: () => new Promise((resolve) => pauses.push(resolve)) },
    log: { error: assert.fail },
    elapsed: () => elapsed,
    context: {
      t: fill, home: ref.repository,
      readBlocks(markdown) {
        setup.parsed.push(markdown);
        elapsed += setup.effort;
        return readBlocks(markdown, { home: ref.repository });
      },
    },
  });
  const setup: Setup = {
    timeline,
    pending: [],
    changes: 0,
    parsed: [],
    effort: 0,
    async answer(result) {
      reads.shift()?.(result);
      await settle();
    },
    async goOn() {
      pauses.shift()?.();
      await settle();
    },
  };
  return setup;
}

const shown = ({ timeline }: Setup): unknown => {
  timeline.state(issue, []);
  return timeline.entries("").entries.map(({ text, by, pending }) => [text, by, pending]);
};

describe("the timeline of a page", () => {
  it("is loading until the first read ends, and keeps its entries while it is read again", async () => {
    const setup = setUp();
    void setup.timeline.read();
    assert.deepEqual(setup.timeline.state(issue, []), { count: 0, loading: true });
    await setup.answer(ok([comment(1, "Hello")]));
    const { revision, ...state } = setup.timeline.state(issue, []);
    assert.deepEqual(state, { count: 2, loading: false });
    assert.equal(typeof revision, "string");
    void setup.timeline.read();
    assert.deepEqual(setup.timeline.state(issue, []), { ...state, revision });
  });

  it("ignores the answer to an earlier read", async () => {
    const setup = setUp();
    void setup.timeline.read();
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "Old")]));
    assert.equal(setup.timeline.state(issue, []).revision, undefined);
    await setup.answer(ok([comment(1, "Old"), comment(2, "New")]));
    assert.equal(setup.timeline.state(issue, []).count, 3);
    assert.equal(setup.changes, 1);
  });

  it("keeps its entries when reading fails, and says why until it works again", async () => {
    const setup = setUp();
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "Hello")]));
    void setup.timeline.read();
    await setup.answer(failed({ kind: "gone", ref }));
    assert.deepEqual([setup.timeline.state(issue, []).count, setup.timeline.state(issue, []).failure], [2, "failed: gone"]);
    void setup.timeline.read();
    await setup.answer(ok([]));
    assert.equal(setup.timeline.state(issue, []).failure, undefined);
  });

  it("shows an own comment while it is pending, and once it is written, without a gap and not twice", async () => {
    const setup = setUp();
    void setup.timeline.read();
    await setup.answer(ok([]));
    setup.pending = [waiting("k1", renderMilestone("note", "It is back"))];
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Note", "ana", true]]);
    setup.pending = [];
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Note", "ana", true]]);
    void setup.timeline.read();
    await setup.answer(ok([{ kind: "commented", at: "2026-11-20T16:31:00Z", by: "ana", markdown: renderMilestone("note", "It is back") }]));
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Note", "ana", false]]);
  });

  it("shows an own comment once if it is read while it is still pending, and the same words of others too", async () => {
    const setup = setUp();
    setup.pending = [waiting("k1", "It is back")];
    const written = (by: string): TimelineEvent => ({ kind: "commented", at: "2026-11-20T16:31:00Z", by, markdown: "It is back" });
    void setup.timeline.read();
    await setup.answer(ok([written("ana"), written("ben"), comment(32, "Another")]));
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Comment", "ana", true], ["Comment", "ben", false], ["Comment", "ben", false]]);
  });

  it("shows an earlier comment in the same words beside the one that is pending", async () => {
    const setup = setUp();
    setup.pending = [waiting("k1", "Done.")];
    void setup.timeline.read();
    await setup.answer(ok([{ kind: "commented", at: "2026-11-20T16:10:00Z", by: "ana", markdown: "Done." }, { kind: "commented", at: "2026-11-20T16:29:00Z", by: "ana", markdown: "Done." }]));
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Comment", "ana", false], ["Comment", "ana", true]]);
  });

  it("forgets a comment that was discarded", async () => {
    const setup = setUp();
    void setup.timeline.read();
    await setup.answer(ok([]));
    setup.pending = [waiting("k1", "Never mind")];
    shown(setup);
    setup.pending = [];
    void setup.timeline.read();
    await setup.answer(ok([]));
    assert.deepEqual(shown(setup), [["Opened", "ana", false]]);
  });

  it("shows an update that was late at the time when it was due", async () => {
    const setup = setUp([{ audience: "users", at: "2026-11-20T16:01:30Z" }]);
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "One"), comment(2, "Two")]));
    assert.deepEqual(shown(setup), [["Opened", "ana", false], ["Comment", "ben", false], ["Update for users was due", "", false], ["Comment", "ben", false]]);
  });

  it("shows long comments as they were written, until all are parsed with pauses, the newest first", async () => {
    const setup = setUp();
    setup.effort = 400;
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "*One*"), comment(2, "<!-- hidden --> *Two*"), comment(3, "*Three*")]));
    setup.timeline.state(issue, []);
    const first = setup.timeline.entries("");
    assert.deepEqual(setup.parsed, ["*Three*"]);
    assert.deepEqual(first.entries.map(({ body }) => body?.[0]), [
      undefined,
      { kind: "paragraph", spans: [{ kind: "text", text: "*One*" }] },
      { kind: "paragraph", spans: [{ kind: "text", text: "*Two*" }] },
      { kind: "paragraph", spans: [{ kind: "emphasis", spans: [{ kind: "text", text: "Three" }] }] },
    ]);
    const changes = setup.changes;
    await setup.goOn();
    assert.deepEqual([setup.parsed.length, setup.changes], [2, changes]);
    await setup.goOn();
    assert.deepEqual([setup.parsed.length, setup.changes], [3, changes + 1]);
    const { order, entries } = setup.timeline.entries(first.revision);
    assert.deepEqual(entries.map(({ id }) => id), order.slice(1, 3));
    assert.deepEqual(entries.map(({ body }) => JSON.stringify(body).includes("emphasis")), [true, true]);
  });

  it("goes on with what is not parsed when another comment arrives, and parses nothing twice", async () => {
    const setup = setUp();
    setup.effort = 400;
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "One"), comment(2, "Two")]));
    setup.timeline.state(issue, []);
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "One"), comment(2, "Two"), comment(3, "Three")]));
    setup.timeline.state(issue, []);
    for (let pauses = 0; pauses < 5; pauses++) await setup.goOn();
    assert.deepEqual(setup.parsed, ["Two", "Three", "One"]);
  });

  it("transfers only entries that the page does not have, and all if it has another revision", async () => {
    const setup = setUp();
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "One")]));
    setup.timeline.state(issue, []);
    const first = setup.timeline.entries("");
    void setup.timeline.read();
    await setup.answer(ok([comment(1, "One"), comment(2, "Two"), comment(2, "Two")]));
    setup.timeline.state(issue, []);
    const second = setup.timeline.entries(first.revision);
    assert.deepEqual([second.order.slice(0, 2), second.entries.length], [first.order, second.order.length - 2]);
    assert.equal(setup.timeline.entries("another").entries.length, second.order.length);
  });
});
