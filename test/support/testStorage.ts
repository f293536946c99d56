import type { Clock, IssueTracker } from '../../src/core/model/ports';
import { ok } from '../../src/core/model/result';
import { createOutbox, type Outbox } from '../../src/core/sync/outbox';
import { createFilesTracker } from '../../src/trackers/files/filesTracker';
import { githubApi } from '../../src/trackers/github/githubApi';
import { createGithubTracker } from '../../src/trackers/github/githubTracker';
import { countingIds } from './countingIds';
import { createFakeFetch } from './fakeGithub/fakeFetch';
import { memoryLog } from './memoryLog';
import { memoryFiles } from './memoryFiles';
import { memoryMemory } from './memoryMemory';
import { type VirtualTime, virtualTime } from './virtualTime';
import { type Faults, openWindow } from './window';

/** The repositories of every storage. */
export const [home, engine, docs] = ["acme/desk", "acme/engine", "acme/docs"] as const;

const start = "2026-11-20T16:00:00Z";

/** Issue storage that outlives its windows. */
export interface TestStorage {
  readonly time: VirtualTime;
  /** The memory of one machine. */
  readonly stored: Map<string, string>;
  /** Opens a window. `crash` is called for each of its calls to files, memory or server. */
  open(name: string, crash: Faults["crash"]): { readonly tracker: IssueTracker; readonly outbox: Outbox; calls(): number };
}

/** Issues in a folder. */
export function onFiles(): TestStorage {
  const time = virtualTime(start);
  const stored = new Map<string, string>();
  const { files } = memoryFiles();
  return {
    time,
    stored,
    open(name, crash) {
      const window = openWindow(files, memoryMemory(stored), time.clock, { delay: () => ({ before: 1, after: 1 }), crash });
      const ids = countingIds(name);
      const tracker = createFilesTracker({ files: window.files, clock: window.clock, ids, me: () => "ana" });
      return { tracker, outbox: createOutbox({ memory: window.memory, tracker, clock: window.clock, ids, log: memoryLog() }), calls: window.calls };
    },
  };
}

/** Issues on the fake GitHub. */
export function onGithub(): TestStorage {
  const time = virtualTime(start);
  const stored = new Map<string, string>();
  const github = createFakeFetch({
    now: () => Date.parse(start) + time.elapsed(),
    wait: (milliseconds) => time.clock.wait(milliseconds),
    timeoutMilliseconds: 30_000,
    fate: () => ({ before: 30, after: 30 }),
  });
  for (const each of [home, engine, docs]) github.addRepository(each);
  github.addPerson("ana", "token");
  return {
    time,
    stored,
    open(name, crash) {
      const window = openWindow(memoryFiles().files, memoryMemory(stored), time.clock, { delay: () => ({ before: 1, after: 1 }), crash });
      const clock: Clock = { now: () => window.clock.now(), wait: (milliseconds) => window.clock.wait(Math.ceil(milliseconds)) };
      // A request is a call of the window too: the window can close before it, or before the response arrives.
      const fetch: typeof globalThis.fetch = async (input, init) => {
        await window.files.list("request");
        const answer = await github.fetch(input, init);
        await window.files.list("answer");
        return answer;
      };
      const api = githubApi({ server: github.url, token: async () => "token", clock, log: memoryLog(), fetch });
      const tracker = createGithubTracker({ api, repositories: () => [home, engine, docs], clock, memory: window.memory, log: memoryLog(), account: async () => ok("ana"), onNotice: () => undefined });
      return { tracker, outbox: createOutbox({ memory: window.memory, tracker, clock, ids: countingIds(name), log: memoryLog() }), calls: window.calls };
    },
  };
}
