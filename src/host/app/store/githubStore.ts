import * as vscode from "vscode";
import { deskRepositories, homeDesk } from "../../../core/github/homeDesk";
import type { Desk } from "../../../core/model/desk";
import type { Repository } from "../../../core/model/issueRef";
import { folderMark, withoutMark } from "../../../core/model/paths";
import { failed, ok, type Result } from "../../../core/model/result";
import { needsUndoWindow } from "../../../core/sync/undoWindow";
import { githubApi, isPublic } from "../../../trackers/github/githubApi";
import { accountTracker, createGithubTracker } from "../../../trackers/github/githubTracker";
import { runInBackground } from "../../platform/background";
import { type Checkout, checkoutOf } from "../../platform/gitRemotes";
import { addressedName, openDeskMemory } from "../../platform/storage";
import { githubAccount } from "./githubAccount";
import { createPoller, type Poller } from "./issuePoller";
import type { Store, StoreParts } from "./store";
import { writeConsent } from "./writeConsent";

/** Issues of the repositories that the desk names, or else of those the workspace is a checkout of, on one server. */
export async function githubStore(id: string, server: string, { context, folder, paths, clock, log, notices, issueIndex, desk }: StoreParts): Promise<Store> {
  const whose = async (token: string): Promise<Result<string>> => githubApi({ server, token: async () => token, clock, log }).login();
  const allPublic = async (): Promise<boolean> => repositories().length > 0 && (await Promise.all(repositories().map((each) => isPublic(server, each)))).every((each) => each);
  const account = githubAccount({ server, context, log, whose, allPublic });
  const consent = writeConsent(context.workspaceState, server);
  // Changes name their repository, so that any clone of the desk's may send them; and a clone that is renamed loses none.
  const [own] = (await checkoutOf(folder.uri, server)).repositories;
  const former = addressedName(folder, id);
  const kept = await openDeskMemory(context, own === undefined ? former : `${id} ${own}`, former, log);
  const memory = kept.main;
  let home: readonly Repository[] = [];
  let checkouts: ReadonlyMap<string, Checkout> = new Map();
  let placed: { readonly of: Desk; readonly home: readonly Repository[]; readonly desk: Desk } | undefined;
  let listed: { readonly of: Desk["people"]; readonly logins: readonly string[] } | undefined;
  let poller: Poller | undefined;
  let following: vscode.Disposable | undefined;

  function place(of: Desk): Desk {
    if (placed?.of !== of || placed.home !== home) placed = { of, home, desk: homeDesk(of, home) };
    return placed.desk;
  }

  /** The runbook in the repository that its workspace folder is a checkout of, as the main branch has it. */
  function runbookUrl(path: string): string | undefined {
    const checkout = checkouts.get(folderMark(path));
    const [repository] = checkout?.repositories ?? [];
    return checkout === undefined || repository === undefined ? undefined : `${server}/${repository}/blob/HEAD/${encodeURI(checkout.path + withoutMark(path))}`;
  }

  /** The same list as long as it is the same desk. */
  function people(): readonly string[] {
    const of = desk().people;
    if (listed?.of !== of) listed = { of, logins: of.map(({ login }) => login) };
    return listed.logins;
  }

  const repositories = (): readonly Repository[] => deskRepositories(place(desk()));
  const tracker = accountTracker(() => account.token(), (token) => createGithubTracker({
    api: githubApi({ server, token, clock, log }), issueIndex, repositories, clock, memory, log,
    account: () => account.login(),
    onNotice: (notice) => runInBackground(notices.fromTracker(notice), log),
    people,
    runbookUrl: ({ runbook }) => runbookUrl(runbook),
    mayWrite: (repository) => consent.mayWrite(repository),
  }));

  // The editor's own sign-in may take a while to wake up; it is heard of when it has.
  await Promise.race([account.token(), clock.wait(timeoutMilliseconds)]);

  return {
    tracker: {
      ...tracker,
      list: async (query) => (repositories().length === 0 ? failed({ kind: "invalidDraft", reason: "noRepository" }) : tracker.list(query)),
    },
    id,
    memory: kept,
    account,
    place,
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
    // What is remembered is an account's own, and asking the server whose token it is may take as long as reading.
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
    noteReading(result) {
      if (result.kind === "failed" && result.failure.kind === "signedOut" && result.failure.reason === "refused") account.noteRefused();
      if (result.kind === "failed" && (result.failure.kind === "noRepository" || result.failure.kind === "forbidden")) account.noteUnreadable(result.failure.repository);
      poller?.note(result.kind === "failed" ? result.failure : undefined);
    },
    askAgain: () => consent.askAgain(),
    // Others are told of a comment at once, and it cannot be unsent.
    undoMilliseconds: (operation) => (needsUndoWindow(operation) ? vscode.workspace.getConfiguration("responseDesk").get("github.undoSeconds", 5) * 1000 : 0),
    dispose() {
      following?.dispose();
      poller?.dispose();
      account.dispose();
    },
  };
}

/** Milliseconds that the opening of a desk waits for the editor to say who is signed in. */
const timeoutMilliseconds = 2000;
