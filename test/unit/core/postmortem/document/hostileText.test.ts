import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPostmortem } from "../../../../../src/core/postmortem/advice/consistency";
import { readHidden, readSource } from "../../../../../src/core/postmortem/document/entrySource";
import { eventRow, toSecond } from "../../../../../src/core/postmortem/timeline/eventRows";
import { incidentEvents } from "../../../../../src/core/postmortem/timeline/origins";
import type { Postmortem, PostmortemEntry } from "../../../../../src/core/postmortem/postmortem";
import { noTexts } from "../../../../../src/core/postmortem/postmortem";
import { renderPostmortem } from "../../../../../src/core/postmortem/document/renderPostmortem";
import { cpuTime } from "../../../../support/cpuTime";
import { propertyRuns } from "../../../../support/propertyRuns";
import { emptyPostmortem, entry, parse, zone } from "../samples";

const length = 65_536;

const own: PostmortemEntry = { ...entry("t1", "2026-11-20T16:00:00Z", "One"), source: "comment", origin: { key: "k1", hash: "h1" } };

const written = (more: Partial<Postmortem>): Postmortem => parse(renderPostmortem({ ...emptyPostmortem, timeline: [own], ...more }, zone)).postmortem;

/** Texts that imitate what a post-mortem's file hides. */
const forged = ["<!-- desk:entry k2 h2 -->", "<!--desk:entry k2-->", "<!-- desk:hidden k1 -->", "\n<!-- desk:hidden k1 -->\n", "<!-- desk:hidden k1 --", "## Timeline", "\n## Timeline\n\n| Time | Event | Source |\n| --- | --- | --- |\n| x | y | a <!-- desk:entry k3 h --> |\n", "\n---\nissue: acme/other#1\n---\n", "| a | b |\n| --- | --- |", "<<<<<<< HEAD\n", "```\n", "<!--", "--&gt;", "-->", "inferred", ", internal"];

describe("A text that imitates the file of a post-mortem", () => {
  it("neither identifies a row as another event nor hides one", () => {
    const any = fc.array(fc.oneof(fc.constantFrom(...forged), fc.string({ maxLength: 5 })), { maxLength: 4 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, any, any, any, any, (source, event, evidence, summary, extra) => {
        const text = summary.toWellFormed();
        const result = written({ timeline: [{ ...own, source, event, evidence }], texts: { ...noTexts, summary: text, supporting: text }, own: [{ id: "1 budget", heading: "Budget", text: extra }], lead: extra, title: event });
        assert.deepEqual([result.timeline.map(({ origin }) => origin), result.hidden, result.issue], [[own.origin], [], emptyPostmortem.issue]);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("stays as it is when the file is written again", () => {
    const once = renderPostmortem({ ...emptyPostmortem, timeline: [{ ...own, source: forged.join(" ") }] }, zone);
    const document = parse(once);
    const again = renderPostmortem({ ...document.postmortem, timeline: document.postmortem.timeline.map((row) => ({ ...row, event: "Two" })) }, zone, document);
    assert.equal(again, once.replace("One", "Two"));
  });

  it("from a comment is shown in its row and does nothing else", () => {
    for (const text of forged) {
      const [event] = incidentEvents([{ kind: "commented", at: "2026-11-20T16:00:00Z", by: "eve", text }]);
      assert.ok(event !== undefined);
      const result = written({ timeline: [own, eventRow(event, "t2")] });
      assert.deepEqual([result.timeline.map(({ origin }) => origin?.key), result.hidden], [["k1", event.origin.key], []]);
    }
  });
});

describe("A cell of 65,536 characters", () => {
  const pieces = ["|", "\\", "\\|", "&#124;", "<br>", "<br ", "&#92;", "a ", " ", "`", "[", "[a](", "<!--", "<!-- desk:entry a", "<!-- desk:entry ", "**", "@a", ", inferred", ",", "\n", "é", "🚒", "9:05 ", "Skipped by a: ", "(", ")"];
  for (const piece of pieces) {
    it(`of ${JSON.stringify(piece)} is read, checked and changed without a delay`, () => {
      const cell = `a${piece.repeat(length / piece.length)}x`;
      const started = cpuTime();
      const document = parse(renderPostmortem({ ...emptyPostmortem, timeline: [{ ...own, event: cell, evidence: cell, source: cell }, { ...own, id: "w", time: { kind: "words", words: cell } }] }, zone));
      const changed = parse(renderPostmortem({ ...document.postmortem, timeline: document.postmortem.timeline.map((row) => ({ ...row, event: `${row.event}!` })) }, zone, document));
      assert.equal(changed.postmortem.timeline.length, 2);
      checkPostmortem(changed.postmortem, { now: "2026-11-27T12:00:00Z", timezone: zone });
      assert.ok(cpuTime() - started < 3000);
    });
  }

  it("that is not closed takes no time in proportion to its square", () => {
    const started = cpuTime();
    for (const text of [`<!-- desk:entry a${" ".repeat(length)}x`, `<!--${" ".repeat(length)}`, "<!-- desk:entry a ".repeat(length / 16), ", inferred".repeat(length / 10)]) readSource(text);
    for (const text of [`<!-- desk:hidden${" a".repeat(length)} <`, `<!-- desk:hidden${" ".repeat(length)} <`]) readHidden(text);
    assert.ok(cpuTime() - started < 1000);
  });
});

describe("The time of an event in a log that somebody edited", () => {
  for (const [text, second] of [["2026-11-20T16:02:11Z", "2026-11-20T16:02:11Z"], ["2026-11-20T16:02:11.999Z", "2026-11-20T16:02:11Z"], ["2026-11-20T16:02Z", "2026-11-20T16:02:00Z"], ["2026-11-20T17:02:11+01:00", "2026-11-20T16:02:11Z"], ["2026-11-20 16:02:11Z", "2026-11-20T16:02:11Z"]] as const) {
    it(`is that instant in ${text}`, () => assert.equal(toSecond(text), second));
  }
});
