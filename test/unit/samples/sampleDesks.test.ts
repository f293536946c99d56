import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { samples } from '../../../scripts/editor/stage';
import { businessTime } from '../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../src/core/desk/parseDesk';
import { fileOfProcedure } from "../../../src/core/model/procedurePath";
import { type Desk, openRepositories, rolePeople } from '../../../src/core/model/desk';
import { defineFields } from '../../../src/core/model/stepRequests';
import { issuesAskedFor, type Runbook } from '../../../src/core/model/runbook';
import { holdersAt, shiftAt } from '../../../src/core/oncall/rotation';
import { runbookContext } from '../../../src/core/runbook/runbookContext';
import { readRunbook } from '../../../src/markdown/readMarkdown';

/** A sample as it stands in a workspace: its folder is `runbooks` there. */
function sample(name: string) {
  const folder = `runbooks/${name}`;
  const { desk, problems } = parseDesk(readFileSync(`${folder}/desk.yml`, "utf8"));
  assert.deepEqual(problems, []);
  assert.ok(desk);
  const context = runbookContext(desk, (path) => existsSync(path.replace(/^runbooks\//, `${folder}/`)));
  const runbooks = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => readRunbook(`runbooks/${file}`, readFileSync(`${folder}/${file}`, "utf8"), context));
  const runbook = (file: string): Runbook => {
    const found = runbooks.find((one) => one.path === `runbooks/${file}`);
    assert.ok(found, file);
    return found;
  };
  return { desk, runbooks, runbook };
}

function offers(runbook: Runbook): readonly string[] {
  return [...new Set(runbook.steps.flatMap((step) => step.mentions.map((one) => `${one.action} ${one.kind}`)))].toSorted();
}

function decisions(runbook: Runbook): readonly string[] {
  return runbook.steps.filter((step) => step.part === "decision").map((step) => step.text);
}

/** Of each step that asks for several issues, what they are and where they may go. */
function setsOf(desk: Desk, runbook: Runbook): readonly (readonly string[])[] {
  const several = runbook.steps.filter((step) => issuesAskedFor(runbook, step) > 1);
  return several.map(({ id }) => runbook.templates.flatMap((one) => (one.step === id ? [`${one.kind} ${openRepositories(desk, one).join(", ")}`] : [])));
}

for (const name of samples) {
  describe(`The sample desk ${name}`, () => {
    const { desk, runbooks } = sample(name);

    it("has runbooks without any problem, each with steps", () => {
      assert.ok(runbooks.length > 4);
      assert.deepEqual(runbooks.flatMap((one) => one.problems.map((problem) => `${one.path} ${problem.code} ${problem.range.startLine}`)), []);
      assert.deepEqual(runbooks.filter((one) => one.steps.every((step) => step.source === "section")).map((one) => one.path), []);
    });

    it("offers runbooks that exist", () => {
      const paths = runbooks.map((one) => one.path);
      assert.deepEqual(desk.kinds.flatMap((kind) => (kind.runbook === undefined ? [] : [`runbooks/${kind.runbook}`])).filter((path) => !paths.includes(path)), []);
    });

    it("has templates only of its kinds and in repositories of the kind", () => {
      for (const template of runbooks.flatMap((one) => one.templates)) {
        const kind = desk.kinds.find((one) => one.name === template.kind);
        assert.ok(kind, template.kind);
        assert.ok(template.repository === undefined || kind.repositories.includes(template.repository), template.repository);
        assert.notEqual(template.step, undefined, template.title);
      }
    });
  });
}

describe("The customer response desk", () => {
  const { desk, runbooks, runbook } = sample("customer-response");

  it("keeps its hours and lunch, and closes over Thanksgiving (V1)", () => {
    assert.deepEqual(businessTime(desk).openAt("2026-11-25T18:00:00Z"), { open: true, until: "2026-11-25T20:00:00Z" });
    assert.deepEqual(businessTime(desk).openAt("2026-11-25T20:30:00Z"), { open: false, until: "2026-11-25T21:00:00Z" });
    assert.deepEqual(businessTime(desk).openAt("2026-11-26T18:00:00Z"), { open: false, until: "2026-11-30T16:00:00Z" });
  });

  it("has a primary and a backup each week (V3)", () => {
    assert.deepEqual(shiftAt(desk, "2026-11-20T18:00:00Z")?.holders, { primary: "ana", backup: "ben" });
    assert.deepEqual(shiftAt(desk, "2026-11-24T18:00:00Z")?.holders, { primary: "emi", backup: "dev" });
    assert.deepEqual(shiftAt(desk, "2026-11-27T18:00:00Z")?.holders, { primary: "ben", backup: "dev" });
  });

  it("answers within an hour in the incident repository (V2, V4)", () => {
    const [incident] = desk.kinds;
    assert.deepEqual([incident?.name, incident?.respondWithin, incident?.repositories], ["incident", { amount: 1, unit: "h" }, ["acme/live-incidents"]]);
  });

  it("resolves incidents along every path (V5)", () => {
    const incident = runbook("incident.md");
    assert.deepEqual(offers(incident), ["close incident", "create issue", "update issue"]);
    assert.deepEqual(decisions(incident), [
      "Does it need someone inside the restricted network?",
      "Is it a question about how to use the software?",
      "Is the documentation missing or wrong?",
      "Is it a known issue?",
      "Is it low-hanging fruit (at most four hours of work)?",
      "Can you close it before your shift ends?",
    ]);
    assert.deepEqual(incident.templates.map((one) => [one.kind, one.repository]), [["issue", "acme/docs"], ["issue", "acme/engine"], ["issue", "acme/docs"]]);
    assert.deepEqual(setsOf(desk, incident), [["issue acme/engine", "issue acme/docs"]]);
  });

  it("leads to handoff, escalation, the restricted network and the post-mortem (V6–V9)", () => {
    const reached = runbook("incident.md").steps.flatMap((step) => step.runbooks);
    assert.deepEqual(reached.toSorted(), ["escalation", "handoff", "post-mortem", "restricted-environment"].map((file) => `runbooks/${file}.md`));
    assert.deepEqual([...new Set(runbook("restricted-environment.md").steps.flatMap((step) => step.roles))].toSorted(), ["backup", "on-site", "primary"]);
  });

  it("has a checklist for each part of a shift (V6, V10)", () => {
    const lists = runbooks.flatMap(({ path, details: { role, when } }) => (role === undefined || when === undefined ? [] : [`${role} ${when} ${path}`]));
    assert.deepEqual(lists.toSorted(), [
      "backup start-of-day runbooks/backup-day.md",
      "primary during-day runbooks/during-day.md",
      "primary end-of-day runbooks/end-of-day.md",
      "primary end-of-shift runbooks/handoff.md",
      "primary start-of-day runbooks/start-of-day.md",
      "primary start-of-shift runbooks/start-of-shift.md",
    ]);
  });
});

describe("The service desk", () => {
  const { desk, runbook } = sample("service-desk");

  it("keeps five kinds in their repositories (M1)", () => {
    assert.deepEqual(desk.kinds.map((kind) => [kind.name, kind.repositories[0]]), [
      ["opportunity", "acme/opportunities"],
      ["record", "acme/services"],
      ["request", "acme/services"],
      ["incident", "acme/services"],
      ["issue", "acme/image-archive"],
    ]);
  });

  it("does simple requests without an issue (M3)", () => {
    const simple = runbook("simple-request.md");
    assert.deepEqual([offers(simple), decisions(simple)], [[], ["Can you do it in minutes, without investigation?", "Does the user need something else?"]]);
    assert.deepEqual(simple.charts.map(({ runs }) => runs), [true]);
    assert.deepEqual(simple.steps.flatMap((step) => step.runbooks), ["runbooks/complex-request.md"]);
  });

  it("creates, updates and closes requests and incidents (M4, M5)", () => {
    const [change] = runbook("complex-request.md").templates;
    assert.equal(change === undefined ? 0 : openRepositories(desk, change).length, 4);
    assert.deepEqual(offers(runbook("complex-request.md")), ["close request", "create issue", "create request", "mention record", "update request"]);
    assert.deepEqual(offers(runbook("incident.md")), ["close incident", "create incident", "create issue", "update incident"]);
  });

  it("takes a project from opportunity to its end (M6)", () => {
    const project = runbook("new-project.md");
    for (const offer of ["create opportunity", "update opportunity", "create record", "create request", "update record", "close request", "close record"]) {
      assert.ok(offers(project).includes(offer), offer);
    }
    assert.deepEqual(project.templates.map((one) => one.kind), ["record", "request", "issue"]);
    assert.deepEqual(setsOf(desk, project), [["request acme/services", "issue acme/image-archive, acme/installer, acme/slide-store, acme/services"]]);
    assert.deepEqual(project.sections.filter((section) => section.gate).map((section) => section.title), ["Gate: ready for the first user"]);
    assert.ok(project.steps.some((step) => step.depth === 3));
  });

  it("draws its workflows (M7)", () => {
    for (const file of ["simple-request", "complex-request", "incident", "new-project"]) {
      assert.match(readFileSync(`runbooks/service-desk/${file}.md`, "utf8"), /```mermaid\nflowchart /);
    }
  });
});

describe("The release desk", () => {
  const { desk, runbooks, runbook } = sample("release");
  const change = runbook("change.md");
  const asked = (section: string) => change.steps.filter((step) => change.sections.find(({ id }) => id === step.section)?.title === section);

  it("has five stages on one checklist (Z1)", () => {
    assert.deepEqual(change.sections.filter(({ depth }) => depth === 2).map(({ title, gate }) => [title, gate]), [["Instance", false], ["Development", false], ["Regression test", false], ["Gate: QA", true], ["Release", false]]);
    assert.deepEqual(desk.stages, ["Instance", "Development", "Regression test", "QA", "Release"]);
  });

  it("creates an instance with fields, and needs a named person's approval for one location only (Z2)", () => {
    const fields = defineFields(asked("Instance").map(({ fields: own = [] }) => ({ fields: own })));
    assert.deepEqual(fields.map(({ name, type }) => `${name} ${type}`), ["project text", "bill to text", "ticket number number", "description text", "location choice", "instance link"]);
    const approved = asked("Instance").filter(({ approval }) => approval !== undefined);
    assert.deepEqual(approved.map(({ depth, approval }) => [depth, approval?.by]), [[2, ["arlo", "suki"]]]);
  });

  it("finishes development with its settings, and hands over with a comment (Z3)", () => {
    const fields = change.steps.flatMap(({ fields: own = [] }) => own.map(({ name }) => name));
    for (const name of ["target branch", "after deployment", "kind of release"]) assert.ok(fields.includes(name), name);
    assert.deepEqual(change.steps.flatMap(({ commentRequired, text }) => (commentRequired ? [text.slice(0, 4)] : [])), ["Hand"]);
    assert.deepEqual(asked("Regression test").flatMap((step) => step.runbooks), ["runbooks/failed-test.md"]);
  });

  it("lets QA decide whether a failure is real (Z4)", () => {
    const decision = runbook("failed-test.md").steps.find(({ part }) => part === "decision");
    assert.deepEqual(decision?.approval?.by, ["qa"]);
    assert.deepEqual(rolePeople(desk)["qa"], ["quinn", "vera"]);
  });

  it("has four criteria that QA approves (Z5), and lists forced releases as records (Z7)", () => {
    assert.deepEqual(asked("Gate: QA").map(({ approval }) => approval?.by), [["qa"], ["qa"], ["qa"], ["qa"]]);
    assert.deepEqual(offers(change), ["close request", "create record"]);
    assert.deepEqual(change.templates.map(({ kind, labels }) => [kind, labels]), [["record", ["forced release"]]]);
  });

  it("announces, releases, looks after it and updates the test system (Z6)", () => {
    const texts = asked("Release").filter(({ depth }) => depth === 0).map(({ text }) => text.split(" ")[0]);
    assert.deepEqual(texts, ["Announce", "Release", "Did", "Look", "Empty", "Get", "Write", "Update", "Close"]);
    assert.ok(runbooks.length > 4);
  });
});

describe("The operations support desk", () => {
  const { desk, runbooks, runbook } = sample("operations-support");
  const reaches = (file: string): readonly string[] => [...new Set(runbook(file).steps.flatMap((step) => step.runbooks.map(fileOfProcedure)))].toSorted();

  it("acknowledges within two of its hours, from eight to six, and not on holidays (L1, L3)", () => {
    const goals = desk.kinds.flatMap(({ name, respondWithin }) => (respondWithin === undefined ? [] : [`${name} ${respondWithin.amount}${respondWithin.unit}`]));
    assert.deepEqual(goals, ["incident 2h", "request 2h"]);
    const time = businessTime(desk);
    assert.equal(time.after("2026-11-20T17:00:00Z", 2 * 3_600_000), "2026-11-23T09:00:00Z");
    assert.deepEqual(time.openAt("2026-12-24T18:00:00Z"), { open: false, until: "2026-12-29T08:00:00Z" });
  });

  it("has somebody for each part of the day, and on-call for the rest, also when the clocks change (L3, L4)", () => {
    const at = (instant: string) => holdersAt(desk, instant);
    assert.deepEqual(at("2026-11-23T08:00:00Z"), { morning: "omar", operations: "gwen" });
    assert.deepEqual(at("2026-11-23T12:59:59Z"), { morning: "omar", operations: "gwen" });
    assert.deepEqual(at("2026-11-23T13:00:00Z"), { afternoon: "kofi", operations: "gwen" });
    assert.deepEqual(at("2026-11-23T18:00:00Z"), { "on-call": "yuki" });
    assert.deepEqual(at("2026-11-24T07:59:59Z"), { "on-call": "yuki" });
    assert.deepEqual(at("2026-11-28T12:00:00Z"), { weekend: "yuki" });
    assert.deepEqual(at("2027-03-28T06:59:59Z"), { "on-call": "omar" });
    assert.deepEqual(at("2027-03-28T07:00:00Z"), { weekend: "omar" });
  });

  it("asks nobody to work a day after a week of nights", () => {
    const weeks = Array.from({ length: 52 }, (_, week) => Date.UTC(2026, 0, 5, 9) + week * 7 * 86_400_000);
    const hour = 3_600_000;
    const clashes = weeks.filter((monday) => {
      const people = [0, 5, 11].flatMap((hours) => {
        const { morning, afternoon, "on-call": onCall } = holdersAt(desk, new Date(monday + hours * hour).toISOString().replace(".000", ""));
        return [morning, afternoon, onCall].filter((login) => login !== undefined);
      });
      return people.length !== 3 || new Set(people).size !== 3;
    });
    assert.deepEqual(clashes, []);
  });

  it("has checklists of two roles for the start of the day, during the day and its end (L4)", () => {
    const lists = runbooks.flatMap(({ path, details: { role, when } }) => (role === undefined || when === undefined ? [] : [`${when} ${role} ${path}`]));
    assert.deepEqual(lists.toSorted(), [
      "during-day operations runbooks/operations-during-day.md",
      "during-day support runbooks/during-day.md",
      "end-of-day operations runbooks/operations-end-of-day.md",
      "end-of-day support runbooks/end-of-day.md",
      "start-of-day operations runbooks/operations-start-of-day.md",
      "start-of-day support runbooks/start-of-day.md",
    ]);
    assert.ok(reaches("start-of-day.md").includes("runbooks/handover.md"));
    assert.ok(reaches("end-of-day.md").includes("runbooks/handover.md"));
  });

  it("does in fifteen minutes what it can, and tells the product manager about the rest (L5)", () => {
    assert.deepEqual(desk.triage, { within: { amount: 15, unit: "m" }, tell: ["product-manager"], keepsAnswers: true });
    assert.deepEqual(desk.people.filter(({ roles }) => roles.includes("product-manager")).map(({ login }) => login), ["mira"]);
    assert.deepEqual(decisions(runbook("triage.md")), ["Is something broken or slow for users?", "Do we know it already?", "Is it advice, or done within a quarter of an hour?"]);
    assert.deepEqual([offers(runbook("triage.md")), runbook("triage.md").templates.map(({ kind }) => kind)], [["create request"], ["request"]]);
  });

  it("updates two audiences every hour while the priority is high (L6)", () => {
    assert.deepEqual(desk.audiences.map(({ name, updateEvery, aroundTheClock }) => [name, updateEvery["high"], aroundTheClock]), [
      ["users", { amount: 1, unit: "h" }, false],
      ["briefing", { amount: 1, unit: "h" }, true],
    ]);
    assert.deepEqual(offers(runbook("incident.md")), ["close incident", "create issue"]);
    assert.deepEqual(reaches("incident.md"), ["escalation", "post-mortem", "third-party-problem"].map((file) => `runbooks/${file}.md`));
  });

  it("decides about high priority by four criteria (L7)", () => {
    assert.deepEqual(desk.priorities.map(({ name, criteria }) => [name, criteria.length]), [["high", 4], ["normal", 0], ["low", 0]]);
  });

  it("asks for a post-mortem of high priority (L8), and knows services and environments (L10)", () => {
    assert.deepEqual([desk.postmortem.for, runbook("post-mortem.md").templates.map(({ kind }) => kind)], [["high"], ["issue"]]);
    assert.deepEqual(desk.environments, ["Production", "Pre-production", "UAT"]);
    assert.ok(desk.services.length > 2);
  });

  it("names only stages of the desk in what can follow a stage", () => {
    const stages = [...Object.keys(desk.transitions), ...Object.values(desk.transitions).flat()];
    assert.deepEqual(stages.filter((stage) => !desk.stages.includes(stage)), []);
  });
});
