import assert from "node:assert/strict";
import fc from "fast-check";
import { duplicateNotices, duplicatesOf } from "../../../../src/core/incident/duplicates";
import { duplicateResolution } from "../../../../src/core/markup/issueTexts";
import { addLink, readLinks } from "../../../../src/core/markup/linkRegion";
import type { Issue } from "../../../../src/core/model/issue";
import { linkEnds } from "../../../../src/core/model/issueChange";
import { applyChange } from "../../../../src/core/sync/applyChange";
import { readPending } from "../../../../src/core/sync/outboxEntries";
import { withPending } from "../../../../src/core/sync/pendingSnapshot";
import { sampleIssue } from "../../../support/sampleIssue";

const home = "acme/desk";
const ref = (number: number): Issue["ref"] => ({ repository: home, number });
const issue = (number: number, duplicates: readonly number[] = [], more: Partial<Issue> = {}): Issue =>
  sampleIssue({ ref: ref(number), author: `user${number}`, body: duplicates.reduce((body, other) => addLink(body, { kind: "hasDuplicate", other: ref(other) }, home), "Text"), ...more });

describe("duplicates of an issue", () => {
  it("are recorded at both ends in words that can be read on the web", () => {
    const { onParent, onChild } = linkEnds(ref(1), ref(2), "hasDuplicate");
    assert.match(addLink("", onParent, home), /^- Duplicate: #2$/m);
    assert.match(addLink("", onChild, home), /^- Duplicate of: #1$/m);
    assert.deepEqual(readLinks(addLink("", onChild, home), home), [onChild]);
  });

  it("are informed once each of how the issue ended, also through other duplicates and in a circle", () => {
    const issues = [issue(1, [2, 3]), issue(2, [4, 1]), issue(3, [4]), issue(4, [2]), issue(5)];
    assert.deepEqual(duplicatesOf(issue(1, [2, 3]), issues).map((one) => one.ref.number), [2, 3, 4]);
    const notices = duplicateNotices(issue(1, [2]), [issue(2)], { event: "resolved", resolution: "Fixed\n<!-- desk:moment resolved -->", mentions: true });
    assert.deepEqual(notices, [{ kind: "comment", ref: ref(2), markdown: "@user2 Resolved in #1: Fixed <\u2060!-- desk:moment resolved -->", optional: true }]);
    const [notice] = duplicateNotices(issue(1, [2]), [issue(2, [], { author: "alerts[bot]" })], { event: "closed", resolution: "", mentions: true });
    assert.deepEqual(notice, { kind: "comment", ref: ref(2), markdown: "Closed in #1.", optional: true });
    const [old, ...others] = duplicateNotices(issue(1, [9]), [], { event: "closed", resolution: "", mentions: true });
    assert.deepEqual([old, others], [{ kind: "comment", ref: ref(9), markdown: "Closed in #1.", optional: true }, []], "an issue that is not loaded");
  });

  it("are closed with the issue that stays, and with its end if it has ended", () => {
    assert.equal(duplicateResolution(ref(1), home), "Duplicate of #1");
    assert.equal(duplicateResolution(ref(1), "acme/live", "resolved"), "Duplicate of acme/desk#1, which is resolved");
  });

  it("are shown before they are sent, and stored changes with them can be read again", () => {
    const operation = { kind: "link", child: ref(2), under: { parent: ref(1), relation: "hasDuplicate" } } as const;
    const pending = { key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation };
    assert.deepEqual(readPending(JSON.parse(JSON.stringify(pending))), pending);
    const shown = withPending({ at: pending.at, issues: [issue(1), issue(2)], broken: [] }, [pending]).issues;
    assert.deepEqual(shown.map(({ body }) => readLinks(body, home)), [[{ kind: "hasDuplicate", other: ref(2) }], [{ kind: "duplicateOf", other: ref(1) }]]);
  });

  it("are all kept in whatever order two people add them", () => {
    const link = fc.record({ kind: fc.constantFrom("hasDuplicate" as const, "duplicateOf" as const, "child" as const), other: fc.integer({ min: 2, max: 9 }).map(ref) });
    fc.assert(fc.property(fc.array(link, { maxLength: 8 }).chain((links) => fc.tuple(fc.constant(links), fc.shuffledSubarray(links, { minLength: links.length }))), ([links, others]) => {
      const added = (all: typeof links): readonly string[] => {
        const end = all.reduce<Issue>((now, each) => {
          const applied = applyChange(now, { kind: "addLink", link: each }, now.updatedAt);
          return applied.kind === "ok" ? applied.value : assert.fail();
        }, issue(1));
        return readLinks(end.body, home).map((each) => JSON.stringify(each)).sort();
      };
      assert.deepEqual(added(links), added(others));
      assert.equal(added(links).length, new Set(links.map((each) => JSON.stringify(each))).size);
    }));
  });
});
