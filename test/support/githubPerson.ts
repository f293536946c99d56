import type { Clock, Memory } from '../../src/core/model/ports';
import type { Result } from '../../src/core/model/result';
import { type GithubApi, githubApi } from '../../src/trackers/github/githubApi';
import { createGithubTracker, type GithubTracker } from '../../src/trackers/github/githubTracker';
import type { Notice } from '../../src/trackers/github/notices';
import type { FakeGithub } from './fakeGithub/fakeGithub';
import { memoryMemory } from './memoryMemory';
import { realClock } from './realClock';

/** One person on one machine whose issues are on a fake GitHub. */
export interface GithubPerson {
  readonly api: GithubApi;
  readonly tracker: GithubTracker;
  readonly notices: readonly Notice[];
  readonly log: readonly string[];
  readonly memory: Memory;
}

/** The token of a person on the fake GitHub. */
export function tokenOf(login: string): string {
  return `token-of-${login}`;
}

/** Adds the person to the fake GitHub. Passing the same memory again simulates a restart of the machine. */
export function githubPerson(github: FakeGithub, login: string, repositories: readonly string[], options: { readonly memory?: Memory; readonly timeoutMilliseconds?: number; readonly clock?: Clock; readonly mayWrite?: () => Promise<boolean>; readonly people?: () => readonly string[]; readonly fetch?: typeof fetch } = {}): GithubPerson {
  github.addUser(login, tokenOf(login));
  const notices: Notice[] = [];
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), error: (line: string) => void lines.push(line) };
  const memory = options.memory ?? memoryMemory();
  const clock = options.clock ?? realClock;
  const api = githubApi({ server: github.url, token: async () => tokenOf(login), clock, log, spacing: 5, timeoutMilliseconds: options.timeoutMilliseconds ?? 30_000, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) });
  let known: Result<string> | undefined;
  const tracker = createGithubTracker({
    api, memory, log, clock, pause: 20, settleDelay: 40,
    repositories: () => repositories,
    // The server is asked once, as in the product.
    account: async () => (known?.kind === "ok" ? known : (known = await api.login())),
    onNotice: (notice) => void notices.push(notice),
    ...(options.people === undefined ? {} : { people: options.people }),
    ...(options.mayWrite === undefined ? {} : { mayWrite: options.mayWrite }),
  });
  return { api, tracker, notices, log: lines, memory };
}
