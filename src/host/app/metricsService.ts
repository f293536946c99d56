import type * as vscode from "vscode";
import type { BusinessTime } from "../../core/calendar/businessTime";
import { type DeskHistory, deskHistory, type DeskVersion, peopleEver } from "../../core/metrics/history/deskHistory";
import { type FileHistory, filesOfDesk, readVersions } from "../../core/metrics/history/deskVersions";
import type { IssueRecord } from "../../core/metrics/history/issueHistory";
import { createMeasureCache, type MeasureCache } from "../../core/metrics/measureCache";
import type { ReportInput } from "../../core/metrics/report";
import { type Desk, runbookOfKind } from "../../core/model/desk";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import type { IssueSnapshot } from "../../core/model/issue";
import { refKey } from "../../core/model/issueRef";
import { distinctNames } from "../../core/model/names";
import type { Clock, Files, IssueTracker } from "../../core/model/ports";
import { fileOfProcedure } from "../../core/model/procedurePath";
import { failed, ok, type Result } from "../../core/model/result";
import type { RunbookDetails } from "../../core/model/runbook";
import { runbookContext } from "../../core/runbook/runbookContext";
import { readRunbook } from "../../markdown/readMarkdown";
import { readAnswerFiles } from "../../trackers/files/readAnswers";
import type { GithubRecords, HistoryOptions, SourceNote } from "../../trackers/github/history/readRecords";
import { followEvents } from "../platform/followEvents";
import type { NewEmitter } from "./changeEvent";
import type { ClockService } from "./clockService";
import type { DeskService } from "./deskService";
import type { IssueService } from "./issueService";
import type { RunbookService } from "./runbookService";
import type { StoreService } from "./storeService";

/** What figures are made from: the issues with their events, and the desk at each time. */
export interface MetricsSource extends Pick<ReportInput, "desks" | "deskFolder" | "records" | "unreadable" | "answers"> {
  readonly cache: MeasureCache;
  /** What a reader should know besides the figures. */
  readonly notes: readonly MetricsNote[];
}

/**
 * `deskOfToday`: earlier versions of `desk.yml` are unknown, so the current one applies to all times. `shallow`: those before the
 * oldest known one are. `uncommitted`: changes that are not committed apply from now on. `unread`: what was read before a failure counts.
 */
export type MetricsNote = { readonly kind: "deskOfToday" | "shallow" | "uncommitted" } | SourceNote | { readonly kind: "unread"; readonly failure: Failure };

export interface MetricsReading {
  /** Set to end the reading. */
  readonly signal: { readonly aborted: boolean };
  /** Called with how many issues were read, of how many. */
  readonly progress: (done: number, of: number) => void;
  /** Called before a server is asked what changed, with what an earlier window stored. */
  readonly onStored?: (source: MetricsSource) => void;
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
  readonly store: Pick<StoreService, "tracker" | "records" | "histories" | "onDidChange">;
  readonly desk: Pick<DeskService, "config" | "folder" | "onDidChange">;
  readonly runbooks: Pick<RunbookService, "get" | "onDidChange">;
  readonly clocks: Pick<ClockService, "time" | "onDidChange">;
  /** The history of the desk's files; `undefined` where nothing is known about it. */
  readonly history: (deskFolder: string) => FileHistory | undefined;
  /** Business time of a desk, with the texts of its calendars. */
  readonly timeOf: (desk: Desk, texts: ReadonlyMap<string, string>) => Promise<BusinessTime>;
  readonly newEmitter: NewEmitter;
  readonly clock: Pick<Clock, "now">;
}

type Records = Pick<MetricsSource, "records" | "unreadable"> & { readonly notes: readonly MetricsNote[] };

/** Milliseconds after which a server is asked again although no issue changed: a move on a project board is no change of the issue. */
const maxAge = 300_000;

/** Reads nothing before the first call of `read`. */
export function createMetricsService(deps: MetricsServiceDeps): MetricsService & vscode.Disposable {
  const { files, issues, store, desk, runbooks, clocks, newEmitter, clock } = deps;
  const changed = newEmitter<void>();
  const cache = createMeasureCache();
  let last: { readonly snapshot: IssueSnapshot | undefined; readonly tracker: IssueTracker; readonly at: number; readonly records: Records } | undefined;
  let known: ReadonlyMap<string, IssueRecord> = new Map();
  let versions: { readonly since: readonly unknown[]; readonly desks: DeskHistory; readonly notes: readonly MetricsNote[] } | undefined;
  let runbooksRead = 0;
  const following = [
    runbooks.onDidChange(() => (runbooksRead += 1)),
    followEvents(() => changed.fire(), issues.onDidChange, store.onDidChange, desk.onDidChange, clocks.onDidChange, runbooks.onDidChange),
  ];

  /** The versions of the desk. They are the same object as long as nothing changed, so that measured issues stay valid. */
  async function desks(): Promise<NonNullable<typeof versions>> {
    const [config, time, deskFolder] = [desk.config(), clocks.time(), desk.folder()];
    const since = [config, time, deskFolder, runbooksRead];
    if (versions?.since.every((one, index) => one === since[index]) !== true) {
      const details = await readDetails(config, deskFolder);
      const current = { from: clock.now(), desk: config, time, details: (path: string) => details.get(path) };
      const { found, isCommitted, isShallow } = await readEarlier(config, deskFolder);
      const newest = found.at(-1);
      const [first = current, ...later] = isCommitted && newest !== undefined ? [...found.slice(0, -1), { ...current, from: newest.from }] : [...found, current];
      versions = { since, desks: deskHistory([first, ...later]), notes: notesOn({ isKnown: found.length > 0, isCommitted, isShallow }) };
    }
    return versions;
  }

  async function readEarlier(config: Desk, deskFolder: string): Promise<{ readonly found: readonly DeskVersion[]; readonly isCommitted: boolean; readonly isShallow: boolean }> {
    const history = deps.history(deskFolder);
    if (history === undefined) return { found: [], isCommitted: false, isShallow: false };
    const today = await Promise.all(["desk.yml", ...filesOfDesk(config)].map(async (file) => {
      const text = await files.read(deskFolder === "" ? file : `${deskFolder}/${file}`);
      return [file, text.kind === "ok" ? text.value : ""] as const;
    }));
    const { versions: found, isCommitted } = await readVersions(history, new Map(today), {
      deskFolder, time: deps.timeOf,
      details: (of, path, text) => readRunbook(path, text, runbookContext(of)).details,
    });
    return { found, isCommitted, isShallow: (await history.isShallow?.()) ?? false };
  }

  async function readDetails(config: Desk, deskFolder: string): Promise<ReadonlyMap<string, RunbookDetails>> {
    const paths = [...new Set(config.kinds.flatMap(({ runbook }) => (runbook === undefined ? [] : [runbookOfKind({ runbook: fileOfProcedure(runbook) }, deskFolder) ?? ""])))];
    const found = await Promise.all(paths.map(async (path) => [path, (await runbooks.get(path))?.details] as const));
    return new Map(found.flatMap(([path, details]) => (details === undefined ? [] : [[path, details] as const])));
  }

  /** Records that do not change stay the same objects, so that they are not measured again. */
  function remember(records: readonly IssueRecord[]): void {
    known = new Map(records.map((record) => [refKey(record.issue.ref), record]));
  }

  /** The issues in plain files. Those that did not change are the same records as before. */
  async function readFolder(reading: ReturnType<StoreService["records"]>): Promise<Result<Records>> {
    const read = (await reading) ?? ok({ records: [], unreadable: [] });
    return read.kind === "failed" ? read : ok({ ...read.value, notes: [] });
  }

  /** The issues on a server. What was read before a failure counts. Fails only if nothing could be read. */
  async function readServer(reading: Promise<Result<GithubRecords>>): Promise<Result<Records> & { readonly isPartial?: boolean }> {
    const read = await reading;
    if (read.kind === "failed") return read;
    const { records, failures } = read.value;
    const [failure] = failures;
    if (records.length === 0 && failure !== undefined) return failed(failure);
    return { ...ok(serverRecords(read.value)), isPartial: failures.length > 0 };
  }

  function serverRecords({ records, unreadable, failures, notes }: GithubRecords): Records {
    remember(records);
    return { records, unreadable, notes: [...failures.map((one) => ({ kind: "unread" as const, failure: one })), ...notes] };
  }

  function sourceOf({ desks: history, notes: deskNotes }: NonNullable<typeof versions>, { records, unreadable, notes }: Records, answers: MetricsSource["answers"]): MetricsSource {
    return { records, unreadable, desks: history, deskFolder: desk.folder(), ...(answers === undefined ? {} : { answers }), cache, notes: [...deskNotes, ...notes] };
  }

  return {
    async read({ signal, progress, onStored }) {
      const [snapshot, { tracker }] = [issues.snapshot(), store];
      const history = await desks();
      if (signal.aborted) return undefined;
      const now = millisecondsOf(clock.now());
      const answers = await readAnswerFiles(files);
      if (last === undefined || last.snapshot !== snapshot || last.tracker !== tracker || now - last.at > maxAge) {
        const count = snapshot?.issues.length ?? 0;
        progress(0, count);
        const stages = distinctNames(history.desks.versions.toReversed().flatMap((version) => version.desk.stages));
        const server = store.histories({
          signal, stages, known, people: peopleEver(history.desks),
          onPage: countPages(count, progress),
          // Later, figures that are newer are shown already.
          ...(onStored === undefined || last?.tracker === tracker ? {} : { onStored: (stored) => signal.aborted || onStored(sourceOf(history, serverRecords(stored), answers)) }),
        });
        const read = server === undefined ? await readFolder(store.records({ signal, progress })) : await readServer(server);
        if (signal.aborted) return undefined;
        if (read.kind === "failed") return read;
        last = { snapshot, tracker, records: read.value, at: "isPartial" in read && read.isPartial === true ? -Infinity : server === undefined ? Infinity : now };
      }
      return ok(sourceOf(history, last.records, answers));
    },
    onDidChange: changed.event,
    dispose() {
      for (const one of following) one.dispose();
      changed.dispose();
    },
  };
}

/** Counts the issues of all repositories, which are read one after another. `count` is how many are known at least. */
function countPages(count: number, progress: MetricsReading["progress"]): HistoryOptions["onPage"] {
  const pages = new Map<string, { readonly done: number; readonly of: number }>();
  return (repository, _list, done, of) => {
    pages.set(repository, { done, of });
    const all = [...pages.values()];
    const read = all.reduce((sum, page) => sum + page.done, 0);
    progress(read, Math.max(read, count, all.reduce((sum, page) => sum + page.of, 0)));
  };
}

function notesOn({ isKnown, isCommitted, isShallow }: { readonly isKnown: boolean; readonly isCommitted: boolean; readonly isShallow: boolean }): readonly MetricsNote[] {
  if (!isKnown) return [{ kind: "deskOfToday" }];
  return [...(isShallow ? [{ kind: "shallow" as const }] : []), ...(isCommitted ? [] : [{ kind: "uncommitted" as const }])];
}
