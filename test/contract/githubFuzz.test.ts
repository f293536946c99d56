import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { IssueDraft } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { Operation } from '../../src/core/model/operation';
import type { Result } from '../../src/core/model/result';
import { performOperation } from '../../src/core/sync/performOperation';
import { isTransient } from '../../src/core/sync/retryPolicy';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import type { FaultKind } from '../support/fakeGithub/faults';
import { type GithubPerson, githubPerson, tokenOf } from '../support/githubPerson';
import { must } from '../support/must';
import { propertyRuns } from '../support/propertyRuns';

const home = "acme/desk";

const form = ".github/ISSUE_TEMPLATE/a.yml";

/** An answer in the place of GitHub's; whether what was asked happened nevertheless. */
interface Odd {
  readonly status: number;
  readonly body: unknown;
  readonly type: string | undefined;
  readonly raw: boolean;
  readonly after: boolean;
}

const odd: fc.Arbitrary<Odd> = fc.record({
  status: fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, { weight: 3, arbitrary: fc.constantFrom(201, 202, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 407, 409, 410, 415, 422, 429, 451, 500, 502, 503, 504, 511) }),
  body: fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>({}, [], [null], [{}], null, "OK", { items: {} }, { login: 5 }, [[]], { message: 5 }, { errors: [] })),
  type: fc.oneof({ weight: 3, arbitrary: fc.constant("application/json; charset=utf-8") }, { weight: 2, arbitrary: fc.constantFrom("text/html", "text/plain", "application/octet-stream", "application/problem+json", "nonsense", undefined) }),
  raw: fc.boolean(),
  after: fc.boolean(),
});

/** None of them has the text in which GitHub says why it refuses: with it, a refusal would be one. */
const isSaying = (body: unknown): boolean => typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";

/** What GitHub itself may answer, so that it is no odd answer at all: lists in which there is nothing. */
const isPlain = ({ status, body, raw, type }: Odd): boolean => status < 300 && !raw && type?.startsWith("application/json") === true && Array.isArray(body) && (body.length === 0 || body.every((each) => typeof each === "object" && each !== null && !Array.isArray(each)));

const faultOf = ({ status, body, type, raw, after }: Odd): FaultKind => ({
  kind: "status", status, after,
  page: { text: raw ? `<html>${JSON.stringify(body)}` : JSON.stringify(body), ...(type === undefined ? {} : { type }) },
});

describe("any response in the place of GitHub's", function () {
  this.timeout(600_000);
  let github: FakeGithub;
  let parent: IssueRef;
  let child: IssueRef;

  const draft = (title: string): IssueDraft => ({ repository: home, kind: "issue", title, body: "As asked.", labels: ["late"], assignees: ["ana"] });
  const operations: Readonly<Record<string, () => Operation>> = {
    create: () => ({ kind: "create", draft: draft("Alone") }),
    under: () => ({ kind: "create", draft: draft("Below"), under: { parent, relation: "child" } }),
    over: () => ({ kind: "create", draft: draft("Over"), then: [{ kind: "comment", markdown: "It was slow." }, { kind: "edit", change: { kind: "close", reason: "completed" } }] }),
    link: () => ({ kind: "link", child, under: { parent, relation: "blockedBy" } }),
    retitle: () => ({ kind: "edit", ref: parent, change: { kind: "retitle", title: "Slow" } }),
    label: () => ({ kind: "edit", ref: parent, change: { kind: "label", add: ["new"], remove: ["old"] } }),
    assign: () => ({ kind: "edit", ref: parent, change: { kind: "assign", add: ["ben"], remove: [] } }),
    comment: () => ({ kind: "comment", ref: parent, markdown: "Rolled back." }),
    close: () => ({ kind: "close", ref: parent, resolution: "Restarted." }),
  };
  const reads: Readonly<Record<string, (person: GithubPerson) => Promise<Result<unknown>>>> = {
    list: ({ tracker }) => tracker.list({ state: "all" }),
    get: ({ tracker }) => tracker.get(parent),
    relations: ({ tracker }) => tracker.relations(parent),
    timeline: ({ tracker }) => tracker.timeline(parent),
    forms: ({ tracker }) => tracker.forms(home),
    search: ({ tracker }) => tracker.search("portal down", []),
    login: ({ api }) => api.login(),
  };

  async function begin(): Promise<GithubPerson> {
    github = await startFakeGithub();
    github.addUser("ben", tokenOf("ben"));
    github.addRepository(home);
    const web = github.repository(home);
    web.putFile(form, "name: A\nbody: [{ type: input, attributes: { label: Where } }]\n");
    parent = { repository: home, number: web.open({ title: "Portal down", labels: ["old"] }, "ana").number };
    child = { repository: home, number: web.open({ title: "Renew the certificate" }, "ana").number };
    return githubPerson(github, "ana", [home]);
  }

  /** What the server has in the end, by what was asked. */
  const isDone: Readonly<Record<string, () => boolean>> = {
    create: () => github.repository(home).issues().filter(({ title, state }) => title === "Alone" && state === "open").length === 1,
    under: () => {
      const [made, ...more] = github.repository(home).issues().filter(({ title, state }) => title === "Below" && state === "open");
      const linked = github.repository(home).subIssues(parent.number).map(({ number }) => number);
      return made !== undefined && more.length === 0 && linked.length === 1 && linked[0] === made.number && readLinks(made.body ?? "", home).length === 1 && readLinks(github.repository(home).issue(parent.number).body ?? "", home).length === 1;
    },
    over: () => {
      const all = github.repository(home).issues().filter(({ title }) => title === "Over");
      return all.every(({ state }) => state === "closed") && all.flatMap(({ comments }) => comments).filter(({ body }) => body.startsWith("It was slow.")).length === 1;
    },
    link: () => github.repository(home).blockers(parent.number).length === 1 && readLinks(github.repository(home).issue(child.number).body ?? "", home).length === 1,
    retitle: () => github.repository(home).issue(parent.number).title === "Slow",
    label: () => github.repository(home).issue(parent.number).labels.join() === "new",
    assign: () => github.repository(home).issue(parent.number).assignees.join() === "ben",
    comment: () => github.repository(home).issue(parent.number).comments.length === 1,
    close: () => github.repository(home).issue(parent.number).state === "closed" && github.repository(home).issue(parent.number).comments.length === 1,
  };

  it("loses and duplicates no change, and refuses none for good", async () => {
    let odds = 0;
    const numRuns = propertyRuns(150);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(operations)), odd, fc.nat(9), fc.integer({ min: 1, max: 4 }), async (name, answer, from, times) => {
        fc.pre(!isSaying(answer.body) && !isPlain(answer));
        let person = await begin();
        const pending = { key: "k1", at: "2026-11-20T16:00:00Z", by: "ana", operation: operations[name]?.() ?? assert.fail() };
        let seen = -1;
        github.fault({ match: () => (seen += 1) >= from, times, do: faultOf(answer) });
        let result = await performOperation(person.tracker, pending);
        odds += seen >= from ? 1 : 0;
        for (let attempt = 0; attempt < 6 && result.kind === "failed"; attempt += 1) {
          assert.ok(isTransient(result.failure), JSON.stringify(result.failure));
          // Another window: one that was asked for a pause keeps it.
          person = githubPerson(github, "ana", [home], { memory: person.memory });
          if (attempt === 3) github.clearFaults();
          result = await performOperation(person.tracker, pending);
        }
        assert.equal(result.kind, "ok", JSON.stringify(result));
        assert.ok(isDone[name]?.(), JSON.stringify([github.repository(home).issues(), person.notices]));
        await github.close();
      }),
      { numRuns },
    );
    assert.ok(odds > numRuns / 5, String(odds));
  });

  it("establishes no lasting fact: no forms, no links, no permissions, no issues", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(reads)), odd, fc.nat(4), async (name, answer, from) => {
        fc.pre(!isSaying(answer.body));
        const first = await begin();
        github.repository(home).addBlocker(parent.number, child.number);
        let seen = -1;
        github.fault({ match: () => (seen += 1) >= from, times: 50, do: faultOf(answer) });
        const read = await reads[name]?.(first);
        assert.ok(read !== undefined && (read.kind === "ok" || isTransient(read.failure)), JSON.stringify(read));
        if (read.kind === "ok" && name === "forms" && seen >= from && !isPlain(answer)) assert.fail("forms were read from it");
        github.clearFaults();
        const { tracker } = githubPerson(github, "ana", [home], { memory: first.memory });
        const { issues } = await must(tracker.list({ state: "all" }));
        assert.deepEqual(issues.map(({ title, native }) => [title, native?.blockers]), [["Portal down", 1], ["Renew the certificate", 0]]);
        if (!isPlain(answer)) assert.deepEqual((await must(tracker.forms(home))).forms.map((each) => each.name), ["A"]);
        await must(performOperation(tracker, { key: "k2", at: "2026-11-20T16:00:00Z", by: "ana", operation: operations["under"]?.() ?? assert.fail() }));
        assert.equal(github.repository(home).subIssues(parent.number).length, 1);
        await github.close();
      }),
      { numRuns: propertyRuns(100) },
    );
  });
});
