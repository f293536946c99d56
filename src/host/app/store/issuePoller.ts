import * as vscode from "vscode";
import { nextPoll } from "../../../core/github/polling";
import type { Failure } from "../../../core/model/failure";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant } from "../../../core/model/issue";
import type { Clock } from "../../../core/model/ports";
import type { StoreEvents } from "./store";

/** Polls a server: at the interval of `nextPoll`, and when the user returns to the window. */
export interface Poller extends vscode.Disposable {
  /** Records the result of a read; `undefined` is success. */
  note(failure: Failure | undefined): void;
}

const fresh = 15_000;

/** Calls `reread` when the next read is due, and `resend` when the server responds again. */
export function createPoller(clock: Clock, events: StoreEvents): Poller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failure: Failure | undefined;
  let failures = 0;
  let polledAt: Instant | undefined;
  let idleSince: Instant | undefined = used(vscode.window.state) ? undefined : clock.now();

  function plan(): void {
    clearTimeout(timer);
    const pause = nextPoll({ now: clock.now(), failures, ...(failure === undefined ? {} : { failure }), ...(idleSince === undefined ? {} : { idleSince }) });
    if (pause !== undefined) timer = setTimeout(() => events.reread(), Math.min(pause, longest));
  }

  const watching = vscode.window.onDidChangeWindowState((state) => {
    const was = idleSince;
    idleSince = used(state) ? undefined : (idleSince ?? clock.now());
    if ((was === undefined) === (idleSince === undefined)) return;
    plan();
    const old = polledAt === undefined || millisecondsOf(clock.now()) - millisecondsOf(polledAt) > fresh;
    if (idleSince === undefined && old && failure?.kind !== "limited" && failure?.kind !== "badServer") events.reread();
  });

  return {
    note(ended) {
      polledAt = clock.now();
      // Pending changes have their own retry timer, which need not run out once the server responds.
      if (failure !== undefined && ended === undefined) events.resend();
      failure = ended;
      failures = ended === undefined ? 0 : failures + 1;
      plan();
    },
    dispose() {
      clearTimeout(timer);
      watching.dispose();
    },
  };
}

/** The maximum delay of a timer. */
const longest = 2 ** 31 - 1;

function used({ focused, active }: vscode.WindowState): boolean {
  return focused && active;
}
