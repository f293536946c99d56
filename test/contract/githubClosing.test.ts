import assert from 'node:assert/strict';
import { businessTime } from '../../src/core/calendar/businessTime';
import { incidentState } from '../../src/core/incident/incidentState';
import { closeReasonOf } from '../../src/core/issue/closeReason';
import { issueFacts } from '../../src/core/issue/issueFacts';
import { renderMilestone } from '../../src/core/markup/milestone';
import type { Desk } from '../../src/core/model/desk';
import type { Issue } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { SingleOperation } from '../../src/core/model/operation';
import { responseClock } from '../../src/core/response/responseClock';
import { performOperation } from '../../src/core/sync/performOperation';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { sampleDesk } from '../support/sampleDesk';
import { must } from '../support/must';

const home = "acme/desk";

describe("closing an issue on GitHub", () => {
  let github: FakeGithub;
  let ana: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { writers: ["ana", "ben"], triagers: ["tim"] });
    ana = githubPerson(github, "ana", [home]);
  });

  afterEach(() => github.close());

  const open = (body = "Nobody can sign in."): IssueRef => ({ repository: home, number: github.repository(home).open({ title: "An issue", body }, "ben").number });
  const perform = (person: GithubPerson, by: string, operation: SingleOperation, key = "k1", at = "2026-11-21T10:00:00Z") => performOperation(person.tracker, { key, at, by, operation });
  const onServer = ({ number }: IssueRef) => github.repository(home).issue(number);

  it("passes the reason, and keeps it in the issue", async () => {
    const ref = open();
    await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "close", reason: "notPlanned" } }));
    assert.deepEqual([onServer(ref).state, onServer(ref).reason], ["closed", "not_planned"]);
    assert.match(onServer(ref).body ?? "", /Nobody can sign in\.\n\n<!-- desk:field closed value=notPlanned at=2026-11-21T10:00:00Z by=ana -->/);
  });

  it("counts the reason given on the web, not a mark that a stranger wrote into the text", async () => {
    const mark = "<!-- desk:field closed value=completed at=2026-11-21T10:00:00Z by=ana -->";
    const { number } = github.repository(home).open({ title: "An issue", body: `Stranger\n\n${mark}` }, "eve");
    const ref = { repository: home, number };
    const api = github.repository(home);
    api.close(number, "ben", "not_planned");
    assert.equal(closeReasonOf(await must(ana.tracker.get(ref))), "notPlanned");
  });

  it("falls back to a reason that an older server knows", async () => {
    const ref = open();
    github.fault({ match: ({ method, path }) => method === "PATCH" && path.endsWith(`/issues/${ref.number}`), do: { kind: "status", status: 422, body: { message: "Validation Failed", errors: [{ resource: "Issue", field: "state_reason", code: "invalid" }] } } });
    await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "close", reason: "duplicate" } }));
    assert.deepEqual([onServer(ref).state, onServer(ref).reason], ["closed", "not_planned"]);
  });

  it("works for an account that may only triage, and where the text is full", async () => {
    const tim = githubPerson(github, "tim", [home]);
    for (const [ref, person, by] of [[open(), tim, "tim"], [open("x".repeat(65_530)), ana, "ana"]] as const) {
      const before = onServer(ref).body;
      await must(perform(person, by, { kind: "close", ref, resolution: "Fixed" }, `k${ref.number}`));
      assert.deepEqual([onServer(ref).state, onServer(ref).body], ["closed", before]);
    }
  });

  it("is made again where the request was lost, although the issue was closed and reopened in the same second", async () => {
    github.setNow(() => Date.parse("2026-11-21T10:00:00Z"));
    const ref = open();
    await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "close" } }));
    await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "reopen" } }, "k2", "2026-11-21T10:00:00.001Z"));
    github.fault({ match: ({ method }) => method === "PATCH", times: 20, do: { kind: "dropBefore" } });
    const last = () => perform(ana, "ana", { kind: "edit", ref, change: { kind: "close" } }, "k3", "2026-11-21T10:00:00.002Z");
    assert.equal((await last()).kind, "failed");
    github.clearFaults();
    await must(last());
    assert.equal(onServer(ref).state, "closed");
  });

  it("does not undo what somebody reopened on the web while the answer was lost", async () => {
    const ref = open();
    github.fault({ match: ({ method, path }) => method === "PATCH" && path.endsWith(`/issues/${ref.number}`), do: { kind: "dropAfter" } });
    const change = { kind: "edit", ref, change: { kind: "close" } } as const;
    assert.equal((await perform(ana, "ana", change)).kind, "failed");
    github.repository(home).reopen(ref.number, "ben");
    await must(perform(ana, "ana", change));
    assert.equal(onServer(ref).state, "open");
  });

  describe("that was reopened on the web", () => {
    let now: number;
    const hour = 3_600_000;
    const day = Date.parse("2026-11-20T08:00:00Z");

    beforeEach(() => {
      now = day;
      github.setNow(() => now);
    });

    const desk: Desk = { ...sampleDesk, kinds: [{ name: "incident", repositories: [home], respondWithin: { amount: 1, unit: "h" } }] };
    const shown = async (): Promise<Issue> => {
      const [issue] = (await must(ana.tracker.list({ state: "open" }))).issues;
      if (issue === undefined) throw new Error("There is no open issue");
      return issue;
    };
    const stateOf = (issue: Issue) => {
      const facts = issueFacts(issue, desk);
      const clock = responseClock({ desk, time: businessTime(desk), deskFolder: "", details: () => undefined }, issue, facts);
      return { phase: incidentState(desk, issue).phase, due: clock.due.map(({ stage, at }) => `${stage} ${at}`) };
    };
    /** An incident that was acknowledged and resolved with the product. */
    const resolved = (): IssueRef => {
      const body = `Nobody can sign in.\n\n<!-- desk:clock acknowledged=2026-11-20T08:10:00Z by=ana resolved=2026-11-20T09:00:00Z -->\n`;
      return { repository: home, number: github.repository(home).open({ title: "An incident", body, labels: ["incident"] }, "ana").number };
    };
    const closeAndReopen = ({ number }: IssueRef, closedAt: number, reopenedAt: number): void => {
      now = closedAt;
      github.repository(home).close(number, "ben");
      now = reopenedAt;
      github.repository(home).reopen(number, "ben");
    };

    it("is not resolved any more, and is due from its reopening, however often and in whatever order it is edited and read", async () => {
      const ref = resolved();
      assert.equal(stateOf(await shown()).phase, "resolved");
      closeAndReopen(ref, day + 2 * hour, day + 30 * hour);
      const expected = { phase: "reported", due: ["response 2026-11-21T15:00:00Z"] };
      assert.deepEqual(stateOf(await shown()), expected);
      now = day + 40 * hour;
      github.repository(home).editBody(ref.number, `${github.repository(home).issue(ref.number).body ?? ""}\nSee the log.\n`, "ben");
      assert.deepEqual(stateOf(await must(ana.tracker.get(ref))), expected);
      assert.deepEqual(stateOf(await shown()), expected);
      await must(ana.tracker.edit(ref, { kind: "retitle", title: "Another title" }, "t1"));
      assert.deepEqual(stateOf(await must(ana.tracker.get(ref))), expected);
      const other = githubPerson(github, "ben", [home]);
      assert.deepEqual(stateOf(await must(other.tracker.get(ref))), expected);
    });

    it("has the time of its last reopening", async () => {
      const ref = resolved();
      closeAndReopen(ref, day + 2 * hour, day + 30 * hour);
      await shown();
      closeAndReopen(ref, day + 50 * hour, day + 60 * hour);
      assert.deepEqual(stateOf(await shown()).due, ["response 2026-11-22T21:00:00Z"]);
    });

    it("counts what was done with the product after that, and a reopening with the product as such", async () => {
      const ref = resolved();
      closeAndReopen(ref, day + 2 * hour, day + 30 * hour);
      await must(perform(ana, "ana", { kind: "comment", ref, markdown: renderMilestone("acknowledged", "") }, "a1", "2026-11-21T14:20:00Z"));
      assert.deepEqual(stateOf(await shown()), { phase: "acknowledged", due: [] });
      now = day + 31 * hour;
      await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "close" } }, "c1", "2026-11-21T15:00:00Z"));
      now = day + 33 * hour;
      // It was requested an hour earlier, while the machine was offline.
      await must(perform(ana, "ana", { kind: "edit", ref, change: { kind: "reopen" } }, "r1", "2026-11-21T16:00:00Z"));
      assert.deepEqual(stateOf(await shown()), { phase: "reported", due: ["response 2026-11-21T17:00:00Z"] });
    });

    it("costs one request when it changed, and none otherwise", async () => {
      const ref = resolved();
      for (let number = 1; number <= 20; number += 1) github.repository(home).open({ title: `Issue ${number}` }, "ben");
      closeAndReopen(ref, day + 2 * hour, day + 30 * hour);
      const events = (from: number) => github.requests.slice(from).filter(({ path }) => path.includes("/events")).map(({ status }) => status);
      let from = github.requests.length;
      await shown();
      assert.deepEqual(events(from), [200]);
      from = github.requests.length;
      now += hour;
      github.repository(home).open({ title: "Another one" }, "ben");
      await shown();
      await must(ana.tracker.edit(ref, { kind: "retitle", title: "Another title" }, "t1"));
      assert.deepEqual(events(from), []);
      from = github.requests.length;
      now += hour;
      github.repository(home).editBody(ref.number, `${github.repository(home).issue(ref.number).body ?? ""}\nSee the log.\n`, "ben");
      await shown();
      assert.equal(events(from).length, 1);
      const restarted = githubPerson(github, "ana", [home], { memory: ana.memory });
      from = github.requests.length;
      await must(restarted.tracker.list({ state: "open" }));
      assert.deepEqual(events(from), []);
    });

    it("is not shown with a wrong time while its events cannot be read", async () => {
      const ref = resolved();
      closeAndReopen(ref, day + 2 * hour, day + 30 * hour);
      github.fault({ match: ({ path }) => path.includes("/events"), do: { kind: "status", status: 502, body: {} } });
      assert.equal((await ana.tracker.list({ state: "open" })).kind, "failed");
      assert.deepEqual(stateOf(await shown()).due, ["response 2026-11-21T15:00:00Z"]);
    });
  });
});
