import { type MetricsReport, metricsReport, type ReportRequest } from "../../../core/metrics/report";
import { sameData } from "../../../core/model/plainData";
import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Clock, Log, Timer } from "../../../core/model/ports";
import { runInBackground, throttle } from "../../../core/model/queues";
import type { MetricsService, MetricsSource } from "../../app/metricsService";
import type { MetricsOutcome, MetricsProblem } from "./metricsState";

interface MetricsReaderDeps {
  readonly metrics: MetricsService;
  /** Whether there are issues to read the histories of. */
  readonly isReady: () => boolean;
  /** Why the issues could not be read, if they could not. */
  readonly failure: () => Failure | undefined;
  readonly describeFailure: (failure: Failure) => string;
  /** The outcome or the progress changed. */
  readonly changed: () => void;
  readonly timer: Timer;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Reads the histories of issues in the background, and makes reports from them. What was read stays until the next reading ends. */
interface MetricsReader {
  /** The report, or why there is none. Starts to read if something changed. */
  outcome(request: ReportRequest): MetricsOutcome;
  /** Why the report is older than the issues, if it is. */
  problem(): MetricsProblem | undefined;
  /** How much was read. Nothing during a short reading, so that the page does not flicker. */
  progress(): { readonly done: number; readonly of: number } | undefined;
  /** Reads the histories again, unless they are being read. */
  read(): void;
  cancel(): void;
  dispose(): void;
}

/** Milliseconds between two reports of progress. */
const progressInterval = 150;

/** Milliseconds after which a reading is worth showing. */
const slowAfter = 400;

/** Milliseconds after which the rest is read at the earliest, in case the clocks of the server and of this machine differ. */
const shortestLimit = 60_000;

/** Reads nothing before the first call of `outcome` or `read`. */
export function createMetricsReader({ metrics, isReady, failure, describeFailure, changed, timer, clock, log }: MetricsReaderDeps): MetricsReader {
  let source: MetricsSource | undefined;
  let end: Exclude<MetricsOutcome, { readonly kind: "report" }> = { kind: "reading" };
  let reading: { readonly signal: { aborted: boolean }; done: number; of: number; isSlow: boolean } | undefined;
  let cancelSlow = (): void => undefined;
  let cancelLater = (): void => undefined;
  let isStale = true;
  let made: { readonly from: MetricsSource; readonly request: ReportRequest; readonly report: MetricsReport } | undefined;
  const changedSoon = throttle(timer, progressInterval, changed);
  const following = metrics.onDidChange(() => (isStale = true));

  function start(): void {
    stop();
    cancelLater();
    const mine = { signal: { aborted: false }, done: 0, of: 0, isSlow: false };
    reading = mine;
    isStale = false;
    end = { kind: "reading" };
    runInBackground(read(mine), log);
    cancelSlow = timer.after(slowAfter, () => {
      mine.isSlow = true;
      if (reading === mine) changed();
    });
  }

  async function read(mine: NonNullable<typeof reading>): Promise<void> {
    const progress = (done: number, of: number): void => {
      Object.assign(mine, { done, of });
      if (reading === mine && mine.isSlow) changedSoon();
    };
    try {
      const result = await metrics.read({
        signal: mine.signal, progress,
        // Figures of an earlier window are shown until it is known what changed since.
        onStored: (stored) => {
          if (reading !== mine) return;
          source = stored;
          changed();
        },
      });
      if (reading !== mine) return;
      if (result !== undefined) continueAfterLimit(result.kind === "ok" ? result.value.notes.flatMap((note) => (note.kind === "unread" ? [note.failure] : [])) : [result.failure]);
      if (result?.kind === "ok") source = result.value;
      else end = result === undefined ? { kind: "cancelled" } : failedWith(result.failure);
    } finally {
      if (reading === mine) {
        stop();
        changed();
      }
    }
  }

  /** Reads the rest after a rate limit, unless something else starts it before. */
  function continueAfterLimit(failures: readonly Failure[]): void {
    const ends = failures.flatMap((one) => (one.kind === "limited" ? [millisecondsOf(one.until)] : []));
    if (ends.length === 0) return;
    cancelLater = timer.after(Math.max(shortestLimit, ...ends.map((each) => each - millisecondsOf(clock.now()))), () => {
      isStale = true;
      changed();
    });
  }

  function stop(): void {
    if (reading !== undefined) reading.signal.aborted = true;
    reading = undefined;
    cancelSlow();
  }

  function failedWith(why: Failure): Extract<MetricsOutcome, { readonly kind: "failed" }> {
    return { kind: "failed", text: describeFailure(why), signIn: why.kind === "signedOut" };
  }

  return {
    outcome(request) {
      const why = failure();
      if (source === undefined && !isReady() && why !== undefined) return failedWith(why);
      if (isStale && reading === undefined && isReady()) start();
      if (source === undefined) return end;
      if (made?.from !== source || !sameData(made.request, request)) made = { from: source, request, report: metricsReport({ ...source, now: clock.now() }, request) };
      return { kind: "report", report: made.report, notes: source.notes };
    },
    problem() {
      if (source === undefined) return undefined;
      const why = failure();
      if (why !== undefined) return { kind: "failed", text: describeFailure(why) };
      return end.kind === "reading" ? undefined : end;
    },
    progress: () => (reading?.isSlow === true ? { done: reading.done, of: reading.of } : undefined),
    read() {
      // A refresh of the issues may have started it already. What changes meanwhile is read after it.
      if (reading === undefined) start();
      changed();
    },
    cancel() {
      if (reading === undefined) return;
      stop();
      end = { kind: "cancelled" };
      changed();
    },
    dispose() {
      stop();
      cancelLater();
      changedSoon.dispose();
      following.dispose();
    },
  };
}
