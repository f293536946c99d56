import fc from 'fast-check';
import assert from 'node:assert/strict';
import { coverEdit, type RotationEdit, swapEdit, takeoverEdit } from '../../../../src/core/desk/scheduleEdit';
import { withEdits } from '../../../../src/core/markup/yamlEdit';
import { planEdit, planShifts } from '../../../../src/core/oncall/planning/planShifts';
import { holdersAt, holdingAt } from '../../../../src/core/oncall/rotation';
import { propertyRuns } from '../../../support/propertyRuns';
import { deskOf } from './deskText';

function edited(text: string, edit: RotationEdit): string {
  assert.ok(edit.kind === "ok", JSON.stringify(edit));
  return withEdits(text, edit.value);
}

function refused(edit: RotationEdit): string {
  assert.ok(edit.kind === "failed");
  return edit.failure.kind;
}

const people = "people: [{ login: ana }, { login: ben }, { login: cleo }, { login: dan }]\n";

const cover = { role: "primary", login: "dan", from: "2026-01-06", to: "2026-01-07" };

const item = "{ from: 2026-01-06, to: 2026-01-07, primary: dan }";

describe("A cover", () => {
  const cases: readonly (readonly [what: string, text: string, after: string])[] = [
    ["below the last of a block", `rotation:\n  starts: 2026-01-05\n  overrides:\n    - { from: 2026-02-01, to: 2026-02-02, backup: ben } # holiday\n    # more\nservices: [a]\n`, `rotation:\n  starts: 2026-01-05\n  overrides:\n    - { from: 2026-02-01, to: 2026-02-02, backup: ben } # holiday\n    - ${item}\n    # more\nservices: [a]\n`],
    ["below a block of blocks", `rotation:\n  overrides:\n  - from: 2026-02-01\n    to: 2026-02-02\n    backup: "ben"\n\n  starts: 2026-01-05`, `rotation:\n  overrides:\n  - from: 2026-02-01\n    to: 2026-02-02\n    backup: "ben"\n  - ${item}\n\n  starts: 2026-01-05`],
    ["in a flow list", `rotation: { starts: 2026-01-05, overrides: [{ from: 2026-02-01, to: 2026-02-02, backup: ben }] } # all\n`, `rotation: { starts: 2026-01-05, overrides: [{ from: 2026-02-01, to: 2026-02-02, backup: ben }, ${item}] } # all\n`],
    ["in a flow list over lines, with a comma at its end", `rotation:\n  starts: 2026-01-05\n  overrides: [\n    { from: 2026-02-01, to: 2026-02-02, backup: ben }, # one\n  ]\n`, `rotation:\n  starts: 2026-01-05\n  overrides: [\n    { from: 2026-02-01, to: 2026-02-02, backup: ben }, ${item}, # one\n  ]\n`],
    ["in an empty list", `rotation:\n  overrides: []\n  starts: 2026-01-05\n`, `rotation:\n  overrides: [${item}]\n  starts: 2026-01-05\n`],
    ["behind a key with nothing", `rotation:\n  overrides: # none yet\n  starts: 2026-01-05\n`, `rotation:\n  overrides: # none yet\n    - ${item}\n  starts: 2026-01-05\n`],
    ["behind a key with nothing in a flow map", `rotation: { overrides:, starts: 2026-01-05 }\n`, `rotation: { overrides: [${item}], starts: 2026-01-05 }\n`],
    ["behind a key alone in a flow map", `rotation: { starts: 2026-01-05, overrides }\n`, `rotation: { starts: 2026-01-05, overrides: [${item}] }\n`],
    ["where a block has no overrides", `rotation:\n    starts: 2026-01-05 # a Monday\n\n# audiences\nservices: []\n`, `rotation:\n    starts: 2026-01-05 # a Monday\n    overrides:\n      - ${item}\n\n# audiences\nservices: []\n`],
    ["where a block ends in a list", `rotation:\n  starts: 2026-01-05\n  roles:\n    - primary\n    - backup # second\n`, `rotation:\n  starts: 2026-01-05\n  roles:\n    - primary\n    - backup # second\n  overrides:\n    - ${item}\n`],
    ["where a flow map has no overrides", `rotation: { starts: 2026-01-05 }`, `rotation: { starts: 2026-01-05, overrides: [${item}] }`],
    ["where the text ends without a line end", `rotation:\n  starts: 2026-01-05`, `rotation:\n  starts: 2026-01-05\n  overrides:\n    - ${item}`],
    ["with Windows' line ends", `rotation:\r\n  starts: 2026-01-05\r\n  overrides:\r\n    - { from: 2026-02-01, to: 2026-02-02, backup: ben }\r\n`, `rotation:\r\n  starts: 2026-01-05\r\n  overrides:\r\n    - { from: 2026-02-01, to: 2026-02-02, backup: ben }\r\n    - ${item}\r\n`],
    ["in place of the one for the same time", `rotation:\n  starts: 2026-01-05\n  overrides:\n    - { to: 2026-01-07, from: "2026-01-06", primary: 'ben' } # cold\n`, `rotation:\n  starts: 2026-01-05\n  overrides:\n    - { to: 2026-01-07, from: "2026-01-06", primary: dan } # cold\n`],
    ["not in place of one that a later one covers", `rotation: { starts: 2026-01-05, overrides: [{ from: 2026-01-06, to: 2026-01-07, primary: ben }, { from: 2026-01-07, to: 2026-01-09, primary: cleo }] }`, `rotation: { starts: 2026-01-05, overrides: [{ from: 2026-01-06, to: 2026-01-07, primary: ben }, { from: 2026-01-07, to: 2026-01-09, primary: cleo }, ${item}] }`],
    ["in another rotation", `rotation: { starts: 2026-01-05, roles: [first] }\nrotations:\n  other:\n    starts: 2026-01-05\n    roles: [primary]\n  more: { starts: 2026-01-05 }\n`, `rotation: { starts: 2026-01-05, roles: [first] }\nrotations:\n  other:\n    starts: 2026-01-05\n    roles: [primary]\n    overrides:\n      - ${item}\n  more: { starts: 2026-01-05 }\n`],
  ];
  for (const [what, text, after] of cases) {
    it(what, () => {
      for (const before of ["", people.replaceAll("\n", text.includes("\r\n") ? "\r\n" : "\n"), "\uFEFF"]) {
        const whole = edited(before + text, coverEdit(before + text, cover));
        assert.equal(whole, before + after);
        assert.equal(holdersAt(deskOf(whole), "2026-01-07T12:00:00Z")["primary"], "dan");
      }
    });
  }

  it("in local times, with a login and a role that YAML would misinterpret", () => {
    const text = 'people: [{ login: "1e3" }, { login: "yes" }]\nrotation: { starts: 2026-01-05, roles: ["no", "{x}"] }\n';
    const whole = edited(text, coverEdit(text, { role: "{x}", login: "1e3", from: "2026-01-06T12:00", to: "2026-01-06T13:30" }));
    assert.equal(whole, text.replace(" }\n", ', overrides: [{ from: 2026-01-06T12:00, to: 2026-01-06T13:30, "{x}": "1e3" }] }\n'));
    assert.deepEqual(holdersAt(deskOf(whole), "2026-01-06T13:29:59Z"), { no: "yes", "{x}": "1e3" });
  });

  it("is refused when it is invalid", () => {
    const text = "rotation: { starts: 2026-01-05 }";
    assert.equal(refused(coverEdit("rotation: [", cover)), "brokenDesk");
    assert.equal(refused(coverEdit("rotation: { starts: soon }", cover)), "brokenDesk");
    assert.equal(refused(coverEdit("team: A", cover)), "noRotation");
    assert.equal(refused(coverEdit(text, { ...cover, role: "boss" })), "noRotation");
    for (const [from, to] of [["2026-01-07", "2026-01-06"], ["2026-02-30", "2026-03-01"], ["2026-01-06T12:00", "2026-01-06T12:00"], ["2026-01-06T25:00", "2026-01-07"], ["2026-01-06, x: y", "2026-01-07"]] as const) {
      assert.equal(refused(coverEdit(text, { ...cover, from, to })), "badTime");
    }
    assert.equal(refused(coverEdit("base: &r { starts: 2026-01-05 }\nrotation: *r\n", cover)), "unwritable");
    assert.equal(refused(coverEdit("base: &o [{ from: 2026-02-01, to: 2026-02-02, primary: ben }]\nrotation: { starts: 2026-01-05, overrides: *o }\n", cover)), "unwritable");
    assert.equal(refused(coverEdit(text, { ...cover, login: "not a login" })), "unwritable");
  });
});

describe("A swap", () => {
  it("exchanges the holders of two shifts, and a second swap restores them", () => {
    const text = `${people}rotation:\n  starts: 2026-01-05\n`;
    const swapped = edited(text, swapEdit(text, { role: "primary", first: "2026-01-07", second: "2026-01-19" }));
    assert.equal(swapped, `${text}  overrides:\n    - { from: 2026-01-05, to: 2026-01-11, primary: cleo }\n    - { from: 2026-01-19, to: 2026-01-25, primary: ana }\n`);
    assert.deepEqual(["2026-01-05", "2026-01-12", "2026-01-19"].map((day) => holdersAt(deskOf(swapped), `${day}T00:00:00Z`)["primary"]), ["cleo", "ben", "ana"]);
    const back = edited(swapped, swapEdit(swapped, { role: "primary", first: "2026-01-05", second: "2026-01-25" }));
    assert.equal(back, `${text}  overrides:\n    - { from: 2026-01-05, to: 2026-01-11, primary: ana }\n    - { from: 2026-01-19, to: 2026-01-25, primary: cleo }\n`);
  });

  it("affects the person with most of the shift, and rotation days that start in the morning", () => {
    const text = `${people}rotation: { starts: 2026-01-05, changesAt: "09:00", overrides: [{ from: 2026-01-06, to: 2026-01-06, primary: dan }] }\n`;
    const swapped = edited(text, swapEdit(text, { role: "primary", first: "2026-01-05", second: "2026-01-12" }));
    assert.deepEqual(holdingAt(deskOf(swapped), "2026-01-07T00:00:00Z")["primary"], { login: "ben", from: "2026-01-05T09:00:00Z", to: "2026-01-12T09:00:00Z" });
    assert.equal(holdersAt(deskOf(swapped), "2026-01-12T09:00:00Z")["primary"], "ana");
  });

  it("is refused when nobody or the same person has the shifts", () => {
    const text = `${people}rotation: { starts: 2026-01-05 }\n`;
    assert.equal(refused(swapEdit(text, { role: "primary", first: "2026-01-05", second: "2026-02-02" })), "holdsAlready");
    assert.equal(refused(swapEdit(text, { role: "primary", first: "2026-01-04", second: "2026-01-05" })), "noHolder");
    assert.equal(refused(swapEdit(text, { role: "primary", first: "soon", second: "2026-01-05" })), "badTime");
  });
});

describe("A takeover", () => {
  const text = `timezone: America/Los_Angeles\n${people}rotation: { starts: 2026-01-05, overrides: [{ from: 2026-01-09, to: 2026-01-09, primary: dan }] }\n`;

  it("lasts from the current minute until the role would have changed, and swaps the backup's role", () => {
    const whole = edited(text, takeoverEdit(text, { role: "primary", login: "ben", at: "2026-01-06T20:30:59Z" }));
    assert.equal(whole, text.replace("primary: dan }]", "primary: dan }, { from: 2026-01-06T12:30, to: 2026-01-09T00:00, primary: ben, backup: ana }]"));
    assert.deepEqual(["2026-01-06T20:29:59Z", "2026-01-06T20:30:59Z", "2026-01-09T08:00:00Z"].map((at) => holdersAt(deskOf(whole), at)), [{ primary: "ana", backup: "ben" }, { primary: "ben", backup: "ana" }, { primary: "dan", backup: "ben" }]);
  });

  it("uses the desk's spelling of a login", () => {
    const [as, asOther] = ["ben", "BEN"].map((login) => edited(text, takeoverEdit(text, { role: "primary", login, at: "2026-01-06T20:30:59Z" })));
    assert.equal(asOther, as);
    assert.equal(refused(takeoverEdit(text, { role: "primary", login: "Ana", at: "2026-01-06T20:30:00Z" })), "holdsAlready");
  });

  it("by a person without a role takes no other role from anybody", () => {
    const whole = edited(text, takeoverEdit(text, { role: "backup", login: "cleo", at: "2026-01-06T20:30:00Z" }));
    assert.deepEqual(holdersAt(deskOf(whole), "2026-01-06T20:30:00Z"), { primary: "ana", backup: "cleo" });
  });

  it("is refused to the current holder, and when nobody holds the role", () => {
    assert.equal(refused(takeoverEdit(text, { role: "primary", login: "ana", at: "2026-01-06T20:30:00Z" })), "holdsAlready");
    assert.equal(refused(takeoverEdit(text, { role: "primary", login: "ana", at: "2026-01-01T00:00:00Z" })), "noHolder");
  });
});

describe("A plan", () => {
  const plan = (shifts: readonly (readonly [starts: string, primary: string, backup?: string])[]) => ({
    shifts: shifts.map(([starts, primary, backup]) => ({ starts, ends: "", from: "", to: "", holiday: false, choices: [], holders: { primary, ...(backup === undefined ? {} : { backup }) } })),
  });

  const cases: readonly (readonly [what: string, text: string, after: string])[] = [
    ["below a block", "rotation:\n  starts: 2026-01-05 # Monday\n# end\n", "rotation:\n  starts: 2026-01-05 # Monday\n  planned:\n    2026-01-12: { primary: cleo, backup: dan }\n    2026-01-19: { primary: ana, backup: ben }\n# end\n"],
    ["in a flow map", "rotation: { starts: 2026-01-05 }\n", "rotation: { starts: 2026-01-05, planned: { 2026-01-12: { primary: cleo, backup: dan }, 2026-01-19: { primary: ana, backup: ben } } }\n"],
    ["behind an empty map", "rotation: { starts: 2026-01-05, planned: {} }\n", "rotation: { starts: 2026-01-05, planned: { 2026-01-12: { primary: cleo, backup: dan }, 2026-01-19: { primary: ana, backup: ben } } }\n"],
    ["behind a key with nothing", "rotation:\r\n  planned:\r\n  starts: 2026-01-05\r\n", "rotation:\r\n  planned:\r\n    2026-01-12: { primary: cleo, backup: dan }\r\n    2026-01-19: { primary: ana, backup: ben }\r\n  starts: 2026-01-05\r\n"],
    ["among shifts planned before, which it changes name by name", "rotation:\n  starts: 2026-01-05\n  planned:\n    2026-01-05: { primary: ben } # first\n    2026-01-19:\n      backup: \"ben\"\n      primary: 'dan' # sure\n    2026-01-26: { primary: ben }\n", "rotation:\n  starts: 2026-01-05\n  planned:\n    2026-01-05: { primary: ben } # first\n    2026-01-12: { primary: cleo, backup: dan }\n    2026-01-19:\n      backup: \"ben\"\n      primary: ana # sure\n    2026-01-26: { primary: ben }\n"],
    ["in place of one with other roles", "rotation:\n  starts: 2026-01-05\n  planned:\n    2026-01-12: { primary: ben } # a\n    2026-01-19:\n      primary: ben\n\n# end\n", "rotation:\n  starts: 2026-01-05\n  planned:\n    2026-01-12: { primary: cleo, backup: dan } # a\n    2026-01-19:\n      { primary: ana, backup: ben }\n\n# end\n"],
    ["between shifts in a flow map", "rotation: { starts: 2026-01-05, planned: { 2026-01-05: { primary: ben }, 2026-01-26: { primary: ben } } }", "rotation: { starts: 2026-01-05, planned: { 2026-01-05: { primary: ben }, 2026-01-12: { primary: cleo, backup: dan }, 2026-01-19: { primary: ana, backup: ben }, 2026-01-26: { primary: ben } } }"],
  ];
  for (const [what, text, after] of cases) {
    it(what, () => {
      const whole = edited(text, planEdit(text, plan([["2026-01-12", "cleo", "dan"], ["2026-01-19", "ana", "ben"]])));
      assert.equal(whole, after);
      assert.deepEqual(["2026-01-12", "2026-01-19"].map((day) => holdersAt(deskOf(whole), `${day}T00:00:00Z`)), [{ primary: "cleo", backup: "dan" }, { primary: "ana", backup: "ben" }]);
    });
  }

  it("of the planner has the proposed effect, and leaves an open role to the next person", () => {
    const text = `${people}rotation: { starts: 2026-01-05 }\n`;
    const proposed = planShifts(deskOf(text), { from: "2026-01-05", shifts: 8 });
    assert.ok(proposed);
    const whole = edited(text, planEdit(text, proposed));
    assert.deepEqual(proposed.shifts.map(({ from }) => holdersAt(deskOf(whole), from)), proposed.shifts.map(({ holders }) => holders));
    const open = edited(text, planEdit(text, plan([["2026-01-05", "dan"]])));
    assert.deepEqual(holdersAt(deskOf(open), "2026-01-05T00:00:00Z"), { primary: "dan", backup: "ben" });
  });

  it("is refused without its rotation", () => {
    assert.equal(refused(planEdit("team: A", plan([]))), "noRotation");
    assert.equal(refused(planEdit("rotation: { starts: 2026-01-05 }", { rotation: "night", shifts: [] })), "noRotation");
  });
});

describe("Edits of the schedule", () => {
  const keys = fc.shuffledSubarray(["starts: 2026-01-05", "every: 1w", "people: [ana, ben, cleo]", "overrides: [{ from: 2026-02-01, to: 2026-02-01, backup: ben }]", "planned: { 2026-01-26: { primary: ben } }", "changesAt: \"09:00\""], { minLength: 3 }).filter((chosen) => chosen.some((key) => key.startsWith("starts")));
  const style = fc.record({ keys, flow: fc.boolean(), end: fc.constantFrom("\n", "\r\n"), comment: fc.constantFrom("", " # why", " # { [ - 'x"), gap: fc.constantFrom("", "\n", "  # between\n"), indent: fc.integer({ min: 1, max: 5 }), last: fc.boolean() });

  it("in sequence give a valid desk that still contains every previous line in order", () => {
    fc.assert(fc.property(style, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }), (shape, kinds) => {
      const pad = " ".repeat(shape.indent);
      const rotation = shape.flow ? `rotation: {${shape.keys.join(", ")}}${shape.comment}\n` : `rotation:${shape.comment}\n${shape.keys.map((key) => `${pad}${key}${shape.comment}\n${shape.gap}`).join("")}`;
      let text = (shape.last ? people + rotation : rotation + people).replaceAll("\n", shape.end);
      for (const [step, kind] of kinds.entries()) {
        const day = `2026-01-${String(6 + step).padStart(2, "0")}`;
        const edit = [
          () => coverEdit(text, { role: "primary", login: "dan", from: day, to: day }),
          () => swapEdit(text, { role: "backup", first: day, second: "2026-01-13" }),
          () => takeoverEdit(text, { role: "primary", login: "cleo", at: `${day}T12:00:00Z` }),
          () => planEdit(text, planShifts(deskOf(text), { from: "2026-01-05", shifts: 2 + step }) ?? { shifts: [] }),
        ][kind]?.();
        assert.ok(edit);
        if (edit.kind === "failed") {
          assert.equal(edit.failure.kind, "holdsAlready");
          continue;
        }
        const after = withEdits(text, edit.value);
        deskOf(after);
        assert.equal(after.replaceAll("\r\n", "").includes("\n"), shape.end === "\n");
        const kept = edit.value.toSorted((a, b) => a.from - b.from).reduce<{ readonly from: number; readonly at: number }>(({ from, at }, one) => {
          const part = text.slice(from, one.from);
          const found = after.indexOf(part, at);
          assert.ok(found >= 0);
          assert.ok(one.from === one.to || /^[\w"' {}:,]*$/.test(text.slice(one.from, one.to)), "only names are replaced");
          return { from: one.to, at: found + part.length };
        }, { from: 0, at: 0 });
        assert.ok(after.endsWith(text.slice(kept.from)));
        text = after;
      }
    }), { numRuns: propertyRuns(60) });
  });
});
