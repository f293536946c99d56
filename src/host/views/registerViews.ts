import * as vscode from "vscode";
import type { IssueRef } from "../../core/model/issueRef";
import type { WhileOpen } from "../app/deskOpener";
import type { DeskSession, OpenSession } from "../app/session";
import { contextKeys } from "../platform/contextKeys";
import { followEvents } from "../platform/followEvents";
import { updateContextKeys, type DeskTree, deskTree, type TreeBuilder } from "./deskTree";
import type { ViewName } from "./node";
import { choiceKey, type OutlineChoice, readChoice } from "./outlineChoice";
import { followChanges } from "./viewChanges";

interface ViewDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly whileOpen: WhileOpen;
  readonly load: () => Promise<
    Pick<typeof import("./buildView"), "buildView" | "toTreeItem"> & Pick<typeof import("./pendingView"), "trackPending"> & Pick<typeof import("../notifications/statusBar"), "onCallStatus">
  >;
}

const views: readonly ViewName[] = ["onCall", "incidents", "requests", "records", "runbooks", "postmortems", "pending"];

/** Registers the views of the sidebar. Opens no desk and reads nothing before one of them is visible. */
export function registerViews(deps: ViewDeps): vscode.Disposable {
  const load = async (): Promise<TreeBuilder> => {
    const { buildView, toTreeItem } = await deps.load();
    return { build: buildView, toTreeItem };
  };
  const choice = (): OutlineChoice => readChoice(deps.context.workspaceState.get(choiceKey));
  const trees: readonly DeskTree[] = views.map((name) => deskTree({ name, session: () => follow.session(), load, choice }));
  const follow = followOnce(deps, trees);
  const redraw = (names: readonly ViewName[] = views): void => trees.filter(({ name }) => names.includes(name)).forEach((tree) => tree.redraw());
  const signs = deps.whileOpen(async (session) => {
    const { onCallStatus, trackPending } = await deps.load();
    redraw();
    const tree = trees.find(({ name }) => name === "pending");
    return vscode.Disposable.from(onCallStatus(session), ...(tree === undefined ? [] : [trackPending(session, tree.view, () => redraw(["pending", "onCall"]))]));
  });
  return vscode.Disposable.from(
    follow,
    signs,
    ...trees.map(({ view }) => view),
    ...trees,
    vscode.commands.registerCommand("responseDesk._views.update", () => {
      follow.announce();
      redraw();
    }),
    vscode.commands.registerCommand("responseDesk._issue.reveal", async (ref: IssueRef) => {
      for (const tree of trees) if (await tree.reveal(ref)) return;
    }),
  );
}

interface Follower extends vscode.Disposable {
  /** The session: opened on the first call, and followed from then on. */
  session(): Promise<DeskSession | undefined>;
  /** Sets the context keys again, if the session is open. */
  announce(): void;
}

function followOnce({ open, context }: ViewDeps, trees: readonly DeskTree[]): Follower {
  const setContext = contextKeys(vscode.commands.executeCommand);
  let followed: DeskSession | undefined;
  let subscription: vscode.Disposable | undefined;
  let announced: Promise<void> | undefined;

  function announce(): void {
    const session = followed;
    if (session === undefined) return;
    announced = updateContextKeys(session, context.workspaceState, setContext).catch((error: unknown) => session.log.error(`Menus could not be updated: ${String(error)}`));
  }

  return {
    announce,
    async session() {
      const opened = await open();
      if (opened.kind === "failed") return undefined;
      const session = opened.value;
      if (followed !== session) {
        followed = session;
        subscription?.dispose();
        subscription = vscode.Disposable.from(
          followEvents(announce, session.desk.onDidChange, session.runbooks.onDidChange, session.account.onDidChange, session.store.onDidChange),
          followChanges(session, trees),
        );
        announce();
      }
      await announced;
      return session;
    },
    dispose: () => subscription?.dispose(),
  };
}
