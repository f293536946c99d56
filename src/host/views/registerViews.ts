import * as vscode from "vscode";
import type { IssueRef } from "../../core/issue/issueRef";
import type { DeskSession, OpenSession } from "../session";
import type { BuildView, BuiltView } from "./buildView";
import { announceDesk } from "./announceDesk";
import { childrenOf, type DeskNode, type ViewName } from "./node";
import { choiceKey, readChoice } from "./outlineChoice";

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
  const trees = views.map((name) => createTree(name, deps, follow, load, changed.event));
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

/** What makes nodes and rows; loaded once, when the first view is looked at. */
interface Builder {
  readonly build: BuildView;
  readonly toTreeItem: (node: DeskNode) => vscode.TreeItem;
}

function loadBuilder(): () => Promise<Builder> {
  let loaded: Promise<Builder> | undefined;
  return () => (loaded ??= import("./buildView").then(({ viewBuilder, toTreeItem }) => ({ build: viewBuilder(), toTreeItem })));
}

interface Tree extends vscode.Disposable {
  readonly name: ViewName;
  readonly view: vscode.TreeView<DeskNode>;
  /** Shows the issue if this view is open and has it. */
  reveal(ref: IssueRef): Promise<boolean>;
}

function createTree(name: ViewName, { context }: ViewDeps, follow: Follower, load: () => Promise<Builder>, changed: vscode.Event<void>): Tree {
  const refreshed = new vscode.EventEmitter<undefined>();
  let builder: Builder | undefined;
  let built: Promise<BuiltView> | undefined;
  let shown: BuiltView | undefined;
  let parents = new Map<DeskNode, DeskNode>();

  async function build(): Promise<BuiltView> {
    const session = await follow.session();
    builder ??= await load();
    if (session === undefined) return { nodes: [] };
    return builder.build(name, session, readChoice(context.workspaceState.get(choiceKey)));
  }

  async function current(): Promise<BuiltView> {
    for (;;) {
      const mine = (built ??= build());
      try {
        const value = await mine;
        if (mine === built) return shown !== undefined && JSON.stringify(value) === JSON.stringify(shown) ? shown : value;
      } catch (error) {
        if (mine === built) built = undefined;
        throw error;
      }
    }
  }

  /** The node once what it asks for was read, which happens when a person looks below it. */
  async function looked(node: DeskNode): Promise<DeskNode> {
    if (node.kind !== "issue" || node.asks === undefined) return node;
    const session = await follow.session();
    if (session === undefined || !(await session.links.load(node.ref))) return node;
    const nodes = (await current()).nodes;
    return [...parentsOf(nodes).keys(), ...nodes].find(({ id }) => id === node.id) ?? node;
  }

  const view = vscode.window.createTreeView<DeskNode>(`responseDesk.${name}`, {
    showCollapseAll: name !== "onDuty" && name !== "pending",
    treeDataProvider: {
      onDidChangeTreeData: refreshed.event,
      async getChildren(node) {
        if (node !== undefined) return [...childrenOf(await looked(node))];
        const now = await current();
        parents = parentsOf(now.nodes);
        shown = now;
        if (now.title !== undefined) view.title = now.title;
        view.message = now.message ?? "";
        view.description = now.description ?? "";
        view.badge = now.badge;
        return [...now.nodes];
      },
      getParent: (node) => parents.get(node),
      getTreeItem: (node) => {
        if (builder === undefined) throw new Error("A node without the module that made it");
        return builder.toTreeItem(node);
      },
    },
  });

  // A tree that is filled anew loses the row under an open menu, so that is done only when something looks different.
  const listening = changed(async () => {
    built = undefined;
    if (view.visible && shown !== undefined) {
      const fresh = await current().catch(() => undefined);
      if (JSON.stringify(fresh) === JSON.stringify(shown)) return;
    }
    refreshed.fire(undefined);
  });

  return {
    name,
    view,
    async reveal(ref) {
      if (!view.visible) return false;
      const now = await current();
      parents = parentsOf(now.nodes);
      const isOf = (each: DeskNode): boolean => each.kind === "issue" && each.ref.number === ref.number && each.ref.repository === ref.repository;
      const all = [...now.nodes, ...parents.keys()].filter(isOf);
      const node = all.find((each) => each.kind === "issue" && (each.relation === "own" || each.relation === "child")) ?? all[0];
      if (node === undefined) return false;
      await view.reveal(node, { select: true, focus: false });
      return true;
    },
    dispose() {
      listening.dispose();
      refreshed.dispose();
    },
  };
}

function parentsOf(nodes: readonly DeskNode[], found = new Map<DeskNode, DeskNode>()): Map<DeskNode, DeskNode> {
  for (const node of nodes) {
    for (const child of childrenOf(node)) found.set(child, node);
    parentsOf(childrenOf(node), found);
  }
  return found;
}
