import * as vscode from "vscode";
import { businessTime } from "../../core/calendar/businessTime";
import { failed, ok, type Result } from "../../core/model/result";
import { createIssueIndex } from "../../core/search/issueIndex";
import type { PendingOperation } from "../../core/model/operation";
import type { Log } from "../../core/model/ports";
import { coalesce, debounce, runInBackground } from "../../core/model/queues";
import { mayHoldRunbooks, runbookFolders } from "../../core/runbook/runbookFolders";
import { journaledFiles } from "../../trackers/files/journaledFiles";
import { readCalendars } from "../platform/calendars";
import { readableText } from "../platform/fileText";
import { filterEvent } from "../platform/followEvents";
import { folderFiles } from "../platform/folderFiles";
import { openRepository } from "../platform/gitExtension";
import { gitFileHistory } from "../platform/gitFileHistory";
import { randomIds, systemClock, systemTimer } from "../platform/ports";
import { postWebhook } from "../platform/postWebhook";
import { openDeskMemory, sharedMemory, removeUnusedMemories } from "../platform/storage";
import { webhookAddresses } from "../platform/webhookAddresses";
import { watchFolder, watchMoves, watchWorkspace } from "../platform/watchFolder";
import { workspacePaths } from "../platform/workspacePaths";
import { createAccountService } from "./accountService";
import type { NewEmitter } from "./changeEvent";
import { createClockService } from "./clockService";
import { createDeliveryService } from "./deliveryService";
import { deskFile } from "./deskFile";
import { createDeskService } from "./deskService";
import { findDesk } from "./deskFolder";
import { deskIdentity } from "./identity";
import { createIssueService, type OwnedIssueService } from "./issueService";
import { createLinkService } from "./linkService";
import { createMetricsService } from "./metricsService";
import type { Notices } from "./notices";
import { createPendingService } from "./pendingService";
import { createPostmortemLibrary } from "./postmortemLibrary";
import { createRunbookService } from "./runbookService";
import type { DeskSession } from "./session";
import { chosenStore, openStore } from "./store/openStore";
import { createStoreService } from "./storeService";
import { createTicker } from "./ticker";
import { createTriageTimers } from "./triageTimers";

/** Opens the desk of one workspace folder: reads desk and issues, then follows the files and the issue storage. */
export async function openSession(context: vscode.ExtensionContext, folder: vscode.WorkspaceFolder, notices: Notices, log: Log): Promise<DeskSession> {
  const clock = systemClock;
  const ids = randomIds;
  const newEmitter: NewEmitter = <T>() => new vscode.EventEmitter<T>();
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
  const { files } = journaled;
  const file = deskFile(readable, () => findDesk(folder, readable));
  const paths = workspacePaths(folder);
  const index = createIssueIndex(() => clock.wait(0));
  const folders = (): readonly string[] => runbookFolders(file.now().desk, file.folder(), paths.others().map(({ path }) => path));

  const store = await createStoreService({
    chosen: chosenStore,
    open: () => openStore({ context, folder, paths, clock, ids, log, issueIndex: index, files, memory, notices, desk: () => file.now().desk }),
    newEmitter,
  });
  const desk = createDeskService({ file, withDefaultRepository: (each) => store.withDefaultRepository(each), newEmitter, log });
  const account = createAccountService({ store: () => store.current(), writable, newEmitter });
  const pending = createPendingService({
    store: () => store.current(),
    account, notices, newEmitter, clock, ids, log,
    read: () => issues.read(),
    showWritten: (refs) => issues.showWritten(refs),
    seen: (ref) => issues.find(ref),
    changed: () => announce(),
  });
  const issues: OwnedIssueService = createIssueService({ store, pending, desk: () => desk.config(), index, changed: announce, newEmitter });
  const ticker = createTicker({ clock, timer: systemTimer, newEmitter });
  const returns = [ticker.onDidTick, filterEvent(vscode.window.onDidChangeWindowState, ({ focused }) => focused)];
  const deliveries = createDeliveryService({
    memory: memory.main,
    addresses: webhookAddresses(context.secrets, identity),
    post: (webhook, message) => postWebhook(webhook, message, { fetch, clock }),
    pending, account,
    returns,
    newEmitter, clock, ids, log,
  });
  const links = createLinkService({ tracker: () => store.tracker, issue: (ref) => issues.find(ref), newEmitter, clock });
  const runbooks = createRunbookService({ paths, desk, folders, urlOf: (path) => store.current().runbookUrl?.(path), newEmitter, log });
  const postmortems = createPostmortemLibrary({ folder, files, desk, issues, store, newEmitter, clock, log });
  const clocks = createClockService({
    desk, runbooks, newEmitter, clock, log,
    factsOf: issues.factsOf,
    closings: (holidays, timezone) => readCalendars(context.extensionUri, holidays, timezone, file.folder(), readable),
  });
  const metrics = createMetricsService({
    files, issues, store, desk, runbooks, clocks, newEmitter, clock,
    history(deskFolder) {
      const git = vscode.extensions.getExtension("vscode.git");
      const repository = openRepository(vscode.workspace.isTrusted && git?.isActive === true ? git.exports : undefined, folder.uri);
      if (repository === undefined) return store.deskHistory(deskFolder);
      return { ...gitFileHistory(repository, (path) => vscode.Uri.joinPath(folder.uri, deskFolder, path).fsPath, log), isShallow: () => isShallowClone(repository) };
    },
    async timeOf(of, texts) {
      const read = async (path: string): Promise<Result<string>> => {
        const text = texts.get(path);
        return text === undefined ? failed({ kind: "missing", path }) : ok(text);
      };
      return businessTime(of, (await readCalendars(context.extensionUri, of.holidays, of.timezone, "", { read })).closures);
    },
  });
  const triage = createTriageTimers({ memory: memory.main, returns, newEmitter, log });
  let closed = false;

  /** Lets each service fire its event if its state changed since the last call. `written` are operations that a read contains. */
  function announce(written?: readonly PendingOperation[]): void {
    if (closed) return;
    desk.announce();
    account.announce();
    store.announce();
    issues.announce(written);
    pending.announce();
  }

  async function reloadDesk(): Promise<void> {
    await desk.reload();
    await store.current().reload();
    runbooks.reload();
    await clocks.reload();
    announce();
  }

  /** Completes writes that a crash interrupted. */
  async function recover(): Promise<void> {
    if (!writable()) return;
    const recovered = await journaled.recover();
    if (recovered.kind === "failed") log.error(`An interrupted write could not be finished: ${JSON.stringify(recovered.failure)}`);
  }

  /** Shows the cached issues, reads the current ones, and sends pending changes. */
  async function start(): Promise<void> {
    const cached = await issues.showCached();
    store.current().follow({
      reread: () => runInBackground(issues.read(), log),
      resend: () => runInBackground(pending.replay().then(issues.read), log),
      changed: () => announce(),
    });
    if (cached) runInBackground(issues.read(), log);
    else await Promise.race([issues.read(), clock.wait(timeoutMilliseconds)]);
    await Promise.all([deliveries.load(), triage.load()]);
    runInBackground(pending.sendUnsent(), log);
  }

  /** Switches to the issue storage in the settings. Changes that are being sent to the old one complete; pending ones stay there. */
  const switchStore = coalesce(async () => {
    if (closed || !(await store.replace())) return;
    await reloadDesk();
    await start();
    announce();
  });

  /** Reads everything again, for folders that are not watched, and retries pending changes. */
  async function refresh(): Promise<void> {
    await switchStore();
    store.current().resetConsent();
    links.forget();
    postmortems.reload();
    await reloadDesk();
    await recover();
    if (pending.operations().length > 0) await pending.replay();
    await Promise.all([deliveries.load(), triage.load()]);
    await issues.read();
  }

  /** Whether a file or folder that was added or removed may contain the desk or its runbooks. */
  function mayContainRunbooks(uri: vscode.Uri): boolean {
    const path = paths.pathOf(uri);
    const above = file.folder();
    return path !== undefined && mayHoldRunbooks(path, [...(above === "" ? [] : [above]), ...folders()]);
  }

  const reloadSoon = debounce(systemTimer, 60, () => runInBackground(reloadDesk().then(issues.read), log));
  const calendarsSoon = debounce(systemTimer, 60, () => runInBackground(clocks.reload(), log));
  const owned = vscode.Disposable.from(
    pending, deliveries, store, issues, links, metrics, clocks, runbooks, postmortems, account, desk, ticker, triage,
    reloadSoon,
    calendarsSoon,
    watchFolder(folder, "**/*.ics", () => calendarsSoon()),
    watchFolder(folder, "**/desk.yml", () => reloadSoon()),
    // When a folder is added or removed, VS Code may not report the files inside.
    watchWorkspace((each) => watchMoves(each, mayContainRunbooks, () => reloadSoon()), () => runInBackground(store.current().reload().then(() => {
      runbooks.reload();
      announce();
    }), log)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runInBackground(recover().then(issues.read).then(pending.replay), log)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("responseDesk")) runInBackground(switchStore().then(() => announce()), log);
    }),
  );

  await reloadDesk();
  // Before any change is accepted: it would apply to a file that was only partly written.
  await recover();
  await start();
  runInBackground(removeUnusedMemories(context, log), log);

  return {
    folder, paths, files, clock, ids, log, desk, issues, links, pending, deliveries, runbooks, postmortems, clocks, metrics, account, store, ticker, triage, refresh,
    close: () => Promise.race([pending.finish(), clock.wait(maxClosingTime)]),
    dispose() {
      closed = true;
      owned.dispose();
    },
  };
}

/** How many milliseconds a closing window waits for changes that are being sent. VS Code allows about five seconds. */
const maxClosingTime = 4000;

/** How many milliseconds opening waits for the first read if no issues are cached. */
const timeoutMilliseconds = 8000;

/** A linked worktree has no such file, so nothing is known about it. */
async function isShallowClone({ rootUri }: Readonly<Record<string, unknown>>): Promise<boolean> {
  return rootUri instanceof vscode.Uri && (await vscode.workspace.fs.stat(vscode.Uri.joinPath(rootUri, ".git", "shallow")).then(() => true, () => false));
}
