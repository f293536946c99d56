import type * as vscode from "vscode";
import { deskHistory, type DeskHistory } from "../../core/metrics/deskHistory";
import type { IssueRecord } from "../../core/metrics/issueHistory";
import { createMeasureCache, type MeasureCache } from "../../core/metrics/measureCache";
import type { ReportInput, UnreadableIssue } from "../../core/metrics/report";
import { type Desk, runbookOfKind } from "../../core/model/desk";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { Issue, IssueSnapshot } from "../../core/model/issue";
import { formatRef } from "../../core/model/issueRef";
import type { Clock, Files, IssueTracker } from "../../core/model/ports";
import { fileOfProcedure } from "../../core/model/procedurePath";
import { ok, type Result } from "../../core/model/result";
import type { RunbookDetails } from "../../core/model/runbook";
import type { TimelineEvent } from "../../core/model/timelineEvent";
import { readRecords } from "../../trackers/files/readRecords";
import { followEvents } from "../platform/followEvents";
import type { NewEmitter } from "./changeEvent";
import type { ClockService } from "./clockService";
import type { DeskService } from "./deskService";
import type { IssueService } from "./issueService";
import type { RunbookService } from "./runbookService";
import type { StoreService } from "./storeService";

/** What figures are made from: the issues with their events, and the desk at each time. */
export interface MetricsSource extends Pick<ReportInput, "desks" | "deskFolder" | "records" | "unreadable"> {
  readonly cache: MeasureCache;
  /** What a reader should know besides the figures. */
  readonly notes: readonly MetricsNote[];
}

/** `deskOfToday`: earlier versions of `desk.yml` are unknown, so today's desk counts for all time. */
export type MetricsNote = "deskOfToday";

export interface MetricsReading {
  /** Set to end the reading. */
  readonly signal: { readonly aborted: boolean };
  /** Called with how many issues were read, of how many. */
  readonly progress: (done: number, of: number) => void;
}

/** The issues of the desk with their events, for metrics. */
export interface MetricsService {
  /** Reads only what changed since the last call. `undefined` if the signal ended the reading. */
  read(reading: MetricsReading): Promise<Result<MetricsSource> | undefined>;
  /** Fires after issues or the desk changed, so that figures may differ. */
  readonly onDidChange: vscode.Event<void>;
}

interface MetricsServiceDeps {
  readonly files: Files;
  readonly issues: Pick<IssueService, "snapshot" | "onDidChange">;
  readonly store: Pick<StoreService, "tracker" | "now" | "onDidChange">;
  readonly desk: Pick<DeskService, "config" | "folder" | "onDidChange">;
  readonly runbooks: Pick<RunbookService, "get" | "onDidChange">;
  readonly clocks: Pick<ClockService, "time" | "onDidChange">;
  readonly newEmitter: NewEmitter;
  readonly clock: Pick<Clock, "now">;
}

type Records = Pick<MetricsSource, "records" | "unreadable">;

/** Reads nothing before the first call of `read`. */
export function createMetricsService({ files, issues, store, desk, runbooks, clocks, newEmitter, clock }: MetricsServiceDeps): MetricsService & vscode.Disposable {
  const changed = newEmitter<void>();
  const cache = createMeasureCache();
  const known = new WeakMap<Issue, IssueRecord>();
  let last: { readonly snapshot: IssueSnapshot | undefined; readonly tracker: IssueTracker; readonly records: Records } | undefined;
  let versions: { readonly since: readonly unknown[]; readonly desks: DeskHistory } | undefined;
  let runbooksRead = 0;
  const following = [
    runbooks.onDidChange(() => (runbooksRead += 1)),
    followEvents(() => changed.fire(), issues.onDidChange, store.onDidChange, desk.onDidChange, clocks.onDidChange, runbooks.onDidChange),
  ];

  /** Today's desk. It is the same object as long as nothing changed, so that measured issues stay valid. */
  async function desks(): Promise<DeskHistory> {
    const [config, time, deskFolder] = [desk.config(), clocks.time(), desk.folder()];
    const since = [config, time, deskFolder, runbooksRead];
    if (versions?.since.every((one, index) => one === since[index]) !== true) {
      const details = await readDetails(config, deskFolder);
      versions = { since, desks: deskHistory([{ from: clock.now(), desk: config, time, details: (path) => details.get(path) }]) };
    }
    return versions.desks;
  }

  async function readDetails(config: Desk, deskFolder: string): Promise<ReadonlyMap<string, RunbookDetails>> {
    const paths = [...new Set(config.kinds.flatMap(({ runbook }) => (runbook === undefined ? [] : [runbookOfKind({ runbook: fileOfProcedure(runbook) }, deskFolder) ?? ""])))];
    const found = await Promise.all(paths.map(async (path) => [path, (await runbooks.get(path))?.details] as const));
    return new Map(found.flatMap(([path, details]) => (details === undefined ? [] : [[path, details] as const])));
  }

  /** The issues in plain files, as the command line reads them. */
  async function readFolder(snapshot: IssueSnapshot | undefined): Promise<Result<Records>> {
    const { tracker } = store;
    if (last !== undefined && last.snapshot === snapshot && last.tracker === tracker) return ok(last.records);
    const read = await readRecords(files);
    if (read.kind === "ok") last = { snapshot, tracker, records: read.value };
    return read;
  }

  /** The issues on screen with their events, one issue after the other. */
  async function readTracker({ issues: all, broken }: IssueSnapshot, { signal, progress }: MetricsReading): Promise<Records | undefined> {
    const records: IssueRecord[] = [];
    const unreadable: UnreadableIssue[] = broken.map(({ path, reason }) => ({ name: path, reason }));
    let isDown = false;
    for (const [index, issue] of all.entries()) {
      if (signal.aborted) return undefined;
      progress(index, all.length);
      const before = known.get(issue);
      const read: Result<readonly TimelineEvent[]> | undefined = before === undefined && !isDown ? await store.tracker.timeline(issue.ref) : undefined;
      const record = before ?? (read?.kind === "ok" ? { issue, events: read.value } : undefined);
      if (record === undefined) {
        unreadable.push({ name: formatRef(issue.ref, ""), reason: "noHistory", created: millisecondsOf(issue.createdAt) });
        isDown ||= read?.kind === "failed" && isServerFailure(read.failure);
        continue;
      }
      known.set(issue, record);
      records.push(record);
    }
    return { records, unreadable };
  }

  return {
    async read(reading) {
      const snapshot = issues.snapshot();
      reading.progress(0, snapshot?.issues.length ?? 0);
      const read = store.now().kind === "files" ? await readFolder(snapshot) : ok(await readTracker(snapshot ?? { at: clock.now(), issues: [], broken: [] }, reading));
      if (read.kind === "failed") return read;
      if (read.value === undefined || reading.signal.aborted) return undefined;
      return ok({ ...read.value, desks: await desks(), deskFolder: desk.folder(), cache, notes: ["deskOfToday"] });
    },
    onDidChange: changed.event,
    dispose() {
      for (const one of following) one.dispose();
      changed.dispose();
    },
  };
}

/** Whether further requests would fail, too. */
function isServerFailure({ kind }: Failure): boolean {
  return kind === "signedOut" || kind === "offline" || kind === "serverError" || kind === "limited";
}
