import fc from 'fast-check';
import assert from 'node:assert/strict';
import { addDays } from 'temporal-polyfill/fns/PlainDate';
import { dateFrom, dateText } from '../../../../../src/core/model/calendarDate';
import { withPauses } from '../../../../../src/core/model/cooperative';
import type { Desk } from '../../../../../src/core/model/desk';
import type { ShiftPlan } from '../../../../../src/core/oncall/planning/plan';
import { planShifts, planSteps } from '../../../../../src/core/oncall/planning/planShifts';
import { propertyRuns } from '../../../../support/propertyRuns';
import { sampleDesk } from '../../../../support/sampleDesk';
import { deskOf } from '../../desk/deskText';
import { type Cast, fewestBroken } from './fewestBroken';

const monday = "2026-01-05";

function known<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

function weekOf(shift: number): string {
  return `${dateText(addDays(dateFrom(monday), shift * 7))}/${dateText(addDays(dateFrom(monday), shift * 7 + 6))}`;
}

function deskFor({ there, roles, experienced }: Cast): Desk {
  const people = there.map((weeks, person) => ({
    login: `p${person}`, experienced: experienced[person] === true, roles: [], away: weeks.flatMap((is, shift) => (is ? [] : [weekOf(shift)])),
  }));
  const names = ["primary", "backup", "third"].slice(0, roles);
  return { ...sampleDesk, people, rotation: { starts: monday, every: { amount: 1, unit: "w" }, dayStarts: "00:00", roles: names, people: people.map(({ login }) => login), planned: [], overrides: [] } };
}

function planFor(cast: Cast): ShiftPlan {
  return known(planShifts(deskFor(cast), { from: monday, shifts: known(cast.there[0]).length }));
}

function spread(plan: ShiftPlan): number {
  const totals = plan.loads.map(({ total }) => total);
  return Math.max(...totals) - Math.min(...totals);
}

/** What holds for every plan: nobody is away or twice in a shift, loads are what the shifts say, and what is reported is what is broken. */
function checkPlan(plan: ShiftPlan, cast: Cast): void {
  const twice: string[] = [];
  const unpaired: string[] = [];
  const gaps: string[] = [];
  const loads = new Map(plan.loads.map(({ login, before }) => [login, before]));
  for (const [shift, { starts, holders, choices }] of plan.shifts.entries()) {
    const held = Object.values(holders);
    assert.equal(new Set(held).size, held.length, `one person in two roles on ${starts}`);
    for (const login of held) assert.equal(cast.there[Number(login.slice(1))]?.[shift], true, `${login} is away on ${starts}`);
    const before = Object.values(plan.shifts[shift - 1]?.holders ?? {});
    for (const login of held.filter((one) => before.includes(one))) twice.push(`${starts} ${login}`);
    const newer = (login: string | undefined): boolean => login !== undefined && cast.experienced.includes(true) && cast.experienced[Number(login.slice(1))] === false;
    if (newer(holders["primary"]) && newer(holders["backup"])) unpaired.push(starts);
    for (const role of ["primary", "backup", "third"].slice(0, cast.roles)) if (holders[role] === undefined) gaps.push(`${starts} ${role}`);
    const free = cast.there.filter((weeks) => weeks[shift] === true).length;
    assert.equal(held.length, Math.min(cast.roles, free), `a role is left open on ${starts}`);

    assert.deepEqual(Object.fromEntries(choices.map(({ role, login }) => [role, login])), holders);
    const others = [...loads.keys()].filter((login) => !held.includes(login) && !before.includes(login) && cast.there[Number(login.slice(1))]?.[shift] === true);
    for (const { login, reasons } of choices) {
      assert.ok(reasons.length > 0, `no reason for ${login} on ${starts}`);
      for (const reason of reasons) {
        if (reason.kind === "onlyOne") assert.deepEqual(others, []);
        else assert.ok(others.length > 0);
        if (reason.kind === "fewestShifts") assert.ok(reason.shifts === loads.get(login) && others.every((other) => reason.shifts <= known(loads.get(other))));
        if (reason.kind === "backs") assert.deepEqual([holders["backup"], holders["primary"], newer(login), newer(reason.login)], [login, reason.login, false, true]);
        if (reason.kind === "evenInTheEnd") assert.ok(reason.total === plan.loads.find((one) => one.login === login)?.total && others.some((other) => known(loads.get(other)) < known(loads.get(login))));
      }
    }
    for (const login of held) loads.set(login, known(loads.get(login)) + 1);
  }
  assert.deepEqual(plan.problems.flatMap((one) => (one.kind === "twoInARow" ? [`${one.starts} ${one.login}`] : [])).toSorted(), twice.toSorted());
  assert.deepEqual(plan.problems.flatMap((one) => (one.kind === "noExperiencedBackup" ? [one.starts] : [])), unpaired);
  assert.deepEqual(plan.problems.flatMap((one) => (one.kind === "gap" ? [`${one.starts} ${one.role}`] : [])), gaps);
  for (const { login, before, planned, total } of plan.loads) {
    assert.equal(planned, plan.shifts.filter(({ holders }) => Object.values(holders).includes(login)).length);
    assert.equal(total, before + planned);
  }
  const uneven = plan.problems.filter((one) => one.kind === "uneven");
  assert.equal(uneven.length, spread(plan) > 1.005 ? 1 : 0);
  for (const { people } of uneven) assert.ok(people.length > 0);
}

function brokenRules(plan: ShiftPlan): number {
  return plan.problems.filter(({ kind }) => kind === "twoInARow" || kind === "noExperiencedBackup").length;
}

/** Absences of one to four weeks, `often` of a hundred weeks beginning one. */
const weeksThere = (shifts: number, often: number) =>
  fc.array(fc.record({ begins: fc.integer({ min: 0, max: 99 }), weeks: fc.integer({ min: 1, max: 4 }) }), { minLength: shifts, maxLength: shifts }).map((draws) => {
    const there = draws.map(() => true);
    for (const [shift, { begins, weeks }] of draws.entries()) if (begins < often) there.fill(false, shift, shift + weeks);
    return there;
  });

/** A team and absences that leave a year's plan possible that keeps every rule: absences that would break that plan are dropped. */
const possibleYear = fc
  .record({ people: fc.integer({ min: 3, max: 12 }), two: fc.boolean(), newer: fc.integer({ min: 0, max: 3 }), often: fc.constantFrom(3, 10, 25), order: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }) })
  .chain(({ people, two, newer, often, order }) => {
    const roles = two && people >= 4 ? 2 : 1;
    const hidden = hiddenPlan(people, roles, order);
    // Whoever is newer never meets another newer person in the hidden plan.
    const experienced = Array.from({ length: people }, () => true);
    for (let person = 0; person < Math.min(newer, people - 2); person += 1) {
      if (hidden.every((held) => !held.includes(person) || held.every((other) => other === person || experienced[other]))) experienced[person] = false;
    }
    return fc.tuple(...Array.from({ length: people }, () => weeksThere(52, often))).map((there): Cast => ({
      roles, experienced,
      there: there.map((weeks, person) => weeks.map((is, shift) => is || known(hidden[shift]).includes(person))),
    }));
  });

/** A year in rounds, each with everybody in an order of its own as far as nobody comes twice in a row. */
function hiddenPlan(people: number, roles: number, order: readonly number[]): readonly (readonly number[])[] {
  const shifts: number[][] = [];
  const loads = Array.from({ length: people }, () => 0);
  for (let shift = 0; shift < 52; shift += 1) {
    const before = shifts.at(-1) ?? [];
    const free = loads.map((load, person) => ({ load, person, draw: (known(order[shift]) * (person + 7) * 31) % 97 })).filter(({ person }) => !before.includes(person));
    const held = free.toSorted((a, b) => a.load - b.load || a.draw - b.draw).slice(0, roles).map(({ person }) => person);
    for (const person of held) loads[person] = known(loads[person]) + 1;
    shifts.push(held);
  }
  fc.pre(Math.max(...loads) - Math.min(...loads) <= 1);
  return shifts;
}

describe("A shift plan", function () {

  it("satisfies every rule and differs by one shift at most, if that is possible for a year of 3 to 12 people with absences", () => {
    fc.assert(fc.property(possibleYear, (cast) => {
      const plan = planFor(cast);
      checkPlan(plan, cast);
      assert.deepEqual([plan.problems, spread(plan) <= 1], [[], true]);
    }), { numRuns: propertyRuns(25), endOnFailure: true });
  });

  it("reports violations and why it is uneven, whatever the absences of a year", () => {
    const anyYear = fc.integer({ min: 3, max: 12 }).chain((people) => fc.record({
      roles: fc.constantFrom(1, 2, 3),
      experienced: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
      there: fc.tuple(fc.constantFrom(3, 20, 60)).chain(([often]) => fc.array(weeksThere(52, often), { minLength: people, maxLength: people })),
    }));
    fc.assert(fc.property(anyYear, (cast) => {
      const plan = planFor(cast);
      checkPlan(plan, cast);
      for (const problem of plan.problems) {
        if (problem.kind !== "uneven") continue;
        for (const { login, because } of problem.people) {
          const weeks = known(cast.there[Number(login.slice(1))]);
          if (because.kind === "away") assert.equal(because.shiftsThere, weeks.filter(Boolean).length);
          assert.ok(because.kind !== "before", "nobody worked before");
        }
      }
    }), { numRuns: propertyRuns(10), endOnFailure: true });
  });

  it("violates no more rules than any other, and is then as even as any, compared with all plans of a few shifts", () => {
    const few = fc.integer({ min: 3, max: 5 }).chain((people) => fc.integer({ min: 2, max: 7 }).chain((shifts) => fc.record({
      roles: fc.constantFrom(1, 2),
      experienced: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
      there: fc.array(fc.array(fc.integer({ min: 0, max: 3 }).map((draw) => draw > 0), { minLength: shifts, maxLength: shifts }), { minLength: people, maxLength: people }),
    })));
    fc.assert(fc.property(few, (cast) => {
      const plan = planFor(cast);
      checkPlan(plan, cast);
      const best = fewestBroken(cast);
      assert.deepEqual({ broken: brokenRules(plan), squares: plan.loads.reduce((sum, { total }) => sum + total ** 2, 0) }, best);
    }), { numRuns: propertyRuns(50) });
  });
});

const team = (more = "", people = "{ login: ana }, { login: ben }, { login: cleo }, { login: dan }"): string => `people: [${people}]\nrotation: { starts: 2026-01-05, ${more} }`;

function planned(text: string, from: string, shifts: number): ShiftPlan {
  return known(planShifts(deskOf(text), { from, shifts }));
}

function shown({ shifts }: ShiftPlan): readonly string[] {
  return shifts.map(({ starts, holders }) => `${starts} ${Object.entries(holders).map(([role, login]) => `${role}=${login}`).join(" ")}`);
}

describe("Planned shifts", () => {
  it("start with the first shift on or after the day, and are deterministic", () => {
    const plan = planned(team(), "2026-01-06", 3);
    assert.deepEqual(plan.shifts.map(({ starts, ends, from, to }) => [starts, ends, from, to]), [
      ["2026-01-12", "2026-01-18", "2026-01-12T00:00:00Z", "2026-01-19T00:00:00Z"],
      ["2026-01-19", "2026-01-25", "2026-01-19T00:00:00Z", "2026-01-26T00:00:00Z"],
      ["2026-01-26", "2026-02-01", "2026-01-26T00:00:00Z", "2026-02-02T00:00:00Z"],
    ]);
    assert.deepEqual(planned(team(), "2026-01-06", 3), plan);
    assert.deepEqual([planned(team(), "2026-01-05", 1).shifts[0]?.starts, planned(team(), "2025-12-01", 1).shifts[0]?.starts], ["2026-01-05", "2026-01-05"]);
  });

  it("count this year's work, covers as fractions, and nothing of last year", () => {
    // From 28 December 2026 shifts are 51 (ana is number 51 mod 4 = 3: dan primary), 52 (ana, ben), and 53 begins on 11 January.
    const plan = planned(team("overrides: [{ from: 2027-01-04, to: 2027-01-05, primary: cleo }]"), "2027-01-11", 1);
    assert.deepEqual(plan.loads.map(({ login, before }) => [login, before]), [["ana", 0.71], ["ben", 1], ["cleo", 0.29], ["dan", 0]]);
    assert.deepEqual(plan.shifts.map(({ holders }) => Object.values(holders).toSorted()), [["cleo", "dan"]]);
  });

  it("are the same with pauses, of which there is one after a thousand moves at most", async () => {
    const desk = deskOf(team("every: 1d", Array.from({ length: 9 }, (_, person) => `{ login: p${person}, experienced: ${String(person < 3)} }`).join(", ")));
    const request = { from: "2026-01-05", shifts: 60 };
    let pauses = 0;
    const pause = async (): Promise<boolean> => {
      pauses += 1;
      return true;
    };
    assert.deepEqual(await withPauses(planSteps(desk, request), pause), planShifts(desk, request));
    const counts = [...planSteps(desk, request)];
    assert.equal(counts.length, pauses);
    assert.ok(Math.max(...counts) <= 1000);
    // At least 40 000 moves are tried.
    assert.ok(counts.filter((count) => count === 1000).length >= 40);
  });

  it("end at the pause that returns false", async () => {
    const desk = deskOf(team("", "{ login: ana }, { login: ben }, { login: cleo }"));
    let pauses = 0;
    assert.equal(await withPauses(planSteps(desk, { from: "2026-01-05", shifts: 12 }), async () => (pauses += 1) < 5), undefined);
    assert.equal(pauses, 5);
  });

  it("skip people who are away on any day, including the morning when the shift ends", () => {
    const away = "{ login: ana, away: [2026-01-11] }, { login: ben, away: [2026-01-12] }, { login: cleo }, { login: dan }";
    const held = (more: string): readonly string[] => planned(team(more, away), "2026-01-05", 1).shifts.flatMap(({ holders }) => Object.values(holders)).toSorted();
    assert.deepEqual(held("changesAt: 09:00"), ["cleo", "dan"]);
    assert.equal(held("").includes("ana"), false);
    assert.deepEqual(held("people: [ana, ben], days: Mon-Fri"), ["ana", "ben"]);
  });

  it("skip people who are in another rotation at that time, if enough others remain", () => {
    const other = (part: string, names: string): readonly string[] => {
      const text = `${team(`roles: [primary], ${part}`)}\nrotations: { night: { starts: 2026-01-05, people: [${names}], roles: [night, deputy, third], from: 20:00, to: 06:00 } }`;
      return planned(text, "2026-01-05", 8).shifts.flatMap(({ holders }) => Object.values(holders));
    };
    assert.deepEqual([...new Set(other("every: 1w", "ana, ben"))].toSorted(), ["cleo", "dan"]);
    assert.equal(new Set(other("from: 08:00, to: 20:00", "ana, ben")).size, 4);
    assert.equal(new Set(other("every: 1w", "ana, ben, cleo")).size, 4);
  });

  it("omit shifts without working days", () => {
    assert.deepEqual(planned(team("every: 1d, days: Mon-Fri, roles: [primary]"), "2026-01-09", 3).shifts.map(({ starts }) => starts), ["2026-01-09", "2026-01-12", "2026-01-13"]);
  });

  it("keep what an override assigns for the whole shift, even to a person outside the rotation", () => {
    const plan = planned(team("people: [ana, ben, cleo], overrides: [{ from: 2026-01-05, to: 2026-01-11, primary: cleo }, { from: 2026-01-12, to: 2026-01-18, backup: dan }, { from: 2026-01-20, to: 2026-01-21, primary: dan }]"), "2026-01-05", 3);
    assert.deepEqual([plan.shifts[0]?.holders["primary"], plan.shifts[1]?.holders["backup"], plan.shifts[2]?.holders["primary"] === "dan"], ["cleo", undefined, false]);
    assert.deepEqual(plan.shifts[0]?.choices[0], { role: "primary", login: "cleo", reasons: [{ kind: "override" }] });
    assert.deepEqual(plan.problems.filter(({ kind }) => kind === "gap"), []);
  });

  it("distribute shifts with holidays, and each role, over everybody", () => {
    const dates = Array.from({ length: 6 }, (_, index) => dateText(addDays(dateFrom("2026-01-07"), index * 28)));
    const six = "{ login: ana }, { login: ben }, { login: cleo }, { login: dan }, { login: eve }, { login: fay }";
    const plan = planned(`holidays: [${dates.join(", ")}]\n${team("", six)}`, "2026-01-05", 24);
    assert.deepEqual(plan.shifts.flatMap(({ holiday }, shift) => (holiday ? [shift] : [])), [0, 4, 8, 12, 16, 20]);
    const primaries = (login: string): number => plan.shifts.filter(({ holders }) => holders["primary"] === login).length;
    assert.deepEqual(plan.loads.map(({ login, total, holidays }) => [total, holidays, primaries(login)]), Array.from({ length: 6 }, () => [8, 2, 4]));
  });

  it("contain the reason for each person", () => {
    const people = "{ login: ana, experienced: true }, { login: ben, away: [2026-01-12] }, { login: cleo, experienced: true }, { login: dan }";
    const plan = planned(team("", people), "2026-01-05", 3);
    assert.deepEqual(plan.problems, []);
    const backs = plan.shifts.flatMap(({ holders, choices }) => choices.flatMap(({ login, reasons }) => reasons.flatMap((reason) => (reason.kind === "backs" ? [[holders["backup"] === login, holders["primary"] === reason.login]] : []))));
    assert.ok(backs.every(([one, other]) => one === true && other === true));
    assert.deepEqual(plan.shifts[1]?.choices.map(({ reasons }) => reasons.map(({ kind }) => kind)), [["onlyOne"], ["onlyOne"]]);
  });

  it("report when nobody is available, and when people have consecutive shifts", () => {
    const people = "{ login: ana }, { login: ben, away: [2026-01-12/2026-01-18] }";
    const plan = planned(team("", people), "2026-01-05", 2);
    assert.deepEqual(shown(plan)[1], "2026-01-12 primary=ana");
    assert.deepEqual(plan.problems, [
      { kind: "twoInARow", starts: "2026-01-12", login: "ana", away: ["ben"] },
      { kind: "gap", starts: "2026-01-12", role: "backup", away: ["ben"] },
    ]);
  });

  it("report who has less or more than a share, and why", () => {
    const uneven = (text: string, from: string, shifts: number) => planned(text, from, shifts).problems.flatMap((one) => (one.kind === "uneven" ? one.people.map(({ login, side, because }) => ({ login, side, ...because })) : []));
    assert.deepEqual(uneven(team("roles: [primary]", "{ login: ana, away: [2026-01-05/2026-03-01] }, { login: ben }, { login: cleo }, { login: dan }"), "2026-01-05", 12), [
      { login: "ana", side: "fewer", kind: "away", shiftsThere: 4 },
      { login: "cleo", side: "more", kind: "others" },
    ]);
    assert.deepEqual(uneven(team("roles: [primary], people: [ana, ben], planned: { 2026-01-05: { primary: ana }, 2026-01-12: { primary: ana }, 2026-01-19: { primary: ana } }"), "2026-01-26", 1), [
      { login: "ana", side: "more", kind: "before", shifts: 3 },
      { login: "ben", side: "fewer", kind: "before", shifts: 0 },
    ]);
    const oneExperienced = "{ login: ana, experienced: true }, { login: ben }, { login: cleo }, { login: dan }, { login: eve, experienced: true }";
    assert.deepEqual(uneven(team("", oneExperienced), "2026-01-05", 20).map(({ login, kind }) => [login, kind]), [["ana", "experience"], ["ben", "experience"], ["cleo", "experience"], ["dan", "experience"], ["eve", "experience"]]);
  });

  it("are undefined without a rotation of that name, and open without people", () => {
    assert.equal(planShifts(deskOf("team: A"), { from: monday, shifts: 3 }), undefined);
    assert.equal(planShifts(deskOf(team()), { from: monday, shifts: 3, rotation: "night" }), undefined);
    assert.deepEqual(planned(team("", ""), monday, 1).problems, [{ kind: "gap", starts: monday, role: "primary", away: [] }, { kind: "gap", starts: monday, role: "backup", away: [] }]);
    assert.deepEqual(planned(team(), monday, 0).shifts, []);
  });

  it("are of the named rotation", () => {
    const plan = known(planShifts(deskOf(`${team()}\nrotations: { night: { starts: 2026-01-05, people: [dan, ana] } }`), { from: monday, shifts: 2, rotation: "night" }));
    assert.deepEqual([plan.rotation, plan.shifts.map(({ holders }) => Object.keys(holders))], ["night", [["night"], ["night"]]]);
  });
});
