import type * as vscode from "vscode";
import { type BusinessTime, businessTime } from "../../core/calendar/businessTime";
import { type CalendarProblem, type Closures, type ClosuresReading, noClosures } from "../../core/calendar/holidays";
import type { IssueFacts } from "../../core/issue/issueFacts";
import { runInBackground } from "../../core/model/background";
import type { Desk, Holiday } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import type { Clock, Log } from "../../core/model/ports";
import type { RunbookDetails } from "../../core/model/runbook";
import type { Holders } from "../../core/model/shift";
import { holdersAt } from "../../core/oncall/rotation";
import { type ResponseClock, responseClock } from "../../core/response/responseClock";
import type { NewEmitter } from "./changeEvent";
import type { DeskService } from "./deskService";
import type { RunbookService } from "./runbookService";

/** How the desk counts time: business hours and calendars, when what is due on an issue, and who is on call now. */
export interface ClockService {
  /** How the desk counts time, its calendars considered. */
  time(): BusinessTime;
  /** When what is due on an issue; worked out once for each version of it. */
  clockOf(issue: Issue): ResponseClock;
  /** Who holds each on-call role now. */
  holders(): Holders;
  /** Calendars that the desk names and that are not considered, and why. */
  calendarProblems(): readonly CalendarProblem[];
  /** Fires after something changed that due times are counted from besides the issues: calendars, and response goals of runbooks. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedClockService extends ClockService, vscode.Disposable {
  /** Reads the calendars again: the desk or one of their files changed. */
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

/** Knows no calendar before `reload`; a runbook that an issue goes by is read when a clock first needs it. */
export function createClockService({ desk, runbooks, factsOf, closings, newEmitter, clock, log }: ClockServiceDeps): OwnedClockService {
  const changed = newEmitter<void>();
  const details = new Map<string, RunbookDetails | undefined>();
  let reading: ClosuresReading = { closures: noClosures, problems: [] };
  let known: Known | undefined;

  function current(): Known {
    const now = desk.config();
    return known?.desk === now ? known : (known = begin(now, reading.closures));
  }

  async function look(path: string): Promise<boolean> {
    const found = (await runbooks.get(path))?.details;
    const before = details.get(path);
    details.set(path, found);
    return before?.respondWithin !== found?.respondWithin || before?.updateEvery !== found?.updateEvery;
  }

  function detailsOf(path: string): RunbookDetails | undefined {
    if (!details.has(path)) {
      details.set(path, undefined);
      runInBackground(look(path).then((differs) => differs && forget()), log);
    }
    return details.get(path);
  }

  function forget(): void {
    known = undefined;
    changed.fire();
  }

  async function follow(): Promise<void> {
    const differs = await Promise.all([...details.keys()].map(look));
    if (differs.includes(true)) forget();
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
    holders: () => holdersAt(desk.config(), clock.now()),
    calendarProblems: () => reading.problems,
    onDidChange: changed.event,
    async reload() {
      const { holidays, timezone } = desk.config();
      reading = await closings(holidays, timezone);
      for (const problem of reading.problems) log.error(`Holidays could not be considered: ${JSON.stringify(problem)}`);
      forget();
    },
    dispose() {
      following.dispose();
      changed.dispose();
    },
  };
}

interface Known {
  readonly desk: Desk;
  readonly time: BusinessTime;
  readonly clocks: WeakMap<Issue, ResponseClock>;
}

function begin(desk: Desk, closings: Closures): Known {
  return { desk, time: businessTime(desk, closings), clocks: new WeakMap() };
}
