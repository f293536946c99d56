import * as vscode from "vscode";
import { procedurePath } from "../../core/model/procedurePath";
import { assertNever } from "../../core/model/result";
import { type DeskLink, parseDeskLink } from "../../markdown/deskLink";
import type { Parser } from "../../markdown/previewPlugin";
import type { WhileOpen } from "../app/deskOpener";
import type { DeskSession, OpenSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { isDesk } from "./deskDocument";
import { type RunbookDocuments, runbookDocuments } from "./runbookDocuments";
import { previewWiring, type ReaderCode } from "./runbookPreview";

type EditorCode = ReaderCode & Pick<typeof import("./editorFeatures"), "registerEditorFeatures"> & Pick<typeof import("./editorFeatures"), "registerRunbookLanguage">;

interface EditorDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
  readonly whileOpen: WhileOpen;
  readonly load: () => Promise<EditorCode>;
}

/** Registers the features for runbooks and `desk.yml` in editors and previews. Reads nothing before such a file is open. */
export function registerEditor(deps: EditorDeps): vscode.Disposable & { extendMarkdownIt(parser: Parser): Parser } {
  const documents = runbookDocuments(deps.open, deps.onDidOpenSession);
  const preview = previewWiring(documents, deps.context.extension.id, deps.load);
  const all = vscode.Disposable.from(
    documents,
    preview,
    registerUriHandler(),
    featuresOnDemand(deps, documents),
    deps.whileOpen(async (session) => (await deps.load()).registerRunbookLanguage(session, documents)),
  );
  return { extendMarkdownIt: preview.extendMarkdownIt, dispose: () => all.dispose() };
}

/** Registers the features once a runbook or a `desk.yml` is open, or a desk. */
function featuresOnDemand(deps: EditorDeps, documents: RunbookDocuments): vscode.Disposable {
  const disposables: vscode.Disposable[] = [];
  let session: DeskSession | undefined;
  let loading: Promise<void> | undefined;
  let disposed = false;

  const start = (): void => runInBackground((loading ??= register()));
  async function register(): Promise<void> {
    const { registerEditorFeatures } = await deps.load();
    if (disposed) return;
    disposables.push(registerEditorFeatures({ ...deps, onDidOpenSession: withCurrent }, documents));
  }

  /** The event for later listeners. It calls them immediately if a desk is open. */
  const withCurrent: typeof deps.onDidOpenSession = (listener, self) => {
    if (session !== undefined) listener.call(self, session);
    return deps.onDidOpenSession(listener, self);
  };

  async function check(document: vscode.TextDocument): Promise<void> {
    if (loading !== undefined) return;
    if (isDesk(document) || (document.languageId === "markdown" && (await documents.at(document.uri)) !== undefined)) start();
  }

  disposables.push(
    vscode.workspace.onDidOpenTextDocument((document) => runInBackground(check(document))),
    deps.onDidOpenSession((opened) => {
      session = opened;
      start();
    }),
  );
  for (const document of vscode.workspace.textDocuments) runInBackground(check(document));
  return vscode.Disposable.from({
    dispose() {
      disposed = true;
      disposables.forEach((one) => one.dispose());
    },
  });
}

/**
 * Buttons in previews and links in alerts lead to this handler. Anyone can create such a link, so it only opens prompts that ask
 * before they write.
 */
function registerUriHandler(): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri(uri) {
      const link = parseDeskLink(uri.path, uri.query);
      if (link === undefined && uri.path === "/declare") {
        await vscode.commands.executeCommand("responseDesk._incident.declareFromLink", uri.query);
        return;
      }
      if (link === undefined) {
        runInBackground(vscode.window.showErrorMessage(vscode.l10n.t("Response Desk does not support this link. Use the commands of Response Desk instead.")));
        return;
      }
      const [command, ...args] = commandOf(link);
      await vscode.commands.executeCommand(`responseDesk.${command}`, ...args);
    },
  });
}

function commandOf(link: DeskLink): readonly [command: string, ...args: unknown[]] {
  switch (link.kind) {
    case "start":
      return ["runbook.start", procedurePath(link.path, link.section)];
    case "declare":
      return ["incident.declare", { runbook: link.path }];
    case "request":
      return ["request.new", { runbook: link.path }];
    case "create":
      return ["runbook.createLinked", link.path, link.line];
    case "set":
      return ["runbook.createLinkedSet", link.path, link.line];
    case "link":
      return ["issue.linkExisting", { path: link.path, line: link.line }];
    case "run":
      return ["runbook.runCommand", link.path, link.line];
    case "checklist":
      return ["issue.openChecklist", { ref: link.issue, run: link.run }];
    default:
      return assertNever(link);
  }
}
