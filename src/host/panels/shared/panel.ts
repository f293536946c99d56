import * as v from "valibot";
import * as vscode from "vscode";
import { anything, parseData } from "../../../core/model/parseData";
import { coalesce } from "../../../core/model/queues";
import { createChannel } from "../../../protocol/channel";
import { type PanelProtocol, type ReadyMessage, readyMessage, type StateMessage } from "../../../protocol/panel";
import type { DeskSession, OpenSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { followEvents } from "../../platform/followEvents";
import { plainLabel } from "../../ui/safeText";
import { imagePath } from "./links";
import { panelHtml } from "./panelHtml";

/** A kind of panel. `Subject` identifies what a panel shows, also after a restart; it contains ids only. */
interface PanelDesign<Subject, State, ToHost extends { readonly kind: string }, Reply> {
  readonly viewType: string;
  /** Name of the bundle in `dist/webview`. */
  readonly bundle: string;
  /** `media/panels/<icon>-light.svg` and `-dark.svg`. */
  readonly icon: string;
  /** The panel shows pictures of issues and comments. */
  readonly images?: true;
  readonly protocol: PanelProtocol<Subject, State, ToHost, Reply>;
  /** Subjects with the same key share a panel. */
  readonly key: (subject: Subject) => string;
  readonly title: (subject: Subject) => string;
  readonly open: (tools: PanelTools, subject: Subject) => PanelBody<Subject, State, ToHost, Reply>;
}

export interface PanelTools {
  readonly session: DeskSession;
  /**
   * The address at which the page loads a picture that a text in the file at `from` names, if it is in the workspace. A panel
   * without `images` cannot load it.
   */
  readonly imageAddress: (href: string, from: string) => string | undefined;
  /** Sends the state again if it changed. */
  readonly changed: () => void;
  readonly close: () => void;
}

/** One open panel. */
export interface PanelBody<Subject, State, ToHost, Reply> {
  readonly subject: () => Subject;
  /** Shows another subject with the same key in an open panel. */
  readonly showSubject: (subject: Subject) => void;
  readonly state: () => Promise<State>;
  /** Events after which the state may have changed. */
  readonly follows: readonly vscode.Event<unknown>[];
  readonly title: (state: State) => string;
  readonly handle: (message: ToHost) => Promise<Reply | undefined>;
  readonly dispose?: () => void;
}

/** All panels of one kind. */
export interface PanelFactory {
  /** Shows the panel of the subject, and opens it if needed. */
  show(session: DeskSession, subject: unknown): void;
  /** Restores a panel after a restart, from the state that its webview stored. */
  revive(panel: vscode.WebviewPanel, remembered: unknown): Promise<void>;
  /** The subject of the panel that is the active editor; `undefined` if another editor is. */
  active(): unknown;
}

export interface PanelDeps {
  readonly context: vscode.ExtensionContext;
  readonly open: OpenSession;
  readonly onDidOpenSession: vscode.Event<DeskSession>;
}

/** The part of the webview's stored state that the host needs. */
const remembered = v.object({ subject: anything });

interface OpenPanel<Subject> {
  readonly panel: vscode.WebviewPanel;
  readonly session: DeskSession;
  readonly subject: () => Subject;
  readonly showSubject: (subject: Subject) => void;
}

/** Creates the panels of this kind, one per key, and forgets each when it is closed. */
export function panelFactory<Subject, State, ToHost extends { readonly kind: string }, Reply>(
  deps: PanelDeps,
  design: PanelDesign<Subject, State, ToHost, Reply>,
): PanelFactory {
  const opened = new Map<string, OpenPanel<Subject>>();
  const extension = deps.context.extensionUri;
  // Panels load scripts and styles from this folder only.
  const bundles = vscode.Uri.joinPath(extension, "dist", "webview");
  // A panel belongs to the desk it was opened for, so it closes when another desk opens.
  deps.context.subscriptions.push(deps.onDidOpenSession((now) => {
    for (const { panel, session } of [...opened.values()]) if (session !== now) panel.dispose();
  }));
  const options = (): vscode.WebviewOptions => ({
    enableScripts: true,
    enableForms: false,
    localResourceRoots: [bundles, ...(design.images === undefined ? [] : (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri))],
  });

  function fill(panel: vscode.WebviewPanel, session: DeskSession, subject: Subject): void {
    const key = design.key(subject);
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, "media", "panels", `${design.icon}-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.title = plainLabel(design.title(subject));

    const live = { ready: false, closed: false, sent: "" };
    const pushState = coalesce(async () => {
      const state = await body.state();
      if (live.closed) return;
      const title = plainLabel(body.title(state));
      if (panel.title !== title) panel.title = title;
      if (!live.ready) return;
      const message: StateMessage<Subject, State> = { kind: "state", subject: body.subject(), state };
      const text = JSON.stringify(message);
      if (text === live.sent) return;
      live.sent = text;
      channel.send(message);
    });
    const push = (): void => runInBackground(pushState(), session.log);

    const imageAddress: PanelTools["imageAddress"] = (href, from) => {
      const path = imagePath(href, from);
      const uri = path === undefined ? undefined : session.paths.uriOf(path);
      return uri === undefined ? undefined : panel.webview.asWebviewUri(uri).toString();
    };
    const body = design.open({ session, imageAddress, changed: push, close: () => panel.dispose() }, subject);
    const channel = createChannel<StateMessage<Subject, State>, ToHost | ReadyMessage, Reply>({
      name: session.ids.next(),
      post: (value) => panel.webview.postMessage(value),
      message: v.union([readyMessage, design.protocol.toHost]),
      reply: design.protocol.reply,
      ignored: (reason) => session.log.error(`${design.viewType}: ${reason}`),
      handle: async (message) => {
        if (!isReady(message)) return body.handle(message);
        live.ready = true;
        live.sent = "";
        push();
        return undefined;
      },
    });

    opened.set(key, { panel, session, subject: body.subject, showSubject: (other) => { body.showSubject(other); push(); } });
    const owned = vscode.Disposable.from(
      followEvents(push, ...body.follows),
      // The date may have changed meanwhile.
      vscode.window.onDidChangeWindowState(({ focused }) => { if (focused) push(); }),
      panel.webview.onDidReceiveMessage((value: unknown) => channel.receive(value)),
      // VS Code destroys a hidden webview. It sends `ready` again when it is shown.
      panel.onDidChangeViewState(() => { live.ready &&= panel.visible; }),
    );
    panel.onDidDispose(() => {
      live.closed = true;
      if (opened.get(key)?.panel === panel) opened.delete(key);
      channel.close();
      body.dispose?.();
      owned.dispose();
    });
    panel.webview.options = options();
    panel.webview.html = panelHtml({
      language: vscode.env.language,
      source: panel.webview.cspSource,
      bundle: design.bundle,
      images: design.images ?? false,
      address: (file) => panel.webview.asWebviewUri(vscode.Uri.joinPath(bundles, file)).toString(),
    });
  }

  return {
    active: () => [...opened.values()].find(({ panel }) => panel.active)?.subject(),
    show(session, value) {
      const subject = parseData(design.protocol.subject, value);
      if (subject === undefined) throw new Error(`${design.viewType}: not a subject of this panel`);
      const known = opened.get(design.key(subject));
      if (known !== undefined) {
        known.showSubject(subject);
        known.panel.reveal();
        return;
      }
      const panel = vscode.window.createWebviewPanel(design.viewType, "", vscode.ViewColumn.Active, { ...options(), enableFindWidget: true });
      fill(panel, session, subject);
    },
    async revive(panel, value) {
      const subject = parseData(design.protocol.subject, parseData(remembered, value)?.subject);
      if (subject === undefined || opened.has(design.key(subject))) {
        panel.dispose();
        return;
      }
      const session = await deps.open();
      // While the desk was opening, a command may have shown the same subject.
      if (session.kind === "failed" || opened.has(design.key(subject))) panel.dispose();
      else fill(panel, session.value, subject);
    },
  };
}

function isReady(message: { readonly kind: string }): message is ReadyMessage {
  return message.kind === "ready";
}
