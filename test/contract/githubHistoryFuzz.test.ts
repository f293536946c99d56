import assert from "node:assert/strict";
import fc from "fast-check";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, type FaultKind, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { tokenOf } from "../support/githubPerson";
import { historyReader, type HistoryRead } from "../support/historyReading";
import { propertyRuns } from "../support/propertyRuns";

const [live, engine, board] = ["acme/live", "acme/engine", "PVT_support"];

const faults = {
  serverError: { kind: "status", status: 500, body: { message: "Server Error" } },
  badGateway: { kind: "status", status: 502 },
  signedOut: { kind: "status", status: 401, body: { message: "Bad credentials" } },
  notFound: { kind: "status", status: 404, body: { message: "Not Found" } },
  limited: { kind: "status", status: 403, body: { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." } },
  signOn: { kind: "status", status: 200, page: { type: "text/html", text: "<html>Sign in</html>" } },
  partial: { kind: "status", status: 200, body: { data: { repository: null } } },
  timeout: { kind: "status", status: 200, body: { data: null, errors: [{ message: "Something went wrong while executing your query." }] } },
  dropped: { kind: "dropBefore" },
  cut: { kind: "cut" },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** What a fault is about: paths that contain one of these. */
const targets = ["/graphql", "/issues?", "/issues/events", "/issues/comments", "/repos", "/"];

const kinds = ["open", "acknowledge", "editComment", "deleteComment", "label", "unlabel", "close", "reopen", "assign", "move", "takeOff", "delete", "transferOut", "transferIn", "labelOften"] as const;

/** A change on the server. `which` selects an issue, the oldest ones more often. Two changes can be in the same second. */
const change = fc.record({ kind: fc.constantFrom(...kinds), which: fc.double({ min: 0, max: 0.999, noNaN: true }), after: fc.constantFrom(300, 1000, 61_000) });

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const minute = 60_000;
const day = 24 * 60 * minute;

/** A reading with changes while it goes on, after so many responses. `heals`: after it, the server answers everything again. */
const reading = fc.record({ kind: fc.constant("read" as const), during: fc.array(fc.tuple(fc.nat(6), change), { maxLength: 2 }), cancelAfter: fc.option(fc.nat(5), { freq: 8, nil: undefined }), heals: fc.boolean() });

type Reading = typeof reading extends fc.Arbitrary<infer T> ? T : never;

const steps = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("change" as const), change }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fault" as const), target: fc.constantFrom(...targets), fault: fc.constantFrom(...Object.values(faults)), skip: fc.constantFrom(0, 0, 1, 2, 3), times: fc.constantFrom(1, 2, 1000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("answers" as const), state: fc.constantFrom({ queries: "movesOnly" }, { queries: "movesOrRefusal" }, { boards: false }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), time: fc.constantFrom(5 * minute, 60 * minute, day, 2 * day) }) },
  { weight: 5, arbitrary: reading },
), { minLength: 5, maxLength: 30 });

/** A repository with two pages of issues, in which changes are made. */
function changingRepository(github: FakeGithub) {
  for (const name of [live, engine]) github.addRepository(name, { writers: ["ana", "ben"] });
  github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
  const [repository, other] = [github.repository(live), github.repository(engine)];
  let [now, count] = [Date.parse("2026-11-01T00:00:00Z"), 0];

  const wait = (time: number): void => {
    now += time;
    const at = now;
    github.setNow(() => at);
  };
  const name = (): string => `name ${(count += 1)}`;
  const numbers = (): readonly number[] => repository.issues().map(({ number }) => number);

  function apply({ kind, which, after }: Change): void {
    wait(after);
    const all = numbers();
    const number = all[Math.floor(which * which * all.length)] ?? 0;
    const { labels, comments: [comment], state } = repository.issue(number);
    const [foreign] = other.issues();
    switch (kind) {
      case "open": repository.open({ title: name(), labels: ["incident"] }, "ben"); break;
      case "acknowledge": repository.comment(number, renderMilestone("acknowledged", name()), "ben"); break;
      case "editComment": if (comment !== undefined) repository.editComment(number, comment.id, which < 0.5 ? "No mark" : renderMilestone("resolved", name())); break;
      case "deleteComment": if (comment !== undefined) repository.deleteComment(number, comment.id); break;
      case "label": repository.label(number, name(), "ben"); break;
      case "unlabel": if (labels[0] !== undefined) repository.unlabel(number, labels[0], "ben"); break;
      case "close": if (state === "open") repository.close(number, "ben"); break;
      case "reopen": if (state === "closed") repository.reopen(number, "ben"); break;
      case "assign": repository.assign(number, "ana", "ben"); break;
      // A move of a closed issue that nothing else changes is not seen.
      case "move": if (state === "open") repository.move(number, board, which < 0.3 ? "Done" : "In progress", "ben"); break;
      case "takeOff": if (state === "open") repository.takeOff(number, board, "ben"); break;
      case "delete": repository.delete(number); break;
      case "transferOut": repository.transfer(number, engine); break;
      case "transferIn": if (foreign !== undefined) other.transfer(foreign.number, live); break;
      case "labelOften": for (let event = 0; event < 110; event += 1) { wait(1000); repository.label(number, name(), "ben"); } break;
    }
  }

  wait(0);
  for (let number = 1; number <= 3; number += 1) other.open({ title: name(), labels: ["incident"] }, "ben");
  for (let number = 1; number <= 130; number += 1) {
    wait(minute);
    repository.open({ title: name(), labels: ["incident"] }, "ben");
    if (number % 3 !== 0) repository.comment(number, renderMilestone("acknowledged", name()), "ben");
    if (number % 5 === 0) repository.move(number, board, "In progress", "ben");
    if (number % 4 !== 0) repository.close(number, "ben");
  }
  return { apply, wait, numbers, now: () => new Date(now).toISOString() };
}

describe("histories that are read while issues change and requests fail", function () {
  this.timeout(600_000);

  const summary = ({ records }: HistoryRead): readonly (readonly [number, ...unknown[]])[] =>
    records.map(({ issue: { ref, state, labels, assignees }, events, moves = [] }) =>
      [ref.number, state, labels, assignees, events.map((event) => JSON.stringify(event)).toSorted(), moves.map(({ stage, at }) => `${stage} ${at}`).toSorted()] as const).toSorted(([a], [b]) => a - b);

  it("count nothing twice, lose nothing that is there, and are in the end the same as if they were read for the first time", async () => {
    await fc.assert(fc.asyncProperty(fc.boolean(), steps, async (isRead, all) => {
      const github = await startFakeGithub();
      const heal = (): void => {
        github.clearFaults();
        Object.assign(github.state, { queries: "all", boards: true });
      };
      try {
        const { apply, wait, numbers, now } = changingRepository(github);
        const read = historyReader(github, live, new Map());
        let shown: readonly number[] = [];

        async function readOnce({ during, cancelAfter }: Pick<Reading, "during" | "cancelAfter">): Promise<void> {
          let pages = 0;
          const signal = { aborted: false };
          const found = await read({ now: now(), signal, onPage: () => {
            for (const [at, one] of during) if (at === pages) apply(one);
            signal.aborted ||= pages === cancelAfter;
            pages += 1;
          } });
          const here = found.records.map(({ issue }) => issue.ref.number);
          assert.deepEqual(here.toSorted(), [...new Set(here)].toSorted());
          if (during.length === 0 && cancelAfter === undefined) {
            // Whatever fails, an issue that counted before still does.
            const mustBe = found.failures.length === 0 && found.unreadable.length === 0 ? numbers() : numbers().filter((number) => shown.includes(number));
            assert.deepEqual(mustBe.filter((number) => !here.includes(number)), []);
          }
          shown = here;
        }

        if (isRead) await readOnce({ during: [], cancelAfter: undefined });
        for (const step of all) {
          switch (step.kind) {
            case "change": apply(step.change); break;
            case "wait": wait(step.time); break;
            case "answers": Object.assign(github.state, step.state); break;
            case "fault": {
              let { skip } = step;
              github.fault({ match: ({ path }) => path.includes(step.target) && (skip -= 1) < 0, times: step.times, do: step.fault });
              break;
            }
            case "read":
              wait(5 * minute);
              await readOnce(step);
              if (step.heals) heal();
          }
        }
        heal();
        wait(2 * day);
        const last = await read({ now: now() });
        const first = await historyReader(github, live, new Map())({ now: now() });
        assert.deepEqual([last.failures, last.unreadable, last.notes, summary(last)], [[], [], [], summary(first)]);
      } finally {
        await github.close();
      }
    }), { numRuns: propertyRuns(150) });
  });
});
