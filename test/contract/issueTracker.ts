import { closeReasonOf } from '../../src/core/issue/closeReason';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { Failure } from '../../src/core/model/failure';
import type { IssueDraft } from '../../src/core/model/issue';
import { type IssueRef, refKey } from '../../src/core/model/issueRef';
import type { IssueTracker } from '../../src/core/model/ports';
import type { Result } from '../../src/core/model/result';
import * as assert from '../support/assertAnywhere';
import { sampleChecklist, step } from '../support/sampleChecklist';

/** A store with nothing in it, as one or more people use it at once. */
export interface TrackerHarness {
  /** A tracker of another person on the same store; the same login may be asked twice. */
  tracker(login: string): IssueTracker;
  /** Puts a file into the repository, or into the folder that stands for all of them. */
  putFile(repository: string, path: string, text: string): Promise<void>;
  /** Runs what the test began, in the store's own time. */
  run<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What every `IssueTracker` promises. `repositories` are two that the store may write to. */
export function issueTrackerContract(name: string, repositories: readonly [string, string], makeHarness: () => Promise<TrackerHarness>): void {
  const [home, away] = repositories;
  const draft = (more: Partial<IssueDraft> = {}): IssueDraft => ({
    repository: home,
    kind: "incident",
    title: "[INCIDENT] Portal down",
    body: "Nobody can sign in.",
    labels: ["incident"],
    assignees: [],
    ...more,
  });

  describe(`${name} as an issue tracker`, function () {
    let harness: TrackerHarness;
    let ana: IssueTracker;
    let ben: IssueTracker;

    beforeEach(async () => {
      harness = await makeHarness();
      ana = harness.tracker("ana");
      ben = harness.tracker("ben");
    });

    afterEach(() => harness.close());

    const must = async <T>(promise: Promise<Result<T>>): Promise<T> => {
      const result = await harness.run(promise);
      if (result.kind === "failed") assert.fail(JSON.stringify(result.failure));
      return result.value;
    };
    const refused = async (promise: Promise<Result<unknown>>): Promise<Failure> => {
      const result = await harness.run(promise);
      if (result.kind === "ok") assert.fail("It was not refused");
      return result.failure;
    };
    const begun = async (): Promise<IssueRef> => {
      const ref = await must(ana.create(draft(), "k-begun"));
      await must(ana.edit(ref, { kind: "startRun", run: sampleChecklist([step("a"), step("b"), step("c")]) }, "k-run"));
      return ref;
    };
    /** What happened, but for the labels that an issue was created with: some stores tell those as events of their own. */
    const kinds = async (ref: IssueRef): Promise<readonly string[]> =>
      (await must(ben.timeline(ref))).filter((event) => event.kind !== "labeled" || !draft().labels.includes(event.label)).map(({ kind }) => kind);

    it("is empty at first", async () => {
      assert.deepEqual((await must(ana.list({ state: "all" }))).issues, []);
    });

    it("creates an issue that everybody sees as it was drafted", async () => {
      const ref = await must(ana.create(draft({ assignees: ["ben"], labels: ["incident", "priority: high"] }), "k1"));
      const { location: _location, createdAt: _createdAt, updatedAt: _updatedAt, ...issue } = await must(ben.get(ref));
      assert.deepEqual(issue, {
        ref,
        title: "[INCIDENT] Portal down",
        body: issue.body,
        state: "open",
        labels: ["incident", "priority: high"],
        assignees: ["ben"],
        author: "ana",
      });
      assert.ok(issue.body.startsWith("Nobody can sign in."));
      assert.equal(ref.repository, home);
    });

    it("creates one issue for one key, also when two windows submit it at once", async () => {
      const another = harness.tracker("ana");
      const refs = await harness.run(Promise.all([ana.create(draft(), "same"), another.create(draft(), "same"), ana.create(draft(), "same")]));
      const [first, ...others] = refs.map((ref) => (ref.kind === "ok" ? ref.value : assert.fail(JSON.stringify(ref))));
      for (const other of others) assert.deepEqual(other, first);
      assert.equal((await must(ana.list({ state: "all" }))).issues.length, 1);
    });

    it("creates one daily checklist for two people who start it at once", async () => {
      const key = "checklist:runbooks/day.md:2026-11-20";
      const refs = await harness.run(Promise.all([ana.create(draft(), key), ben.create(draft(), key)]));
      const numbers = refs.map((ref) => (ref.kind === "ok" ? ref.value.number : assert.fail(JSON.stringify(ref))));
      assert.equal(new Set(numbers).size, 1);
      assert.deepEqual((await must(ana.list({ state: "all" }))).issues.map(({ ref }) => ref.number), [numbers[0]]);
    });

    it("gives issues that are created at once different numbers", async () => {
      const drafts = ["k1", "k2", "k3", "k4", "k5", "k6"];
      const results = await harness.run(Promise.all(drafts.map((key, index) => (index % 2 === 0 ? ana : ben).create(draft(), key))));
      const numbers = results.map((result) => (result.kind === "ok" ? result.value.number : assert.fail(JSON.stringify(result))));
      assert.equal(new Set(numbers).size, drafts.length);
      assert.equal((await must(ben.list({ state: "all" }))).issues.length, drafts.length);
    });

    it("keeps malicious titles, labels, logins and bodies unchanged", async () => {
      const hostile = draft({
        title: "--- \"'<!-- /desk:run --> {{x}} : #1 \u202e👩‍🚒 <img src=x onerror=alert(1)> ../../..",
        labels: ["incident", "a: b # c", "<!-- desk:run id=x -->", "*ref", "[x]"],
        body: "---\ntitle: no\n---\r\n  <script>\t\r\n```",
      });
      const ref = await must(ana.create(hostile, "k1"));
      const issue = await must(ben.get(ref));
      assert.deepEqual([issue.title, [...issue.labels].sort()], [hostile.title, [...hostile.labels].sort()]);
      assert.ok(issue.body.startsWith(hostile.body));
      const edited = await must(ana.edit(ref, { kind: "startRun", run: sampleChecklist([step("a")]) }, "k2"));
      assert.ok(edited.body.startsWith(hostile.body));
      assert.deepEqual(readChecklists(edited.body, home), [sampleChecklist([step("a")])]);
    });

    it("changes only what an edit contains", async () => {
      const ref = await must(ana.create(draft(), "k1"));
      await must(ana.edit(ref, { kind: "label", add: ["priority: high"], remove: [] }, "k2"));
      await must(ana.edit(ref, { kind: "assign", add: ["ana", "ben"], remove: [] }, "k3"));
      await must(ana.edit(ref, { kind: "assign", add: [], remove: ["ana"] }, "k4"));
      const issue = await must(ana.edit(ref, { kind: "retitle", title: "[INCIDENT] Portal slow" }, "k5"));
      assert.deepEqual([issue.title, issue.labels, issue.assignees, issue.state], ["[INCIDENT] Portal slow", ["incident", "priority: high"], ["ben"], "open"]);
      assert.deepEqual(await must(ben.get(ref)), issue);
      assert.deepEqual(await kinds(ref), ["opened", "labeled", "assigned", "assigned", "unassigned", "retitled"]);
    });

    it("closes and reopens, and lists by state", async () => {
      const [one, two] = [await must(ana.create(draft(), "k1")), await must(ana.create(draft(), "k2"))];
      await must(ana.edit(one, { kind: "label", add: ["stage: In progress"], remove: [] }, "k3"));
      const closed = await must(ana.edit(one, { kind: "close" }, "k4"));
      assert.deepEqual([closed.state, typeof closed.closedAt, closed.labels], ["closed", "string", ["incident"]]);
      const numbers = async (state: "open" | "closed" | "all"): Promise<readonly number[]> => (await must(ben.list({ state }))).issues.map(({ ref }) => ref.number).sort();
      assert.deepEqual([await numbers("open"), await numbers("closed"), await numbers("all")], [[two.number], [one.number], [one.number, two.number].sort()]);
      const reopened = await must(ben.edit(one, { kind: "reopen" }, "k5"));
      assert.deepEqual([reopened.state, reopened.closedAt], ["open", undefined]);
    });

    it("returns why an issue was closed, until it is reopened", async () => {
      for (const [index, reason] of (["completed", "notPlanned", "duplicate"] as const).entries()) {
        const ref = await must(ana.create(draft(), `k${index}`));
        await must(ana.edit(ref, { kind: "close", reason, stamp: { at: `2026-11-20T16:0${index}:00Z`, by: "ana" } }, `c${index}`));
        assert.equal(closeReasonOf(await must(ben.get(ref))), reason);
        const listed = (await must(ben.list({ state: "all" }))).issues.find(({ ref: { number } }) => number === ref.number);
        assert.equal(listed && closeReasonOf(listed), reason);
        await must(ben.edit(ref, { kind: "reopen", stamp: { at: "2026-11-20T17:00:00Z", by: "ben" } }, `r${index}`));
        assert.equal(closeReasonOf(await must(ana.get(ref))), undefined);
      }
    });

    it("does nothing when an edit is repeated", async () => {
      const ref = await must(ana.create(draft(), "k1"));
      for (let time = 0; time < 3; time += 1) {
        await must(ana.edit(ref, { kind: "label", add: ["x"], remove: [] }, "k2"));
        await must(ana.comment(ref, "Looking at it.", "k3"));
        await must(ana.edit(ref, { kind: "close" }, "k4"));
      }
      assert.deepEqual(await kinds(ref), ["opened", "labeled", "commented", "closed"]);
    });

    it("keeps the ticks of two people at once", async () => {
      const ref = await begun();
      const at = "2026-11-20T16:10:00Z";
      await harness.run(
        Promise.all([
          ana.edit(ref, { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at } }, "t1"),
          ben.edit(ref, { kind: "markStep", run: "run1", step: "b", mark: { kind: "done", by: "ben", at } }, "t2"),
          ana.edit(ref, { kind: "markStep", run: "run1", step: "c", mark: { kind: "skipped", reason: "no need", by: "ana", at } }, "t3"),
        ]),
      );
      const [checklist] = readChecklists((await must(ben.get(ref))).body, home);
      assert.deepEqual(
        checklist?.items.flatMap((item) => (item.kind === "step" ? [item.mark] : [])),
        [
          { kind: "done", by: "ana", at },
          { kind: "done", by: "ben", at },
          { kind: "skipped", reason: "no need", by: "ana", at },
        ],
      );
    });

    it("lets the later of two contrary marks win, the same for everybody", async () => {
      const ref = await must(ana.create(draft(), "k1"));
      await harness.run(Promise.all([ana.edit(ref, { kind: "retitle", title: "One" }, "r1"), ben.edit(ref, { kind: "retitle", title: "Two" }, "r2")]));
      const titles = (await must(ana.timeline(ref))).flatMap((event) => (event.kind === "retitled" ? [event.to] : []));
      assert.equal((await must(ben.get(ref))).title, titles.at(-1));
    });

    it("links in both directions, once, across repositories", async () => {
      const parent = await must(ana.create(draft(), "k1"));
      const child = await must(ana.create(draft({ repository: away, title: "Fix sign-in" }), "k2"));
      for (let time = 0; time < 2; time += 1) await must(ana.link(parent, child, "child"));
      assert.deepEqual(readLinks((await must(ben.get(parent))).body, home), [{ kind: "child", other: child }]);
      assert.deepEqual(readLinks((await must(ben.get(child))).body, away), [{ kind: "parent", other: parent }]);
    });

    it("shows a linked issue at its step too, with one change, and links it even if there is no such step", async () => {
      const parent = await begun();
      const child = await must(ana.create(draft({ repository: away, title: "Fix sign-in" }), "k2"));
      const other = await must(ana.create(draft({ title: "Portal slow" }), "k3"));
      for (let time = 0; time < 2; time += 1) await must(ana.link(parent, child, "child", { run: "run1", step: "b" }));
      await must(ana.link(parent, other, "child", { run: "run1", step: "gone" }));
      await must(ana.link(parent, other, "related", { run: "gone", step: "b" }));
      const { body } = await must(ben.get(parent));
      assert.deepEqual(readLinks(body, home), [{ kind: "child", other: child }, { kind: "child", other }, { kind: "related", other }]);
      assert.deepEqual(readChecklists(body, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" ? [item.links] : []))), [[], [child], []]);
    });

    it("records on both issues that one blocks the other, once, and returns it with every other link", async () => {
      const waiting = await must(ana.create(draft(), "k1"));
      const blocker = await must(ana.create(draft({ repository: away, title: "Fix sign-in" }), "k2"));
      const other = await must(ana.create(draft({ title: "Portal slow" }), "k3"));
      for (let time = 0; time < 2; time += 1) await must(ana.link(waiting, blocker, "blockedBy"));
      await must(ana.link(waiting, other, "related"));
      await must(ana.link(waiting, other, "child"));
      assert.deepEqual(readLinks((await must(ben.get(waiting))).body, home).filter(({ kind }) => kind === "blockedBy"), [{ kind: "blockedBy", other: blocker }]);
      assert.deepEqual(readLinks((await must(ben.get(blocker))).body, away), [{ kind: "blocks", other: waiting }]);
      const reported = async (ref: IssueRef): Promise<readonly string[]> => (await must(ben.relations(ref))).issues.map((one) => `${one.kind} ${refKey(one.ref)}`).filter((one) => !one.startsWith("related")).sort();
      assert.deepEqual(await reported(waiting), [`blockedBy ${refKey(blocker)}`, `child ${refKey(other)}`]);
      assert.deepEqual(await reported(blocker), [`blocks ${refKey(waiting)}`]);
      assert.deepEqual(await reported(other), [`parent ${refKey(waiting)}`]);
    });

    it("records on both issues that one is a duplicate of the other, once, and closes the duplicate as one", async () => {
      const original = await must(ana.create(draft(), "k1"));
      const duplicate = await must(ana.create(draft({ repository: away, title: "Cannot sign in" }), "k2"));
      for (let time = 0; time < 2; time += 1) await must(ana.link(original, duplicate, "hasDuplicate"));
      await must(ana.edit(duplicate, { kind: "close", reason: "duplicate" }, "k3"));
      assert.deepEqual(readLinks((await must(ben.get(original))).body, home), [{ kind: "hasDuplicate", other: duplicate }]);
      const closed = await must(ben.get(duplicate));
      assert.deepEqual(readLinks(closed.body, away), [{ kind: "duplicateOf", other: original }]);
      assert.equal(closed.state, "closed");
      assert.deepEqual((await must(ben.relations(original))).issues.map(({ kind, ref }) => [kind, refKey(ref)]), [["hasDuplicate", refKey(duplicate)]]);
      assert.deepEqual((await must(ben.relations(duplicate))).issues.map(({ kind, ref }) => [kind, refKey(ref)]), [["duplicateOf", refKey(original)]]);
    });

    it("returns comments in order with their authors", async () => {
      const ref = await must(ana.create(draft(), "k1"));
      await must(ana.comment(ref, "One\r\n\"two\"", "k2"));
      await must(ben.comment(ref, "Three", "k3"));
      const reported = (await must(ana.timeline(ref))).flatMap((event) => (event.kind === "commented" ? [[event.by, event.markdown]] : []));
      assert.deepEqual(reported, [["ana", "One\r\n\"two\""], ["ben", "Three"]]);
    });

    it("finds issues by words, best match first, in the given repositories", async () => {
      await must(ana.create(draft({ title: "Printer jams" }), "k1"));
      await must(ana.create(draft({ title: "Certificate expired on the portal" }), "k2"));
      await must(ana.create(draft({ repository: away, title: "Certificate of the ledger" }), "k3"));
      const titles = async (scope: readonly string[]): Promise<readonly string[]> => (await must(ben.search("portal certificate", scope))).map(({ title }) => title);
      assert.equal((await titles([home, away]))[0], "Certificate expired on the portal");
      assert.deepEqual(await titles([away]), ["Certificate of the ledger"]);
    });

    it("marks no step as done after a locked gate, and keeps what a person ticked there by hand", async () => {
      const ref = await must(ana.create(draft(), "k-gated"));
      const items = [{ kind: "section", id: "g", title: "Gate: ready", gate: true } as const, step("g1"), { kind: "section", id: "s", title: "Release", gate: false } as const, step("after"), step("byHand", { mark: { kind: "done" } }), step("d", { part: "decision" }), step("yes", { part: "option", depth: 1 })];
      await must(ana.edit(ref, { kind: "startRun", run: sampleChecklist(items) }, "k-run"));
      const shut: Failure = { kind: "gateShut", ref, gate: "Gate: ready" };
      const settle = (id: string, kind: "open" | "done", second: number) => ({ kind: "markStep", run: "run1", step: id, mark: { kind, by: "ana", at: `2026-11-20T16:10:0${second}Z` } }) as const;
      const marks = async (): Promise<readonly string[]> => readChecklists((await must(ben.get(ref))).body, home).flatMap((checklist) => checklist.items.flatMap((item) => (item.kind === "step" ? [item.mark.kind] : [])));
      assert.deepEqual(await refused(ana.edit(ref, settle("after", "done", 1), "k1")), shut);
      assert.deepEqual(await refused(ana.edit(ref, { ...settle("after", "done", 1), mark: { kind: "skipped", reason: "no need", by: "ana", at: "2026-11-20T16:10:01Z" } }, "k2")), shut);
      assert.deepEqual(await refused(ana.edit(ref, { kind: "choose", run: "run1", option: "yes", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:01Z" } }, "k3")), shut);
      assert.deepEqual(await marks(), ["open", "open", "done", "open", "open"]);
      await must(ana.edit(ref, settle("byHand", "open", 1), "k4"));
      assert.deepEqual(await refused(ana.edit(ref, settle("byHand", "done", 2), "k5")), shut);

      await must(ana.edit(ref, settle("g1", "done", 3), "k6"));
      await must(ana.edit(ref, settle("after", "done", 4), "k7"));
      await must(ana.edit(ref, settle("g1", "open", 6), "k8"));
      await must(ana.edit(ref, settle("after", "done", 4), "k7"));
      // Ticked before the gate was opened again, and sent only now.
      await must(ben.edit(ref, settle("byHand", "done", 5), "k9"));
      assert.deepEqual(await refused(ben.edit(ref, settle("d", "done", 7), "k10")), shut);
      assert.deepEqual(await marks(), ["open", "done", "done", "open", "open"]);
    });

    it("returns the forms of a repository, with invalid ones separately, and who can skip them", async () => {
      assert.deepEqual(await must(ana.forms(home)), { forms: [], broken: [], links: [], blank: "everybody" });
      const folder = ".github/ISSUE_TEMPLATE";
      await harness.putFile(away, `${folder}/bug.yml`, "name: Bug report\ndescription: It fails\nbody:\n- type: input\n  attributes: { label: \"Wer? \u{1F469}\u200D\u{1F692}\" }\n");
      await harness.putFile(away, `${folder}/idea.md`, "---\nname: Idea\nabout: Something new\n---\n\nWhat?\r\n");
      await harness.putFile(away, `${folder}/broken.yml`, "name: [");
      await harness.putFile(away, `${folder}/config.yml`, "blank_issues_enabled: false\ncontact_links: [{ name: Forum, url: 'https://a.example', about: Ask }]\n");
      await harness.putFile(away, `${folder}/notes.txt`, "no form");
      const { forms, broken, links, blank } = await must(ben.forms(away));
      assert.deepEqual(forms.map(({ path, name, about, fields }) => [path, name, about, fields.map(({ label }) => label)]), [
        [`${folder}/bug.yml`, "Bug report", "It fails", ["Wer? \u{1F469}\u200D\u{1F692}"]],
        [`${folder}/idea.md`, "Idea", "Something new", [""]],
      ]);
      const [text] = forms[1]?.fields ?? [];
      assert.equal(text?.kind === "textarea" && text.value, "What?\r\n");
      assert.deepEqual(broken.map(({ path, reason, line }) => [path, reason, line]), [[`${folder}/broken.yml`, "badYaml", 0]]);
      assert.deepEqual(links, [{ name: "Forum", about: "Ask", url: "https://a.example" }]);
      assert.equal(blank, "maintainers");
    });

    it("returns failures for invalid requests", async () => {
      const ref = await begun();
      const nowhere = { repository: home, number: 4040 };
      assert.deepEqual(await refused(ana.get(nowhere)), { kind: "gone", ref: nowhere });
      assert.deepEqual(await refused(ana.edit(nowhere, { kind: "close" }, "k3")), { kind: "gone", ref: nowhere });
      assert.deepEqual(await refused(ana.comment(nowhere, "x", "k4")), { kind: "gone", ref: nowhere });
      assert.deepEqual(await refused(ana.link(ref, nowhere, "child")), { kind: "gone", ref: nowhere });
      assert.deepEqual(await refused(ana.link(ref, ref, "related")), { kind: "selfLink", ref });
      assert.deepEqual(await refused(ana.edit(ref, { kind: "markStep", run: "run1", step: "x", mark: { kind: "done" } }, "k5")), { kind: "stepGone", ref, step: "x" });
      assert.deepEqual(await refused(ana.edit(ref, { kind: "markStep", run: "x", step: "a", mark: { kind: "done" } }, "k6")), { kind: "runGone", ref, run: "x" });
      assert.deepEqual(readLinks((await must(ana.get(ref))).body, home), []);
    });
  });
}
