import { appendChecklist } from '../../../src/core/markup/checklistRegion';
import { noteClock } from '../../../src/core/markup/clockRegion';
import { renderMilestone } from '../../../src/core/markup/milestone';
import type { Clock, Memory } from '../../../src/core/model/ports';
import { ok } from '../../../src/core/model/result';
import { createOutbox, type Outbox } from '../../../src/core/sync/outbox';
import { outboxPrefix } from '../../../src/core/sync/outboxEntries';
import { retryWhenDue } from '../../../src/core/sync/retryTimer';
import { needsUndoWindow } from '../../../src/core/sync/undoWindow';
import { deskCommentKey, newDeskComment } from '../../../src/trackers/github/deskComment';
import { githubApi } from '../../../src/trackers/github/githubApi';
import { createGithubTracker } from '../../../src/trackers/github/githubTracker';
import { withKey } from '../../../src/trackers/github/keyMark';
import { countingIds } from '../../support/countingIds';
import { createFakeFetch, type FakeFetch } from '../../support/fakeGithub/fakeFetch';
import { memoryMemory } from '../../support/memoryMemory';
import { sampleChecklist, step } from '../../support/sampleChecklist';
import { virtualTime } from '../../support/virtualTime';
import { type Action, away, home, outsider, parent, people, requestsOf, type Schedule, slowest, start, steps, written } from './schedule';

const timeoutMilliseconds = 30_000;

/** How long what others are told of is held for undo, and how long a window that closes may go on. */
const [undoPause, maxClosingTime] = [5000, 4000];

/** A change that a person asked for. */
export interface WantedChange {
  readonly key: string;
  readonly action: Action;
  readonly name: string;
  readonly repository: string;
}

/** What is there after a schedule. */
export interface Outcome {
  readonly github: FakeFetch;
  readonly stranger: boolean;
  /** How many notes were saved on the web. */
  readonly notes: number;
  readonly wanted: readonly WantedChange[];
  /** Keys of what was promised: it was on disk before anything was tried. */
  readonly promised: ReadonlySet<string>;
  /** How many changes are still pending. */
  readonly left: number;
  /** What was asked of GitHub and logged, for a failure. */
  readonly trace: string;
}

/** What happened in all schedules together. */
export interface Tally {
  requests: number;
  faults: number;
  restarts: number;
  closings: number;
  moves: number;
  strangers: number;
  forgeries: number;
}

/** Lets people work on a fake GitHub by a schedule until nothing is pending any more, or until an hour has passed. */
export async function followSchedule({ stranger = false, full, actions, fates }: Schedule, tally: Tally): Promise<Outcome> {
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

  const wanted: WantedChange[] = [];
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
  const trace = JSON.stringify(pendingChanges) + JSON.stringify(github.requests) + windows.map(({ log }) => log.join("\n")).join();
  return { github, stranger, notes, wanted, promised, left: left(), trace };
}
