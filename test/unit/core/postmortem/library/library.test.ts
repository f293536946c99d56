import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addLink } from '../../../../../src/core/markup/linkRegion';
import type { Issue } from '../../../../../src/core/model/issue';
import { type IssueRef, sameRef } from '../../../../../src/core/model/issueRef';
import {
  groupPostmortems,
  isOpenAction,
  type LibraryIssues,
  openActions,
  overdueActions,
  type PostmortemSummary,
  previousActions,
  searchLibrary,
  summarizePostmortem,
  withIssues,
} from '../../../../../src/core/postmortem/library/library';
import { noTexts, type Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { similarPostmortems } from '../../../../../src/core/postmortem/library/similarPostmortems';
import { propertyRuns } from '../../../../support/propertyRuns';
import { sampleIssue } from '../../../../support/sampleIssue';
import { action, anyAction, anyPostmortem, emptyPostmortem, entry } from '../samples';

const zone = "America/Los_Angeles";

let count = 0;

function summary(title: string, more: Partial<Postmortem> = {}, path = `postmortems/${(count += 1)}.md`): PostmortemSummary {
  return summarizePostmortem(path, { ...emptyPostmortem, title, ...more }, zone);
}

const on = (date: string): Pick<Postmortem, "instants"> => ({ instants: { started: `${date}T20:00:00Z` } });

const ref = (number: number): IssueRef => ({ repository: "acme/desk", number });

const issuesOf = (find: LibraryIssues["find"], lost: LibraryIssues["lost"] = () => undefined): LibraryIssues => ({ find, servicesOf: () => ["Portal"], lost });

const titles = (all: readonly PostmortemSummary[]): readonly string[] => all.map(({ title }) => title);

describe("the library of post-mortems", () => {
  describe("summarizes a post-mortem", () => {
    it("with the local date of the incident", () => {
      const { date } = summary("Down", { instants: { started: "2026-11-21T02:00:00Z", resolved: "2026-11-22T12:00:00Z" } });
      assert.equal(date, "2026-11-20");
      assert.equal(summary("Down", { timeline: [entry("t1", "2026-11-21T02:00:00Z", "It broke")] }).date, "2026-11-20");
    });

    it("with the date and title of its file name if it has none", () => {
      const { date, title } = summary("", {}, "postmortems/2024-02-03-12-portal.md");
      assert.deepEqual([date, title], ["2024-02-03", "2024-02-03-12-portal"]);
      assert.equal(summary("", {}, "postmortems/portal.md").date, undefined);
      assert.equal(summary("", {}, "postmortems/2024-02-30-12-portal.md").date, undefined, "There is no such date to show.");
    });

    it("with its first paragraph, and the first line of each action item", () => {
      const { summary: text, actions } = summary("Down", { texts: { ...noTexts, summary: "Nobody could\nsign in.\n\nFor an hour." }, actions: [action("a1", "Add an alert\nwith a long reason", { owner: "@ana" })] });
      assert.equal(text, "Nobody could sign in.");
      assert.deepEqual(actions.map(({ action: words, owner }) => [words, owner]), [["Add an alert", "ana"]]);
    });
  });

  describe("groups post-mortems", () => {
    const portal = summary("Portal", { services: ["Portal", "portal"], factors: ["deployment"], ...on("2026-03-01") });
    const both = summary("Both", { services: ["Ledger", "PORTAL"], status: "Reviewed", ...on("2026-04-01") });
    const none = summary("None");
    const shown = (by: "service" | "factor" | "status") => groupPostmortems([portal, both, none], by).map(({ name, postmortems }) => [name, ...titles(postmortems)]);

    it("by service, ignoring case, with those without one last", () => {
      assert.deepEqual(shown("service"), [["Ledger", "Both"], ["Portal", "Both", "Portal"], [undefined, "None"]]);
    });

    it("by factor, and by status in the order of a review", () => {
      assert.deepEqual(shown("factor"), [["deployment", "Portal"], [undefined, "Both", "None"]]);
      assert.deepEqual(shown("status"), [["Draft", "Portal", "None"], ["Reviewed", "Both"]]);
    });

    it("so that every post-mortem is in a group, whatever it contains", () => {
      fc.assert(
        fc.property(fc.array(anyPostmortem, { maxLength: 8 }), fc.array(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }), { minLength: 8, maxLength: 8 }), (all, names) => {
          const library = all.map((one, index) => summarizePostmortem(`${index}.md`, { ...one, services: names[index] ?? [], factors: names[7 - index] ?? [] }, zone));
          for (const by of ["service", "factor", "status"] as const) {
            const grouped = groupPostmortems(library, by);
            assert.deepEqual(new Set(grouped.flatMap(({ postmortems }) => postmortems.map(({ path }) => path))), new Set(library.map(({ path }) => path)));
            for (const { postmortems } of grouped) assert.equal(new Set(postmortems).size, postmortems.length);
          }
        }),
        { numRuns: propertyRuns(200) },
      );
    });
  });

  describe("finds action items", () => {
    const one = summary("One", {
      actions: [
        action("a1", "Late", { due: "2026-11-19", state: "accepted" }),
        action("a2", "Today", { due: "2026-11-20", state: "accepted" }),
        action("a3", "Proposed late", { due: "2026-11-01" }),
        action("a4", "Done late", { due: "2026-11-01", state: "done" }),
        action("a5", "Dropped", { due: "2026-11-01", state: "not planned" }),
        action("a6", "Declined", { due: "2026-11-01", state: "declined" }),
        action("a7", "Whenever"),
      ],
    });
    const words = (all: ReturnType<typeof openActions>): readonly string[] => all.map((each) => each.action.action);

    it("that are open, the earliest due first", () => {
      assert.deepEqual(words(openActions([one])), ["Proposed late", "Late", "Today", "Whenever"]);
    });

    it("that were due before today", () => {
      assert.deepEqual(words(overdueActions([one], "2026-11-20")), ["Proposed late", "Late"]);
    });

    it("so that what is overdue is open, and due before today", () => {
      fc.assert(
        fc.property(fc.array(anyAction, { maxLength: 8 }), fc.date({ min: new Date("1980-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }), (actions, date) => {
          const today = date.toISOString().slice(0, 10);
          const library = [summary("Any", { actions })];
          const overdue = overdueActions(library, today);
          assert.ok(overdue.every(({ action: each }) => isOpenAction(each) && (each.due ?? "9") < today));
          assert.equal(overdue.length, actions.filter((each) => isOpenAction(each) && each.due !== undefined && each.due < today).length);
        }),
        { numRuns: propertyRuns(200) },
      );
    });

    it("with the current state of their issues", () => {
      const issues: readonly Issue[] = [
        sampleIssue({ ref: ref(1), state: "closed", closeReason: "completed", closedAt: "2026-11-20T03:00:00Z" }),
        sampleIssue({ ref: ref(2), state: "closed", closeReason: "notPlanned", closedAt: "2026-11-20T03:00:00Z" }),
        sampleIssue({ ref: ref(3), state: "closed", closeReason: "duplicate", body: addLink("", { kind: "duplicateOf", other: ref(1) }, "acme/desk") }),
        sampleIssue({ ref: ref(4) }),
        sampleIssue({ ref: ref(12), labels: ["service: Portal"] }),
      ];
      const find = (wanted: IssueRef): Issue | undefined => issues.find((issue) => sameRef(issue.ref, wanted));
      const before = summary("One", { issue: ref(12), actions: [1, 2, 3, 4, 5].map((number) => action(`a${number}`, `Action ${number}`, { issue: ref(number), state: number === 4 ? "done" : "accepted" })) });
      const after = withIssues(before, issuesOf(find), zone);
      assert.deepEqual(after.actions.map(({ state, closed }) => [state, closed]), [["done", "2026-11-19"], ["not planned", undefined], ["done", "2026-11-19"], ["accepted", undefined], ["accepted", undefined]]);
      assert.deepEqual(after.services, ["Portal"]);
      assert.equal(withIssues(before, issuesOf(() => undefined), zone), before);
      assert.deepEqual(withIssues(summary("Two", { issue: ref(12), services: ["Ledger"] }), issuesOf(find), zone).services, ["Ledger"]);
    });
  });

  it("names those who are assigned to the issue of an action item as its owners if nobody else is named", () => {
    const one = summary("One", { actions: [action("a1", "A", { issue: ref(1) }), action("a2", "B", { issue: ref(1), owner: "cho" })] });
    const owners = withIssues(one, issuesOf(() => sampleIssue({ ref: ref(1), assignees: ["ana", "ben"] })), zone).actions.map(({ owner }) => owner);
    assert.deepEqual(owners, ["ana, ben", "cho"]);
  });

  describe("keeps the reference of an issue", () => {
    const one = summary("One", { actions: [action("a1", "Action", { issue: ref(1), state: "accepted" })] });

    it("that was deleted, and says so", () => {
      assert.deepEqual(withIssues(one, issuesOf(() => undefined, () => ({ kind: "gone" })), zone).actions, [{ ...one.actions[0], lost: { kind: "gone" } }]);
    });

    it("that was transferred, with the state of the issue at its new place", () => {
      const to = { repository: "acme/engine", number: 3 };
      const moved = sampleIssue({ ref: to, state: "closed", closedAt: "2026-11-20T20:00:00Z" });
      const [after] = withIssues(one, issuesOf((wanted) => (sameRef(wanted, to) ? moved : undefined), () => ({ kind: "transferred", to })), zone).actions;
      assert.deepEqual(after, { ...one.actions[0], state: "done", closed: "2026-11-20", lost: { kind: "transferred", to } });
    });
  });

  describe("returns the previous action items", () => {
    const actions = [action("a1", "Done", { state: "done" }), action("a2", "Open", { state: "accepted" }), action("a3", "Dropped", { state: "not planned" }), action("a4", "Declined", { state: "declined" })];
    const reviewed = summary("Reviewed", { status: "Reviewed", services: ["Portal"], ...on("2026-03-01"), actions });
    const older = summary("Older", { status: "Closed", services: ["Portal"], ...on("2026-02-01") });
    const draft = summary("Draft", { services: ["Portal"], ...on("2026-03-10") });
    const other = summary("Other", { status: "Reviewed", services: ["Ledger"], ...on("2026-03-15") });
    const later = summary("Later", { status: "Reviewed", services: ["Portal"], ...on("2026-05-01") });
    const now = summary("Now", { services: ["portal", "Mail"], ...on("2026-04-01") });
    const library = [older, reviewed, draft, other, later, now];

    it("of the last reviewed post-mortem of the same service, before this one", () => {
      assert.equal(previousActions(library, now)?.postmortem.title, "Reviewed");
      assert.equal(previousActions(library, later)?.postmortem.title, "Reviewed");
      assert.equal(previousActions(library, older), undefined);
      assert.equal(previousActions(library, { ...now, services: [] }), undefined);
    });

    it("and counts neither declined nor not planned ones as done", () => {
      const found = previousActions(library, now);
      assert.deepEqual([found?.inTime, found?.late, found?.open, found?.notDone].map((each) => each?.map(({ action: words }) => words)), [["Done"], [], ["Open"], ["Dropped", "Declined"]]);
    });

    it("and compares the day on which an issue was closed with the due date", () => {
      const closedOn = (number: number, closedAt: string) => sampleIssue({ ref: ref(number), state: "closed", closedAt });
      const due = [1, 2].map((number) => action(`a${number}`, `Action ${number}`, { issue: ref(number), state: "accepted", due: "2026-03-10" }));
      const one = summary("One", { status: "Reviewed", services: ["Portal"], ...on("2026-03-01"), actions: due });
      // The first is still March 10 in the desk's time zone.
      const issues = [closedOn(1, "2026-03-11T06:00:00Z"), closedOn(2, "2026-03-11T08:00:00Z")];
      const found = previousActions([withIssues(one, issuesOf((wanted) => issues.find((issue) => sameRef(issue.ref, wanted))), zone)], now);
      assert.deepEqual([found?.inTime.map(({ id }) => id), found?.late.map(({ id }) => id)], [["a1"], ["a2"]]);
    });
  });

  describe("searches", () => {
    const library = [
      summary("Portal down after deployment", { services: ["Portal"], texts: { ...noTexts, summary: "An expired certificate" }, ...on("2026-01-01") }),
      summary("Ledger slow", { services: ["Portal", "Ledger"], factors: ["capacity"], ...on("2026-02-01") }),
      summary("Mail queue full", { timeline: [entry("t1", "2026-02-03T00:00:00Z", "The portal stopped")], ...on("2026-03-01") }),
    ];

    it("titles first, then services and factors, then anywhere", () => {
      assert.deepEqual(titles(searchLibrary(library, "porta")), ["Portal down after deployment", "Ledger slow", "Mail queue full"]);
    });

    it("for all words", () => {
      assert.deepEqual(titles(searchLibrary(library, "ledger capac")), ["Ledger slow"]);
      assert.deepEqual(titles(searchLibrary(library, "certificate portal")), ["Portal down after deployment"]);
      assert.deepEqual(searchLibrary(library, "nowhere"), []);
    });

    it("and lists everything without words, the latest first", () => {
      assert.deepEqual(titles(searchLibrary(library, " ")), ["Mail queue full", "Ledger slow", "Portal down after deployment"]);
    });
  });
});

describe("similar post-mortems", () => {
  const certificate = summary("Certificate of the portal expired", { services: ["Portal"], factors: ["expiry"], texts: { ...noTexts, summary: "Nobody renewed the certificate." } });
  const deployment = summary("Failed deployment of the ledger", { services: ["Ledger"], factors: ["deployment"], texts: { ...noTexts, summary: "A migration locked a table." } });
  const capacity = summary("Ledger out of disk space", { services: ["Ledger"], factors: ["capacity"], texts: { ...noTexts, summary: "The disk of the database filled up." } });
  const library = [certificate, deployment, capacity];

  it("have words in common, and say which", () => {
    const [first, ...others] = similarPostmortems({ text: "The disk of the mail server filled up" }, library);
    assert.deepEqual([first?.postmortem, others.length], [capacity, 0]);
    assert.deepEqual([...(first?.words ?? [])].sort(), ["disk", "filled"]);
  });

  it("have a factor in common", () => {
    const [first] = similarPostmortems({ text: "Nothing alike", factors: ["Expiry"] }, library);
    assert.deepEqual([first?.postmortem, first?.factors, first?.words], [certificate, ["Expiry"], []]);
  });

  it("come in the order of what they have in common", () => {
    const found = similarPostmortems({ text: "Deploy of ledger failed, a table was locked", services: ["Ledger"] }, library);
    assert.deepEqual(titles(found.map(({ postmortem }) => postmortem)), ["Failed deployment of the ledger", "Ledger out of disk space"]);
    assert.deepEqual(found.map(({ services }) => services), [["Ledger"], ["Ledger"]]);
  });

  it("do not include the post-mortem itself, nor those that share nothing but a service or a common word", () => {
    assert.deepEqual(similarPostmortems({ text: "After the incident", services: ["Portal"] }, library), []);
    assert.deepEqual(similarPostmortems({ text: certificate.title, except: certificate.path }, library), []);
  });

  it("are found in scripts without spaces", () => {
    const chinese = summary("数据库磁盘已满");
    assert.deepEqual(similarPostmortems({ text: "磁盘已满导致服务中断" }, [...library, chinese]).map(({ postmortem }) => postmortem), [chinese]);
  });

  it("are at most as many as requested, each once, whatever was written", () => {
    fc.assert(
      fc.property(fc.array(anyPostmortem, { maxLength: 6 }), fc.string({ unit: "grapheme", maxLength: 40 }), (all, text) => {
        const any = all.map((one, index) => summarizePostmortem(`${index}.md`, one, zone));
        const found = similarPostmortems({ text: `${text} ${any[0]?.title ?? ""}`, services: [text], except: "1.md" }, any, 3);
        assert.ok(found.length <= 3 && new Set(found.map(({ postmortem }) => postmortem.path)).size === found.length);
        assert.ok(found.every(({ postmortem }) => postmortem.path !== "1.md"));
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
