import assert from 'node:assert/strict';
import type { TimelineEntry } from '../../../../src/core/incident/timeline';
import { formatTimelineEntry } from '../../../../src/core/postmortem/timelineText';

const at = "2026-11-20T16:00:00Z";
const other = { repository: "acme/desk", number: 12 };

const cases: readonly (readonly [TimelineEntry, string])[] = [
  [{ kind: "opened", at, by: "" }, "Opened by Somebody"],
  [{ kind: "milestone", at, by: "ana", milestone: "mitigated", text: "" }, "Mitigated (ana)"],
  [{ kind: "milestone", at, by: "ana", milestone: "resolved", text: "Rolled back" }, "Resolved (ana): Rolled back"],
  [{ kind: "commented", at, by: "ana", text: ` ${"🧯".repeat(300)}` }, `ana: ${"🧯".repeat(280)}…`],
  [{ kind: "labeled", at, by: "ana", label: "x" }, "ana added the label “x”"],
  [{ kind: "unlabeled", at, by: "ana", label: "x" }, "ana removed the label “x”"],
  [{ kind: "assigned", at, by: "ana", login: "Ana" }, "ana took the issue"],
  [{ kind: "assigned", at, by: "ana", login: "ben" }, "ana assigned ben"],
  [{ kind: "unassigned", at, by: "ana", login: "ana" }, "ana is no longer assigned"],
  [{ kind: "linked", at, by: "ana", link: { kind: "child", other } }, "ana created acme/desk#12 from it"],
  [{ kind: "linked", at, by: "ana", link: { kind: "blockedBy", other } }, "ana marked it as blocked by acme/desk#12"],
  [{ kind: "referenced", at, by: "ana", sha: "0123456789abcdef0123456789abcdef01234567" }, "ana named it in commit 0123456789"],
  [{ kind: "referenced", at, by: "ana", sha: "0123456789abcdef0123456789abcdef01234567", subject: "Fix *it* <!-- x -->" }, "ana named it in commit 0123456789: Fix \\*it\\* \\<\\!-- x --\\>"],
  [{ kind: "mentioned", at, by: "eve", ref: other, title: "@all ![x](https://e.org/x.png)", isPullRequest: true, state: "open", url: "https://e.org" }, "eve mentioned it in the pull request acme/desk#12: \\@\u2060all \\!\\[x\\](https://e.org/x.png)"],
];

describe("formatTimelineEntry", () => {
  for (const [entry, text] of cases) {
    it(`writes “${[...text].slice(0, 40).join("")}” in English, whatever the editor's language`, () => assert.equal(formatTimelineEntry(entry), text));
  }
});
