import * as vscode from "vscode";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { DeskSession } from "../app/session";
import type { UnreadableNode, WaitingNode } from "./node";
import { pendingNodes } from "./pendingNodes";
import { sayInstant } from "./sayInstant";

/** These changes as rows, with what the session knows of their issues. */
export function buildPending(session: DeskSession, waiting: readonly WaitingOperation[]): readonly WaitingNode[] {
  const desk = session.desk.config();
  const now = session.clock.now();
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  return pendingNodes({
    waiting,
    issue: (ref) => session.issues.find(ref),
    home: repositories.size === 1 ? ([...repositories][0] ?? "") : "",
    say: (at) => sayInstant(at, now, desk.timezone, vscode.env.language),
  });
}

/** What is stored among them and cannot be understood. */
export function buildUnreadable(session: DeskSession): readonly UnreadableNode[] {
  const { timezone } = session.desk.config();
  const now = session.clock.now();
  return session.pending.unreadable().map(({ place, at }) => ({
    kind: "unreadable",
    id: `unreadable:${place}`,
    place,
    ...(at === undefined ? {} : { since: sayInstant(at, now, timezone, vscode.env.language) }),
  }));
}
