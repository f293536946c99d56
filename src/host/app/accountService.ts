import type * as vscode from "vscode";
import type { Result } from "../../core/model/result";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { GithubAccount } from "./store/githubAccount";
import type { Store } from "./store/store";

/** The current user and what they may do. */
export interface AccountService {
  /** The login of the current user. Asks for it once if it is not known; `undefined` if the user dismisses the question. */
  me(): Promise<string | undefined>;
  /** The same as a result, with the reason if the login stays unknown. */
  login(): Promise<Result<string>>;
  /** The login if it is known. Never asks. */
  knownMe(): string | undefined;
  /** The GitHub account in use; `undefined` where issues are stored in files. */
  github(): GithubAccount | undefined;
  /** Whether changes may be written: false in an untrusted workspace. */
  writable(): boolean;
  /** Fires after the current user changed, or writing became possible. */
  readonly onDidChange: vscode.Event<void>;
}

interface OwnedAccountService extends AccountService, vscode.Disposable {
  announce(): void;
}

interface AccountServiceDeps {
  readonly store: () => Store;
  readonly writable: () => boolean;
  readonly newEmitter: NewEmitter;
}

/** Uses the account of the current issue storage. */
export function createAccountService({ store, writable, newEmitter }: AccountServiceDeps): OwnedAccountService {
  const knownMe = (): string | undefined => store().knownMe();
  const changed = dataChangeEvent(newEmitter, () => ({ me: knownMe(), writable: writable() }));

  async function login(): Promise<Result<string>> {
    const me = await store().me();
    // The user may just have answered who they are.
    changed.compare();
    return me;
  }

  return {
    async me() {
      const me = await login();
      return me.kind === "ok" ? me.value : undefined;
    },
    login,
    knownMe,
    github: () => store().account,
    writable,
    onDidChange: changed.event,
    announce: () => changed.compare(),
    dispose: () => changed.dispose(),
  };
}
