import type { DeskSession } from "../session";

/** A session that remembers whether a write it was asked for could not be done yet but is stored, to be tried again. */
export interface WatchedSession {
  readonly session: DeskSession;
  readonly stored: () => boolean;
  /** Whether a person took back what it was asked to write: they need not be told. */
  readonly takenBack: () => boolean;
}

/** The same session, watched. */
export function watchSubmits(session: DeskSession): WatchedSession {
  let stored = false;
  let takenBack = false;
  return {
    stored: () => stored,
    takenBack: () => takenBack,
    session: {
      ...session,
      dispose: () => session.dispose(),
      async submit(operation, key) {
        const before = new Set(session.pending().map((pending) => pending.key));
        const result = await session.submit(operation, key);
        if (result.kind === "failed" && result.failure.kind === "dropped") takenBack = true;
        if (result.kind === "failed" && session.pending().some((pending) => !before.has(pending.key))) stored = true;
        return result;
      },
    },
  };
}
