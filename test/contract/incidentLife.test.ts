import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../src/core/calendar/businessTime';
import { incidentState } from '../../src/core/incident/incidentState';
import { issueFacts } from '../../src/core/issue/issueFacts';
import { stageLabel } from '../../src/core/markup/labels';
import { renderMilestone } from '../../src/core/markup/milestone';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Issue } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { Operation, PendingOperation } from '../../src/core/model/operation';
import type { Result } from '../../src/core/model/result';
import { responseClock } from '../../src/core/response/responseClock';
import { withPending } from '../../src/core/sync/pendingSnapshot';
import { performOperation } from '../../src/core/sync/performOperation';
import { isTransient } from '../../src/core/sync/retryPolicy';
import { createFilesTracker } from '../../src/trackers/files/filesTracker';
import { countingIds } from '../support/countingIds';
import { startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { githubPerson } from '../support/githubPerson';
import { memoryFiles } from '../support/memoryFiles';
import { memoryMemory } from '../support/memoryMemory';
import { must } from '../support/must';
import { propertyRuns } from '../support/propertyRuns';
import { incidentDraft, startedIncident } from '../support/startedIncident';
import { virtualTime } from '../support/virtualTime';
import { noFaults, openWindow } from '../support/window';
import { deskOf } from '../unit/core/desk/deskText';

const home = incidentDraft.repository;

const logins = ["ana", "ben"] as const;

type Login = (typeof logins)[number];

const desk = deskOf(`timezone: UTC
hours: { Mon-Fri: ["08:00-18:00"] }
kinds: { incident: { repository: ${home}, label: incident, respondWithin: 1h } }
priorities: { high: { label: p1, updateEvery: 1h }, normal: { label: p2, updateEvery: 4h } }
stages: [To do, In progress, Done]
audiences: { users: { email: [users@acme.example] }, team: { webhook: team, hours: always } }
`);

const begun = "2026-11-20T16:00:00Z";

const at = (minute: number): string => instantAt(millisecondsOf(begun) + minute * 60_000);

/** What one person does, and the call of the store at which it goes wrong for the first time. */
interface Act {
  readonly operation: (ref: IssueRef, minute: number) => Operation;
  readonly fails: number | undefined;
}

const earlier = fc.integer({ min: 0, max: 9 });

const comment = (markdown: (minute: number) => string): Act["operation"] => (ref, minute) => ({ kind: "comment", ref, markdown: markdown(minute) });

const operations: fc.Arbitrary<Act["operation"]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom("started", "detected", "acknowledged", "mitigated", "resolved", "cancelled"), earlier).map(([name, before]) => comment((minute) => renderMilestone(name, "", { at: at(minute - before) }))) },
  fc.constantFrom(...logins).map((login) => comment(() => renderMilestone("lead", "", { role: "lead", login }))),
  fc.constantFrom("users", "team").map((audience) => comment((minute) => renderMilestone("update", "Known.", { audience, next: at(minute + 30) }))),
  fc.constantFrom("Fixed", "Known").map((resolution) => (ref: IssueRef): Operation => ({ kind: "close", ref, resolution })),
  fc.constant((ref: IssueRef): Operation => ({ kind: "edit", ref, change: { kind: "reopen" } })),
  fc.constantFrom("In progress", "Done").map((stage) => (ref: IssueRef): Operation => ({ kind: "edit", ref, change: { kind: "label", add: [stageLabel(stage)], remove: [] } })),
  fc.constant((ref: IssueRef, minute: number): Operation => ({
    kind: "batch",
    operations: [
      { kind: "edit", ref, change: { kind: "label", add: ["p1"], remove: [] } },
      { kind: "edit", ref, change: { kind: "setFields", fields: [{ name: "prioritized", value: "high", at: at(minute), by: "ana" }] } },
    ],
  })),
);

const act: fc.Arbitrary<Act> = fc.record({ operation: operations, fails: fc.option(fc.nat({ max: 9 }), { nil: undefined, freq: 2 }) });

/** What each person does in one round. Both do it at once. */
const rounds = fc.array(fc.record({ ana: act, ben: fc.option(act, { nil: undefined }) }), { minLength: 1, maxLength: 5 });

/** A store with one incident that two people change. */
interface Store {
  readonly ref: IssueRef;
  /** Performs an operation until it is done. The first attempt fails at a call of the store, if one is given. */
  perform(login: Login, pending: PendingOperation, fails: number | undefined): Promise<void>;
  /** The incident as somebody reads it who has seen nothing of it yet. */
  read(login: Login): Promise<Issue>;
  run<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

async function untilDone(attempt: () => Promise<Result<unknown> | "died">): Promise<void> {
  for (let attempts = 0; attempts < 10; attempts += 1) {
    const result = await attempt();
    if (result === "died") continue;
    if (result.kind === "ok") return;
    assert.ok(isTransient(result.failure), JSON.stringify(result.failure));
  }
  assert.fail("It is not done after ten attempts");
}

async function inFiles(): Promise<Store> {
  const time = virtualTime(begun);
  const { files } = memoryFiles();
  const tracker = (login: Login, dies?: number) => {
    const window = openWindow(files, memoryMemory(), time.clock, { ...noFaults, crash: (call) => (call === dies ? "after" : "no") });
    return createFilesTracker({ files: window.files, clock: window.clock, ids: countingIds(login), me: () => login });
  };
  const ref = await time.run(startedIncident(tracker("ana")));
  return {
    ref,
    perform: (login, pending, fails) => {
      let dies = fails;
      return untilDone(() => {
        const done = performOperation(tracker(login, dies), pending);
        const died = dies === undefined ? new Promise<never>(() => undefined) : time.clock.wait(60_000).then(() => "died" as const);
        dies = undefined;
        return Promise.race([done, died]);
      });
    },
    read: (login) => time.run(must(tracker(login).get(ref))),
    run: (promise) => time.run(promise),
    close: () => Promise.resolve(),
  };
}

async function onGithub(): Promise<Store> {
  const github = await startFakeGithub({ now: () => millisecondsOf(begun) });
  github.addRepository(home, { labels: ["incident", "p1"] });
  const people = { ana: githubPerson(github, "ana", [home]), ben: githubPerson(github, "ben", [home]) };
  const ref = await startedIncident(people.ana.tracker);
  return {
    ref,
    perform: (login, pending, fails) => {
      let seen = -1;
      if (fails !== undefined) github.fault({ match: (request) => request.login === login && (seen += 1) >= fails, do: { kind: fails % 2 === 0 ? "dropAfter" : "dropBefore" } });
      return untilDone(() => performOperation(people[login].tracker, pending));
    },
    read: (login) => {
      github.clearFaults();
      return must(githubPerson(github, login, [home]).tracker.get(ref));
    },
    run: (promise) => promise,
    close: () => github.close(),
  };
}

/** What people see of an incident that was changed in whatever order: its state, and when what is due. */
function seen(issue: Issue): unknown {
  const facts = issueFacts(issue, desk);
  const { due } = responseClock({ desk, time: businessTime(desk), deskFolder: "", details: () => undefined }, issue, facts);
  return { state: issue.state, priority: facts.priority, incident: incidentState(desk, issue), due };
}

for (const [name, makeStore, runs] of [["in plain files", inFiles, 300], ["on GitHub", onGithub, 60]] as const) {
  describe(`the life of an incident ${name}`, function () {
    this.timeout(600_000);

    it("ends in one state that two people see, with the same due times, whatever they do at once and however often it fails", async () => {
      await fc.assert(
        fc.asyncProperty(rounds, async (all) => {
          const store = await makeStore();
          try {
            const first = await store.read("ana");
            const pending: PendingOperation[] = [];
            for (const [round, both] of all.entries()) {
              const acts = logins.flatMap((login, index) => {
                const mine = both[login];
                const minute = 10 + 2 * round + index;
                return mine === undefined ? [] : [{ login, fails: mine.fails, pending: { key: `${round}${login}`, at: at(minute), by: login, operation: mine.operation(store.ref, minute) } }];
              });
              pending.push(...acts.map((each) => each.pending));
              await store.run(Promise.all(acts.map((each) => store.perform(each.login, each.pending, each.fails))));
            }
            const [asAna, asBen] = [await store.read("ana"), await store.read("ben")];
            // A stage goes when the incident is closed, so the labels alone depend on which of both was written first.
            assert.deepEqual([seen(asBen), asBen.labels.toSorted()], [seen(asAna), asAna.labels.toSorted()]);
            const [expected] = withPending({ at: begun, issues: [first], broken: [] }, [], pending).issues;
            assert.ok(expected);
            assert.deepEqual(seen(asAna), seen(expected));
          } finally {
            await store.close();
          }
        }),
        { numRuns: propertyRuns(runs) },
      );
    });
  });
}
