import assert from 'node:assert/strict';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { readChecklists } from '../../../../src/core/markup/checklistRegion';
import { readLinks } from '../../../../src/core/markup/linkRegion';
import type { ChecklistStep } from '../../../../src/core/model/checklist';
import type { Issue, IssueDraft } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import type { Result } from '../../../../src/core/model/result';
import { createFilesTracker, type FilesTracker } from '../../../../src/trackers/files/filesTracker';
import type { Renumbered } from '../../../../src/trackers/files/separateIssues';
import { countingIds } from '../../../support/countingIds';
import { type GitFolder, gitFolder } from '../../../support/gitFolder';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';

const home = "local";

const names = Array.from({ length: 20 }, (_, index) => `s${index + 1}`);

const minute = (index: number): string => `2026-11-20T17:${String(index).padStart(2, "0")}:00Z`;

function draft(title: string, more: Partial<IssueDraft> = {}): IssueDraft {
  return { repository: home, kind: "incident", title, body: "Nobody can sign in.", labels: ["incident"], assignees: [], ...more };
}

function tick(id: string, by: string, at: string, kind: "done" | "open" = "done"): IssueChange {
  return { kind: "markStep", run: "run1", step: id, mark: { kind, by, at } };
}

describe("Plain files on branches", function () {
  this.timeout(60_000);
  let folder: GitFolder;
  let time: VirtualTime;
  let reported: (readonly Renumbered[])[];
  let count = 0;

  beforeEach(() => {
    folder = gitFolder();
    time = virtualTime();
    reported = [];
  });
  afterEach(() => folder.remove());

  const window = (login: string): FilesTracker =>
    createFilesTracker({ files: folder.files, clock: time.clock, ids: countingIds(login), me: () => login, elapsed: time.elapsed, onRenumbered: (renumbered) => void reported.push(renumbered) });
  const must = async <T>(promise: Promise<Result<T>>): Promise<T> => {
    const result = await time.run(promise);
    return result.kind === "ok" ? result.value : assert.fail(JSON.stringify(result.failure));
  };
  const edit = async (who: FilesTracker, ref: IssueRef, change: IssueChange): Promise<Issue> => must(who.edit(ref, change, `key-${++count}`));
  const list = async (who: FilesTracker): Promise<readonly Issue[]> => (await must(who.list({ state: "all" }))).issues;
  const stepOf = (issue: Issue | undefined, id: string): ChecklistStep => stepsOf(readChecklists(issue?.body ?? "", home)[0] ?? assert.fail("no run")).find((each) => each.id === id) ?? assert.fail(id);
  const done = (issue: Issue | undefined): readonly string[] => names.filter((id) => stepOf(issue, id).mark.kind === "done");
  /** One issue with a checklist of twenty steps, on `main`. */
  const begun = async (): Promise<IssueRef> => {
    const ana = window("ana");
    const ref = await must(ana.create(draft("[INCIDENT] Portal down"), "begun"));
    await edit(ana, ref, { kind: "startRun", run: sampleChecklist(names.map((id) => step(id))) });
    folder.commit();
    return ref;
  };
  /** What each does on a branch of their own, the first one on `main`, and the paths that Git could not merge. */
  const onBranches = async (ana: (who: FilesTracker) => Promise<unknown>, ben: (who: FilesTracker) => Promise<unknown>, ...options: readonly string[]): Promise<readonly string[]> => {
    folder.git("checkout", "-q", "-b", "ben");
    await ben(window("ben"));
    folder.commit();
    folder.git("checkout", "-q", "main");
    await ana(window("ana"));
    folder.commit();
    return folder.merge("ben", ...options);
  };
  const inOrder = async (jobs: readonly (() => Promise<unknown>)[]): Promise<void> => {
    for (const job of jobs) await job();
  };

  for (const [what, mine, theirs] of [
    ["interleaved", names.filter((_, index) => index % 2 === 0), names.filter((_, index) => index % 2 === 1)],
    ["neighbouring", names.slice(0, 10), names.slice(10)],
    ["mixed", names.filter((_, index) => index % 3 !== 1).slice(0, 10), names.filter((_, index) => index % 3 === 1)],
  ] as const) {
    it(`merge ten ticks each, on ${what} steps, without a conflict`, async () => {
      const ref = await begun();
      const conflicts = await onBranches(
        (ana) => inOrder(mine.map((id, index) => () => edit(ana, ref, tick(id, "ana", minute(index))))),
        (ben) => inOrder(theirs.map((id, index) => () => edit(ben, ref, tick(id, "ben", minute(30 + index))))),
      );
      assert.deepEqual(conflicts, []);
      const [issue] = await list(window("cho"));
      assert.deepEqual([...done(issue)].sort(), [...mine, ...theirs].sort());
      assert.equal(stepOf(issue, theirs[0] ?? "").mark.by, "ben");
    });
  }

  for (const style of ["merge", "diff3"]) {
    it(`show the later of two marks on one step in a Git conflict (${style}), and write it with the next change`, async () => {
      const ref = await begun();
      const [path] = await onBranches(
        (ana) => inOrder([() => edit(ana, ref, tick("s3", "ana", minute(1))), () => edit(ana, ref, tick("s4", "ana", minute(9), "open"))]),
        (ben) => inOrder([() => edit(ben, ref, tick("s3", "ben", minute(2))), () => edit(ben, ref, tick("s4", "ben", minute(3)))]),
        "-c", `merge.conflictStyle=${style}`,
      );
      assert.ok(path !== undefined);
      const left = folder.read(path);
      const cho = window("cho");
      const { issues, broken } = await must(cho.list({ state: "all" }));
      assert.deepEqual(broken, []);
      assert.deepEqual([stepOf(issues[0], "s3").mark, stepOf(issues[0], "s4").mark], [{ kind: "done", by: "ben", at: minute(2) }, { kind: "open", by: "ana", at: minute(9) }]);
      assert.equal(folder.read(path), left);
      await edit(cho, ref, tick("s9", "cho", minute(20)));
      assert.doesNotMatch(folder.read(path), /^(?:<<<<<<<|=======|>>>>>>>)/m);
      assert.deepEqual(done((await list(window("dee")))[0]), ["s3", "s9"]);
    });
  }

  it("merge what conflicts in files of version 0.1: neighbouring ticks and the update time", async () => {
    const old = (text: string, updated: string): string => text.replace(/^id: .*\n/m, "").replace("state: open\n", `state: open\nupdated: ${updated}\n`).replace(/\n\n(?=- \[)/g, "\n");
    const ref = await begun();
    const [path = ""] = Object.keys(folder.texts()).filter((name) => name.endsWith(".md"));
    folder.write(path, old(folder.read(path), minute(0)));
    folder.commit();
    const ticked = (id: string, by: string, at: string) => async (): Promise<void> =>
      folder.write(path, folder.read(path).replace(/updated: .*/, `updated: ${at}`).replace(new RegExp(`- \\[ \\] Do ${id} <!-- desk:step ${id} -->`), `- [x] Do ${id} <!-- desk:step ${id} by=${by} at=${at} -->`));
    const conflicts = await onBranches(ticked("s5", "ana", minute(5)), ticked("s6", "ben", minute(6)));
    assert.deepEqual(conflicts, [path]);
    const cho = window("cho");
    const [issue] = await list(cho);
    assert.deepEqual([done(issue), issue?.updatedAt], [["s5", "s6"], minute(6)]);
    await edit(cho, { repository: home, number: ref.number }, tick("s7", "cho", minute(7)));
    assert.doesNotMatch(folder.read(path), /^(?:<<<<<<<|=======|>>>>>>>|updated:)/m);
  });

  it("keep both of two issues with one number: the newer one is renumbered with its log and links", async () => {
    const parent = await begun();
    let [mine, theirs]: (IssueRef | undefined)[] = [];
    const make = async (who: FilesTracker, title: string, key: string): Promise<IssueRef> => {
      await time.run(time.clock.wait(60_000));
      const ref = await must(who.create(draft(title), key));
      await must(who.comment(ref, `About ${title}`, `${key}-comment`));
      await must(who.link(parent, ref, "child"));
      await edit(who, parent, { kind: "linkStep", run: "run1", step: key === "k-ana" ? "s1" : "s20", child: ref });
      return ref;
    };
    folder.git("checkout", "-q", "-b", "ben");
    theirs = await make(window("ben"), "Ledger slow", "k-ben");
    folder.commit();
    folder.git("checkout", "-q", "main");
    mine = await make(window("ana"), "Mail down", "k-ana");
    folder.commit();
    assert.deepEqual([mine.number, theirs.number], [2, 2]);
    const conflicts = folder.merge("ben");
    // Both branches added a link at the same place.
    assert.deepEqual(conflicts.filter((path) => !path.includes("portal-down")), []);

    const cho = window("cho");
    const { issues, broken } = await must(cho.list({ state: "all" }));
    assert.deepEqual(broken, []);
    // Ben's is the older one.
    assert.deepEqual(issues.map(({ ref, title }) => [ref.number, title]), [[1, "[INCIDENT] Portal down"], [2, "Ledger slow"], [3, "Mail down"]]);
    assert.deepEqual(reported.map((all) => all.map(({ from, to }) => [from.number, to.number])), [[[2, 3]]]);
    assert.ok(Object.keys(folder.texts()).some((name) => /^\.desk\/incident\/3-mail-down-\w{6}\.md$/.test(name)));
    const [first] = issues;
    assert.deepEqual(readLinks(first?.body ?? "", home).map((link) => link.kind !== "postmortem" && link.other).sort((a, b) => (a && b ? a.number - b.number : 0)), [{ ...theirs, number: 2 }, { ...mine, number: 3 }]);
    assert.match(first?.body ?? "", /- Child: #3 <!-- desk:link/);
    assert.deepEqual([stepOf(first, "s1").links, stepOf(first, "s20").links], [[{ ...mine, number: 3 }], [theirs]]);
    // What was stored for each before the merge finds its own issue.
    assert.deepEqual((await must(cho.timeline(mine))).map((event) => (event.kind === "commented" ? event.markdown : event.kind)), ["opened", "About Mail down", "linked"]);
    assert.deepEqual((await must(cho.timeline(theirs))).map((event) => (event.kind === "commented" ? event.markdown : event.kind)), ["opened", "About Ledger slow", "linked"]);
    await edit(cho, mine, { kind: "close" });
    assert.deepEqual((await list(window("dee"))).map(({ title, state }) => [title, state]), [["[INCIDENT] Portal down", "open"], ["Ledger slow", "open"], ["Mail down", "closed"]]);
    assert.equal(reported.length, 1);
  });

  it("separate two issues with one number and one title, and so one file", async () => {
    const conflicts = await onBranches(
      (ana) => must(ana.create(draft("Portal down", { body: "Ana's.\n" }), "k-ana")),
      async (ben) => {
        const ref = await must(ben.create(draft("Portal down", { body: "Ben's.\n" }), "k-ben"));
        await must(ben.comment(ref, "Mine", "k-comment"));
        await time.run(time.clock.wait(60_000));
      },
    );
    assert.deepEqual(conflicts, [".desk/incident/1-portal-down.md"]);
    const issues = await list(window("cho"));
    assert.deepEqual(issues.map(({ ref, body, author }) => [ref.number, body, author]), [[1, "Ben's.\n", "ben"], [2, "Ana's.\n", "ana"]]);
    assert.equal(reported.length, 1);
    assert.deepEqual((await must(window("dee").timeline(issues[0]?.ref ?? assert.fail()))).map(({ kind }) => kind), ["opened", "commented"]);
    assert.doesNotMatch(JSON.stringify(folder.texts()), /<<<<<<</);
  });

  it("keep changes of a third branch to one of two such issues", async () => {
    const ana = window("ana");
    folder.git("branch", "ben");
    await time.run(time.clock.wait(60_000));
    const mine = await must(ana.create(draft("Portal down", { body: "Ana's words, of which there are a few.\n" }), "k-ana"));
    folder.commit();
    folder.git("checkout", "-q", "-b", "cho");
    await edit(window("cho"), mine, { kind: "label", add: ["from cho"], remove: [] });
    folder.commit();
    folder.git("checkout", "-q", "ben");
    time = virtualTime("2026-11-20T12:00:00Z");
    await must(window("ben").create(draft("Portal down", { body: "Ben's words, which are not the same.\n" }), "k-ben"));
    folder.commit();
    folder.git("checkout", "-q", "main");
    folder.merge("ben");
    await list(window("dee"));
    folder.commit();
    assert.deepEqual(folder.merge("cho"), []);
    assert.deepEqual((await list(window("dee"))).map(({ ref, author, labels }) => [ref.number, author, labels]), [[1, "ben", ["incident"]], [2, "ana", ["incident", "from cho"]]]);
  });

  it("merge a daily checklist that was started on both", async () => {
    const day = draft("Start of day 2026-11-20", { kind: "record", body: "" });
    const begin = (login: string, id: string) => async (who: FilesTracker): Promise<void> => {
      const ref = await must(who.create(day, "checklist:runbooks/day.md:2026-11-20"));
      await edit(who, ref, { kind: "startRun", run: sampleChecklist(names.map((name) => step(name))) });
      await edit(who, ref, tick(id, login, minute(1)));
    };
    await onBranches(begin("ana", "s1"), begin("ben", "s2"));
    const { issues, broken } = await must(window("cho").list({ state: "all" }));
    assert.deepEqual([broken, issues.length, done(issues[0])], [[], 1, ["s1", "s2"]]);
  });

  it("merge labels, assignees and state by the last event", async () => {
    const ref = await begun();
    const label = (add: readonly string[], remove: readonly string[]): IssueChange => ({ kind: "label", add, remove });
    await edit(window("ana"), ref, label(["old"], []));
    folder.commit();
    const later = (): Promise<void> => time.run(time.clock.wait(1000));
    await onBranches(
      (ana) => inOrder([later, () => edit(ana, ref, label(["mine"], [])), later, () => edit(ana, ref, { kind: "close" })]),
      (ben) => inOrder([later, () => edit(ben, ref, label(["theirs"], ["old"])), later, () => edit(ben, ref, { kind: "assign", add: ["ben"], remove: [] }), () => edit(ben, ref, { kind: "retitle", title: "Portal slow" })]),
    );
    const { issues: [issue], broken } = await must(window("cho").list({ state: "all" }));
    assert.deepEqual(broken, []);
    assert.deepEqual([issue?.title, issue?.state, [...(issue?.labels ?? [])].sort(), issue?.assignees], ["Portal slow", "closed", ["incident", "mine", "theirs"], ["ben"]]);
  });

  for (const lineBreak of ["\n", "\r\n"]) {
    it(`show a conflict between two texts and do not write to it (${JSON.stringify(lineBreak)})`, async () => {
      const ref = await begun();
      const [path = ""] = Object.keys(folder.texts()).filter((name) => name.endsWith(".md"));
      folder.write(path, folder.read(path).replace(/\r?\n/g, lineBreak));
      folder.commit();
      const reword = (words: string) => async (): Promise<void> => folder.write(path, folder.read(path).replace("Nobody can sign in.", words));
      assert.deepEqual(await onBranches(reword("Some can sign in."), reword("Nobody at all can sign in.")), [path]);
      const left = folder.read(path);
      const cho = window("cho");
      assert.deepEqual(await must(cho.list({ state: "all" })).then(({ issues, broken }) => [issues, broken]), [[], [{ path, reason: "mergeConflict" }]]);
      const refused = await time.run(cho.edit(ref, tick("s1", "cho", minute(1)), "k"));
      assert.deepEqual(refused, { kind: "failed", failure: { kind: "broken", path, reason: "mergeConflict" } });
      assert.equal((await time.run(cho.comment(ref, "x", "k2"))).kind, "failed");
      assert.equal(folder.read(path), left);
    });
  }

  it("show a conflict between two comments in the front matter", async () => {
    await begun();
    const [path = ""] = Object.keys(folder.texts()).filter((name) => name.endsWith(".md"));
    const note = (words: string) => async (): Promise<void> => folder.write(path, folder.read(path).replace("state: open", `# ${words}\nstate: open`));
    assert.deepEqual(await onBranches(note("Mine"), note("Theirs")), [path]);
    assert.deepEqual((await must(window("cho").list({ state: "all" }))).broken, [{ path, reason: "mergeConflict" }]);
  });

  it("keep all lines of two logs", async () => {
    const ref = await begun();
    const conflicts = await onBranches((ana) => must(ana.comment(ref, "From ana", "k-ana")), (ben) => must(ben.comment(ref, "From ben", "k-ben")));
    assert.deepEqual(conflicts, []);
    const comments = (await must(window("cho").timeline(ref))).flatMap((event) => (event.kind === "commented" ? [event.markdown] : []));
    assert.deepEqual([...comments].sort(), ["From ana", "From ben"]);
  });

  it("reject a change whose number now belongs to another issue", async () => {
    await begun();
    folder.git("checkout", "-q", "-b", "ben");
    const theirs = await must(window("ben").create(draft("Ledger slow"), "k-ben"));
    folder.commit();
    folder.git("checkout", "-q", "main");
    const ana = window("ana");
    await must(ana.create(draft("Mail down"), "k-ana"));
    const before = folder.texts();
    const refused = { kind: "failed", failure: { kind: "otherIssue", ref: theirs, title: "Mail down" } };
    assert.deepEqual(await time.run(ana.edit(theirs, { kind: "close" }, "k1")), refused);
    assert.deepEqual(await time.run(ana.comment(theirs, "x", "k2")), refused);
    assert.deepEqual(folder.texts(), before);
  });
});
