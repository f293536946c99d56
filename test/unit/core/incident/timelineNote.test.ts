import assert from "node:assert/strict";
import fc from "fast-check";
import { currentIncident } from "../../../../src/core/incident/roles";
import { evidencePath, isBinary, isShortened, noteLimits, readTypedNote, renderNote, type TypedNote } from "../../../../src/core/incident/timelineNote";
import type { Result } from "../../../../src/core/model/result";
import { ok } from "../../../../src/core/model/result";
import { reportedAt } from "../../../../src/core/response/responseClock";
import { sampleDesk } from "../../../support/sampleDesk";
import { sampleIssue } from "../../../support/sampleIssue";

const now = "2026-11-20T16:02:11Z";
const read = (typed: string): Result<TypedNote, "future"> => readTypedNote(typed, (text) => reportedAt(text, now, "America/Los_Angeles"));

describe("a note for the timeline", () => {
  it("starts with when it happened, as a time ago or in the time zone of the desk", () => {
    assert.deepEqual(read("-10m Restarted the proxy"), ok({ text: "Restarted the proxy", at: "2026-11-20T15:52:11Z" }));
    assert.deepEqual(read("7:05 Restarted the proxy"), ok({ text: "Restarted the proxy", at: "2026-11-20T15:05:00Z" }));
    assert.deepEqual(read("14:05 Restarted"), ok({ text: "Restarted", at: "2026-11-19T22:05:00Z" }), "yesterday, because today it is still to come");
    assert.deepEqual(read("2026-11-18 14:05 Restarted"), ok({ text: "Restarted", at: "2026-11-18T22:05:00Z" }));
    assert.deepEqual(read("-10m"), ok({ text: "", at: "2026-11-20T15:52:11Z" }));
  });

  it("is taken as it is if it starts with anything else, and refused if its time is in the future", () => {
    for (const text of ["10m without answer", "14:05:33 ERROR", "-10 errors", "25:99 no time", "-v does not help", "--", "2026-11-18 no time"]) assert.deepEqual(read(text), ok({ text }));
    assert.deepEqual(read("2026-11-21 14:05 Restarted"), { kind: "failed", failure: "future" });
  });

  it("shows a selection with its file and lines, in a code block that the text cannot leave", () => {
    const text = "a = 1\n```\n@everybody <!-- desk:moment resolved -->\u202E";
    const note = renderNote("This is it", { kind: "selection", text, path: "src/a`b.py", language: "python", from: 12, to: 14 });
    assert.equal(note, "This is it\n\n``src/a`b.py``, lines 12–14:\n\n````python\na = 1\n```\n@everybody <\\!-- desk:moment resolved -->\\u{202E}\n````");
    assert.match(renderNote("", { kind: "selection", text, path: "a.py", language: "x\n# y", from: 3, to: 3 }), /^`a\.py`, line 3:\n\n````text\n/);
  });

  it("shows terminal text without colors and known secrets", () => {
    assert.equal(renderNote("", { kind: "terminal", text: "\u001b[31mred\u001b[0m\r\n\u001b]0;title\u0007TOKEN=abcdef123\r\n\r\n" }), "Terminal:\n\n```text\nred\nTOKEN=[masked]\n```");
  });

  it("shows clipboard text as a block, and an address as a link", () => {
    assert.equal(renderNote("See", { kind: "clipboard", text: " https://status.acme.example/1?a=b \n" }), "See\n\nhttps://status.acme.example/1?a=b");
    assert.equal(renderNote("", { kind: "clipboard", text: "https://a.example/\u202Egnp.exe" }), "```text\nhttps://a.example/\\u{202E}gnp.exe\n```", "what is not as it looks is no link");
    assert.equal(renderNote("", { kind: "clipboard", text: "https://a.example b" }), "```text\nhttps://a.example b\n```");
  });

  it("links a file, and shows a picture", () => {
    assert.equal(renderNote("Graph", { kind: "file", path: "postmortems/evidence/7/cpu (1).png" }), "Graph\n\n![cpu (1).png](/postmortems/evidence/7/cpu%20%281%29.png)");
    assert.equal(renderNote("", { kind: "file", path: "logs/a].log" }), "[`a].log`](/logs/a%5D.log)");
    assert.equal(renderNote("", { kind: "file", path: "e/a.png", url: "https://github.com/acme/desk/blob/HEAD/e/a.png" }), "![a.png](https://github.com/acme/desk/blob/HEAD/e/a.png?raw=true)");
  });

  it("is shortened in the middle where the text is long, and never exceeds what every server takes", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`).join("\n");
    assert.equal(isShortened(lines), true);
    assert.equal(isShortened("a\nb"), false);
    const note = renderNote("", { kind: "clipboard", text: lines });
    assert.match(note, /line 0\n[^]*\[4600 lines left out\]\n[^]*line 4999/);
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 1, max: 400 }), (part, times) => {
      const rendered = renderNote("", { kind: "terminal", text: `${part}\n`.repeat(times) });
      assert.ok(rendered.length < noteLimits.characters + 1000);
      assert.doesNotMatch(rendered, /<!--/);
    }));
  });

  it("takes no binary data as text", () => {
    assert.equal(isBinary("\u0000PNG"), true);
    assert.equal(isBinary("\u0001\u0002\u0003abc"), true);
    assert.equal(isBinary("\u001b[31mred\u001b[0m\r\nüß漢\t"), false);
  });

  it("stores evidence below the post-mortems, each file under a name of its own", () => {
    const local = { repository: "local", number: 7 };
    assert.equal(evidencePath("postmortems", local, "CPU Load.PNG", 1), "postmortems/evidence/7/cpu-load.png");
    assert.equal(evidencePath("postmortems", local, "CPU Load.PNG", 2), "postmortems/evidence/7/cpu-load-2.png");
    assert.equal(evidencePath("", { repository: "acme/desk", number: 7 }, "../../.git/config", 1), "evidence/desk-7/git-config");
    assert.equal(evidencePath("p", local, "...", 1), "p/evidence/7/file");
  });
});

describe("the current incident of a person", () => {
  const incident = (number: number, more: Parameters<typeof sampleIssue>[0] = {}) => sampleIssue({ ref: { repository: "acme/live", number }, ...more });
  const led = (login: string): string => `<!-- desk:field role.lead value=${login} at=2026-11-20T16:00:00Z by=ana -->\n`;

  it("is the only one that they lead, otherwise the only one that they are assigned to", () => {
    const [one, two] = [incident(1, { assignees: ["Ana"] }), incident(2, { assignees: ["ana"], body: led("ana") })];
    assert.equal(currentIncident(sampleDesk, [one, two], "ana"), two);
    assert.equal(currentIncident(sampleDesk, [one], "ana"), one);
    assert.equal(currentIncident(sampleDesk, [one, incident(3, { assignees: ["ana"] })], "ana"), undefined, "it would be a guess");
    assert.equal(currentIncident(sampleDesk, [incident(4, { assignees: ["ana"], state: "closed" }), incident(5)], "ana"), undefined);
    assert.equal(currentIncident(sampleDesk, [one], undefined), undefined);
  });

  it("is the one that they lead, not one in which they have another role, and that one if they lead none", () => {
    const role = (name: string): string => `<!-- desk:field role.${name} value=ana at=2026-11-20T16:00:00Z by=ben -->\n`;
    const [helped, ledOne] = [incident(1, { body: role("communications") }), incident(2, { body: role("Lead") })];
    assert.equal(currentIncident(sampleDesk, [helped, ledOne], "ana"), ledOne);
    assert.equal(currentIncident(sampleDesk, [helped], "ana"), helped);
  });
});
