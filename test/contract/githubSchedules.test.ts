import fc from 'fast-check';
import assert from 'node:assert/strict';
import { appendChecklist, readChecklists } from '../../src/core/markup/checklistRegion';
import { noteClock, readClock } from '../../src/core/markup/clockRegion';
import { readLinks } from '../../src/core/markup/linkRegion';
import { renderMilestone } from '../../src/core/markup/milestone';
import { type IssueRef, refKey, sameRef } from '../../src/core/model/issueRef';
import type { Operation } from '../../src/core/model/operation';
import type { Clock, Memory } from '../../src/core/model/ports';
import { ok } from '../../src/core/model/result';
import { createOutbox, type OperationRequest, type Outbox } from '../../src/core/sync/outbox';
import { outboxPrefix } from '../../src/core/sync/outboxEntries';
import { retryWhenDue } from '../../src/core/sync/retryTimer';
import { needsUndoWindow } from '../../src/core/sync/undoWindow';
import { deskCommentKey, isDeskComment, newDeskComment } from '../../src/trackers/github/deskComment';
import { githubApi } from '../../src/trackers/github/githubApi';
import { createGithubTracker } from '../../src/trackers/github/githubTracker';
import { withKey } from '../../src/trackers/github/keyMark';
import { movedChecklists, putBack } from '../../src/trackers/github/longChecklists';
import { countingIds } from '../support/countingIds';
import { createFakeFetch, type Fate } from '../support/fakeGithub/fakeFetch';
import type { FaultKind } from '../support/fakeGithub/faults';
import { memoryMemory } from '../support/memoryMemory';
import { propertyRuns } from '../support/propertyRuns';
import { sampleChecklist, step } from '../support/sampleChecklist';
import { virtualTime } from '../support/virtualTime';

const [home, away] = ["acme/desk", "acme/engine"];

const parent: IssueRef = { repository: home, number: 1 };

/** Of an outsider, and nothing is kept of it at first. */
const outside: IssueRef = { repository: home, number: 2 };

const start = "2026-11-20T16:00:00Z";

const people = ["ana", "ben", "cho"];

const outsider = "mallory";

const steps = ["a", "b", "c", "d", "e", "f"];

const written = "Nobody can sign in.  \r\n\r\nSee `log`.";

/** The longest a request takes on either side of its effect. */
const slowest = 150;

const timeoutMilliseconds = 30_000;

/** How long what others are told of is held for undo, and how long a window that closes may go on. */
const [undoPause, maxClosingTime] = [5000, 4000];

type Action =
  | { readonly kind: "tick" | "skip"; readonly step: string }
  | { readonly kind: "child" | "set"; readonly step: string }
  | { readonly kind: "create" | "comment" | "label" | "batch" | "restart" | "window" | "close" | "web" | "outsider" | "acknowledge" };

interface Plan {
  /** Whether an outsider reported the incident, so that a comment keeps its checklist. */
  readonly stranger?: boolean;
  /** Whether the incident's text is so long that its checklist moves to a comment. */
  readonly full: boolean;
  readonly actions: readonly { readonly who: number; readonly wait: number; readonly action: Action }[];
  readonly fates: readonly Fate[];
}

const gone: fc.Arbitrary<FaultKind> = fc.oneof(
  fc.constant({ kind: "dropBefore" as const }),
  fc.constant({ kind: "dropAfter" as const }),
  fc.constant({ kind: "cut" as const }),
  fc.constant({ kind: "hang" as const }),
  fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(500, 502, 503), after: fc.boolean() }),
  fc.record({ kind: fc.constant("stale" as const), ms: fc.constantFrom(300, 2000) }),
  fc.constant({ kind: "status" as const, status: 429, headers: { "Retry-After": "3" }, body: { message: "Slow down" } }),
  fc.constant({ kind: "status" as const, status: 403, body: { message: "You have exceeded a secondary rate limit." } }),
);

const time_ = fc.nat(slowest);

const plan: fc.Arbitrary<Plan> = fc.record({
  stranger: fc.boolean(),
  full: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  actions: fc.array(
    fc.record({
      who: fc.nat(people.length - 1),
      wait: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(4000)),
      action: fc.oneof(
        { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("tick" as const, "skip" as const), step: fc.constantFrom(...steps) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("child" as const, "set" as const), step: fc.constantFrom(...steps) }) },
        { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom("create" as const, "comment" as const, "label" as const, "batch" as const, "batch" as const, "close" as const, "restart" as const, "outsider" as const, "outsider" as const, "restart" as const, "restart" as const, "restart" as const, "restart" as const, "restart" as const, "window" as const, "web" as const, "outsider" as const, "outsider" as const, "acknowledge" as const, "acknowledge" as const) }) },
      ),
    }),
    { minLength: 2, maxLength: 7 },
  ),
  fates: fc.array(fc.oneof({ weight: 3, arbitrary: fc.record({ before: time_, after: time_ }) }, { weight: 2, arbitrary: fc.record({ before: time_, after: time_, fault: gone }) }), { maxLength: 24 }),
});

/** Schedules that once came to harm. */
const harmful: readonly Plan[] = [
  // A window that closes made a second comment of the desk, and died before it saw the one of the window after it.
  {
    full: false,
    actions: [
      { who: 1, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 1, wait: 0, action: { kind: "acknowledge" } },
      { who: 0, wait: 1052, action: { kind: "tick", step: "a" } },
      { who: 1, wait: 0, action: { kind: "batch" } },
      { who: 1, wait: 67, action: { kind: "close" } },
    ],
    fates: [],
  },
  // A window that closes sent a comment, and died before it saw the one of the window after it.
  {
    full: true,
    actions: [
      { who: 2, wait: 0, action: { kind: "child", step: "a" } },
      { who: 2, wait: 2, action: { kind: "acknowledge" } },
      { who: 2, wait: 0, action: { kind: "close" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [],
  },
  { full: true, actions: Array.from({ length: 7 }, () => ({ who: 0, wait: 0, action: { kind: "set", step: "a" } })), fates: [] },
  {
    full: false,
    actions: [
      { who: 0, wait: 0, action: { kind: "tick", step: "b" } },
      { who: 2, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "c" } },
      { who: 2, wait: 65, action: { kind: "restart" } },
    ],
    fates: [{ before: 0, after: 68 }],
  },
  {
    full: false,
    actions: [
      { who: 0, wait: 0, action: { kind: "child", step: "a" } },
      { who: 0, wait: 9, action: { kind: "restart" } },
      { who: 0, wait: 5, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [{ before: 10, after: 0, fault: { kind: "stale", ms: 300 } }, { before: 0, after: 0 }, { before: 1, after: 0 }, { before: 0, after: 0, fault: { kind: "dropAfter" } }],
  },
  {
    full: true,
    actions: [
      { who: 1, wait: 0, action: { kind: "skip", step: "a" } },
      { who: 0, wait: 0, action: { kind: "skip", step: "d" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [...Array.from({ length: 7 }, () => ({ before: 0, after: 0 })), { before: 0, after: 0, fault: { kind: "dropBefore" as const } }],
  },
];

/** What a schedule came to. */
interface Tally {
  requests: number;
  faults: number;
  restarts: number;
  closings: number;
  moves: number;
  strangers: number;
  forgeries: number;
}

describe("concurrent work on GitHub", function () {
  this.timeout(1_200_000);

  it("duplicates no issue, loses no tick and no text, and leaves nothing pending, whatever fails, wherever windows close and whatever outsiders write", async () => {
    const tally: Tally = { requests: 0, faults: 0, restarts: 0, closings: 0, moves: 0, strangers: 0, forgeries: 0 };
    const numRuns = harmful.length + propertyRuns(1000);
    await fc.assert(fc.asyncProperty(plan, (each) => follow(each, tally)), { numRuns, examples: harmful.map((each) => [each]) });
    // Schedules in which nothing goes wrong would show nothing.
    assert.ok(tally.faults > numRuns && tally.restarts > numRuns / 2 && tally.closings > numRuns / 20 && tally.moves > numRuns / 20 && tally.strangers > numRuns / 4 && tally.forgeries > numRuns / 10, JSON.stringify(tally));
  });
});

async function follow({ stranger = false, full, actions, fates }: Plan, tally: Tally): Promise<void> {
  const time = virtualTime(start);
  const { clock } = time;
  const now = (): number => Date.parse(start) + time.elapsed();
  let requests = 0;
  let lastRead = -Infinity;
  const github = createFakeFetch({
    now, wait: (milliseconds) => clock.wait(milliseconds), timeoutMilliseconds,
    fate({ method, path }) {
      const fate = fates[requests] ?? { before: 30, after: 30 };
      requests += 1;
      if (fate.fault !== undefined) tally.faults += 1;
      if ((method === "GET" && path.startsWith(`/repos/${home}/issues/1`)) || path.startsWith(`/repos/${home}/issues/comments`)) lastRead = Math.max(lastRead, now() + fate.before);
      return fate;
    },
  });
  for (const each of [home, away]) github.addRepository(each, [...people, "dan"]);
  const web = github.repository(home);
  // Where the text is full, the checklist that moves out of it makes room for all links that a schedule may ask for.
  const checklist = sampleChecklist(steps.map((id) => step(id, full ? { text: `Do ${id}${" with care".repeat(20)}` } : {})));
  const room = 65_536 - appendChecklist(written, checklist, home).length;
  const filler = full ? "\n\n" + "x".repeat(room - 50) : "";
  if (stranger) {
    tally.strangers += 1;
    web.open({ title: "[INCIDENT] Portal down", body: written }, outsider);
    web.comment(1, withKey(newDeskComment(appendChecklist(full ? "x".repeat(room - 700) : "", checklist, home)), deskCommentKey(parent)), "ana");
  } else {
    web.open({ title: "[INCIDENT] Portal down", body: appendChecklist(written + filler, checklist, home) }, "ana");
  }
  web.open({ title: "[INCIDENT] Printer down", body: written }, outsider);
  /** What an outsider would have us believe. */
  const forged = noteClock(appendChecklist("", sampleChecklist(steps.map((id) => step(id, { mark: { kind: "done", by: "ana", at: start } }))), home), { acknowledged: start, by: "ana" });

  /** Everything a machine keeps, whichever window wrote it. */
  const machines = people.map(() => new Map<string, string>());
  /** Keys of what was promised: it was on disk before anything was tried. */
  const promised = new Set<string>();
  let opened = 0;
  const windows = people.map((_, who) => openWindow(who));
  const older: Window[] = [];

  interface Window {
    readonly outbox: Outbox;
    readonly log: readonly string[];
    /** Reads the issues, as a desk does from time to time. */
    look(): void;
    die(): void;
  }

  function openWindow(who: number): Window {
    const login = people[who] ?? "";
    github.addPerson(login, `token-${login}`);
    opened += 1;
    let dead = false;
    const never = new Promise<never>(() => undefined);
    const living = async <T>(value: Promise<T>): Promise<T> => {
      const result = dead ? await never : await value;
      return dead ? never : result;
    };
    const disk = memoryMemory(machines[who]);
    const slowly = async <T>(effect: () => Promise<T>): Promise<T> => {
      await living(clock.wait(2));
      return living(effect());
    };
    const memory: Memory = {
      keys: (prefix) => slowly(() => disk.keys(prefix)),
      read: (key) => slowly(() => disk.read(key)),
      text: (key) => slowly(() => disk.text(key)),
      write: (key, value) =>
        slowly(async () => {
          if (key.startsWith(outboxPrefix)) for (const found of JSON.stringify(value).matchAll(/"key":"(key[^"]+)"/g)) promised.add(found[1] ?? "");
          return disk.write(key, value);
        }),
      remove: (key) => slowly(() => disk.remove(key)),
    };
    const own: Clock = { now: () => clock.now(), wait: (milliseconds) => living(clock.wait(Math.ceil(milliseconds))) };
    const heard: string[] = [];
    const log = { info: (message: string) => void heard.push(message), error: (message: string) => void heard.push(message) };
    // A window that died asks nothing more; what it had asked happens, and it hears nothing of it.
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (dead) throw new TypeError("The window is gone");
      const answer = await github.fetch(input, init);
      if (dead) throw new TypeError("The window is gone");
      return answer;
    };
    const api = githubApi({ server: github.url, token: async () => `token-${login}`, clock: own, log, fetch });
    const tracker = createGithubTracker({ api, repositories: () => [home, away], clock: own, memory, log, account: async () => ok(login), onNotice: () => undefined });
    const outbox = createOutbox({ memory, tracker, clock: own, ids: countingIds(`${login}-${opened}-`), log, undoMilliseconds: (operation) => (needsUndoWindow(operation) ? undoPause : 0) });
    const rest = retryWhenDue(outbox, own, log, (key) => outbox.retry(key));
    void outbox.replay();
    return {
      outbox,
      log: heard,
      look: () => void tracker.list({ state: "all" }),
      die() {
        dead = true;
        rest();
      },
    };
  }

  const wanted: { readonly key: string; readonly action: Action; readonly name: string; readonly repository: string }[] = [];
  let notes = 0;
  for (const [index, { who, wait, action }] of actions.entries()) {
    await time.run(clock.wait(wait));
    const login = people[who] ?? "";
    const requests = requestsOf(action, index);
    if (requests.length > 0) {
      wanted.push(...requests.map(({ key, name, repository }) => ({ key, action, name, repository })));
      if (action.kind === "set") void windows[who]?.outbox.submitAll(requests, login);
      else for (const { key, operation } of requests) void windows[who]?.outbox.submit(operation, login, key);
    } else if (action.kind === "restart") {
      tally.restarts += 1;
      windows[who]?.die();
      windows[who] = openWindow(who);
    } else if (action.kind === "close") {
      // The window sends what it holds and is ended when the editor waits no longer; the next one does not wait for that.
      tally.closings += 1;
      const closing = windows[who];
      void closing?.outbox.finish();
      void clock.wait(maxClosingTime).then(() => closing?.die());
      windows[who] = openWindow(who);
    } else if (action.kind === "window") {
      // The other one goes on with what it has to do.
      older.push(...windows.slice(who, who + 1));
      windows[who] = openWindow(who);
    } else if (action.kind === "outsider") {
      tally.forgeries += 1;
      const turn = index % 4;
      if (turn === 0) web.comment(1, withKey(renderMilestone("acknowledged", "All is well."), `key${index + 1}`), outsider);
      else if (turn === 1) web.comment(1, withKey(newDeskComment(forged), deskCommentKey(parent)), outsider);
      else if (turn === 2 || !stranger) web.open({ title: "From outside", body: withKey(forged, `key${index + 1}`) }, outsider);
      else web.editBody(1, `${forged}\n${web.issue(1).body ?? ""}`, outsider);
    } else {
      // GitHub keeps the last of two texts and says nothing: what is saved on the web in the moment between somebody's
      // reading and writing is lost by GitHub. That moment is no longer than the two requests take.
      while (now() <= lastRead + 2 * slowest) await time.run(clock.wait(20));
      notes += 1;
      web.editBody(1, `Note ${notes} of a person\n${web.issue(1).body ?? ""}`, "dan");
    }
  }

  const left = (): number => machines.reduce((sum, machine) => sum + [...machine.keys()].filter((key) => key.startsWith(outboxPrefix)).length, 0);
  await time.run(clock.wait(1000));
  for (let round = 0; left() > 0 && round < 120; round += 1) await time.run(clock.wait(30_000));
  // What two windows of one person sent at the same moment, and none could look at again because of a fault, the next list shows.
  for (let round = 0; round < 3; round += 1) {
    for (const { look } of windows) look();
    await time.run(clock.wait(120_000));
  }
  const pendingChanges = windows.flatMap(({ outbox }) => outbox.pendingChanges());
  for (const window of [...windows, ...older]) window.die();
  tally.requests += requests;

  assert.equal(left(), 0, JSON.stringify(pendingChanges) + JSON.stringify(github.requests) + windows.map(({ log }) => log.join("\n")).join());
  assert.deepEqual(github.violations(), []);
  const done = wanted.filter(({ key }) => promised.has(key));
  const own = web.issue(1).body ?? "";
  const desks = web.issue(1).comments.filter(({ login, body }) => login !== outsider && isDeskComment(body));
  assert.equal(desks.length, stranger ? 1 : 0, "comments of the desk");
  const text = stranger ? (desks[0]?.body ?? "") : own;
  const moved = movedChecklists(text).map((each) => ({ ...each, text: web.issue(1).comments.find(({ id }) => id === each.comment)?.body ?? "" }));
  tally.moves += moved.length;
  const body = putBack(text, moved);
  assert.ok(own.includes(written), "what the reporter wrote");
  for (let note = 1; note <= notes; note += 1) assert.ok(own.includes(`Note ${note} of a person`), `note ${note} in ${own}`);
  assert.deepEqual(readClock(body), {}, "an outsider's word on the clock");
  const marks = new Map(readChecklists(body, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" ? [[item.id, item] as const] : []))));
  const talk = web.issue(outside.number).comments;
  const acknowledged = done.filter(({ action }) => action.kind === "acknowledge");
  const kept = talk.filter((comment) => isDeskComment(comment.body));
  assert.equal(kept.length, acknowledged.length === 0 ? 0 : 1, "comments of the desk where there was none");
  assert.equal(readClock(kept[0]?.body ?? "").acknowledged === undefined, acknowledged.length === 0, `acknowledged in ${JSON.stringify(talk)}`);
  assert.ok((readClock(kept[0]?.body ?? "").later?.length ?? 0) <= Math.max(acknowledged.length - 1, 0), `later acknowledgements in ${JSON.stringify(talk)}`);
  for (const { name } of acknowledged) assert.equal(talk.filter((comment) => comment.body.startsWith(`Acknowledged ${name}.`)).length, 1, `acknowledgement ${name}`);
  assert.equal(web.issue(outside.number).body, written);
  const asked = new Set(wanted.flatMap(({ action }) => (action.kind === "tick" || action.kind === "skip" ? [action.step] : [])));
  for (const [id, { mark }] of marks) assert.ok(asked.has(id) || mark.kind === "open", `${id} is ticked by nobody who may`);
  const labels = web.issue(1).labels;
  const comments = web.issue(1).comments.map((comment) => comment.body);
  const links = readLinks(body, home);
  for (const { action, name, repository } of done) {
    switch (action.kind) {
      case "tick":
      case "skip":
        assert.notEqual(marks.get(action.step)?.mark.kind, "open", `${action.kind} ${action.step} is lost from ${body}`);
        break;
      case "acknowledge":
        break;
      case "label":
        assert.ok(labels.includes(`label ${name}`), `label ${name}`);
        break;
      case "comment":
        assert.equal(comments.filter((text) => text.startsWith(`Comment ${name}.`)).length, 1, `comment ${name} in ${JSON.stringify(comments)}`);
        break;
      case "batch":
        assert.equal(comments.filter((text) => text.startsWith(`Comment ${name}.`)).length, 1, `comment ${name} of a batch in ${JSON.stringify(comments)}`);
        assert.ok(labels.includes(`label ${name}`), `label ${name} of a batch`);
        break;
      case "child":
      case "set":
      case "create": {
        const open = github.repository(repository).issues().filter((issue) => issue.title === `Issue ${name}` && issue.state === "open");
        assert.equal(open.length, 1, `open issues ${name}`);
        assert.ok(open[0]?.body?.startsWith("As it was asked.  \r\n"), `text of issue ${name}`);
        if (!("step" in action)) break;
        const ref = { repository, number: open[0]?.number ?? 0 };
        assert.ok(links.some((link) => link.kind === "child" && sameRef(link.other, ref)), `link to ${refKey(ref)}`);
        assert.deepEqual(readLinks(open[0]?.body ?? "", repository), [{ kind: "parent", other: parent }]);
        assert.ok(web.subIssues(1).some(({ title, state }) => title === `Issue ${name}` && state === "open"), `sub-issue ${refKey(ref)}`);
        assert.ok(marks.get(action.step)?.links.some((link) => sameRef(link, ref)), `link on step ${action.step}`);
        break;
      }
    }
  }
  const counted = done.filter(({ action }) => action.kind === "comment" || action.kind === "batch").length;
  assert.equal(comments.filter((text) => text.startsWith("Comment ")).length, counted, "no comment that nobody wrote");
  const created = done.filter(({ action }) => action.kind === "child" || action.kind === "set" || action.kind === "create").length;
  const halves = wanted.filter(({ key, action }) => action.kind === "set" && !promised.has(key) && done.some((other) => other.action === action));
  assert.deepEqual(halves, [], "a set of which only a part was promised");
  const all = [home, away].flatMap((each) => github.repository(each).issues());
  assert.equal(all.filter(({ title, state }) => title.startsWith("Issue ") && state === "open").length, created, "no issue that nobody asked for");
}

type Wanted = OperationRequest & { readonly name: string; readonly repository: string };

/** What an action asks to be written, under keys that every window of the test would give it. */
function requestsOf(action: Action, index: number): readonly Wanted[] {
  const one = (operation: Operation, repository = home): readonly Wanted[] => [{ key: `key${index}`, operation, name: String(index), repository }];
  const draft = (repository: string, name = String(index)) => ({ repository, kind: "request", title: `Issue ${name}`, body: "As it was asked.  \r\n", labels: ["request"], assignees: [] });
  const under = (step: string) => ({ parent, relation: "child" as const, step: { run: "run1", step } });
  switch (action.kind) {
    case "tick":
      return one({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: action.step, mark: { kind: "done" } } });
    case "skip":
      return one({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: action.step, mark: { kind: "skipped", reason: "no need" } } });
    case "child":
      return one({ kind: "create", draft: draft(away), under: under(action.step) }, away);
    case "set":
      return [home, away, away].map((repository, member) => {
        const name = `${index}.${member}`;
        return { key: `key${name}`, name, repository, operation: { kind: "create", draft: draft(repository, name), under: under(action.step) } };
      });
    case "create":
      return one({ kind: "create", draft: draft(home) });
    case "comment":
      return one({ kind: "comment", ref: parent, markdown: `Comment ${index}.` });
    case "acknowledge":
      return one({ kind: "comment", ref: outside, markdown: renderMilestone("acknowledged", `Acknowledged ${index}.`) });
    case "label":
      return one({ kind: "edit", ref: parent, change: { kind: "label", add: [`label ${index}`], remove: [] } });
    case "batch":
      return one({
        kind: "batch",
        operations: [
          { kind: "comment", ref: parent, markdown: `Comment ${index}.` },
          { kind: "edit", ref: parent, change: { kind: "label", add: [`label ${index}`], remove: [] } },
        ],
      });
    case "restart":
    case "window":
    case "close":
    case "web":
    case "outsider":
      return [];
  }
}
