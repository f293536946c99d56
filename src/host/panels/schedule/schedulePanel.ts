import * as vscode from "vscode";
import { assertNever } from "../../../core/model/result";
import { type ScheduleAction, scheduleProtocol, type ScheduleReply, type ScheduleState, type ScheduleSubject, type ScheduleToHost } from "../../../protocol/schedule";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "../shared/panel";
import { scheduleState } from "./scheduleState";

/** The schedule: one panel that shows one month at a time. */
export function schedulePanel(deps: PanelDeps): PanelFactory {
  return panelFactory<ScheduleSubject, ScheduleState, ScheduleToHost, ScheduleReply>(deps, {
    viewType: "responseDesk.schedule",
    bundle: "schedule",
    icon: "schedule",
    protocol: scheduleProtocol,
    key: () => "schedule",
    title: () => vscode.l10n.t("Schedule"),
    open: openBody,
  });
}

const commands: Readonly<Record<ScheduleAction, string>> = {
  takeOverShift: "responseDesk.schedule.takeOver",
  cover: "responseDesk.schedule.cover",
  swap: "responseDesk.schedule.swap",
  plan: "responseDesk.schedule.plan",
  export: "responseDesk.schedule.export",
  openDesk: "responseDesk.desk.open",
  createDesk: "responseDesk.desk.create",
  trust: "workbench.trust.manage",
};

function openBody({ session, changed }: PanelTools, first: ScheduleSubject): PanelBody<ScheduleSubject, ScheduleState, ScheduleToHost, ScheduleReply> {
  const now = { subject: first };
  function showSubject(subject: ScheduleSubject): void {
    now.subject = subject;
    changed();
  }
  return {
    subject: () => now.subject,
    showSubject,
    follows: [session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange],
    state: async () => {
      const { desk, path, stale } = session.desk.now();
      return scheduleState({
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
    title: () => vscode.l10n.t("Schedule"),
    async handle(message) {
      switch (message.kind) {
        case "showMonth":
          showSubject({ month: message.month });
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
