import * as vscode from "vscode";
import type { PanelDeps, PanelDoor } from "./panel";
import { type PanelType, showPanel } from "../ui/openPanel";

/** Makes panels that can be shown and that come back after a restart. A panel's code is evaluated when it is first shown. */
export function registerPanels(deps: PanelDeps): vscode.Disposable {
  const doors = new Map<PanelType, Promise<PanelDoor>>();
  const loads: Readonly<Record<PanelType, () => Promise<PanelDoor>>> = {
    "responseDesk.checklist": async () => (await import("./checklistPanel")).checklistDoor(deps),
    "responseDesk.postmortem": async () => (await import("./postmortemPanel")).postmortemDoor(deps),
    "responseDesk.handoff": async () => (await import("./handoffPanel")).handoffDoor(deps),
    "responseDesk.rota": async () => (await import("./rotaPanel")).rotaDoor(deps),
  };

  function door(type: PanelType): Promise<PanelDoor> {
    const known = doors.get(type) ?? loads[type]();
    doors.set(type, known);
    return known;
  }

  const serializer = (type: PanelType): vscode.Disposable =>
    vscode.window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, remembered: unknown) => (await door(type)).revive(panel, remembered),
    });

  return vscode.Disposable.from(
    vscode.commands.registerCommand(showPanel, async (type: PanelType, subject: unknown) => {
      const session = await deps.open();
      if (session.kind === "ok") (await door(type)).show(session.value, subject);
    }),
    serializer("responseDesk.checklist"),
    serializer("responseDesk.postmortem"),
    serializer("responseDesk.handoff"),
    serializer("responseDesk.rota"),
  );
}
