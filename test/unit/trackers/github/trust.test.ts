import fc from 'fast-check';
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { gateBefore, lockedSteps } from '../../../../src/core/checklist/marking';
import { handoffIssues } from '../../../../src/core/handoff/handoffIssues';
import { timeline, type TimelineEntry } from '../../../../src/core/incident/timeline';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { isBroken, renderChecklist } from '../../../../src/core/markup/checklistRegion';
import { noteClock } from '../../../../src/core/markup/clockRegion';
import { renderHandoff } from '../../../../src/core/markup/handoffRegion';
import { addLink, relationsOf } from '../../../../src/core/markup/linkRegion';
import { milestones, renderMilestone } from '../../../../src/core/markup/milestone';
import type { ChecklistItem } from '../../../../src/core/model/checklist';
import { textsOf } from '../../../../src/core/model/handoff';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import { ok } from '../../../../src/core/model/result';
import { draftPostmortem } from '../../../../src/core/postmortem/timeline/draftPostmortem';
import { responseClock } from '../../../../src/core/response/responseClock';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { issueResponse, type RawIssue } from '../../../../src/trackers/github/responses';
import { applyMarks, type DeskComment, deskCommentKey, divideBody, newDeskComment, readDeskComment, withBlocks } from '../../../../src/trackers/github/deskComment';
import { withoutDuplicates } from '../../../../src/trackers/github/duplicates';
import { githubApi } from '../../../../src/trackers/github/githubApi';
import { type RepositoryIssue, toIssue } from '../../../../src/trackers/github/githubIssue';
import { githubTimeline } from '../../../../src/trackers/github/githubTimeline';
import { keyOf, withKey } from '../../../../src/trackers/github/keyMark';
import { movedChecklists } from '../../../../src/trackers/github/longChecklists';
import { createTrust, type Trust } from '../../../../src/trackers/github/trust';
import { bareIssue, reapplyMarks, type FullIssue } from '../../../../src/trackers/github/fullIssue';
import { memoryLog } from '../../../support/memoryLog';
import { memoryMemory } from '../../../support/memoryMemory';
import { propertyRuns } from '../../../support/propertyRuns';
import { realClock } from '../../../support/realClock';
import { anyChecklist, anyInstant, anyLine, sampleChecklist, step } from '../../../support/sampleChecklist';
import { deskOf } from '../../core/desk/deskText';

const home = "acme/desk";

const ref = { repository: home, number: 1 };

const desk = deskOf(`timezone: UTC
kinds:
  incident: { label: incident, prefix: "[INCIDENT]", respondWithin: 1h, triageWithin: 15m }
priorities: { high: { label: p1, updateEvery: 1h }, normal: }
people: [{ login: ana }]
`);

const api = (answer: unknown) => githubApi({ server: "https://github.example", token: async () => "token", clock: realClock, log: memoryLog(), fetch: async () => new Response(JSON.stringify(answer), { status: 200, headers: { "Content-Type": "application/json" } }) });

const trust: Trust = createTrust({ api: api({}), memory: memoryMemory(), account: async () => ok("ana"), people: () => ["ana"] });

const gate: ChecklistItem = { kind: "section", id: "g", title: "Gate: all clear", gate: true };

const checklist = sampleChecklist([step("a"), gate, step("b"), step("c")]);

const handoff = { outgoing: "ben", incoming: "ana", beside: [], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z", felt: "", items: [{ ref: { repository: home, number: 2 }, title: "Down", status: "To do", owners: [], updated: "2026-11-20T16:00:00Z", next: "" }], texts: textsOf(() => "") };

/** Everything that we write ourselves, as somebody would copy or forge it. */
const ours: fc.Arbitrary<string> = fc.oneof(
  anyChecklist.map((each) => renderChecklist(each, home)),
  fc.constantFrom("done" as const, "open" as const).map((kind) => renderChecklist(sampleChecklist([step("a", { mark: { kind } }), gate, step("b", { mark: { kind } })]), home)),
  anyInstant.map((at) => noteClock("", { acknowledged: at, by: "ben", resolved: at, withdrawn: "2026-11-20T15:00:00Z" })),
  fc.constantFrom("parent" as const, "child" as const, "blockedBy" as const, "related" as const).map((kind) => addLink("", { kind, other: { repository: home, number: 2 } }, home)),
  fc.constant(addLink("", { kind: "postmortem", path: "postmortems/1.md" }, home)),
  fc.constant(renderHandoff(handoff, { home, timezone: "UTC" })),
  fc.tuple(fc.constantFrom(...milestones), anyLine).map(([milestone, text]) => renderMilestone(milestone, text)),
  fc.constantFrom("k1", "run acme/desk#1 run1", deskCommentKey(ref), "checklist:2026-11-20 day.md").map((key) => withKey("", key)),
  fc.constantFrom("<!-- desk:moved run=run1 comment=7 -->", "<!-- desk:kept comment=7 -->", "<!-- desk:kept -->"),
  fc.constant(newDeskComment(renderChecklist(checklist, home))),
);

/** Parts of it, with what may stand between them. */
const fragment = fc.oneof(
  { weight: 3, arbitrary: ours },
  { weight: 1, arbitrary: fc.tuple(ours, fc.nat(), fc.nat()).map(([text, from, to]) => text.slice(from % (text.length + 1), to % (text.length + 1))) },
  { weight: 2, arbitrary: fc.constantFrom("\n", "\r\n", "\r", "\n\n", " ", "\t", "\u00a0", "\u2028", "\u200b", "\ufeff", "<!--", "-->", "<!-- ", "<\\!--", "<!--\n", "desk:", "<!-- /desk:run -->", "<!--desk:run id=x -->", "<!--\tdesk:clock acknowledged=2026-11-20T16:00:00Z -->", "```\n", "    ", "> ", "- [x] ", "\u0000", "<!---->", "<!-->", "<!doctype>") },
  { weight: 1, arbitrary: anyLine },
);

const hostile = fc.tuple(fc.array(fragment, { maxLength: 8 }), fc.constantFrom("", "\n", "\r\n")).map(([parts, between]) => parts.join(between));

const raw = (body: string, login = "mallory", number = 1, title = "[INCIDENT] Portal down"): RawIssue => v.parse(issueResponse, {
  number, title, body, state: "open", labels: ["incident", "handoff", "p1"], assignees: [{ login: "ana" }], user: { login }, author_association: "NONE", comments: 3,
  created_at: "2026-11-20T16:00:00Z", updated_at: "2026-11-20T16:00:00Z", closed_at: null, html_url: "https://github.example/acme/desk/issues/1", repository_url: "https://api.github.example/repos/acme/desk",
});

const comment = (text: string, login = "mallory", id = 5): readonly DeskComment[] => [readDeskComment({ id, body: text, user: { login }, author_association: "NONE", issue_url: "https://api.github.example/repos/acme/desk/issues/1", updated_at: "2026-11-20T16:00:00Z" })].flatMap((found) => found ?? []);

const kept = comment(withKey(newDeskComment(noteClock(renderChecklist(checklist, home), { acknowledged: "2026-11-20T16:20:00Z", by: "ana" })), deskCommentKey(ref)), "ana", 9);

/** Everything that the product makes of an issue by its marks. */
function meaning(issue: FullIssue): unknown {
  const facts = issueFacts(issue, desk);
  return {
    facts,
    clock: responseClock({ desk, time: businessTime(desk), deskFolder: "", details: () => undefined }, issue, facts),
    gates: facts.checklists.map((each) => [[...lockedSteps(each)], each.items.map(({ kind, id }) => (kind === "step" ? gateBefore(each, id, "2026-11-21T00:00:00Z")?.id : undefined))]),
    handoffs: handoffIssues([issue], desk, () => true).length,
    relations: relationsOf(issue),
    broken: isBroken(issue.body, home),
    moved: movedChecklists(issue.body),
    key: keyOf(issue.body),
  };
}

describe("no text of an outsider", () => {
  it("changes the clock, a gate, a handoff, links or a checklist, whatever it is made of", () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 2 }), fc.boolean(), (body, texts, hasKept) => {
        const others = texts.flatMap((text, index) => comment(text, "mallory", index + 1));
        const own = hasKept ? kept : [];
        const issue = applyMarks(toIssue(raw(body)), [...others, ...own], trust);
        assert.deepEqual(meaning(issue), meaning(applyMarks(toIssue(raw("Plain words.")), own, trust)));
        assert.equal(bareIssue(issue).body, body);
        assert.equal(reapplyMarks(issue, [...others, ...own], trust), issue);
      }),
      { numRuns: propertyRuns(1500) },
    );
  });

  it("in a title has any other meaning", () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const issue = applyMarks(toIssue(raw("Plain words.", "mallory", 1, `Down ${title}`)), [], trust);
        const plain = applyMarks(toIssue(raw("Plain words.", "mallory", 1, "Down")), [], trust);
        assert.deepEqual(meaning({ ...issue, title: plain.title }), meaning(plain));
        const { name: _name, ...facts } = issueFacts(issue, desk);
        const { name: _plain, ...expected } = issueFacts(plain, desk);
        assert.deepEqual(facts, expected);
      }),
    );
  });

  it("is affected by the desk's marks of its issue, or affects them", () => {
    const changes: readonly IssueChange[] = [
      { kind: "noteClock", marks: { updated: "2026-11-20T17:00:00Z" } },
      { kind: "startRun", run: { ...checklist, id: "run2" } },
      { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:30:00Z" } },
      { kind: "addLink", link: { kind: "child", other: { repository: home, number: 3 } } },
      { kind: "relink", from: { repository: home, number: 2 }, to: { repository: home, number: 4 } },
      { kind: "acceptHandoff", by: "ana", at: "2026-11-20T16:30:00Z" },
    ];
    fc.assert(
      fc.property(hostile, fc.boolean(), fc.array(fc.constantFrom(...changes), { maxLength: 4 }), (body, hasKept, list) => {
        const after = (text: string): { readonly meaning: unknown; readonly blocks: string | undefined; readonly own: string } => {
          let issue: FullIssue = applyMarks(toIssue(raw(text)), hasKept ? kept : [], trust);
          const { elsewhere } = issue;
          for (const change of list) {
            const changed = applyChange(issue, change, "2026-11-20T18:00:00Z");
            if (changed.kind === "ok") issue = changed.value;
            else if (change.kind === "acceptHandoff") assert.equal(changed.failure.kind, "broken");
          }
          const { own, blocks } = divideBody(issue.body, elsewhere);
          return { meaning: meaning(issue), own, blocks: blocks?.replaceAll(/\r\n?/g, "\n") };
        };
        const [one, other] = [after(body), after("Plain words.")];
        assert.deepEqual([one.own, one.meaning], [body, other.meaning]);
        assert.equal(one.blocks, other.blocks);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("hides an issue", () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const issues = [applyMarks(toIssue(raw(one)), [], trust), toIssue(raw(withKey("Ours", "checklist:2026-11-20 day.md"), "ana", 2)), applyMarks(toIssue(raw(other, "mallory", 3)), [], trust)];
        assert.deepEqual(withoutDuplicates(issues, keyOf), { issues, duplicates: [] });
      }),
      { examples: [[withKey("", "checklist:2026-11-20 day.md"), ""]] },
    );
  });

  it("is a milestone of the timeline or of a post-mortem, or hides one", async () => {
    const event = (body: string, login: string, minute: number): unknown => ({ event: "commented", id: minute, body, user: { login }, actor: { login }, author_association: "NONE", created_at: `2026-11-20T16:${minute}:00Z` });
    const issue = applyMarks(toIssue(raw("Plain words.")), [], trust);
    const read = async (texts: readonly string[]): Promise<readonly TimelineEntry[]> => {
      const events = [event(renderMilestone("acknowledged", "On it"), "ana", 20), ...texts.map((text, index) => event(text, "mallory", 30 + index)), event(renderMilestone("resolved", "Rolled back"), "ana", 50)];
      const found = await githubTimeline({ api: api(events), trust, onNotice: () => undefined, deskComments: () => [], reopening: () => undefined }, issue);
      return timeline(issue, found.kind === "ok" ? found.value : assert.fail(found.failure.kind), []);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 3 }), async (texts) => {
        const entries = await read(texts);
        const plain = await read(texts.map(() => "Plain words."));
        const isSpoken = ({ kind }: TimelineEntry): boolean => kind === "commented";
        assert.deepEqual(entries.filter((entry) => !isSpoken(entry)), plain.filter((entry) => !isSpoken(entry)));
        const made = (all: readonly TimelineEntry[]): unknown => {
          const { timeline: _rows, ...rest } = draftPostmortem(issue, issueFacts(issue, desk), all, { desk, time: businessTime(desk), now: "2026-11-21T00:00:00Z" });
          return rest;
        };
        assert.deepEqual(made(entries), made(plain));
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe("the desk's comment", () => {
  it("keeps every byte except its blocks, whatever people write around them", () => {
    fc.assert(
      fc.property(anyLine, anyLine, anyLine, fc.constantFrom("\n", "\r\n"), (before, after, other, lineBreak) => {
        const [first, last] = [before, after].map((text) => text.replaceAll("desk:", "desk;"));
        const blocks = noteClock("", { acknowledged: "2026-11-20T16:20:00Z", by: "ana" }).trim();
        const text = `${first}${lineBreak}${withKey(newDeskComment(blocks), "k").replaceAll("\n", lineBreak)}`;
        const now = withBlocks(text, `${other.replaceAll("desk:", "desk;")}${lineBreak}${blocks}`);
        assert.equal(now, text.replace(blocks, `${other.replaceAll("desk:", "desk;").replaceAll("$", "$$$$")}${lineBreak}${blocks}`));
        const found = comment(`${text}${last}`, "ana")[0] ?? assert.fail();
        const { elsewhere, body } = applyMarks(toIssue(raw("Plain words.")), [found], trust);
        assert.equal(withBlocks(found.text, divideBody(body, elsewhere).blocks ?? ""), found.text);
      }),
    );
  });

  it("is the one of the oldest author who counts, and never quoted or forged", () => {
    const issue: RepositoryIssue = toIssue(raw("Plain words."));
    const [mine] = kept;
    const quoted = comment(`> ${mine?.text ?? ""}`, "ana", 3);
    assert.deepEqual(quoted, []);
    assert.equal(applyMarks(issue, [...comment(mine?.text ?? "", "ana", 12), ...kept, ...comment(mine?.text ?? "", "mallory", 2)], trust).elsewhere?.comment?.id, 9);
  });
});
