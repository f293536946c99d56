import * as vscode from "vscode";
import type { WaitingOperation } from "../../core/issue/waitingOperation";
import type { DeskSession } from "../session";
import type { WaitingNode } from "./node";
import { pendingNodes } from "./pendingNodes";
import { sayInstant } from "./sayInstant";

/** These changes as rows, with what the session knows of their issues. */
export function buildPending(session: DeskSession, waiting: readonly WaitingOperation[]): readonly WaitingNode[] {
  const { desk } = session.desk();
  const now = session.clock.now();
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  return pendingNodes({
    waiting,
    issue: (ref) => session.issue(ref),
    home: repositories.size === 1 ? ([...repositories][0] ?? "") : "",
    say: (at) => sayInstant(at, now, desk.timezone, vscode.env.language),
  });
}
