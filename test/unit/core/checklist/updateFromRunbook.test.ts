import fc from 'fast-check';
import assert from 'node:assert/strict';
import { assignStep, choose, isFor, markStep, progress, reopenSection, showEvidence } from '../../../../src/core/checklist/marking';
import { passesOf } from '../../../../src/core/checklist/passes';
import { compareChecklists, updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import { appendChecklist, readChecklists, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import type { Checklist, ChecklistItem, ChecklistStep } from '../../../../src/core/model/checklist';
import { propertyRuns } from '../../../support/propertyRuns';
import { node } from '../../../support/sampleChart';
import { anyChecklist, sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const at = "2026-11-20T16:10:00Z";

const done = { kind: "done", by: "ana", at } as const;

const section = (id: string): ChecklistItem => ({ kind: "section", id, title: `Section ${id}`, gate: false });

const before = sampleChecklist([section("one"), step("a"), step("b"), section("two"), step("c"), step("d")]);

function ticked(checklist: Checklist, ...ids: readonly string[]): Checklist {
  return ids.reduce((now, id) => markStep(now, id, done) ?? assert.fail(`No step ${id}`), checklist);
}

function newer(items: readonly ChecklistItem[]): Checklist {
  return { ...before, title: "Newer", revision: "2222", items };
}

function shown(checklist: Checklist): readonly string[] {
  return checklist.items.map((item) => (item.kind === "section" ? `# ${item.id}` : `${item.id} ${item.mark.kind}`));
}

describe("updating a checklist from its runbook", () => {
  it("lists added, removed, kept and reworded steps, and ignores moved ones", () => {
    const checklist = ticked(before, "b");
    const fresh = newer([section("two"), step("d"), step("c2", { text: "Do c, and say so" }), section("one"), step("a"), step("e", { text: "Something else altogether" })]);
    const { added, removed, kept, reworded } = compareChecklists(checklist, fresh);
    assert.deepEqual([added, removed, kept].map((steps) => steps.map(({ id }) => id)), [["e"], [], ["b"]]);
    assert.deepEqual(reworded.map(({ from, to }) => [from.id, to.id]), [["c", "c2"]]);
    assert.deepEqual(compareChecklists(before, fresh).removed.map(({ id }) => id), ["b"]);
  });

  const unspaced: readonly (readonly [language: string, before: string, after: string, other: string])[] = [
    ["Chinese", "检查数据库连接", "检查数据库的连接状态", "通知客户支持团队"],
    ["Japanese", "サポートに連絡する", "サポートチームに連絡する", "データベースを再起動する"],
    ["Thai", "แจ้งทีมสนับสนุน", "แจ้งทีมสนับสนุนทันที", "รีสตาร์ทฐานข้อมูล"],
    ["Korean", "지원팀에게 알린다", "지원팀에 바로 알린다", "데이터베이스를 재시작한다"],
  ];
  for (const [language, old, now, other] of unspaced) {
    it(`recognizes a reworded step in ${language}`, () => {
      const checklist = ticked(sampleChecklist([step("a", { text: old }), step("b", { text: other })]), "a");
      const changes = compareChecklists(checklist, newer([step("a2", { text: now }), step("b", { text: other })]));
      assert.deepEqual([changes.reworded.map(({ from, to }) => [from.id, to.id]), changes.added, changes.kept], [[["a", "a2"]], [], []]);
    });
  }

  it("keeps every mark in the new order, and keeps a removed step with changes at the end of its section", () => {
    const checklist = ticked(before, "a", "b", "c");
    const fresh = newer([section("one"), step("a"), step("n", { text: "Look twice" }), section("two"), step("d"), step("c2", { text: "Do c well" })]);
    const now = updateFromRunbook(checklist, fresh);
    assert.deepEqual(shown(now), ["# one", "a done", "n open", "b done", "# two", "d open", "c2 done"]);
    assert.deepEqual([now.title, now.revision, now.startedAt, now.by], [checklist.title, "2222", checklist.startedAt, checklist.by]);
    assert.deepEqual(updateFromRunbook(now, fresh), now);
  });

  it("applies marks made under the old text", () => {
    const now = updateFromRunbook(before, newer([section("one"), step("a2", { text: "Do a now" }), step("b")]));
    assert.deepEqual(shown(ticked(now, "a")), ["# one", "a2 done", "b open"]);
  });

  it("finds a step by its current id before a former one", () => {
    const checklist = sampleChecklist([step("a", { formerly: ["b"] }), step("b", { mark: done })]);
    assert.deepEqual(shown(updateFromRunbook(checklist, newer([step("b"), step("n", { text: "Look twice" })]))), ["b done", "n open"]);
  });

  it("leaves steps open below an option that a person opened by hand", () => {
    const skipped = { kind: "skipped", reason: "not now", at } as const;
    const checklist = sampleChecklist([step("d", { part: "decision", mark: skipped }), step("o", { part: "option", depth: 1, own: skipped, overrode: at }), step("s", { depth: 2 })]);
    const fresh = newer([step("d", { part: "decision" }), step("o", { part: "option", depth: 1 }), step("s", { depth: 2 })]);
    const now = updateFromRunbook(checklist, fresh);
    assert.deepEqual(shown(now), ["d skipped", "o open", "s open"]);
    assert.deepEqual(updateFromRunbook(now, fresh), now);
  });

  it("keeps the choice of a decision whose option was reworded", () => {
    const old = sampleChecklist([step("d", { part: "decision", text: "Restricted?" }), step("yes", { part: "option", depth: 1, text: "Yes, tell legal" }), step("no", { part: "option", depth: 1, text: "No" })]);
    const chosen = choose(old, "yes", done) ?? assert.fail();
    const now = updateFromRunbook(chosen, { ...old, revision: "2222", items: [step("d", { part: "decision", text: "Restricted?" }), step("yes2", { part: "option", depth: 1, text: "Yes, tell legal first" }), step("no", { part: "option", depth: 1, text: "No" })] });
    assert.deepEqual(shown(now), ["d done", "yes2 done", "no skipped"]);
  });

  it("keeps the section of a removed step if the section was removed too", () => {
    const now = updateFromRunbook(ticked(before, "c"), newer([section("one"), step("a"), step("b")]));
    assert.deepEqual(shown(now), ["# one", "a open", "b open", "# two", "c done"]);
  });

  it("loses no mark between any two versions, and changes nothing when repeated", () => {
    const touched = (checklist: Checklist): readonly unknown[] =>
      checklist.items.flatMap((item) => (item.kind === "step" && (item.links.length > 0 || (item.evidence ?? []).length > 0) ? [[item.links, item.evidence ?? []]] : [])).map((each) => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(anyChecklist, anyChecklist, (checklist, other) => {
        const fresh = { ...other, items: other.items.map((item): ChecklistItem => (item.kind === "step" ? plain(item) : item)) };
        const now = updateFromRunbook(checklist, fresh);
        assert.deepEqual(touched(now), touched(checklist));
        assert.deepEqual(updateFromRunbook(now, fresh), now);
        const ids = now.items.map((item) => `${item.kind} ${item.id}`);
        for (const item of fresh.items) assert.ok(ids.includes(`${item.kind} ${item.id}`));
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("keeps lines that people wrote between the steps", () => {
    const checklist = ticked(before, "b");
    const body = appendChecklist("Nobody can sign in.\r\n", checklist, home).replace(/(.*desk:step a .*)/, "$1\r\nA note below a").replace(/(.*desk:step c .*)/, "$1\r\nA note below c");
    const now = updateFromRunbook(checklist, newer([section("one"), step("n", { text: "Look twice" }), step("a"), step("b"), section("two"), step("d")]));
    const changed = replaceChecklist(body, now, home);
    assert.deepEqual(readChecklists(changed, home), [now]);
    const lines = changed.split(/\r\n|\n/).map((line) => line.replace(/ <!--.*/, ""));
    assert.deepEqual(lines.slice(4), ["#### Section one", "- [ ] Look twice", "- [ ] Do a", "A note below a", "- [x] Do b", "#### Section two", "A note below c", "- [ ] Do d", "<!-- /desk:run -->", ""]);
  });

  it("can be read back, from any version to any other", () => {
    fc.assert(
      fc.property(anyChecklist, anyChecklist, (checklist, other) => {
        const now: Checklist = { ...other, id: checklist.id, title: checklist.title, runbook: checklist.runbook };
        assert.deepEqual(readChecklists(replaceChecklist(appendChecklist("Words", checklist, home), now, home), home), [now]);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe("updating a checklist from a changed flowchart", () => {
  const chart = (hash: string, more: Partial<Record<string, string>> = {}): readonly ChecklistItem[] => [
    { kind: "section", id: hash, title: `Section ${hash}`, gate: false },
    node(`${hash}.build`, [`${hash}.test`], { text: more["build"] ?? "Build with @ben" }),
    node(`${hash}.test`, [], { part: "decision", text: more["test"] ?? "Passed?" }),
    step(`${hash}.test>fix`, { part: "option", depth: 1, text: "No", next: [`${hash}.fix`] }),
    step(`${hash}.test>done`, { part: "option", depth: 1, text: "Yes", next: [`${hash}.done`] }),
    node(`${hash}.fix`, [more["back"] ?? `${hash}.build`], { text: "Fix" }),
    node(`${hash}.done`, [], { text: "Release" }),
  ];
  const old = ticked(sampleChecklist(chart("a1")), "a1.build", "a1.test>fix", "a1.fix");
  const again = markStep(old, "a1.build", { kind: "done", by: "ben", at: "2026-11-20T16:11:00Z" }) ?? assert.fail();

  it("keeps ticks and passes by node when the heading and the labels change", () => {
    const now = updateFromRunbook(again, newer(chart("b2", { build: "Compile it all", test: "Are the tests green?" })));
    assert.deepEqual(shown(now), ["# b2", "b2.build done", "b2.test open", "b2.test>fix open", "b2.test>done open", "b2.fix open", "b2.done open"]);
    assert.deepEqual(now.items.flatMap((item) => (item.kind === "step" && item.part !== "option" ? [item.text] : [])), ["Compile it all", "Are the tests green?", "Fix", "Release"]);
    const passes = passesOf(now);
    assert.deepEqual(["b2.build", "b2.test", "b2.fix"].map((id) => [passes.get(id)?.pass, passes.get(id)?.earlier.map(({ chosen }) => chosen)]), [[2, [undefined]], [2, ["b2.test>fix"]], [2, [undefined]]]);
    assert.deepEqual(updateFromRunbook(now, newer(chart("b2", { build: "Compile it all", test: "Are the tests green?" }))), now);
    assert.deepEqual(readChecklists(replaceChecklist(appendChecklist("", again, home), now, home), home), [now]);
  });

  it("lists a new label of a node as reworded, but not other holders of a role", () => {
    const words = (items: readonly ChecklistItem[]): readonly string[] => compareChecklists(again, newer(items)).reworded.map(({ to }) => to.text);
    assert.deepEqual(words(chart("a1", { build: "Build with @cho" })), []);
    assert.deepEqual(words(chart("a1", { build: "Build and sign with @ben" })), ["Build and sign with @ben"]);
    assert.equal(updateFromRunbook(again, newer(chart("a1", { build: "Build with @cho" }))).items.flatMap((item) => (item.kind === "step" ? [item.text] : []))[0], "Build with @ben");
  });

  it("takes the edges from the new flowchart, and keeps a removed node with its marks as a step of a list", () => {
    const fresh = newer(chart("a1", { back: "a1.done" }).filter(({ id }) => id !== "a1.build"));
    const now = updateFromRunbook(again, fresh);
    assert.deepEqual(shown(now), ["# a1", "a1.test done", "a1.test>fix done", "a1.test>done skipped", "a1.fix done", "a1.done open", "a1.build done"]);
    assert.deepEqual(now.items.flatMap((item) => (item.kind === "step" ? [item.next] : [])), [[], ["a1.fix"], ["a1.done"], ["a1.done"], [], undefined]);
    assert.deepEqual(updateFromRunbook(now, fresh), now);
  });

  it("keeps a removed node that was done in an earlier pass only", () => {
    const now = updateFromRunbook(old, newer(chart("a1").filter(({ id }) => id !== "a1.build")));
    assert.ok(shown(now).includes("a1.build done"));
  });

  it("removes a node at once if nothing but a reopening was recorded on it, in whichever pass, and keeps one that was done before that", () => {
    const opened = (checklist: Checklist, id: string, second: string): Checklist => markStep(checklist, id, { kind: "open", by: "ana", at: `2026-11-20T16:${second}Z` }) ?? assert.fail();
    const kept = (checklist: Checklist, gone: string): readonly string[] => {
      const fresh = newer(plainItems(checklist).filter(({ id }) => id !== gone));
      const now = updateFromRunbook(checklist, fresh);
      assert.deepEqual(updateFromRunbook(now, fresh), now);
      assert.deepEqual(compareChecklists(checklist, fresh).kept.map(({ id }) => id), shown(now).filter((line) => line.startsWith(`${gone} `)).map(() => gone));
      return shown(now).filter((line) => line.startsWith(`${gone} `));
    };
    const untouched = sampleChecklist(chart("a1"));
    const inEarlierPass = ticked(opened(untouched, "a1.build", "09:00"), "a1.test>fix", "a1.fix");
    assert.deepEqual(passesOf(inEarlierPass).get("a1.build"), { pass: 2, earlier: [] });
    assert.deepEqual(kept(inEarlierPass, "a1.build"), []);
    assert.deepEqual(kept(opened(untouched, "a1.build", "09:00"), "a1.build"), []);
    assert.deepEqual(kept(opened(ticked(before, "b"), "b", "11:00"), "b"), []);
    assert.deepEqual(kept(opened(ticked(untouched, "a1.build"), "a1.build", "11:00"), "a1.build"), ["a1.build open"]);
  });

  it("matches nodes of the same name only where there is one of them", () => {
    const two = sampleChecklist([...chart("a1"), ...chart("c3")]);
    const now = updateFromRunbook(ticked(two, "c3.build"), newer([...chart("b2", { build: "Something else" }), ...chart("c3")]));
    assert.ok(shown(now).includes("c3.build done") && shown(now).includes("b2.build open"));
    const moved = updateFromRunbook(ticked(sampleChecklist([node("a.x", [], { text: "One" }), node("c.x", [], { text: "Two" })]), "a.x"), newer([node("b.x", [], { text: "Two" }), node("d.x", [], { text: "One" })]));
    assert.deepEqual(shown(moved), ["b.x open", "d.x done"]);
  });
});

describe("a gate", () => {
  const checklist = ticked(sampleChecklist([section("build"), step("a"), step("b"), section("gate"), step("g")]), "a", "b", "g");

  it("that is rejected opens only the steps of the named section", () => {
    const now = reopenSection(checklist, "build", { by: "ben", at: "2026-11-20T17:00:00Z" }) ?? assert.fail();
    assert.deepEqual(shown(now), ["# build", "a open", "b open", "# gate", "g done"]);
    assert.deepEqual(reopenSection(now, "build", { by: "ben", at: "2026-11-20T17:00:00Z" }), now);
    assert.equal(progress(now).done, 1);
    assert.equal(reopenSection(checklist, "elsewhere", { by: "ben", at }), undefined);
  });

  it("that is rejected before a step was ticked again keeps the later tick", () => {
    const now = reopenSection(ticked(checklist), "build", { by: "ben", at: "2026-11-20T16:00:00Z" });
    assert.deepEqual(now, checklist);
  });

  it("keeps each piece of evidence once, and allows removing it", () => {
    const [link, text] = [{ kind: "link", value: "https://ci.example/1" }, { kind: "text", value: "All 412 passed" }] as const;
    const shownTwice = showEvidence(showEvidence(checklist, "g", [link, link], []) ?? checklist, "g", [text, link], []) ?? assert.fail();
    const of = (from: Checklist): ChecklistStep["evidence"] => from.items.flatMap((item) => (item.id === "g" && item.kind === "step" ? [item.evidence] : []))[0];
    assert.deepEqual(of(shownTwice), [link, text]);
    assert.deepEqual(of(showEvidence(shownTwice, "g", [], [link]) ?? checklist), [text]);
    assert.equal(of(showEvidence(shownTwice, "g", [], [link, text]) ?? checklist), undefined);
    assert.equal(showEvidence(shownTwice, "g", [text], []), shownTwice);
    assert.match(appendChecklist("", shownTwice, home), /- \[x\] Do g \(evidence: https:\/\/ci\.example\/1; All 412 passed\) <!--/);
  });
});

describe("the assignee of a step", () => {
  const checklist = sampleChecklist([step("a", { text: "Ask @ana-b, or @ben" }), step("b")]);
  const given = (login: string, when: string, from = checklist): Checklist => assignStep(from, "b", login, when) ?? assert.fail();
  const forWhom = (from: Checklist, login: string): readonly string[] => from.items.flatMap((item) => (item.kind === "step" && isFor(item, login) ? [item.id] : []));

  it("is the assigned person, or without one the mentioned person", () => {
    assert.deepEqual(forWhom(checklist, "ben"), ["a"]);
    assert.deepEqual(forWhom(checklist, "ana"), []);
    assert.deepEqual(forWhom(given("ana", at), "ana"), ["b"]);
    assert.deepEqual(forWhom(assignStep(checklist, "a", "cho", at) ?? checklist, "ben"), []);
    assert.deepEqual(forWhom(given("", "2026-11-20T17:00:00Z", given("ana", at)), "ana"), []);
    assert.match(appendChecklist("", given("ana", at), home), /- \[ \] Do b \(for @ana\) <!--/);
  });

  it("is the same in whatever order assignments arrive", () => {
    const later = "2026-11-20T16:10:01Z";
    assert.deepEqual(given("ben", later, given("ana", at)), given("ana", at, given("ben", later)));
    assert.deepEqual(given("ben", at, given("ana", at)), given("ana", at, given("ben", at)));
    assert.equal(assignStep(checklist, "z", "ana", at), undefined);
  });
});

function plainItems({ items }: Checklist): readonly ChecklistItem[] {
  return items.map((item): ChecklistItem => (item.kind === "step" ? { ...plain(item), ...(item.next === undefined ? {} : { next: item.next }) } : item));
}

function plain({ kind, id, part, text, depth }: ChecklistStep): ChecklistStep {
  return { kind, id, part, text, depth, mark: { kind: "open" }, links: [] };
}
