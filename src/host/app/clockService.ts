import type * as vscode from "vscode";
import { type BusinessTime, businessTime } from "../../core/calendar/businessTime";
import { type CalendarProblem, type Closures, type ClosuresReading, noClosures } from "../../core/calendar/holidays";
import type { UpdateRules } from "../../core/incident/updates";
import type { IssueFacts } from "../../core/issue/issueFacts";
import { runInBackground } from "../../core/model/queues";
import type { Desk, Holiday } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import type { Clock, Log } from "../../core/model/ports";
import type { RunbookDetails } from "../../core/model/runbook";
import type { Holders } from "../../core/model/shift";
import { holdersAt } from "../../core/oncall/rotation";
import { type ResponseClock, responseClock, updateRules } from "../../core/response/responseClock";
import type { NewEmitter } from "./changeEvent";
import type { DeskService } from "./deskService";
import type { RunbookService } from "./runbookService";

/** Business hours and calendars, due times of issues, and who is on call now. */
export interface ClockService {
  /** The desk's business time, including its calendars. */
  time(): BusinessTime;
  /** The due times of an issue. Cached for each version of the issue. */
  clockOf(issue: Issue): ResponseClock;
  /** What decides when updates on an issue are due. */
  updateRules(issue: Issue): UpdateRules;
  /** Who has each on-call role now. */
  holders(): Holders;
  /** Calendars of the desk that are not applied, and why. */
  calendarProblems(): readonly CalendarProblem[];
  /** Fires after due times may have changed for another reason than an issue: a calendar, or the response goal of a runbook. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedClockService extends ClockService, vscode.Disposable {
  /** Reads the calendars again, after the desk or a calendar file changed. */
  reload(): Promise<void>;
}

interface ClockServiceDeps {
  readonly desk: Pick<DeskService, "config" | "folder">;
  readonly runbooks: Pick<RunbookService, "get" | "onDidChange">;
  readonly factsOf: (issue: Issue) => IssueFacts;
  readonly closings: (holidays: readonly Holiday[], timezone: string) => Promise<ClosuresReading>;
  readonly newEmitter: NewEmitter;
  readonly clock: Clock;
  readonly log: Log;
}

/** Applies no calendars before `reload`. Loads the runbook of an issue when its due times are first computed. */
export function createClockService({ desk, runbooks, factsOf, closings, newEmitter, clock, log }: ClockServiceDeps): OwnedClockService {
  const changed = newEmitter<void>();
  const details = new Map<string, RunbookDetails | undefined>();
  let reading: ClosuresReading = { closures: noClosures, problems: [] };
  let known: Cache | undefined;

  function current(): Cache {
    const now = desk.config();
    return known?.desk === now ? known : (known = emptyCache(now, reading.closures));
  }

  async function loadDetails(path: string): Promise<boolean> {
    const found = (await runbooks.get(path))?.details;
    const before = details.get(path);
    details.set(path, found);
    return before?.respondWithin !== found?.respondWithin || before?.updateEvery !== found?.updateEvery;
  }

  function detailsOf(path: string): RunbookDetails | undefined {
    if (!details.has(path)) {
      details.set(path, undefined);
      runInBackground(loadDetails(path).then((differs) => differs && invalidate()), log);
    }
    return details.get(path);
  }

  function invalidate(): void {
    known = undefined;
    changed.fire();
  }

  async function follow(): Promise<void> {
    const differs = await Promise.all([...details.keys()].map(loadDetails));
    if (differs.includes(true)) invalidate();
  }

  const following = runbooks.onDidChange(() => runInBackground(follow(), log));

  return {
    time: () => current().time,
    clockOf(issue) {
      const { clocks, time, desk: now } = current();
      const before = clocks.get(issue);
      if (before !== undefined) return before;
      const made = responseClock({ desk: now, time, deskFolder: desk.folder(), details: detailsOf }, issue, factsOf(issue));
      clocks.set(issue, made);
      return made;
    },
    updateRules(issue) {
      const { time, desk: now } = current();
      return updateRules({ desk: now, time, deskFolder: desk.folder(), details: detailsOf }, factsOf(issue));
    },
    holders: () => holdersAt(desk.config(), clock.now()),
    calendarProblems: () => reading.problems,
    onDidChange: changed.event,
    async reload() {
      const { holidays, timezone } = desk.config();
      reading = await closings(holidays, timezone);
      for (const problem of reading.problems) log.error(`Holidays could not be applied: ${JSON.stringify(problem)}`);
      invalidate();
    },
    dispose() {
      following.dispose();
      changed.dispose();
    },
  };
}

interface Cache {
  readonly desk: Desk;
  readonly time: BusinessTime;
  readonly clocks: WeakMap<Issue, ResponseClock>;
}

function emptyCache(desk: Desk, closings: Closures): Cache {
  return { desk, time: businessTime(desk, closings), clocks: new WeakMap() };
}
