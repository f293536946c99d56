import * as vscode from "vscode";
import type { PanelDeps, PanelFactory } from "./shared/panel";
import { activePanel, type PanelType, showPanel } from "../ui/openPanel";

type Panels =
  Pick<typeof import("./issue/issuePanel"), "issuePanel"> &
  Pick<typeof import("./postmortem/postmortemPanel"), "postmortemPanel"> &
  Pick<typeof import("./handoff/handoffPanel"), "handoffPanel"> &
  Pick<typeof import("./schedule/schedulePanel"), "schedulePanel"> &
  Pick<typeof import("./metrics/metricsPanel"), "metricsPanel">;

/** Registers the panels and restores them after a restart. Their code is loaded when the first one is shown. */
export function registerPanels(deps: PanelDeps & { readonly load: () => Promise<Panels> }): vscode.Disposable {
  const factories = new Map<PanelType, Promise<PanelFactory>>();
  const loads: Readonly<Record<PanelType, () => Promise<PanelFactory>>> = {
    "responseDesk.issue": async () => (await deps.load()).issuePanel(deps),
    "responseDesk.postmortem": async () => (await deps.load()).postmortemPanel(deps),
    "responseDesk.handoff": async () => (await deps.load()).handoffPanel(deps),
    "responseDesk.schedule": async () => (await deps.load()).schedulePanel(deps),
    "responseDesk.metrics": async () => (await deps.load()).metricsPanel(deps),
  };

  function factory(type: PanelType): Promise<PanelFactory> {
    const known = factories.get(type) ?? loads[type]();
    factories.set(type, known);
    return known;
  }

  const serializer = (type: PanelType, stored: string = type): vscode.Disposable =>
    vscode.window.registerWebviewPanelSerializer(stored, {
      deserializeWebviewPanel: async (panel, remembered: unknown) => (await factory(type)).revive(panel, remembered),
    });

  return vscode.Disposable.from(
    vscode.commands.registerCommand(showPanel, async (type: PanelType, subject: unknown) => {
      const session = await deps.open();
      if (session.kind === "ok") (await factory(type)).show(session.value, subject);
    }),
    vscode.commands.registerCommand(activePanel, async () => {
      for (const loaded of factories.values()) {
        const subject = (await loaded).active();
        if (subject !== undefined) return subject;
      }
      return undefined;
    }),
    serializer("responseDesk.issue"),
    // The name that panels of version 0.1 were stored with.
    serializer("responseDesk.issue", "responseDesk.checklist"),
    serializer("responseDesk.postmortem"),
    serializer("responseDesk.handoff"),
    serializer("responseDesk.schedule"),
    serializer("responseDesk.metrics"),
  );
}
