import * as vscode from "vscode";
import { holdersAt } from "../core/duty/rotation";
import type { Instant, Issue, IssueSnapshot } from "../core/issue/issue";
import { type IssueRef, sameRef } from "../core/issue/issueRef";
import type { OperationKey, PendingOperation } from "../core/issue/operation";
import { createOutbox, type Outbox, type Submission, type Wish } from "../core/issue/outbox";
import { retryWhenDue } from "../core/issue/retryWhenDue";
import { keepEqualIssues } from "../core/issue/snapshotChange";
import { withPendingOnce } from "../core/issue/withPendingOnce";
import type { Log } from "../core/ports";
import { failed, ok, type Result } from "../core/result";
import { isRunbookPath, mayHoldRunbooks, runbookFolders } from "../core/runbook/runbookFolders";
import { journaledFiles } from "../trackers/files/journaledFiles";
import { offerUndo } from "./commands/offerUndo";
import { notifyLeft, tellRefusal } from "./commands/tellRefusal";
import { lazyIssueIndex } from "../trackers/lazyIssueIndex";
import { deskClocks } from "./deskClocks";
import { readCalendars } from "./platform/calendars";
import { coalesce, debounce } from "../core/model/queues";
import { deskIdentity } from "./platform/deskIdentity";
import { deskFile } from "./platform/deskFile";
import { readableText } from "./platform/exactText";
import { findDesk } from "./platform/findDesk";
import { folderFiles } from "./platform/folderFiles";
import { randomIds } from "./platform/randomIds";
import { runbookShelf } from "./platform/runbookShelf";
import { openDeskMemory, sharedMemory, tidyMemories } from "./platform/storage";
import { systemClock, systemTimer } from "./platform/systemClock";
import { watchFolder, watchMoves, watchWorkspace } from "./platform/watchFolder";
import { workspacePaths } from "./platform/workspacePaths";
import { rememberFacts } from "./rememberFacts";
import type { DeskNow, DeskSession } from "./session";
import { sessionEvents } from "./sessionEvents";
import { chosenStore, openStore } from "./stores/openStore";
import { linkShelf, type LinkShelf } from "./stores/linkShelf";
import type { Store } from "./stores/store";
import { runInBackground } from "./platform/background";

/** Opens the desk of one workspace folder: reads desk and issues once, then follows the files and the place of the issues. */
export async function openSession(context: vscode.ExtensionContext, folder: vscode.WorkspaceFolder, log: Log): Promise<DeskSession> {
  const clock = systemClock;
  const ids = randomIds;
  const writable = (): boolean => vscode.workspace.isTrusted;
  const readable = folderFiles(folder.uri, writable, readableText);
  const address = folder.uri.toString();
  const identity = await deskIdentity({
    files: folderFiles(folder.uri, writable),
    address,
    at: (other) => folderFiles(vscode.Uri.parse(other), () => false),
    memory: (name) => sharedMemory(context, name),
    ids,
    writable: writable(),
  });
  const memory = await openDeskMemory(context, identity, address, log);
  const journaled = journaledFiles({ files: folderFiles(folder.uri, writable), remains: readable.read, journal: memory.main, ids, log });
  const files = journaled.files;
  const config = deskFile(readable, () => findDesk(folder, readable));
  const paths = workspacePaths(folder);
  const issueIndex = lazyIssueIndex(clock);
  const parts = { context, folder, paths, clock, ids, log, issueIndex, files, memory, desk: () => config.now().desk };
  const deskNow = (): DeskNow => ({ ...config.now(), desk: work.store.place(config.now().desk) });
  const unsaved = (path: string): string | undefined =>
    vscode.workspace.textDocuments.find((document) => document.isDirty && paths.pathOf(document.uri) === path)?.getText();
  const folders = (): readonly string[] => runbookFolders(config.now().desk, config.folder(), paths.others().map(({ path }) => path));
  const shelf = runbookShelf({ files: paths.files, unsaved, log, desk: () => deskNow().desk, folders });
  const isRunbook = (path: string): boolean => isRunbookPath(path, folders());

  const source = sessionEvents(<T>() => new vscode.EventEmitter<T>(), () => ({
    issues: shown(),
    waiting: work.outbox.waiting(),
    desk: deskNow(),
    store: { id: work.store.id, now: work.store.now(), me: work.store.knownMe(), writable: writable(), failure, asOf: asOf(), read: snapshot !== undefined, unreadable: work.outbox.unreadable() },
  }));
  const factsOf = rememberFacts(() => deskNow().desk);
  const clocks = deskClocks({
    desk: () => deskNow().desk,
    deskFolder: () => config.folder(),
    factsOf,
    runbook: (path) => shelf.one(path),
    closings: (holidays, timezone) => readCalendars(holidays, timezone, config.folder(), readable),
    changed: () => source.clocksChanged(),
    log,
  });
  let work = await begin();
  let snapshot: IssueSnapshot | undefined;
  let current = false;
  let failure: Refusal | undefined;
  let closed = false;

  async function begin(): Promise<Work> {
    const store = await openStore(parts);
    const { account } = store;
    const outbox = createOutbox({ memory: store.memory.main, tracker: store.tracker, clock, ids, log, hold: (operation) => store.hold?.(operation) ?? 0, ...(account === undefined ? {} : { account: () => account.login() }) });
    const links = linkShelf(store.tracker, clock, find, (ref) => source.linksChanged(ref));
    const quiet = outbox.onChange(() => source.compare());
    const rest = retryWhenDue(outbox, clock, log, retry);
    return { store, outbox, links, stop: () => (quiet(), rest(), store.dispose()) };
  }

  const shown = withPendingOnce(() => snapshot && { snapshot, pending: [...work.outbox.landed(), ...work.outbox.pending()] });

  function find(ref: IssueRef): Issue | undefined {
    return shown()?.issues.find((issue) => sameRef(issue.ref, ref));
  }

  const asOf = (): Instant | undefined => (current ? undefined : snapshot?.at);

  /** Shows what was read, in which these operations are done. */
  function show(read: IssueSnapshot, landed: readonly PendingOperation[]): void {
    snapshot = keepEqualIssues(snapshot, read);
    work.outbox.forget(landed);
  }

  const list = coalesce(async () => {
    const { store, outbox } = work;
    const landed = outbox.landed();
    const result = await store.tracker.list({ state: "all" });
    if (store !== work.store || closed) return;
    failure = result.kind === "failed" ? result : undefined;
    current = result.kind === "ok";
    if (result.kind === "ok") show(result.value, landed);
    store.noteReading(result);
    source.compare(landed);
  });

  /** Shows what was just written to these issues; reads everything again where the store must be asked for that. */
  async function showWritten(refs: readonly IssueRef[]): Promise<void> {
    const { store, outbox } = work;
    const landed = outbox.landed();
    const known = current ? await store.written?.() : undefined;
    if (known === undefined || !refs.every((ref) => known.issues.some((issue) => sameRef(issue.ref, ref)))) return list();
    if (store !== work.store || closed) return;
    show(known, landed);
    source.compare(landed);
  }

  async function reloadDesk(): Promise<void> {
    const result = await config.reload();
    if (result.kind === "failed") log.error(`desk.yml could not be read: ${JSON.stringify(result.failure)}`);
    await work.store.reload();
    shelf.forgetAll();
    source.runbooksChanged();
    await clocks.reload();
    source.compare();
  }

  async function recover(): Promise<void> {
    if (!writable()) return;
    const recovered = await journaled.recover();
    if (recovered.kind === "failed") log.error(`An interrupted write could not be finished: ${JSON.stringify(recovered.failure)}`);
  }

  async function replay(): Promise<void> {
    if (!writable()) return;
    const { outbox } = work;
    const refusals = await outbox.replay();
    if (outbox.landed().length > 0) await list();
    for (const refusal of refusals) runInBackground(tellRefusal(refusal), log);
  }

  /** Tries one stored change again, and gives why it still waits. */
  async function retry(key: OperationKey): Promise<Result<void> | Submission> {
    if (!writable()) return failed({ kind: "untrusted" });
    const { outbox } = work;
    const pending = outbox.pending().find((each) => each.key === key);
    const submission = await outbox.retry(key);
    if (outbox.landed().length > 0) await list();
    if (submission.kind !== "failed" || pending === undefined) return submission;
    runInBackground(tellRefusal({ pending, failure: submission.failure }), log);
    return ok(undefined);
  }

  /** Shows what is remembered, reads what there is now, and sends what waits. */
  async function start(): Promise<void> {
    const { store } = work;
    snapshot = await store.remembered();
    store.follow({
      reread: () => runInBackground(list(), log),
      resend: () => runInBackground(replay().then(list), log),
      changed: () => source.compare(),
    });
    if (snapshot === undefined) await Promise.race([list(), clock.wait(patience)]);
    else runInBackground(list(), log);
    runInBackground(sendLeft(), log);
  }

  /** Sends what earlier windows left unsent, and says so. */
  async function sendLeft(): Promise<void> {
    if (!writable()) return;
    const left = await work.outbox.load();
    if (left.length > 0) runInBackground(notifyLeft(left), log);
    await replay();
  }

  /** The place may have changed with the settings: what is under way there ends by itself, what waits there stays. */
  const move = coalesce(async () => {
    if (closed || chosenStore() === work.store.id) return;
    const next = await begin();
    work.stop();
    work = next;
    snapshot = undefined;
    failure = undefined;
    await reloadDesk();
    await start();
    source.compare();
  });

  /** Whether the desk or its runbooks may have come or gone with what came or went there. */
  function mayMatter(uri: vscode.Uri): boolean {
    const path = paths.pathOf(uri);
    const above = config.folder();
    return path !== undefined && mayHoldRunbooks(path, [...(above === "" ? [] : [above]), ...folders()]);
  }

  const reloadSoon = debounce(systemTimer, 60, () => runInBackground(reloadDesk().then(list), log));
  const changedSoon = debounce(systemTimer, 60, () => {
    source.runbooksChanged();
    runInBackground(clocks.follow(), log);
  });
  const calendarsSoon = debounce(systemTimer, 60, () => runInBackground(clocks.reload(), log));
  const disposables: vscode.Disposable[] = [
    source, reloadSoon, changedSoon, calendarsSoon,
    watchFolder(folder, "**/*.ics", () => calendarsSoon()),
    watchFolder(folder, "**/desk.yml", () => reloadSoon()),
    watchWorkspace((each) => vscode.Disposable.from(
      watchFolder(each, "**/*.{md,markdown}", (uri, listed) => {
        const path = paths.pathOf(uri);
        if (path === undefined || !isRunbook(path)) return;
        if (listed) shelf.forgetAll();
        else shelf.forget(path);
        changedSoon();
      }),
      // Of a folder that comes or goes as a whole, VS Code need not tell anything about the files inside.
      watchMoves(each, mayMatter, () => reloadSoon()),
    ), () => runInBackground(work.store.reload().then(() => {
      shelf.forgetAll();
      source.runbooksChanged();
      source.compare();
    }), log)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const path = paths.pathOf(document.uri);
      if (path === undefined || !isRunbook(path)) return;
      shelf.forget(path);
      changedSoon();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runInBackground(recover().then(list).then(replay), log)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("responseDesk")) runInBackground(move().then(() => source.compare()), log);
    }),
  ];

  /** Reads everything again, as where files are not watched. What could not be written when it was asked for is tried again. */
  async function refresh(): Promise<void> {
    await move();
    work.store.askAgain();
    work.links.forget();
    await reloadDesk();
    await recover();
    if (work.outbox.pending().length > 0) await replay();
    await list();
  }

  async function submitAll(wishes: readonly Wish[], ended: (count: number) => void = () => undefined): Promise<Result<readonly Submission[]>> {
    if (!writable()) return failed({ kind: "untrusted" });
    const { store, outbox } = work;
    // Sent once more, as by a panel that comes back, it is stored already, and nobody need be asked who they are.
    const stored = outbox.pending().find(({ key }) => wishes.some((wish) => wish.key === key));
    const by = stored === undefined ? await store.me() : ok(stored.by);
    if (by.kind === "failed") return by;
    store.askAgain();
    let count = 0;
    const sent = outbox.submitAll(wishes, by.value);
    for (const [index, { key, operation }] of stored === undefined ? wishes.entries() : []) {
      const pause = store.hold?.(operation) ?? 0;
      if (pause > 0) runInBackground(offerUndo({ operation, pause, settled: sent[index] ?? Promise.resolve(), drop: () => outbox.drop(key) }), log);
    }
    const results = await Promise.all(sent.map((result) => result.finally(() => ended(++count))));
    // Where nothing can be written, a reading may take as long to fail, and shows nothing new.
    if (results.every(({ kind }) => kind === "queued")) runInBackground(list(), log);
    else if (results.some(({ kind }) => kind !== "done")) await list();
    else await showWritten(results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : [])));
    return ok(results);
  }

  await reloadDesk();
  // Before anybody can ask for a change: it would be made to a file that was cut short.
  await recover();
  await start();
  runInBackground(tidyMemories(context, log), log);

  return {
    folder, paths, issueIndex, isRunbook, files, clock, ids, log, writable, refresh,
    get tracker() {
      return work.store.tracker;
    },
    ...source.events,
    desk: deskNow,
    deskFolder: () => config.folder(),
    store: () => work.store.now(),
    account: () => work.store.account,
    issues: shown,
    issue: find,
    time: () => clocks.time(),
    factsOf,
    clockOf: (issue) => clocks.clock(issue),
    calendarProblems: () => clocks.problems(),
    get links() {
      return work.links;
    },
    asOf,
    failure: () => failure,
    runbooks: () => shelf.all(),
    runbook: (path) => shelf.one(path),
    runbookUrl: (path) => work.store.runbookUrl?.(path),
    async submit(operation, key = ids.next()) {
      const results = await submitAll([{ key, operation }]);
      return results.kind === "failed" ? results : (results.value[0] ?? { kind: "withdrawn" });
    },
    submitAll,
    pending: () => work.outbox.pending(),
    waiting: () => work.outbox.waiting(),
    unreadable: () => work.outbox.unreadable(),
    unreadableText: (place) => work.outbox.text(place),
    discardUnreadable: (place) => work.outbox.discard(place),
    alarmMemory: () => work.store.memory.alarms,
    close: () => Promise.race([work.outbox.finish(), clock.wait(longestClosing)]),
    async retryPending(key) {
      if (key !== undefined) return retry(key);
      if (!writable()) return failed({ kind: "untrusted" });
      await replay();
      const failure = work.outbox.waiting().find((each) => each.failure !== undefined)?.failure;
      return failure === undefined ? ok(undefined) : { kind: "queued", failure };
    },
    dropPending: (key) => work.outbox.drop(key),
    takeOverPending: (key, by) => work.outbox.takeOver(key, by),
    replacePending: (key, operation) => work.outbox.replace(key, operation),
    async me() {
      const me = await work.store.me();
      return me.kind === "ok" ? me.value : undefined;
    },
    knownMe: () => work.store.knownMe(),
    holders: () => holdersAt(config.now().desk, clock.now()),
    dispose() {
      closed = true;
      work.stop();
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** One place at work, with what waits for it. */
interface Work {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly links: LinkShelf;
  stop(): void;
}

type Refusal = Extract<Result<never>, { kind: "failed" }>;

/** Milliseconds that a window that closes waits for what is being sent; the editor gives it about five seconds. */
const longestClosing = 4000;
/** Milliseconds that the first reading is waited for, when nothing is remembered that could be shown. */
const patience = 8000;
