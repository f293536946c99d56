import assert from 'node:assert/strict';
import { ok } from '../../src/core/model/result';
import { githubApi } from '../../src/trackers/github/githubApi';
import { accountTracker, createGithubTracker } from '../../src/trackers/github/githubTracker';
import { createFakeFetch } from '../support/fakeGithub/fakeFetch';
import { memoryLog } from '../support/memoryLog';
import { memoryMemory } from '../support/memoryMemory';
import { virtualTime } from '../support/virtualTime';

const start = "2026-11-20T16:00:00Z";

const repository = "acme/desk";

describe("GitHub with two accounts", () => {
  it("never continues operations of one account with another, and resumes each as it signs in", async () => {
    const time = virtualTime(start);
    const { clock } = time;
    let login: string | undefined = "ana";
    let refusals = 1;
    const github = createFakeFetch({
      now: () => Date.parse(start) + time.elapsed(),
      wait: (milliseconds) => clock.wait(milliseconds),
      timeoutMilliseconds: 30_000,
      fate({ method }) {
        if (method !== "POST" || refusals === 0) return { before: 30, after: 30 };
        refusals -= 1;
        // Before ana's comment is sent again, she signs out and ben signs in.
        login = "ben";
        return { before: 30, after: 30, fault: { kind: "status", status: 503, after: false } };
      },
    });
    github.addRepository(repository);
    for (const each of ["ana", "ben"]) github.addPerson(each, `token-${each}`);
    github.repository(repository).open({ title: "Portal down", body: "" }, "ana");
    const tracker = accountTracker(async () => login && `token-${login}`, (token) => createGithubTracker({
      api: githubApi({ server: github.url, token, clock: { ...clock, wait: (milliseconds) => clock.wait(Math.ceil(milliseconds)) }, log: memoryLog(), fetch: github.fetch }),
      repositories: () => [repository], clock, memory: memoryMemory(), log: memoryLog(), account: async () => ok(login ?? ""), onNotice: () => undefined,
    }));
    const ref = { repository, number: 1 };
    const comments = (): readonly (readonly [string, string])[] => github.repository(repository).issue(1).comments.map((comment) => [comment.login, comment.body.split("\n")[0] ?? ""] as const);
    const sent = await time.run(tracker.comment(ref, "Ana's words", "a"));
    assert.equal(sent.kind === "failed" && sent.failure.kind, "signedOut");
    assert.deepEqual(comments(), []);
    assert.equal((await time.run(tracker.comment(ref, "Ben's words", "b"))).kind, "ok");
    login = "ana";
    assert.equal((await time.run(tracker.comment(ref, "Ana's words", "a"))).kind, "ok");
    assert.deepEqual(comments(), [["ben", "Ben's words"], ["ana", "Ana's words"]]);
  });
});
