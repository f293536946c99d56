import assert from "node:assert/strict";
import { Octokit } from "@octokit/rest";
import { type FakeGithub, type FakeGithubOptions, startFakeGithub } from "../../../support/fakeGithub/fakeGithub";

export const desk = { owner: "acme", repo: "desk" };
export const name = "acme/desk";

/** Starts a fake GitHub with a repository and two people before each test of a suite, and closes it afterwards. */
export function everyFakeGithub() {
  let github: FakeGithub;
  let octokit: Octokit;
  let expectsViolation: boolean;

  const client = (token: string) => new Octokit({ auth: token, baseUrl: `${github.url}/api/v3`, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } });
  const start = async (options: FakeGithubOptions = {}) => {
    github = await startFakeGithub(options);
    expectsViolation = false;
    octokit = client("token-ana");
    if (options.state !== undefined) return;
    github.addUser("ana", "token-ana");
    github.addUser("ben", "token-ben");
    github.addRepository(name, { labels: ["incident"] });
  };

  beforeEach(async () => { await start(); });
  afterEach(async () => {
    if (expectsViolation) await assert.rejects(github.close(), /Not as GitHub describes it/);
    else await github.close();
  });

  return {
    get github(): FakeGithub { return github; },
    /** The API as Ana sees it. */
    get octokit(): Octokit { return octokit; },
    client,
    async restart(options: FakeGithubOptions): Promise<void> {
      await github.close();
      await start(options);
    },
    /** A repository in which only these people may write. */
    only(...logins: string[]) {
      github.addRepository("acme/few", { writers: logins, triagers: ["tess"], labels: ["incident"] });
      return { owner: "acme", repo: "few" };
    },
    raw: (path: string, init: RequestInit = {}, token = "token-ana") => fetch(`${github.url}/api/v3${path}`, { redirect: "manual", ...init, headers: { authorization: `token ${token}`, ...init.headers } }),
    /** The message of an answer that is not as GitHub describes it. */
    async told(answer: Response): Promise<string> {
      assert.equal(answer.status, 599);
      expectsViolation = true;
      return String(Object(await answer.json()).message);
    },
  };
}

/** Checks that a request is refused with this status and message, and gives the headers of the answer. */
export async function refused(work: Promise<unknown>, status: number, message: RegExp): Promise<Record<string, unknown>> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof Error && "status" in error && "response" in error, `nothing was refused: ${String(error)}`);
  assert.equal(error.status, status);
  assert.match(error.message, message);
  return Object(Object(error.response).headers);
}
