import assert from "node:assert/strict";
import type { IssueRef } from "../../../src/core/issue/issueRef";
import type { IssueRelations } from "../../../src/core/issue/relations";
import { failed, ok, type Result } from "../../../src/core/result";
import { linkShelf } from "../../../src/host/stores/linkShelf";
import { sampleIssue } from "../../support/sampleIssue";

const ref: IssueRef = { repository: "acme/desk", number: 1 };
const relations: IssueRelations = { issues: [], pullRequests: [] };

describe("what issues are linked to", () => {
  let now: number;
  let updatedAt: string;
  let asked: number;
  let told: number;
  let answer: Result<IssueRelations>;

  const shelf = (): ReturnType<typeof linkShelf> =>
    linkShelf(
      { relations: async () => ((asked += 1), answer) },
      { now: () => new Date(now).toISOString(), wait: async () => undefined },
      () => sampleIssue({ updatedAt }),
      () => (told += 1),
    );

  beforeEach(() => {
    now = Date.parse("2026-11-21T10:00:00Z");
    updatedAt = "2026-11-21T09:00:00Z";
    asked = told = 0;
    answer = ok(relations);
  });

  it("is asked for once, also by two who look at the same time", async () => {
    const links = shelf();
    assert.equal(links.known(ref), undefined);
    assert.deepEqual(await Promise.all([links.load(ref), links.load(ref)]), [true, true]);
    assert.equal(await links.load(ref), false);
    assert.deepEqual([asked, told], [1, 1]);
    assert.deepEqual(links.known(ref)?.relations, relations);
  });

  it("is asked for again when the issue changed, when it is old, and when everything is read anew", async () => {
    const links = shelf();
    await links.load(ref);
    updatedAt = "2026-11-21T10:00:00Z";
    assert.equal(await links.load(ref), true);
    now += 299_000;
    assert.equal(await links.load(ref), false);
    assert.equal(links.known(ref)?.old, false);
    now += 2000;
    assert.equal(links.known(ref)?.old, true);
    assert.equal(await links.load(ref), true);
    links.forget();
    assert.equal(await links.load(ref), true);
    assert.equal(asked, 4);
  });

  it("stays as it was when it cannot be read, with the reason, and is soon asked for again", async () => {
    const links = shelf();
    await links.load(ref);
    answer = failed({ kind: "offline", server: "https://github.com" });
    updatedAt = "2026-11-21T10:00:00Z";
    await links.load(ref);
    const { failure, relations: kept } = links.known(ref) ?? assert.fail();
    assert.deepEqual([failure?.kind, kept], ["offline", relations]);
    assert.equal(await links.load(ref), false);
    now += 31_000;
    answer = ok(relations);
    assert.equal(await links.load(ref), true);
    assert.equal(links.known(ref)?.failure, undefined);
  });
});
