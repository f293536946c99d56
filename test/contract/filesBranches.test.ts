import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stepsOf } from '../../src/core/checklist/checklistSteps';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { Issue } from '../../src/core/model/issue';
import type { IssueChange } from '../../src/core/model/issueChange';
import { type IssueRef, sameRef, stableKey } from '../../src/core/model/issueRef';
import type { Files } from '../../src/core/model/ports';
import type { Result } from '../../src/core/model/result';
import { createFilesTracker, type FilesTracker } from '../../src/trackers/files/filesTracker';
import { countingIds } from '../support/countingIds';
import { gitFolder } from '../support/gitFolder';
import { memoryFiles } from '../support/memoryFiles';
import { memoryMemory } from '../support/memoryMemory';
import { propertyRuns } from '../support/propertyRuns';
import { sampleChecklist, step } from '../support/sampleChecklist';
import { virtualTime } from '../support/virtualTime';
import { noFaults, openWindow } from '../support/window';

const home = "local";

const steps = ["a", "b", "c", "d"];

const branches = ["main", "ben", "cho"] as const;

type Branch = (typeof branches)[number];

type Act =
  | { readonly kind: "create"; readonly title: string }
  | { readonly kind: "tick"; readonly issue: number; readonly step: string; readonly done: boolean }
  | { readonly kind: "comment"; readonly issue: number }
  | { readonly kind: "label"; readonly issue: number }
  | { readonly kind: "link"; readonly issue: number; readonly other: number; readonly step: string }
  | { readonly kind: "merge" };

interface Turn {
  readonly branch: Branch;
  readonly act: Act;
  /** The call at which the first window that tries it dies. */
  readonly dies: number | undefined;
}

const issue = fc.nat({ max: 5 });

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("create" as const), title: fc.constantFrom("Portal down", "Ledger slow") }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("tick" as const), issue, step: fc.constantFrom(...steps), done: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("comment" as const), issue }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("label" as const), issue }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("link" as const), issue, other: issue, step: fc.constantFrom(...steps) }) },
  { weight: 3, arbitrary: fc.constant({ kind: "merge" as const }) },
);

const anyTurns = fc.array(fc.record({ branch: fc.constantFrom(...branches), act: anyAct, dies: fc.option(fc.nat({ max: 14 }), { nil: undefined, freq: 4 }) }), { minLength: 4, maxLength: 16 });

/** Working copies of one folder, one for each branch, of which the others are merged into `main` and then begin there again. */
interface Copies {
  files(branch: Branch): Files;
  merge(branch: Branch): void;
  /** What `main` now is becomes where the branch begins. */
  follow(branch: Branch): void;
  texts(): Readonly<Record<string, string>>;
  remove(): void;
}

/** Branches that Git itself keeps. */
function realCopies(): Copies {
  const folder = gitFolder();
  let now: Branch = "main";
  for (const each of branches.slice(1)) folder.git("branch", each);
  const on = (branch: Branch): void => {
    if (branch === now) return;
    folder.commit();
    folder.git("checkout", "-q", branch);
    now = branch;
  };
  return {
    files(branch) {
      on(branch);
      return folder.files;
    },
    merge(branch) {
      on(branch);
      on("main");
      folder.merge(branch);
    },
    follow(branch) {
      folder.commit();
      on(branch);
      folder.git("reset", "-q", "--hard", "main");
      on("main");
    },
    texts: folder.texts,
    remove: folder.remove,
  };
}

/** Branches in memory, whose files Git merges one by one. */
function memoryCopies(): Copies {
  const copies = new Map(branches.map((branch) => [branch, memoryFiles()] as const));
  const begun = new Map<Branch, ReadonlyMap<string, string>>(branches.map((branch) => [branch, new Map()]));
  const of = (branch: Branch): ReturnType<typeof memoryFiles> => copies.get(branch) ?? assert.fail(branch);
  const scratch = mkdtempSync(path.join(tmpdir(), "desk-merge-"));
  return {
    files: (branch) => of(branch).files,
    merge(branch) {
      const [base, ours, theirs] = [begun.get(branch) ?? new Map<string, string>(), of("main").texts, new Map(of(branch).texts)];
      for (const name of new Set([...base.keys(), ...theirs.keys()])) {
        const [before, there] = [base.get(name), theirs.get(name)];
        if (there === before) continue;
        // A file that `main` renumbered since is the same one under another name, as Git finds it by its text.
        const here = ours.has(name) || before === undefined ? name : ([...ours.keys()].find((other) => !base.has(other) && idIn(ours.get(other)) === idIn(before)) ?? name);
        const mine = ours.get(here);
        if (there === undefined) ours.delete(here);
        else if (mine === undefined || mine === before) ours.set(here, there);
        else if (mine !== there) ours.set(here, mergeFile(scratch, name, before ?? "", mine, there));
      }
    },
    follow(branch) {
      const now = new Map(of("main").texts);
      begun.set(branch, now);
      of(branch).texts.clear();
      for (const [name, text] of now) of(branch).texts.set(name, text);
    },
    texts: () => Object.fromEntries(of("main").texts),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

function idIn(text: string | undefined): string | undefined {
  return /^id: (.*)$/m.exec(text ?? "")?.[1];
}

function mergeFile(scratch: string, name: string, base: string, ours: string, theirs: string): string {
  for (const [file, text] of Object.entries({ base, ours, theirs })) writeFileSync(path.join(scratch, file), text);
  const { status, stdout, error } = spawnSync("git", ["merge-file", "-p", ...(name.endsWith(".jsonl") ? ["--union"] : []), "ours", "base", "theirs"], { cwd: scratch, encoding: "utf8" });
  if (error !== undefined || status === null || status > 127) throw error ?? new Error(`git merge-file: ${status}`);
  return stdout;
}

interface Expected {
  readonly ref: IssueRef;
  readonly run: string;
  readonly title: string;
  readonly marks: Map<string, { readonly kind: string; readonly at: string }>;
  readonly comments: string[];
  readonly labels: string[];
  readonly links: IssueRef[];
  readonly stepLinks: [string, IssueRef][];
}

async function play(copies: Copies, turns: readonly Turn[]): Promise<void> {
  const time = virtualTime();
  const expected: Expected[] = [];
  const known = new Map<Branch, Set<string>>(branches.map((branch) => [branch, new Set<string>()]));
  const must = async <T>(promise: Promise<Result<T>>): Promise<T> => {
    const result = await time.run(promise);
    return result.kind === "ok" ? result.value : assert.fail(JSON.stringify(result.failure));
  };
  const open = (branch: Branch, dies?: number): FilesTracker => {
    const window = openWindow(copies.files(branch), memoryMemory(), time.clock, dies === undefined ? noFaults : { ...noFaults, crash: (call) => (call === dies ? "after" : "no") });
    return createFilesTracker({ files: window.files, clock: window.clock, ids: countingIds(branch), me: () => branch, elapsed: time.elapsed });
  };
  /** Done by a window that may die on it, and then by another one under the same key. */
  const twice = async <T>({ branch, dies }: Turn, job: (tracker: FilesTracker) => Promise<Result<T>>): Promise<T> => {
    await time.run(time.clock.wait(1000));
    if (dies !== undefined) {
      void job(open(branch, dies));
      await time.run(time.clock.wait(5000));
    }
    return must(job(open(branch)));
  };
  const merge = async (branch: Branch): Promise<void> => {
    copies.merge(branch);
    for (const key of known.get(branch) ?? []) known.get("main")?.add(key);
    const tracker = open("main");
    const { broken, issues } = await must(tracker.list({ state: "all" }));
    assert.deepEqual(broken, []);
    // The next change writes what a conflict was merged to.
    for (const [name, text] of Object.entries(copies.texts())) {
      const one = issues.find(({ location }) => location.kind === "file" && location.path === name);
      if (!text.includes("<<<<<<<") || one === undefined) continue;
      const label = `merged at ${time.elapsed()}`;
      await must(tracker.edit(one.ref, { kind: "label", add: [label], remove: [] }, label));
    }
    copies.follow(branch);
    known.set(branch, new Set(known.get("main")));
  };

  for (const [index, turn] of turns.entries()) {
    const { branch, act } = turn;
    const here = expected.filter(({ ref }) => known.get(branch)?.has(stableKey(ref)));
    const pick = (number: number): Expected | undefined => here[number % Math.max(here.length, 1)];
    const key = `turn-${index}`;
    const change = async (one: Expected, what: IssueChange, as = key): Promise<void> => void (await twice(turn, (tracker) => tracker.edit(one.ref, what, as)));
    if (act.kind === "merge") {
      if (branch !== "main") await merge(branch);
      continue;
    }
    if (act.kind === "create") {
      const draft = { repository: home, kind: "incident", title: act.title, body: "Words.\n", labels: ["incident"], assignees: [] };
      const ref = await twice(turn, (tracker) => tracker.create(draft, key));
      const made: Expected = { ref, run: `run-${key}`, title: act.title, marks: new Map(), comments: [], labels: ["incident"], links: [], stepLinks: [] };
      expected.push(made);
      known.get(branch)?.add(stableKey(ref));
      await change(made, { kind: "startRun", run: { ...sampleChecklist(steps.map((id) => step(id))), id: made.run } }, `${key}-run`);
      continue;
    }
    const one = pick(act.issue);
    if (one === undefined) continue;
    const { run } = one;
    if (act.kind === "tick") {
      await time.run(time.clock.wait(1000));
      const mark = { kind: act.done ? "done" : "open", by: branch, at: time.clock.now() } as const;
      await change(one, { kind: "markStep", run, step: act.step, mark });
      one.marks.set(act.step, mark);
    } else if (act.kind === "comment") {
      await twice(turn, (tracker) => tracker.comment(one.ref, key, key));
      one.comments.push(key);
    } else if (act.kind === "label") {
      await change(one, { kind: "label", add: [key], remove: [] });
      one.labels.push(key);
    } else {
      const other = pick(act.other);
      if (other === undefined || other === one) continue;
      await twice(turn, (tracker) => tracker.link(one.ref, other.ref, one.links.length % 2 === 0 ? "child" : "hasDuplicate"));
      await change(one, { kind: "linkStep", run, step: act.step, child: other.ref });
      one.links.push(other.ref);
      one.stepLinks.push([act.step, other.ref]);
      other.links.push(one.ref);
    }
  }
  for (const branch of branches.slice(1)) await merge(branch);

  await assertAll();

  async function assertAll(): Promise<void> {
    const tracker = open("main");
    const { issues, broken } = await must(tracker.list({ state: "all" }));
    assert.deepEqual(broken, []);
    assert.equal(issues.length, expected.length);
    assert.equal(new Set(issues.map(({ ref }) => ref.number)).size, issues.length);
    assert.ok(!Object.values(copies.texts()).some((text) => /^(?:<<<<<<<|>>>>>>>)/m.test(text)));
    for (const one of expected) {
      const found = issues.find(({ ref }) => sameRef(ref, one.ref)) ?? assert.fail(`lost ${JSON.stringify(one.ref)}`);
      assert.equal(found.title, one.title);
      for (const label of one.labels) assert.ok(found.labels.includes(label), `${label} of ${JSON.stringify(one.ref)}`);
      const shown = stepsOf(readChecklists(found.body, home)[0] ?? assert.fail("no run"));
      for (const each of shown) {
        const mark = one.marks.get(each.id);
        assert.deepEqual([each.mark.kind, each.mark.at], [mark?.kind ?? "open", mark?.at], each.id);
        for (const [at, ref] of one.stepLinks) if (at === each.id) assert.ok(each.links.some((link) => sameRef(link, ref)));
      }
      assertLinks(found, one, issues);
      const comments = (await must(tracker.timeline(one.ref))).flatMap((event) => (event.kind === "commented" ? [event.markdown] : []));
      assert.deepEqual([...comments].sort(), [...one.comments].sort());
    }
  }
}

/** Each link leads to its issue, and shows the number that it now has. */
function assertLinks(found: Issue, { links }: Expected, issues: readonly Issue[]): void {
  const shown = readLinks(found.body, home).flatMap((link) => (link.kind === "postmortem" ? [] : [link.other]));
  for (const ref of links) assert.ok(shown.some((other) => sameRef(other, ref)), `link to ${JSON.stringify(ref)}`);
  assert.equal(new Set(shown.map(stableKey)).size, new Set(links.map(stableKey)).size);
  for (const ref of shown) assert.equal(ref.number, issues.find((each) => sameRef(each.ref, ref))?.ref.number);
}

describe("Random schedules of plain files on branches", function () {
  this.timeout(900_000);

  for (const [what, make, runs] of [
    ["whose files Git merges", memoryCopies, 1000],
    ["that Git keeps", realCopies, 20],
  ] as const) {
    it(`lose and duplicate nothing: ${propertyRuns(runs)} of them ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyTurns, async (turns) => {
          const copies = make();
          try {
            await play(copies, turns);
          } finally {
            copies.remove();
          }
        }),
        { numRuns: propertyRuns(runs) },
      );
    });
  }
});
