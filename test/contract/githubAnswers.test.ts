import assert from 'node:assert/strict';
import type { Failure } from '../../src/core/model/failure';
import type { Issue, IssueDraft } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { Result } from '../../src/core/model/result';
import { isTransient } from '../../src/core/sync/retryPolicy';
import { type FakeGithub, type SeenRequest, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import type { Fault, FaultKind } from '../support/fakeGithub/faults';
import { policyRefusals } from '../support/fakeGithub/policyRefusals';
import { type GithubPerson, githubPerson, tokenOf } from '../support/githubPerson';
import { must } from '../support/must';

const [home, away] = ["acme/desk", "acme/engine"];

const draft: IssueDraft = { repository: home, kind: "incident", title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: [], assignees: [] };

const signOnPage: FaultKind = { kind: "status", status: 200, page: { type: "text/html; charset=utf-8", text: "<!doctype html><title>Sign in to your network</title>" } };

describe("GitHub's real responses", function () {
  let github: FakeGithub;
  let ana: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    for (const repository of [home, away]) github.addRepository(repository, { types: ["Incident"], writers: ["ana", "ben"] });
    ana = githubPerson(github, "ana", [home, away]);
    github.addUser("ben", tokenOf("ben"));
    github.addUser("eve", tokenOf("eve"));
  });

  afterEach(() => github.close());

  const refused = async (promise: Promise<Result<unknown>>): Promise<Failure> => {
    const result = await promise;
    return result.kind === "failed" ? result.failure : assert.fail("It was not refused");
  };
  const open = (repository = home, title = "An issue"): IssueRef => ({ repository, number: github.repository(repository).open({ title }, "ben").number });
  const isCreation = ({ method, path }: Pick<SeenRequest, "method" | "path">): boolean => method === "POST" && path.endsWith("/issues");

  it("are requested with the intended API version", async () => {
    await must(ana.tracker.list({ state: "open" }));
    await must(ana.tracker.create(draft, "k1"));
    assert.deepEqual([...new Set(github.requests.map(({ version }) => version))], ["2022-11-28"]);
  });

  describe("about somebody who cannot be assigned", () => {
    it("do not prevent an issue, and the other people are assigned", async () => {
      const ref = await must(ana.tracker.create({ ...draft, assignees: ["ben", "eve", "nobody-known"], type: "Incident" }, "k1"));
      const { assignees, type } = github.repository(home).issue(ref.number);
      assert.deepEqual([assignees, type, github.repository(home).issues().length], [["ben"], "Incident", 1]);
      assert.deepEqual(ana.notices, [{ kind: "ignored", ref, what: "assignees", names: ["eve", "nobody-known"] }]);
    });

    it("leave the others to be assigned when the window closes or responses are lost in between", async () => {
      for (const [index, kind] of (["dropBefore", "dropAfter"] as const).entries()) {
        const from = github.requests.length;
        github.fault({ match: ({ path }) => path.endsWith("/assignees"), times: 20, do: { kind } });
        const wanted = { ...draft, assignees: ["ben", "eve"] };
        assert.equal((await refused(ana.tracker.create(wanted, `k${index}`))).kind, "offline");
        assert.ok(github.requests.length > from);
        github.clearFaults();
        const again = githubPerson(github, "ana", [home], { memory: ana.memory });
        const ref = await must(again.tracker.create(wanted, `k${index}`));
        assert.deepEqual(github.repository(home).issue(ref.number).assignees, ["ben"]);
        // Whoever was taken off afterwards stays off when the same creation is carried out once more.
        github.repository(home).unassign(ref.number, "ben", "ben");
        await must(again.tracker.create(wanted, `k${index}`));
        assert.deepEqual(github.repository(home).issue(ref.number).assignees, []);
      }
      assert.equal(github.repository(home).issues().length, 2);
    });

    it("change nothing else when a type is unknown too", async () => {
      const ref = await must(ana.tracker.create({ ...draft, assignees: ["ben", "eve"], type: "Outage" }, "k1"));
      assert.deepEqual([github.repository(home).issue(ref.number).assignees, github.repository(home).issues().length], [["ben"], 1]);
      assert.deepEqual(ana.notices.map((notice) => notice.kind === "ignored" && notice.what).sort(), ["assignees", "type"]);
    });

    it("are reported for a later assignee, whether ignored or refused", async () => {
      const ref = open();
      await must(ana.tracker.edit(ref, { kind: "assign", add: ["ben", "eve"], remove: [] }, "a1"));
      assert.deepEqual(ana.notices, [{ kind: "ignored", ref, what: "assignees", names: ["eve"] }]);
      const second = open();
      const body = { message: "Validation Failed", errors: [{ value: "eve", resource: "Issue", field: "assignees", code: "invalid" }] };
      github.fault({ match: ({ path }) => path.endsWith("/assignees"), do: { kind: "status", status: 422, body } });
      await must(ana.tracker.edit(second, { kind: "assign", add: ["eve"], remove: [] }, "a2"));
      assert.deepEqual(ana.notices[1], { kind: "ignored", ref: second, what: "assignees", names: ["eve"] });
    });
  });

  it("about a label that is too long do not prevent an issue", async () => {
    const long = "x".repeat(51);
    const ref = await must(ana.tracker.create({ ...draft, labels: ["incident", long] }, "k1"));
    assert.deepEqual(github.repository(home).issue(ref.number).labels, ["incident"]);
    await must(ana.tracker.edit(ref, { kind: "label", add: [long, "late"], remove: [] }, "l1"));
    assert.deepEqual(github.repository(home).issue(ref.number).labels, ["incident", "late"]);
    assert.deepEqual(ana.notices, [{ kind: "ignored", ref, what: "labels", names: [long] }, { kind: "ignored", ref, what: "labels", names: [long] }]);
  });

  describe("that are not GitHub's", () => {
    const answers: Readonly<Record<string, FaultKind>> = {
      "a sign-on page": signOnPage,
      "a page without a type": { kind: "status", status: 200, page: { text: "<html>" } },
      "an empty body": { kind: "status", status: 200, page: { type: "application/json", text: "" } },
      "a JSON that is cut short": { kind: "status", status: 200, page: { type: "application/json", text: '[{"number":1,"ti' } },
      "an object": { kind: "status", status: 200, body: {} },
      "a list with nothing in it": { kind: "status", status: 200, body: [null] },
      "a text": { kind: "status", status: 200, body: "OK" },
      "a number": { kind: "status", status: 200, page: { type: "application/json", text: "17" } },
      "nothing": { kind: "status", status: 200, page: { type: "application/json", text: "null" } },
      "no content": { kind: "status", status: 204 },
      "a page that says it is not there": { kind: "status", status: 404, page: { type: "text/html", text: "<h1>Not Found</h1>" } },
      "a page that says it is forbidden": { kind: "status", status: 403, page: { type: "text/html", text: "<h1>Blocked by your company</h1>" } },
      "a page that asks to sign in at a proxy": { kind: "status", status: 407, page: { type: "text/html", text: "<h1>Proxy</h1>" } },
      "a page that says it is gone": { kind: "status", status: 410, body: {} },
      "a page of the proxy's about itself": { kind: "status", status: 511, page: { type: "text/html", text: "<h1>Log in</h1>" } },
    };
    const uses: Readonly<Record<string, (person: GithubPerson, ref: IssueRef) => Promise<Result<unknown>>>> = {
      list: ({ tracker }) => tracker.list({ state: "open" }),
      get: ({ tracker }, ref) => tracker.get(ref),
      create: ({ tracker }) => tracker.create({ ...draft, assignees: ["ben"] }, "k1"),
      "tick off a label": ({ tracker }, ref) => tracker.edit(ref, { kind: "label", add: [], remove: ["late"] }, "e1"),
      retitle: ({ tracker }, ref) => tracker.edit(ref, { kind: "retitle", title: "New" }, "e2"),
      assign: ({ tracker }, ref) => tracker.edit(ref, { kind: "assign", add: ["ben"], remove: [] }, "e3"),
      comment: ({ tracker }, ref) => tracker.comment(ref, "Rolled back.", "c1"),
      relations: ({ tracker }, ref) => tracker.relations(ref),
      timeline: ({ tracker }, ref) => tracker.timeline(ref),
      forms: ({ tracker }) => tracker.forms(home),
      login: ({ api }) => api.login(),
    };
    for (const [name, answer] of Object.entries(answers)) {
      it(`fail as transient: ${name}`, async () => {
        const ref = open();
        github.repository(home).label(ref.number, "late", "ben");
        for (const [use, run] of Object.entries(uses)) {
          const person = githubPerson(github, "ana", [home]);
          github.fault({ match: () => true, times: 1000, do: answer });
          const failure = await refused(run(person, ref));
          assert.ok(["offline", "serverError"].includes(failure.kind) && isTransient(failure), `${use}: ${JSON.stringify(failure)}`);
          github.clearFaults();
          assert.equal((await run(person, ref)).kind, "ok", use);
        }
      });
    }

    it("do not count as a response to a write, which is made once in the end", async () => {
      const ref = open();
      for (const after of [false, true]) {
        const page: FaultKind = { kind: "status", status: 200, after, page: { type: "text/html", text: "<html>" } };
        const isWrite = ({ method }: Pick<SeenRequest, "method">): boolean => method !== "GET";
        for (const write of [() => ana.tracker.create(draft, `k${after}`), () => ana.tracker.comment(ref, "Rolled back.", `c${after}`)]) {
          github.fault({ match: isWrite, times: 3, do: page });
          for (let attempt = 0; attempt < 3; attempt += 1) if ((await write()).kind === "ok") break;
          await must<unknown>(write());
          github.clearFaults();
        }
      }
      assert.equal(github.repository(home).issues().filter(({ state, login }) => state === "open" && login === "ana").length, 2);
      assert.equal(github.repository(home).issue(ref.number).comments.length, 2);
    });

    it("never count as a repository without forms", async () => {
      github.repository(home).putFile(".github/ISSUE_TEMPLATE/a.yml", "name: A\nbody: [{ type: input, attributes: { label: Where } }]\n");
      for (const answer of Object.values(answers)) {
        const person = githubPerson(github, "ana", [home]);
        github.fault({ match: ({ path }) => path.includes("/contents/"), times: 1000, do: answer });
        await refused(person.tracker.forms(home));
        github.clearFaults();
        assert.deepEqual((await must(person.tracker.forms(home))).forms.map(({ name }) => name), ["A"]);
      }
    });

    it("are not found by a search, which continues with known issues", async () => {
      open(home, "Portal certificate");
      await must(ana.tracker.list({ state: "open" }));
      for (const answer of Object.values(answers)) {
        github.fault({ match: ({ path }) => path.startsWith("/search"), times: 9, do: answer });
        assert.equal((await must(ana.tracker.search("portal certificate", []))).length, 1);
        github.clearFaults();
      }
    });
  });

  describe("with fewer fields than usual", () => {
    /** The issue as a list and a request of its own read it, after its answer was changed. */
    const readAs = async (edit: (raw: Record<string, unknown>) => unknown): Promise<Issue> => {
      const ref = open();
      const raw = (await (await fetch(`${github.url}/api/v3/repos/${home}/issues/${ref.number}`, { headers: { authorization: `token ${tokenOf("ana")}` } })).json()) as Record<string, unknown>;
      const body = edit(raw);
      github.fault({ match: ({ path }) => path.endsWith(`/issues/${ref.number}`), do: { kind: "status", status: 200, body } });
      const alone = await must(ana.tracker.get(ref));
      github.fault({ match: ({ path }) => path.includes(`/${home}/issues?`), times: 1, do: { kind: "status", status: 200, body: [body] } });
      const listed = (await must(githubPerson(github, "ana", [home]).tracker.list({ state: "all" }))).issues.find(({ ref: { number } }) => number === ref.number);
      assert.deepEqual(listed, alone);
      return alone;
    };
    const without = (...names: readonly string[]) => (raw: Record<string, unknown>): unknown => Object.fromEntries(Object.entries(raw).filter(([name]) => !names.includes(name)));

    it("are parsed: no body, no user, deleted labels, missing people and unused fields", async () => {
      assert.deepEqual((await readAs((raw) => ({ ...raw, body: null }))).body, "");
      assert.deepEqual((await readAs(without("body"))).body, "");
      assert.deepEqual((await readAs((raw) => ({ ...raw, user: null }))).author, "ghost");
      assert.deepEqual((await readAs(without("user"))).author, "ghost");
      assert.deepEqual((await readAs((raw) => ({ ...raw, labels: ["late", { name: "new" }, { name: null }, {}, null] }))).labels, ["late", "new"]);
      assert.deepEqual((await readAs((raw) => ({ ...raw, assignees: null }))).assignees, []);
      assert.deepEqual((await readAs((raw) => ({ ...raw, assignees: [null, { login: "ben" }, {}] }))).assignees, ["ben"]);
      assert.deepEqual((await readAs((raw) => ({ ...raw, assignees: undefined, assignee: { login: "ben" } }))).assignees, ["ben"]);
      assert.deepEqual((await readAs(without("labels", "closed_at", "type", "milestone", "reactions", "author_association", "sub_issues_summary", "issue_dependencies_summary"))).labels, []);
      // As answers were before they named their repository by itself.
      assert.deepEqual((await readAs(without("repository_url"))).ref.repository, home);
      assert.equal((await readAs((raw) => ({ ...raw, sub_issues_summary: "none", issue_dependencies_summary: [], type: 5, parent_issue_url: {} }))).native, undefined);
    });

    it("are rejected without a number, a title, a state or times", async () => {
      for (const name of ["number", "title", "state", "created_at", "updated_at", "html_url"]) {
        const ref = open();
        const raw = (await (await fetch(`${github.url}/api/v3/repos/${home}/issues/${ref.number}`, { headers: { authorization: `token ${tokenOf("ana")}` } })).json()) as Record<string, unknown>;
        for (const value of [undefined, null, {}, true, "yesterday-ish"].slice(0, name === "title" || name === "state" ? 4 : 5)) {
          github.fault({ match: ({ path }) => path.endsWith(`/issues/${ref.number}`), do: { kind: "status", status: 200, body: { ...raw, [name]: value } } });
          assert.equal((await refused(ana.tracker.get(ref))).kind, "serverError", `${name} ${JSON.stringify(value)}`);
        }
      }
    });
  });

  describe("that forbid for other reasons than permissions", () => {
    const failing = async (answer: FaultKind): Promise<Failure> => {
      const ref = open();
      github.fault({ match: ({ path }) => path.endsWith(`/issues/${ref.number}`), do: answer });
      return refused(ana.tracker.get(ref));
    };

    it("are reported with GitHub's message", async () => {
      for (const name of ["application", "addresses", "blocked", "suspended", "takenDown"] as const) {
        const failure = await failing(policyRefusals[name]);
        assert.ok(failure.kind === "forbidden" && failure.scope === undefined && failure.signOn === undefined, JSON.stringify(failure));
        assert.equal(failure.reason, policyRefusals[name].body.message);
      }
      assert.deepEqual(await failing({ kind: "status", status: 403, body: { message: "Must have admin rights to Repository." } }), { kind: "forbidden", repository: home });
      assert.deepEqual(await failing({ kind: "status", status: 403, body: { message: "Resource not accessible by integration" } }), { kind: "forbidden", repository: home });
    });

    it("lead to single sign-on of the organization, only on the server's own host", async () => {
      const { host } = new URL(github.url);
      const own = `https://${host}/orgs/acme/sso?authorization_request=AB%3D`;
      const asked = (url: string): FaultKind => ({ ...policyRefusals.singleSignOn, status: 403, headers: { "X-GitHub-SSO": `required; url=${url}` } });
      const { message: reason } = policyRefusals.singleSignOn.body;
      assert.deepEqual(await failing(asked(own)), { kind: "forbidden", repository: home, reason, signOn: own });
      assert.deepEqual(await failing({ kind: "status", status: 404, body: { message: "Not Found" }, headers: { "X-GitHub-SSO": `required; url=${own}` } }), { kind: "forbidden", repository: home, signOn: own });
      for (const elsewhere of ["https://umbra.example/orgs/acme/sso", `http://${host}/orgs/acme/sso`, "javascript:alert(1)", `https://${host}@umbra.example/`, `https://${host}.umbra.example/`, `https://user:word@${host}/`, "", "https://"]) {
        assert.deepEqual(await failing(asked(elsewhere)), { kind: "forbidden", repository: home, reason }, elsewhere);
      }
    });

    it("do not mistake names of organizations or people for a reason", async () => {
      for (const name of ["locked-in", "archived", "lock"]) {
        const message = `Although you appear to have the correct authorization credentials, the \`${name}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`;
        assert.deepEqual(await failing({ kind: "status", status: 403, body: { message } }), { kind: "forbidden", repository: home, reason: message });
      }
    });

    it("report a missing scope only if the token lists its scopes", async () => {
      const body = { message: "Not allowed" };
      const scopes = (owned: string): FaultKind => ({ kind: "status", status: 403, body, headers: { "X-OAuth-Scopes": owned, "X-Accepted-OAuth-Scopes": "repo" } });
      const scopeOf = async (owned: string): Promise<string | undefined> => {
        const failure = await failing(scopes(owned));
        return failure.kind === "forbidden" ? failure.scope : assert.fail(JSON.stringify(failure));
      };
      assert.deepEqual([await scopeOf("read:user"), await scopeOf(""), await scopeOf(" "), await scopeOf(","), await scopeOf("repo")], ["repo", undefined, undefined, undefined, undefined]);
    });
  });

  it("that refuse are reported completely, in any format", async () => {
    const bodies: readonly (readonly [unknown, string])[] = [
      [{ message: "Validation Failed", errors: ["No commits between main and topic"] }, "Validation Failed: No commits between main and topic"],
      [{ message: "Validation Failed", errors: [{ resource: "Issue", field: "title", code: "missing_field" }] }, "Validation Failed: title missing_field"],
      [{ message: "Validation Failed", errors: [{ resource: "Issue", code: "custom", field: "body", message: "body is too long" }, null, 5] }, "Validation Failed: body is too long"],
      [{ message: "Validation Failed", errors: "Sorry, there was a problem." }, "Validation Failed: Sorry, there was a problem."],
      [{ message: "Validation Failed", errors: { title: ["is odd"] } }, "Validation Failed"],
      [{ message: "Invalid request.\n\n\"title\" wasn't supplied." }, "Invalid request.\n\n\"title\" wasn't supplied."],
    ];
    for (const [index, [body, reason]] of bodies.entries()) {
      github.fault({ match: isCreation, do: { kind: "status", status: 422, body } });
      const failure = await refused(ana.tracker.create(draft, `k${index}`));
      assert.ok(failure.kind === "refused" && failure.reason === reason, JSON.stringify(failure));
    }
  });

  it("are recognized as a rate limit in every form, also on a page", async () => {
    const pauses: readonly FaultKind[] = [
      { kind: "status", status: 429, page: { type: "text/html", text: "<h1>Whoa there!</h1>" } },
      { kind: "status", status: 429, page: { type: "application/json", text: "" } },
      { kind: "status", status: 429, page: { type: "nonsense", text: "x" } },
      { kind: "status", status: 403, headers: { "Retry-After": "7" }, page: { type: "text/html", text: "<h1>Slow down</h1>" } },
      { kind: "status", status: 403, headers: { "Retry-After": "7" }, body: {} },
      { kind: "status", status: 403, body: { message: "You have exceeded a secondary rate limit." } },
    ];
    for (const pause of pauses) {
      const person = githubPerson(github, "ana", [home]);
      github.fault({ match: () => true, do: pause });
      assert.equal((await refused(person.tracker.get(open()))).kind, "limited", JSON.stringify(pause));
    }
  });

  describe("about pull requests", () => {
    const summaries = (): number => github.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/sub_issues")).length;

    it("do not contain sub-issues, which does not mean that there are none", async () => {
      const parent = open();
      const pull = { repository: home, number: github.repository(home).open({ title: "A change", pullRequest: true }, "ben").number };
      const child = open();
      await must(ana.tracker.link(parent, pull, "child"));
      await must(ana.tracker.link(pull, child, "child"));
      assert.equal(summaries(), 0);
      await must(ana.tracker.link(parent, child, "child"));
      assert.deepEqual(github.repository(home).subIssues(parent.number).map(({ number }) => number), [child.number]);
      assert.deepEqual(ana.notices, []);
    });
  });

  it("to a search that one repository does not allow do not affect the others", async () => {
    const ref = open(away, "Portal certificate expires");
    github.addRepository("acme/secret", { private: true, writers: ["ben"] });
    const person = githubPerson(github, "ana", [home]);
    const search = async (): Promise<readonly IssueRef[]> => (await must(person.tracker.search("portal certificate", ["acme/secret", home, away]))).map((issue) => issue.ref);
    assert.deepEqual(await search(), [ref]);
    const stops: readonly Fault["do"][] = [{ kind: "dropBefore" }, { kind: "status", status: 403, body: { message: "API rate limit exceeded" }, headers: { "Retry-After": "1", "X-RateLimit-Resource": "search" } }];
    for (const stop of stops) {
      const from = github.requests.length;
      github.fault({ match: ({ path }) => path.startsWith("/search"), do: stop });
      await search();
      assert.equal(github.requests.slice(from).filter(({ path }) => path.startsWith("/search")).length, 1);
    }
  });
});
