import assert from 'node:assert/strict';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { SingleOperation } from '../../src/core/model/operation';
import { performOperation } from '../../src/core/sync/performOperation';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
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

  it("does not undo what somebody reopened on the web while the answer was lost", async () => {
    const ref = open();
    github.fault({ match: ({ method, path }) => method === "PATCH" && path.endsWith(`/issues/${ref.number}`), do: { kind: "dropAfter" } });
    const change = { kind: "edit", ref, change: { kind: "close" } } as const;
    assert.equal((await perform(ana, "ana", change)).kind, "failed");
    github.repository(home).reopen(ref.number, "ben");
    await must(perform(ana, "ana", change));
    assert.equal(onServer(ref).state, "open");
  });
});
