import * as vscode from "vscode";
import { dateTextOf } from "../../core/calendar/localTime";
import { type IssueRef, refIndex } from "../../core/model/issueRef";
import type { Clock, Files, Log } from "../../core/model/ports";
import { coalesce, debounce, runInBackground } from "../../core/model/queues";
import { isOpenAction, type LibraryIssues, type PostmortemSummary, withIssues } from "../../core/postmortem/library/library";
import { systemTimer } from "../platform/ports";
import { watchFolder, watchMoves } from "../platform/watchFolder";
import { pathIn } from "../platform/folderFiles";
import { filterEvent, followEvents } from "../platform/followEvents";
import type { NewEmitter } from "./changeEvent";
import type { DeskService } from "./deskService";
import type { IssueService } from "./issueService";
import { createLostIssues, type LostIssues } from "./lostIssues";
import { postmortemCache, type PostmortemFiles } from "./postmortemCache";
import type { StoreService } from "./storeService";

/** All post-mortems in the desk's folder, with the current state of their action items. */
export interface PostmortemLibrary {
  /** Reads the folder on the first call, and afterwards only what changed. Rejects only for a bug. */
  read(): Promise<PostmortemFiles>;
  /** What was read last, with the issues of now. `undefined` before the first call of `read`. */
  known(): PostmortemFiles | undefined;
  /** Today's date in the desk's time zone. */
  today(): string;
  /** The issues of action items that the desk has not loaded. */
  readonly issues: Pick<LostIssues, "find" | "lost" | "look">;
  /** Fires after the folder was read for the first time, and after what changed was read: a post-mortem or the issue of an action item. */
  readonly onDidChange: vscode.Event<void>;
}

interface PostmortemLibraryDeps {
  readonly folder: vscode.WorkspaceFolder;
  readonly files: Pick<Files, "list" | "read">;
  readonly desk: Pick<DeskService, "config" | "onDidChange">;
  readonly issues: Pick<IssueService, "snapshot" | "factsOf" | "onDidChange">;
  readonly store: Pick<StoreService, "tracker">;
  readonly newEmitter: NewEmitter;
  readonly clock: Clock;
  readonly log: Log;
}

/** The most issues that are read only for the library, so that old post-mortems do not use up a rate limit. */
const maxLost = 40;

/** Reads and watches nothing before the first call of `read`. */
export function createPostmortemLibrary({ folder, files, desk, issues, store, newEmitter, clock, log }: PostmortemLibraryDeps): PostmortemLibrary & vscode.Disposable & { reload(): void } {
  const changed = newEmitter<void>();
  const lost = createLostIssues({ tracker: () => store.tracker, newEmitter, clock });
  const cache = postmortemCache({
    files,
    folder: () => desk.config().postmortem.folder,
    timezone: () => desk.config().timezone,
    pause: () => clock.wait(0),
    elapsed: () => performance.now(),
  });
  const changedSoon = debounce(systemTimer, 60, () => runInBackground(readFiles().then(() => changed.fire()), log));
  let last: PostmortemFiles | undefined;
  let current: { readonly of: PostmortemFiles; readonly files: PostmortemFiles; readonly since: readonly unknown[] } | undefined;
  let following: vscode.Disposable | undefined;
  let foundLost = 0;
  const counting = lost.onDidChange(() => (foundLost += 1));

  const readFiles = coalesce(async () => {
    following ??= follow();
    const files = await cache.read();
    if (last === undefined) changedSoon();
    last = files;
    return files;
  });

  function follow(): vscode.Disposable {
    const note = (uri: vscode.Uri, listed: boolean): void => {
      const path = pathIn(folder, uri);
      if (path === undefined || !cache.holds(path)) return;
      cache.forget(path);
      if (listed) cache.forgetList();
      changedSoon();
    };
    return vscode.Disposable.from(
      watchFolder(folder, "**/*.{md,markdown}", note),
      watchMoves(folder, concernsFolder, reload),
      followEvents(changedSoon, desk.onDidChange, lost.onDidChange, filterEvent(issues.onDidChange, () => last !== undefined)),
    );
  }

  /** Whether a folder that was added or removed may contain post-mortems. */
  function concernsFolder(uri: vscode.Uri): boolean {
    const path = pathIn(folder, uri);
    const inside = desk.config().postmortem.folder;
    return path !== undefined && (path === "" || path === inside || inside === "" || inside.startsWith(`${path}/`) || path.startsWith(`${inside}/`));
  }

  function reload(): void {
    cache.forgetAll();
    if (last !== undefined) changedSoon();
  }

  /** The files with the state of the issues of now. Computed again only if one of both changed. */
  function withCurrentIssues(of: PostmortemFiles): PostmortemFiles {
    const { timezone } = desk.config();
    const snapshot = issues.snapshot();
    const since = [snapshot, timezone, store.tracker, foundLost];
    if (current?.of === of && current.since.every((one, index) => one === since[index])) return current.files;
    const loaded = refIndex(snapshot?.issues ?? [], ({ ref }) => ref);
    const known: LibraryIssues = { find: (ref) => loaded(ref) ?? lost.find(ref), servicesOf: (issue) => issues.factsOf(issue).services, lost: (ref) => (loaded(ref) === undefined ? lost.lost(ref) : undefined) };
    const result = { ...of, postmortems: of.postmortems.map((summary) => withIssues(summary, known, timezone)) };
    current = { of, files: result, since };
    if (snapshot !== undefined) lookFor(of.postmortems, (ref) => loaded(ref) !== undefined);
    return result;
  }

  /** Looks for the issues of open action items that the desk has not loaded: the earliest due first, in the background. */
  function lookFor(postmortems: readonly PostmortemSummary[], isLoaded: (ref: IssueRef) => boolean): void {
    const refs = postmortems.flatMap(({ actions }) => actions.filter(isOpenAction).flatMap(({ issue, due = "9" }) => (issue === undefined || isLoaded(issue) ? [] : [{ issue, due }])));
    if (refs.length > 0) runInBackground(lost.look(refs.toSorted((a, b) => (a.due < b.due ? -1 : 1)).slice(0, maxLost).map(({ issue }) => issue)), log);
  }

  return {
    read: async () => withCurrentIssues(await readFiles()),
    known: () => last && withCurrentIssues(last),
    today: () => dateTextOf(clock.now(), desk.config().timezone),
    issues: lost,
    onDidChange: changed.event,
    reload,
    dispose: () => vscode.Disposable.from(changedSoon, changed, lost, counting, following ?? vscode.Disposable.from()).dispose(),
  };
}
