import * as vscode from "vscode";
import type { IssueRef } from "../../core/issue/issueRef";
import type { DeskSession, OpenSession } from "../session";
import { announceDesk } from "./announceDesk";
import { deskTree, type TreeBuilder } from "./deskTree";
import type { ViewName } from "./node";
import { choiceKey, type OutlineChoice, readChoice } from "./outlineChoice";

export interface ViewDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
}

const views: readonly ViewName[] = ["onDuty", "incidents", "requests", "records", "runbooks", "pending"];

/** Registers the sidebar's views. Nothing is read, and no desk opened, before one of them is looked at. */
export function registerViews(deps: ViewDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const follow = followOnce(deps, changed);
  const load = loadBuilder();
  const choice = (): OutlineChoice => readChoice(deps.context.workspaceState.get(choiceKey));
  const trees = views.map((name) => deskTree({ name, session: () => follow.session(), load, choice, changed: changed.event }));
  const minutes = setInterval(() => {
    if (trees.some(({ view }) => view.visible)) changed.fire();
  }, 60_000);
  let signs: vscode.Disposable | undefined;
  const opened = deps.onDidOpenSession(async (session) => {
    const { pendingSigns } = await import("./pendingSigns");
    signs?.dispose();
    const tree = trees.find(({ name }) => name === "pending");
    if (tree !== undefined) signs = pendingSigns(session, tree.view, () => changed.fire());
  });
  return vscode.Disposable.from(
    changed,
    follow,
    opened,
    { dispose: () => signs?.dispose() },
    { dispose: () => clearInterval(minutes) },
    ...trees.map(({ view }) => view),
    ...trees,
    vscode.commands.registerCommand("responseDesk._views.update", () => changed.fire()),
    vscode.commands.registerCommand("responseDesk._issue.reveal", async (ref: IssueRef) => {
      for (const tree of trees) if (await tree.reveal(ref)) return;
    }),
  );
}

interface Follower extends vscode.Disposable {
  /** The session, opened on the first call, and followed from then on. */
  session(): Promise<DeskSession | undefined>;
}

function followOnce({ open, context }: ViewDeps, changed: vscode.EventEmitter<void>): Follower {
  let subscription: vscode.Disposable | undefined;
  let announced: Promise<void> | undefined;
  const stale = changed.event(() => (announced = undefined));
  return {
    async session() {
      const opened = await open();
      if (opened.kind === "failed") return undefined;
      const session = opened.value;
      subscription ??= session.onDidChange(() => changed.fire());
      await (announced ??= announceDesk(session, context.workspaceState));
      return session;
    },
    dispose() {
      stale.dispose();
      subscription?.dispose();
    },
  };
}

/** Loads what makes rows once, when the first view is looked at. */
function loadBuilder(): () => Promise<TreeBuilder> {
  let loaded: Promise<TreeBuilder> | undefined;
  return () => (loaded ??= import("./buildView").then(({ buildView, toTreeItem }) => ({ build: buildView, toTreeItem })));
}
