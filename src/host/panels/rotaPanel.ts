import * as vscode from "vscode";
import { rotaProtocol, type RotaAction, type RotaReply, type RotaState, type RotaSubject, type RotaToHost } from "../../protocol/rota";
import { assertNever } from "../../core/result";
import { panelDoor, type PanelBody, type PanelDeps, type PanelDoor, type PanelTools } from "./panel";
import { rotaState } from "./rotaState";

/** The rota: one panel, which turns from month to month. */
export function rotaDoor(deps: PanelDeps): PanelDoor {
  return panelDoor<RotaSubject, RotaState, RotaToHost, RotaReply>(deps, {
    viewType: "responseDesk.rota",
    bundle: "rota",
    icon: "rota",
    protocol: rotaProtocol,
    key: () => "rota",
    title: () => vscode.l10n.t("Rota"),
    open: openBody,
  });
}

const commands: Readonly<Record<RotaAction, string>> = {
  takeOver: "responseDesk.rota.takeOver",
  cover: "responseDesk.rota.cover",
  swap: "responseDesk.rota.swap",
  plan: "responseDesk.rota.plan",
  export: "responseDesk.rota.export",
  openDesk: "responseDesk.desk.open",
  createDesk: "responseDesk.desk.create",
  trust: "workbench.trust.manage",
};

function openBody({ session, changed }: PanelTools, first: RotaSubject): PanelBody<RotaSubject, RotaState, RotaToHost, RotaReply> {
  const now = { subject: first };
  function turnTo(subject: RotaSubject): void {
    now.subject = subject;
    changed();
  }
  return {
    subject: () => now.subject,
    turnTo,
    follows: [session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange],
    state: async () => {
      const { desk, path, stale } = session.desk.now();
      return rotaState({
        desk, stale,
        hasDesk: path !== undefined,
        month: now.subject.month,
        time: session.clocks.time(),
        now: session.clock.now(),
        me: session.account.knownMe(),
        writable: session.account.writable(),
        language: vscode.env.language,
        t: vscode.l10n.t,
      });
    },
    title: () => vscode.l10n.t("Rota"),
    async handle(message) {
      switch (message.kind) {
        case "turnTo":
          turnTo({ month: message.month });
          return undefined;
        case "act":
          await vscode.commands.executeCommand(commands[message.action], ...(message.day === undefined ? [] : [{ day: message.day }]));
          return undefined;
        default:
          return assertNever(message);
      }
    },
  };
}
