import * as vscode from "vscode";
import { findKind } from "../../core/model/desk";
import { opportunityKind, recordKind } from "../../core/model/issue";
import { type IssueRef, refKey, sameRef } from "../../core/model/issueRef";
import { debounce } from "../../core/model/queues";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { systemTimer } from "../platform/ports";
import type { buildView, BuiltView } from "./buildView";
import type { DeskNode, ViewName } from "./node";
import { choiceKey, isFiltered, type OutlineChoice, readChoice } from "./outlineChoice";
import { type TreeRow, treeRows } from "./treeRows";
import { viewOfKind } from "./viewOfKind";

interface DeskTreeDeps {
  readonly name: ViewName;
  readonly session: () => Promise<DeskSession | undefined>;
  readonly load: () => Promise<TreeBuilder>;
  readonly choice: () => OutlineChoice;
}

/** Builds the nodes of a tree and renders them. */
export interface TreeBuilder {
  readonly build: typeof buildView;
  readonly toTreeItem: (node: DeskNode) => vscode.TreeItem;
}

export interface DeskTree extends vscode.Disposable {
  readonly name: ViewName;
  readonly view: vscode.TreeView<TreeRow>;
  /** Whether the tree contains a row of this issue, or may contain one once it is built. */
  has(ref: IssueRef): boolean;
  /** Updates the tree: now if it is visible, otherwise when it is shown. */
  redraw(): void;
  /** Selects the issue if this view is open and contains it. */
  reveal(ref: IssueRef): Promise<boolean>;
}

/** One view of the sidebar. While it is visible, an update redraws only the rows that changed. */
export function deskTree({ name, session, load, choice }: DeskTreeDeps): DeskTree {
  const treeDataChanged = new vscode.EventEmitter<TreeRow[] | undefined>();
  const rows = treeRows();
  let builder: TreeBuilder | undefined;
  let built: Promise<BuiltView> | undefined;
  let filled = false;
  let stale = true;
  let issues: ReadonlySet<string> = new Set();

  async function build(): Promise<BuiltView> {
    const opened = await session();
    builder ??= await load();
    return opened === undefined ? { nodes: [] } : builder.build(name, opened, choice());
  }

  async function current(): Promise<BuiltView> {
    for (;;) {
      const current = (built ??= build());
      try {
        const value = await current;
        if (current === built) return value;
      } catch (error) {
        if (current === built) built = undefined;
        throw error;
      }
    }
  }

  /** Updates title, message and badge, and redraws the rows that changed. */
  async function update(): Promise<void> {
    const now = await current();
    const changes = show(now);
    if (changes.kind === "all") treeDataChanged.fire(undefined);
    else if (changes.ids.length > 0) treeDataChanged.fire([...rows.of(changes.ids)]);
  }

  function show(now: BuiltView): ReturnType<typeof rows.show> {
    if (now.title !== undefined) view.title = now.title;
    view.message = now.message ?? "";
    view.description = now.description ?? "";
    view.badge = now.badge;
    stale = false;
    const changes = rows.show(now.nodes);
    issues = new Set(rows.all().flatMap((row) => refsOf(row.node())));
    return changes;
  }

  /** Loads the children of a row when it is expanded. */
  async function loadChildren(row: TreeRow): Promise<void> {
    const node = row.node();
    if (node.kind !== "issue" || node.asks === undefined) return;
    const opened = await session();
    if (opened !== undefined && (await opened.links.load(node.ref))) await update();
  }

  const view = vscode.window.createTreeView<TreeRow>(`responseDesk.${name}`, {
    showCollapseAll: name !== "onCall" && name !== "pending",
    treeDataProvider: {
      onDidChangeTreeData: treeDataChanged.event,
      async getChildren(row) {
        if (row === undefined) {
          show(await current());
          filled = true;
        } else await loadChildren(row);
        return [...rows.below(row)];
      },
      getParent: (row) => rows.above(row),
      getTreeItem: (row) => {
        if (builder === undefined) throw new Error("The rows were requested before their code was loaded");
        return builder.toTreeItem(row.node());
      },
    },
  });

  // One write fires several events in a row.
  const updateSoon = debounce(systemTimer, 0, () => {
    if (view.visible && filled) runInBackground(update().catch(() => treeDataChanged.fire(undefined)));
    else treeDataChanged.fire(undefined);
  });

  return {
    name,
    view,
    has: (ref) => stale || issues.has(refKey(ref)),
    redraw() {
      stale = true;
      built = undefined;
      updateSoon();
    },
    async reveal(ref) {
      if (!view.visible) return false;
      await update();
      const all = rows.all().flatMap((row) => {
        const node = row.node();
        return node.kind === "issue" && sameRef(node.ref, ref) ? [{ row, node }] : [];
      });
      const found = all.find(({ node }) => node.relation === "own" || node.relation === "child") ?? all[0];
      if (found === undefined) return false;
      await view.reveal(found.row, { select: true, focus: false });
      return true;
    },
    dispose() {
      updateSoon.dispose();
      treeDataChanged.dispose();
    },
  };
}

function refsOf(node: DeskNode): readonly string[] {
  return node.kind === "issue" || node.kind === "unknown" ? [refKey(node.ref)] : [];
}

/** Sets the context keys that menus, empty views and editor buttons depend on. */
export async function updateContextKeys(session: DeskSession, memento: vscode.Memento, setContext: (name: string, value: unknown) => Promise<void>): Promise<void> {
  const { desk, path } = session.desk.now();
  const runbooks = await session.runbooks.all();
  const signedOut = session.store.failure()?.failure.kind === "signedOut";
  const keys: Readonly<Record<string, unknown>> = {
    loaded: session.issues.snapshot() !== undefined && !signedOut,
    failed: session.store.failure() !== undefined && !signedOut,
    signedOut,
    // What the setting `auto` selected.
    storage: session.store.now().kind,
    hasDesk: path !== undefined,
    hasRequests: findKind(desk, "request") !== undefined,
    hasRecordKind: findKind(desk, recordKind) !== undefined,
    hasOpportunityKind: findKind(desk, opportunityKind) !== undefined,
    hasRecords: desk.kinds.some(({ name }) => viewOfKind(name) === "records"),
    filtered: isFiltered(readChoice(memento.get(choiceKey)).filter),
    postmortemFolders: [session.paths.uriOf(desk.postmortem.folder)].flatMap((uri) => (uri === undefined ? [] : [uri.scheme === "file" ? uri.fsPath : uri.path])),
    runbookFiles: runbooks.flatMap((runbook) => session.paths.uriOf(runbook.path)?.toString() ?? []),
  };
  await Promise.all(Object.entries(keys).map(([key, value]) => setContext(key, value)));
}
