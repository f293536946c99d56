import assert from 'node:assert/strict';
import { parseDesk } from '../../../../../src/core/desk/parseDesk';
import { plainText } from '../../../../../src/core/model/markdownDocument';
import { planShifts } from '../../../../../src/core/oncall/planning/planShifts';
import { describePlanProblem, describeReason, planReport, type ReportLocale } from '../../../../../src/host/commands/oncall/planReport';
import { readInline } from '../../../../../src/markdown/readMarkdown';
import { fill } from '../../../../../src/protocol/fill';

const locale: ReportLocale = { t: (message, ...args) => fill(message, ...args), language: "en", name: (login) => login.toUpperCase() };

function report(text: string): string {
  const desk = parseDesk(text).desk ?? assert.fail("broken desk");
  const plan = planShifts(desk, { from: "2026-11-16", shifts: 3 }) ?? assert.fail("no rotation");
  return planReport(plan, desk, locale).split("\n").map((line) => plainText(readInline(line))).join("\n");
}

describe("planReport", () => {
  it("has a row for each shift with people and reasons, and states that all rules are met", () => {
    const page = report("timezone: UTC\nholidays: [2026-11-26]\npeople: [{ login: ana }, { login: ben }, { login: cleo }]\nrotation: { starts: 2026-11-16, every: 1w, people: [ana, ben, cleo], roles: [primary] }\n");
    assert.match(page, /All rules are met/);
    assert.match(page, /\| Mon, Nov 16, 2026 – Sun, Nov 22, 2026 \| ANA: fewest shifts so far \(0\)/);
    assert.match(page, /\| Mon, Nov 23, 2026 – Sun, Nov 29, 2026 \(holiday\) \| \w+: /);
    assert.equal(page.split("\n").filter((line) => /^\| \w+ \| 0 \| 1 \| 1 \| [01] \|$/.test(line)).length, 3);
  });

  it("lists the rules that are not met and why, and escapes names", () => {
    const page = report('timezone: UTC\nteam: "A <b>*x*</b>"\npeople: [{ login: ana }, { login: ben, away: [2026-11-01/2026-12-31] }]\nrotation: { starts: 2026-11-16, every: 1w, people: [ana, ben], roles: [primary, backup] }\n');
    assert.match(page, /Shift plan: A <b>\*x\*<\/b>/);
    assert.match(page, /Mon, Nov 16, 2026: nobody is available for backup\. Away: BEN\./);
    assert.match(page, /Mon, Nov 23, 2026: ANA has two shifts in a row\. Away: BEN\./);
    assert.match(page, /BEN has fewer shifts than others \(0\): available for only 0 of the planned shifts\./);
    assert.match(page, /\| nobody \|/);
  });
});

describe("the texts of a plan", () => {
  it("describe every reason", () => {
    assert.deepEqual(
      [
        describeReason({ kind: "override" }, locale),
        describeReason({ kind: "onlyOne", away: [], justServed: [] }, locale),
        describeReason({ kind: "onlyOne", away: ["ana"], justServed: ["ben", "cleo"] }, locale),
        describeReason({ kind: "backs", login: "ana" }, locale),
        describeReason({ kind: "fewestShifts", shifts: 2 }, locale),
        describeReason({ kind: "fewestHolidays", holidays: 1 }, locale),
        describeReason({ kind: "evenInTheEnd", total: 9 }, locale),
      ],
      ["set by an override", "nobody else is in the rotation", "nobody else is available (away: ANA; on call just before: BEN, CLEO)", "experienced, with ANA", "fewest shifts so far (2)", "fewest holiday shifts so far (1)", "for an even distribution (9 in the year)"],
    );
  });

  it("describe every problem, and the reason for uneven loads per person", () => {
    assert.deepEqual(describePlanProblem({ kind: "noExperiencedBackup", starts: "2026-11-16", primary: "ana", backup: "ben", away: [] }, locale), ["Mon, Nov 16, 2026: neither ANA nor BEN is experienced. Nobody is away. There are not enough people."]);
    assert.deepEqual(
      describePlanProblem({
        kind: "uneven", fewest: 1, most: 5,
        people: [
          { login: "ana", total: 5, side: "more", because: { kind: "before", shifts: 4 } },
          { login: "ben", total: 5, side: "more", because: { kind: "experience" } },
          { login: "cleo", total: 4, side: "more", because: { kind: "others" } },
          { login: "dev", total: 1, side: "fewer", because: { kind: "rest" } },
        ],
      }, locale),
      [
        "Shifts are distributed unevenly: from 1 to 5 this year.",
        "ANA has more shifts than others (5): had 4 earlier this year.",
        "BEN has more shifts than others (5): new people need somebody experienced in the same shift.",
        "CLEO has more shifts than others (4): others could not take more.",
        "DEV has fewer shifts than others (1): a more even plan would need shifts in a row.",
      ],
    );
  });
});
