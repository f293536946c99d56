import type * as vscode from "vscode";
import { findKind } from "../../core/desk/kindOf";
import type { DeskSession } from "../app/session";
import { choiceKey, isFiltered, readChoice } from "./outlineChoice";
import { viewOfKind } from "./viewOfKind";

/** Sets the context keys that menus, empty views and editor buttons depend on. */
export async function announceDesk(session: DeskSession, memento: vscode.Memento, setContext: (name: string, value: unknown) => Promise<void>): Promise<void> {
  const { desk, path } = session.desk.now();
  const runbooks = await session.runbooks.all();
  const signedOut = session.store.failure()?.failure.kind === "signedOut";
  const keys: Readonly<Record<string, unknown>> = {
    loaded: session.issues.snapshot() !== undefined && !signedOut,
    failed: session.store.failure() !== undefined && !signedOut,
    signedOut,
    hasDesk: path !== undefined,
    hasRequests: findKind(desk, "request") !== undefined,
    hasRecords: desk.kinds.some(({ name }) => viewOfKind(name) === "records"),
    filtered: isFiltered(readChoice(memento.get(choiceKey)).filter),
    runbookFiles: runbooks.flatMap((runbook) => session.paths.uriOf(runbook.path)?.toString() ?? []),
  };
  await Promise.all(Object.entries(keys).map(([key, value]) => setContext(key, value)));
}
