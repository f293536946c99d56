import assert from 'node:assert/strict';
import type { Failure } from '../../src/core/model/failure';
import type { PublishedFile, Publisher, PublishRequest } from '../../src/core/model/ports';
import type { Result } from '../../src/core/model/result';
import { githubPublisher } from '../../src/trackers/github/publishFile';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { githubPerson } from '../support/githubPerson';
import { must } from '../support/must';

const home = "acme/desk";

const branch = "post-mortem/2026-11-20-1-portal-is-down";

const request: PublishRequest = {
  repository: home,
  path: "postmortems/2026-11-20-1-portal-is-down.md",
  text: "# Post-mortem: Portal is down\n\n田中 “quoted” 🚒\n",
  branch,
  title: "Post-mortem: Portal is down",
  body: "- What happened: nobody could log in.",
  reviewers: ["ben", "chloe"],
};

describe("publishing on GitHub", function () {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { writers: ["ana", "ben"] });
    for (const login of ["ben", "chloe", "dan"]) githubPerson(github, login, [home]);
    github.repository(home).putFile("README.md", "# Desk\n");
  });

  afterEach(() => github.close());

  const publisher = (login = "ana", mayWrite = async (): Promise<boolean> => true, timeoutMilliseconds?: number): Publisher =>
    githubPublisher({ api: githubPerson(github, login, [home], timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }).api, mayWrite });
  const pulls = (): readonly { readonly title: string; readonly body: string | null; readonly state: string; readonly reviewers?: readonly string[] }[] => github.repository(home).issues().filter(({ pullRequest }) => pullRequest);
  const writes = (): number => github.requests.filter(({ method, status }) => method !== "GET" && status < 300 && status !== 0).length;
  const textIn = (name: string): string | undefined => github.repository(home).branch(name)?.get(request.path);
  const failureOf = (result: Result<PublishedFile>): Failure => {
    assert.equal(result.kind, "failed");
    return result.kind === "failed" ? result.failure : assert.fail();
  };

  it("opens a pull request from a branch of the default branch, with collaborators as reviewers", async () => {
    assert.deepEqual(await must(publisher().plan(request)), { base: "main", branch: "new", isPublished: false });
    assert.equal(writes(), 0);
    const published = await must(publisher().publish(request));
    assert.equal(textIn(branch), request.text);
    assert.equal(textIn("main"), undefined);
    assert.deepEqual([...github.repository(home).branch(branch)?.keys() ?? []], ["README.md", request.path]);
    const [pull] = pulls();
    assert.equal(pull?.title, request.title);
    assert.match(pull?.body ?? "", /^- What happened: nobody could log in\.\n\n<!-- desk:published \w+ -->$/);
    assert.deepEqual(pull?.reviewers, ["ben"]);
    assert.deepEqual(published, { number: 1, url: `${github.url}/${home}/pull/1`, isNew: true, asked: ["ben"], notAsked: ["chloe"] });
  });

  it("changes nothing when it is repeated", async () => {
    await must(publisher().publish(request));
    const before = writes();
    assert.deepEqual(await must(publisher().plan(request)), { base: "main", branch: "existing", pullRequest: { number: 1, url: `${github.url}/${home}/pull/1` }, isPublished: false });
    assert.deepEqual(await must(publisher().publish({ ...request, reviewers: ["ben"] })), { number: 1, url: `${github.url}/${home}/pull/1`, isNew: false, asked: [], notAsked: [] });
    assert.equal(writes(), before);
  });

  it("updates branch and pull request with a later version, also of a file that is on the default branch", async () => {
    github.repository(home).putFile(request.path, "# Old\n");
    await must(publisher().publish(request));
    const later = { ...request, text: `${request.text}\nMore.\n`, title: "Post-mortem: Portal was down", body: "- New outline" };
    await must(publisher().publish(later));
    assert.equal(textIn(branch), later.text);
    assert.equal(textIn("main"), "# Old\n");
    assert.equal(pulls().length, 1);
    assert.equal(pulls()[0]?.title, later.title);
    assert.match(pulls()[0]?.body ?? "", /^- New outline\n\n<!--/);
  });

  it("keeps title and text of the pull request that somebody changed", async () => {
    await must(publisher().publish(request));
    github.repository(home).editTitle(1, "Mine", "ben");
    await must(publisher().publish({ ...request, body: "- New outline", text: "# Later\n" }));
    assert.equal(pulls()[0]?.title, "Mine");
    assert.match(pulls()[0]?.body ?? "", /nobody could log in/);
    assert.equal(textIn(branch), "# Later\n");
  });

  it("asks nobody again who has reviewed, and not the author", async () => {
    await must(publisher().publish(request));
    github.repository(home).review(1, "ben");
    const again = await must(publisher().publish({ ...request, reviewers: ["ben", "Ana"] }));
    assert.deepEqual([again.asked, again.notAsked], [[], []]);
    assert.deepEqual(pulls()[0]?.reviewers, []);
  });

  it("starts the branch again after a merge, but not if somebody continued it", async () => {
    const repository = github.repository(home);
    await must(publisher().publish(request));
    repository.merge(1, "ben");
    assert.equal((await must(publisher().plan(request))).isPublished, true);
    repository.putFile("other.md", "x");
    const second = await must(publisher().publish({ ...request, text: "# Second\n" }));
    assert.deepEqual([second.number, second.isNew], [2, true]);
    assert.ok(repository.branch(branch)?.has("other.md"));
    repository.merge(2, "ben");
    repository.commitTo(branch, "notes.md", "by hand");
    assert.equal((await must(publisher().publish({ ...request, text: "# Third\n" }))).number, 3);
    assert.ok(repository.branch(branch)?.has("notes.md"));
  });

  it("uses a branch and a pull request that somebody else made meanwhile", async () => {
    const repository = github.repository(home);
    await must(publisher().publish({ ...request, reviewers: [] }));
    repository.close(1, "ben");
    const both = await Promise.all([must(publisher().publish({ ...request, text: "# Same\n" })), must(publisher("ben").publish({ ...request, text: "# Same\n" }))]);
    assert.deepEqual(both.map(({ number }) => number), [2, 2]);
    assert.equal(textIn(branch), "# Same\n");
  });

  it("writes nothing without permission in the repository or the user's consent", async () => {
    assert.deepEqual(failureOf(await publisher("dan").publish(request)), { kind: "forbidden", repository: home });
    assert.deepEqual(failureOf(await publisher("ana", async () => false).publish(request)), { kind: "unconfirmed", repository: home });
    github.addUser("ben", "token-of-ben", { readOnly: true });
    const readOnly = githubPublisher({ api: githubPerson(github, "ana", [home]).api, mayWrite: async () => true });
    github.addUser("ana", "token-of-ana", { readOnly: true });
    assert.equal(failureOf(await readOnly.publish(request)).kind, "forbidden");
    assert.equal(writes(), 0);
    assert.equal(failureOf(await publisher().publish({ ...request, repository: "acme/none" })).kind, "noRepository");
  });

  it("reports rules that protect the branch, and a file that is too large, in the server's words", async () => {
    github.repository(home).protect("post-mortem/");
    const refused = failureOf(await publisher().publish(request));
    assert.ok(refused.kind === "refused" && refused.reason.includes("Repository rule violations found"), JSON.stringify(refused));
    const other = { ...request, branch: "free/x" };
    github.repository(home).limitFiles(20);
    const tooLarge = failureOf(await publisher().publish(other));
    assert.ok(tooLarge.kind === "refused" && tooLarge.reason.includes("too large"), JSON.stringify(tooLarge));
    github.repository(home).limitFiles(Infinity);
    github.repository(home).protect("free/");
    const locked = failureOf(await publisher().publish(other));
    assert.ok(locked.kind === "refused" && locked.reason.includes("through a pull request"), JSON.stringify(locked));
    assert.equal(pulls().length, 0);
  });

  it("reports an empty repository", async () => {
    github.addRepository("acme/empty");
    const empty = failureOf(await publisher().publish({ ...request, repository: "acme/empty" }));
    assert.ok(empty.kind === "refused" && empty.reason.includes("empty"), JSON.stringify(empty));
  });

  it("handles files over one megabyte, which are read without their content", async () => {
    const large = { ...request, text: `# Large\n${"x".repeat(1_100_000)}\n` };
    await must(publisher().publish(large));
    const before = writes();
    await must(publisher().publish(large));
    assert.equal(writes(), before);
  });

  for (const kind of ["dropBefore", "dropAfter", "cut"] as const) {
    it(`finishes once after the network failed at any write (${kind})`, async () => {
      const steps = [/\/git\/refs$/, /\/contents\//, /\/pulls$/, /\/requested_reviewers$/];
      for (const [index, step] of steps.entries()) {
        const mine = { ...request, branch: `post-mortem/${index}`, path: `postmortems/${index}.md` };
        github.fault({ match: ({ method, path }) => method !== "GET" && step.test(path), do: { kind } });
        const first = await publisher().publish(mine);
        // What was written without a response is found at once. Who was asked for a review is known only later.
        const isFound = kind !== "dropBefore" && index < 3;
        assert.equal(first.kind === "failed" ? first.failure.kind : "ok", isFound ? "ok" : "offline");
        const again = await must(publisher().publish(mine));
        assert.equal(again.number, index + 1);
        assert.equal(github.repository(home).branch(mine.branch)?.get(mine.path), mine.text);
        assert.deepEqual(pulls()[index]?.reviewers, ["ben"]);
        assert.equal(pulls().length, index + 1);
      }
    });
  }

  it("reports a network that is dead from some request on, and continues there later", async () => {
    for (let working = 0; working < 14; working += 1) {
      let seen = 0;
      const mine = { ...request, branch: `post-mortem/${working}`, path: `postmortems/${working}.md` };
      github.fault({ match: () => (seen += 1) > working, times: 100, do: { kind: "dropBefore" } });
      const first = await publisher().publish(mine);
      github.clearFaults();
      if (first.kind === "failed") assert.equal(first.failure.kind, "offline", JSON.stringify(first.failure));
      const again = await must(publisher().publish(mine));
      assert.equal(again.number, working + 1);
    }
  });
});
