import assert from "node:assert/strict";
import fc from "fast-check";
import { answerPath, appendAnswer, readAnswers } from "../../../../src/core/incident/answerLog";
import { extendTriage, storedReport, maxReport, minutesLeft, minutesSpent, readTimer, requestText, startTriage, triageAudience, triageTitle } from "../../../../src/core/incident/triage";
import { sampleDesk } from "../../../support/sampleDesk";

const within = { amount: 15, unit: "m" } as const;
const at = (minute: number, second = 0): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")}Z`;

describe("the time for a report", () => {
  const timer = startTriage("> Hello, the *report* is empty\nsince today", "t1", at(0), within);

  it("counts down to zero and can be extended, from now if it is over", () => {
    assert.deepEqual([minutesLeft(timer, at(0)), minutesLeft(timer, at(14, 1)), minutesLeft(timer, at(15)), minutesLeft(timer, at(40))], [15, 1, 0, 0]);
    assert.equal(extendTriage(timer, at(10), within).until, at(30));
    assert.equal(extendTriage(timer, at(20), within).until, at(35));
    assert.equal(minutesSpent(extendTriage(timer, at(20), within), at(22, 59)), 22);
    assert.equal(minutesLeft(timer, "2026-11-20T15:59:00Z"), 16, "a clock that was set back");
  });

  it("never has less time after an extension, whenever it is extended", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 6 }), (minutes) => {
      let now = timer;
      for (const minute of minutes.toSorted((a, b) => a - b)) {
        const before = minutesLeft(now, at(minute));
        now = extendTriage(now, at(minute), within);
        assert.equal(minutesLeft(now, at(minute)), before + 15);
      }
    }));
  });

  it("survives being stored, and what is no timer is left out", () => {
    assert.deepEqual([timer, { ...timer, until: "soon" }, 5, null, undefined].map(readTimer), [timer, undefined, undefined, undefined, undefined]);
  });

  it("keeps the first 100,000 characters of a pasted log", () => {
    const { text } = startTriage(`${"x".repeat(maxReport - 1)}😀${"y".repeat(1_000_000)}`, "t1", at(0), within);
    assert.equal(text, `${"x".repeat(maxReport - 1)}\n\n## Findings so far\n\n`);
    assert.equal(storedReport("short"), "short");
  });

  it("becomes a request with the report and what was written, and mentions who is notified", () => {
    assert.equal(timer.title, "Hello, the *report* is empty");
    assert.equal(requestText(timer.text, { notify: [] }), "> Hello, the *report* is empty\nsince today");
    assert.equal(
      requestText(`${timer.text}Only in Berlin <!-- desk:run -->\n`, { minutes: 15, notify: ["pia", "ben"] }),
      "> Hello, the *report* is empty\nsince today\n\n## Findings so far\n\nOnly in Berlin <\\!-- desk:run -->\n\nRaised as a request after 15 minutes of triage.\n\nNew request for @pia @ben.",
    );
  });

  it("takes as title the first line with text, at most 100 characters", () => {
    assert.equal(triageTitle("\n\n> # Portal  \nmore"), "Portal");
    assert.equal(triageTitle(" "), "");
    assert.equal(triageTitle(`${"word ".repeat(30)}`), `${"word ".repeat(19)}word\u2026`);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.ok(triageTitle(text).length <= 101);
      assert.doesNotMatch(triageTitle(text), /[\r\n]/);
    }));
  });

  it("notifies the holders of the desk's roles, people who always have the role, and single people", () => {
    const person = { experienced: false, away: [] };
    const desk = { triage: { ...sampleDesk.triage, tell: ["Primary", "product-manager", "zoe", "nobody"] }, people: [{ ...person, login: "pia", roles: ["product-manager"] }, { ...person, login: "ana", roles: [] }, { ...person, login: "Zoe", roles: [] }] };
    assert.deepEqual(triageAudience(desk, { primary: "ana" }), ["ana", "pia", "Zoe"]);
  });
});

describe("reports that were answered at once", () => {
  it("are one line each in a file per person and month, and other lines are left alone", () => {
    assert.equal(answerPath(at(5), "Ana Ruiz"), ".desk/triage/2026-11-ana-ruiz.jsonl");
    const first = { at: at(5), by: "ana", title: "How do I sign in?" };
    const second = { at: at(9), by: "ana", title: "Where is the manual?", minutes: 7 };
    const text = appendAnswer(appendAnswer("a line of a person", second), { ...first, title: "How do I sign in?\nThank you" });
    assert.ok(text.startsWith("a line of a person\n"));
    assert.deepEqual(readAnswers(`<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`), [first, second]);
  });
});
