import assert from 'node:assert/strict';
import type { TimelineEntry } from '../../../../../src/core/incident/timeline';
import { formatTimelineEntry, formerTimelineText } from '../../../../../src/core/postmortem/timeline/timelineText';
import { commandComment } from '../../../../../src/core/shell/commandReport';

const at = "2026-11-20T16:00:00Z";
const other = { repository: "acme/desk", number: 12 };

const cases: readonly (readonly [TimelineEntry, string])[] = [
  [{ kind: "opened", at, by: "" }, "Opened by Somebody"],
  [{ kind: "milestone", at, by: "ana", milestone: "mitigated", text: "" }, "Mitigated (ana)"],
  [{ kind: "milestone", at, by: "ana", milestone: "resolved", text: "Rolled back" }, "Resolved (ana): Rolled back"],
  [{ kind: "commented", at, by: "ana", text: ` ${"🧯".repeat(300)}` }, `ana: ${"🧯".repeat(280)}…`],
  [{ kind: "milestone", at, by: "ana", milestone: "acknowledged", text: "Acknowledged" }, "Acknowledged (ana)"],
  [{ kind: "milestone", at, by: "ana", milestone: "update", audience: "all *customers*", text: "Back soon" }, "Update sent to all \\*customers\\* (ana): Back soon"],
  [{ kind: "commented", at, by: "ana", command: true, text: commandComment({ step: "Look", script: "kubectl get\npods", variables: [], shell: "bash", outcome: { kind: "exit", code: 1, milliseconds: 1240 }, output: "none" }) }, "ana ran a command: `kubectl get pods` · Exit code 1 after 1.2 s"],
  [{ kind: "commented", at, by: "ana", command: true, text: `${commandComment({ script: "x".repeat(400), variables: [], shell: "bash", outcome: { kind: "unknown" } })}` }, `ana ran a command: \`${"x".repeat(200)}…\` · How it ended is not known`],
  [{ kind: "commented", at, by: "ana", command: true, text: "I ran it" }, "ana: I ran it"],
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

describe("formerTimelineText", () => {
  it("is what version 0.1 wrote for updates, milestones without a text, and commands", () => {
    assert.equal(formerTimelineText({ kind: "milestone", at, by: "ana", milestone: "update", audience: "customers", text: "Back soon" }), "Update sent (ana): Back soon");
    assert.equal(formerTimelineText({ kind: "milestone", at, by: "", milestone: "acknowledged", text: "Acknowledged" }), "Acknowledged (Somebody): Acknowledged");
    assert.equal(formerTimelineText({ kind: "commented", at, by: "ana", command: true, text: "```sh\nls\n```" }), "ana: ```sh\nls\n```");
    assert.equal(formerTimelineText({ kind: "closed", at, by: "ana" }), "Closed by ana");
  });
});
