import * as vscode from "vscode";
import type { PanelDeps, PanelFactory } from "./panel";
import { type PanelType, showPanel } from "../ui/openPanel";

/** Makes panels that can be shown and that come back after a restart. A panel's code is evaluated when it is first shown. */
export function registerPanels(deps: PanelDeps): vscode.Disposable {
  const factories = new Map<PanelType, Promise<PanelFactory>>();
  const loads: Readonly<Record<PanelType, () => Promise<PanelFactory>>> = {
    "responseDesk.checklist": async () => (await import("./checklistPanel")).checklistPanel(deps),
    "responseDesk.postmortem": async () => (await import("./postmortemPanel")).postmortemPanel(deps),
    "responseDesk.handoff": async () => (await import("./handoffPanel")).handoffPanel(deps),
    "responseDesk.schedule": async () => (await import("./schedulePanel")).schedulePanel(deps),
  };

  function factory(type: PanelType): Promise<PanelFactory> {
    const known = factories.get(type) ?? loads[type]();
    factories.set(type, known);
    return known;
  }

  const serializer = (type: PanelType): vscode.Disposable =>
    vscode.window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, remembered: unknown) => (await factory(type)).revive(panel, remembered),
    });

  return vscode.Disposable.from(
    vscode.commands.registerCommand(showPanel, async (type: PanelType, subject: unknown) => {
      const session = await deps.open();
      if (session.kind === "ok") (await factory(type)).show(session.value, subject);
    }),
    serializer("responseDesk.checklist"),
    serializer("responseDesk.postmortem"),
    serializer("responseDesk.handoff"),
    serializer("responseDesk.schedule"),
  );
}
