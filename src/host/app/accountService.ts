import type * as vscode from "vscode";
import type { Result } from "../../core/model/result";
import { dataChangeEvent, type NewEmitter } from "./changeEvent";
import type { GithubAccount } from "./store/githubAccount";
import type { Store } from "./store/store";

/** Who is at the keyboard, and what they may do. */
export interface AccountService {
  /** The login of the person at the keyboard; asks once when it is not known. `undefined` when they dismiss the question. */
  me(): Promise<string | undefined>;
  /** The same, with the reason when it stays unknown. */
  login(): Promise<Result<string>>;
  /** The login if it is known, without asking. */
  knownMe(): string | undefined;
  /** The GitHub account in use; `undefined` where nobody needs to sign in. */
  github(): GithubAccount | undefined;
  /** Whether writing is allowed: false in an untrusted workspace. */
  writable(): boolean;
  /** Fires after another person is at the keyboard, or writing is allowed. */
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

/** Asks the store that is in use, which knows how people are named there. */
export function createAccountService({ store, writable, newEmitter }: AccountServiceDeps): OwnedAccountService {
  const knownMe = (): string | undefined => store().knownMe();
  const changed = dataChangeEvent(newEmitter, () => ({ me: knownMe(), writable: writable() }));

  return {
    async me() {
      const me = await store().me();
      return me.kind === "ok" ? me.value : undefined;
    },
    login: () => store().me(),
    knownMe,
    github: () => store().account,
    writable,
    onDidChange: changed.event,
    announce: () => changed.compare(),
    dispose: () => changed.dispose(),
  };
}
