import { businessTime, type BusinessTime } from "../core/duty/businessTime";
import { noClosings, type Closings, type ClosingsProblem, type ClosingsReading } from "../core/duty/closing";
import { responseClock, type ResponseClock } from "../core/duty/responseClock";
import type { Desk, Holiday } from "../core/desk/desk";
import type { Issue } from "../core/issue/issue";
import type { IssueFacts } from "../core/issue/issueFacts";
import type { Log } from "../core/ports";
import type { Runbook, RunbookDetails } from "../core/runbook/runbook";
import { runInBackground } from "./platform/background";

/** The clocks of a desk's issues, and the calendars they go by. */
export interface DeskClocks {
  time(): BusinessTime;
  /** Worked out once for each version of an issue. */
  clock(issue: Issue): ResponseClock;
  /** Calendars of the desk that are not considered, and why. */
  problems(): readonly ClosingsProblem[];
  /** Reads the calendars again: the desk or one of their files changed. */
  reload(): Promise<void>;
  /** Looks again what the runbooks say that clocks go by. */
  follow(): Promise<void>;
}

export interface DeskClockDeps {
  readonly desk: () => Desk;
  readonly deskFolder: () => string;
  readonly factsOf: (issue: Issue) => IssueFacts;
  readonly runbook: (path: string) => Promise<Runbook | undefined>;
  readonly closings: (holidays: readonly Holiday[], timezone: string) => Promise<ClosingsReading>;
  readonly changed: () => void;
  readonly log: Log;
}

/** Knows no calendar until it is told to read; a runbook that an issue goes by is read when a clock first needs it. */
export function deskClocks({ desk, deskFolder, factsOf, runbook, closings, changed, log }: DeskClockDeps): DeskClocks {
  const details = new Map<string, RunbookDetails | undefined>();
  let reading: ClosingsReading = { closings: noClosings, problems: [] };
  let known: Known | undefined;

  function current(): Known {
    const now = desk();
    return known?.desk === now ? known : (known = begin(now, reading.closings));
  }

  async function look(path: string): Promise<boolean> {
    const found = (await runbook(path))?.details;
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
    changed();
  }

  return {
    time: () => current().time,
    clock(issue) {
      const { clocks, time, desk: now } = current();
      const before = clocks.get(issue);
      if (before !== undefined) return before;
      const clock = responseClock({ desk: now, time, deskFolder: deskFolder(), details: detailsOf }, issue, factsOf(issue));
      clocks.set(issue, clock);
      return clock;
    },
    problems: () => reading.problems,
    async reload() {
      const { holidays, timezone } = desk();
      reading = await closings(holidays, timezone);
      for (const problem of reading.problems) log.error(`Holidays could not be considered: ${JSON.stringify(problem)}`);
      forget();
    },
    async follow() {
      const differs = await Promise.all([...details.keys()].map(look));
      if (differs.includes(true)) forget();
    },
  };
}

interface Known {
  readonly desk: Desk;
  readonly time: BusinessTime;
  readonly clocks: WeakMap<Issue, ResponseClock>;
}

function begin(desk: Desk, closings: Closings): Known {
  return { desk, time: businessTime(desk, closings), clocks: new WeakMap() };
}
