import { startFakeGithub } from "../../test/support/fakeGithub/fakeGithub";
import { memoryLog } from "../../test/support/memoryLog";
import { manyRepositories, openMany } from "../../test/support/manyIssues";
import { memoryMemory } from "../../test/support/memoryMemory";
import { realClock } from "../../test/support/realClock";
import { githubApi } from "../../src/trackers/github/githubApi";
import { createGithubTracker, type GithubTracker } from "../../src/trackers/github/githubTracker";

const at = "2026-11-20T16:00:00Z";
const now = (): number => Date.parse(at);

/** Recorded responses of a GitHub with 5,000 open issues to a first reading, so that figures do not include the server's own work. */
export interface RecordedGithub {
  /** The bodies of all responses. */
  readonly texts: readonly string[];
  readonly issues: number;
  /** A tracker without data. `answered` is called when a response's text is available. */
  tracker(answered?: () => void): GithubTracker;
}

interface Recorded {
  readonly text: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads everything once, and replays the responses from then on. */
export async function recordGithub(each: number): Promise<RecordedGithub> {
  const github = await startFakeGithub({ checkDescription: false, now });
  github.addUser("ana", "token");
  openMany(github, each, now);
  const answers = new Map<string, Recorded>();
  const record: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.text();
    const { "content-length": _length, ...headers } = Object.fromEntries(response.headers);
    const recorded = { text, status: response.status, headers };
    answers.set(String(input), recorded);
    return again(recorded);
  };
  const tracker = (fetching: typeof fetch): GithubTracker => {
    const clock = { ...realClock, now: () => at };
    const log = memoryLog();
    const api = githubApi({ server: github.url, token: async () => "token", clock, log, fetch: fetching, timeoutMilliseconds: 600_000 });
    return createGithubTracker({ api, clock, log, memory: memoryMemory(), repositories: () => manyRepositories, account: () => api.login(), onNotice: () => {} });
  };
  const read = await tracker(record).list({ state: "open" });
  await github.close();
  if (read.kind === "failed") throw new Error(`The first reading failed: ${read.failure.kind}`);
  return {
    texts: [...answers.values()].map(({ text }) => text),
    issues: read.value.issues.length,
    tracker: (answered = () => {}) =>
      tracker(async (input) => {
        const recorded = answers.get(String(input));
        if (recorded === undefined) throw new Error(`Nobody asked for ${String(input)} before`);
        await realClock.wait(1);
        answered();
        return again(recorded);
      }),
  };
}

function again({ text, ...rest }: Recorded): Response {
  return new Response(text, rest);
}
