import * as vscode from "vscode";
import { deskRepositories, homeDesk } from "../../../core/github/homeDesk";
import type { FileHistory } from "../../../core/metrics/history/deskVersions";
import type { Desk } from "../../../core/model/desk";
import type { Repository } from "../../../core/model/issueRef";
import { folderMark, withoutMark } from "../../../core/model/paths";
import { splitProcedurePath } from "../../../core/model/procedurePath";
import { failed, ok, type Result } from "../../../core/model/result";
import { needsUndoWindow } from "../../../core/sync/undoWindow";
import { githubFileHistory } from "../../../trackers/github/fileHistory";
import { githubApi, isPublic } from "../../../trackers/github/githubApi";
import { accountTracker, createGithubTracker } from "../../../trackers/github/githubTracker";
import { accountPublisher, githubPublisher } from "../../../trackers/github/publishFile";
import { type GithubRecords, type HistoryOptions, readGithubRecords } from "../../../trackers/github/history/readRecords";
import { createTrust } from "../../../trackers/github/trust";
import { runInBackground } from "../../platform/background";
import { type Checkout, checkoutOf } from "../../platform/gitRemotes";
import { addressedName, openDeskMemory } from "../../platform/storage";
import { githubAccount } from "./githubAccount";
import { createPoller, type Poller } from "./issuePoller";
import type { Store, StoreParts } from "./store";
import { writeConsent } from "./writeConsent";

/** Issues on one server, in the repositories of the desk, or else in those of the workspace's Git checkout. */
export async function githubStore(id: string, server: string, { context, folder, paths, clock, log, notices, issueIndex, desk }: StoreParts): Promise<Store> {
  const whose = async (token: string): Promise<Result<string>> => githubApi({ server, token: async () => token, clock, log }).login();
  const allPublic = async (): Promise<boolean> => repositories().length > 0 && (await Promise.all(repositories().map((each) => isPublic(server, each)))).every((each) => each);
  const account = githubAccount({ server, context, log, whose, allPublic });
  const consent = writeConsent(context.workspaceState, server);
  // Changes name their repository, so any clone may send them, and none are lost when a clone is renamed.
  const [own] = (await checkoutOf(folder.uri, server)).repositories;
  const former = addressedName(folder, id);
  const deskMemory = await openDeskMemory(context, own === undefined ? former : `${id} ${own}`, former, log);
  const memory = deskMemory.main;
  let home: readonly Repository[] = [];
  let checkouts: ReadonlyMap<string, Checkout> = new Map();
  let placed: { readonly of: Desk; readonly home: readonly Repository[]; readonly desk: Desk } | undefined;
  let listed: { readonly of: Desk["people"]; readonly logins: readonly string[] } | undefined;
  let poller: Poller | undefined;
  let following: vscode.Disposable | undefined;

  function withDefaultRepository(of: Desk): Desk {
    if (placed?.of !== of || placed.home !== home) placed = { of, home, desk: homeDesk(of, home) };
    return placed.desk;
  }

  /** The runbook on the default branch of the repository that its workspace folder is a checkout of. */
  function runbookUrl(path: string): string | undefined {
    const checkout = checkouts.get(folderMark(path));
    const [repository] = checkout?.repositories ?? [];
    if (checkout === undefined || repository === undefined) return undefined;
    const { file, slug } = splitProcedurePath(checkout.path + withoutMark(path));
    return `${server}/${repository}/blob/HEAD/${encodeURI(file).replaceAll("#", "%23").replaceAll("?", "%3F")}${slug === undefined ? "" : `#${encodeURIComponent(slug)}`}`;
  }

  /** The same list while the desk is the same. */
  function people(): readonly string[] {
    const of = desk().people;
    if (listed?.of !== of) listed = { of, logins: of.map(({ login }) => login) };
    return listed.logins;
  }

  const repositories = (): readonly Repository[] => deskRepositories(withDefaultRepository(desk()));
  const tracker = accountTracker(() => account.token(), (token) => createGithubTracker({
    api: githubApi({ server, token, clock, log }), issueIndex, repositories, clock, memory, log,
    account: () => account.login(),
    onNotice: (notice) => runInBackground(notices.fromTracker(notice), log),
    people,
    runbookUrl: ({ runbook }) => runbookUrl(runbook),
    mayWrite: (repository) => consent.mayWrite(repository),
  }));

  const publisher = accountPublisher(server, () => account.token(), (token) => githubPublisher({
    api: githubApi({ server, token, clock, log }),
    async mayWrite(repository) {
      // The user has just confirmed what is published, so a refusal of an earlier change does not count.
      consent.resetConsent();
      return consent.mayWrite(repository);
    },
  }));

  async function histories({ people: everyone, ...options }: HistoryOptions): Promise<Result<GithubRecords>> {
    const login = await account.login();
    if (login.kind === "failed") return login;
    const mine = await account.token();
    // After another account signed in, requests fail as signed out.
    const api = githubApi({ server, token: async () => ((await account.token()) === mine ? mine : undefined), clock, log });
    const trust = createTrust({ api, memory, account: () => account.login(), people: () => everyone });
    return ok(await readGithubRecords({ ...options, api, trust, memory, clock, account: login.value }, repositories()));
  }

  function deskHistory(deskFolder: string): FileHistory | undefined {
    const checkout = checkouts.get("");
    const [repository] = checkout?.repositories ?? [];
    return checkout === undefined || repository === undefined ? undefined : githubFileHistory(githubApi({ server, token: () => account.token(), clock, log }), repository, `${checkout.path}${deskFolder === "" ? "" : `${deskFolder}/`}`);
  }

  // The editor's sign-in may take a while. An event fires when it is ready.
  await Promise.race([account.token(), clock.wait(timeoutMilliseconds)]);

  return {
    tracker: {
      ...tracker,
      list: async (query) => (repositories().length === 0 ? failed({ kind: "invalidDraft", reason: "noRepository" }) : tracker.list(query)),
    },
    id,
    memory: deskMemory,
    account,
    publisher,
    histories,
    deskHistory,
    withDefaultRepository,
    runbookUrl,
    now() {
      const login = account.knownLogin();
      return { kind: "github", server, signedIn: account.signedIn(), repositories: repositories(), ...(login === undefined ? {} : { login }) };
    },
    async reload() {
      const found = await checkoutOf(folder.uri, server);
      if (found.repositories.join() !== home.join()) home = found.repositories;
      const others = paths.others().map(async (other) => [other.path, await checkoutOf(other.folder.uri, server)] as const);
      checkouts = new Map([["", found], ...(await Promise.all(others))]);
    },
    knownMe: () => account.knownLogin(),
    async me() {
      const known = account.knownLogin();
      if (known !== undefined) return ok(known);
      const login = await account.login();
      if (login.kind === "ok" || login.failure.kind !== "signedOut") return login;
      return (await account.signIn()) ?? login;
    },
    // The cache belongs to an account, and requesting its login may take as long as reading the issues.
    remembered: async () => (account.knownLogin() === undefined ? undefined : tracker.remembered()),
    written: () => tracker.remembered(),
    follow(events) {
      poller = createPoller(clock, events);
      following = account.onDidChange(() => {
        events.changed();
        if (account.signedIn()) events.resend();
        else events.reread();
      });
    },
    recordRead(result) {
      if (result.kind === "failed" && result.failure.kind === "signedOut" && result.failure.reason === "refused") account.noteRefused();
      if (result.kind === "failed" && (result.failure.kind === "noRepository" || result.failure.kind === "forbidden")) account.noteUnreadable(result.failure.repository);
      poller?.note(result.kind === "failed" ? result.failure : undefined);
    },
    resetConsent: () => consent.resetConsent(),
    // A comment notifies people immediately and cannot be unsent.
    undoMilliseconds: (operation) => (needsUndoWindow(operation) ? vscode.workspace.getConfiguration("responseDesk").get("github.undoSeconds", 5) * 1000 : 0),
    dispose() {
      following?.dispose();
      poller?.dispose();
      account.dispose();
    },
  };
}

/** How many milliseconds opening a desk waits for the editor's sign-in. */
const timeoutMilliseconds = 2000;
