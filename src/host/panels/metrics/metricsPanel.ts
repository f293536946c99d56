import * as vscode from "vscode";
import type { ReportRequest } from "../../../core/metrics/report";
import { assertNever } from "../../../core/model/result";
import { type MetricsAction, metricsProtocol, type MetricsReply, type MetricsState, type MetricsSubject, type MetricsToHost } from "../../../protocol/metrics";
import { systemTimer } from "../../platform/ports";
import { brokenReason, describeFailure } from "../../ui/failureMessages";
import { openIssuePage } from "../../ui/openPanel";
import { createMetricsReader } from "./metricsReader";
import { metricsState, requestOf } from "./metricsState";
import { readRunbookTitles } from "./runbookNames";
import { openFile } from "../shared/openTarget";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "../shared/panel";

/** The figures of a period: one panel. */
export function metricsPanel(deps: PanelDeps): PanelFactory {
  return panelFactory<MetricsSubject, MetricsState, MetricsToHost, MetricsReply>(deps, {
    viewType: "responseDesk.metrics",
    bundle: "metrics",
    icon: "metrics",
    protocol: metricsProtocol,
    key: () => "metrics",
    title: () => vscode.l10n.t("Metrics"),
    open: (tools, subject) => openBody(tools, subject, () => openDefinitions(deps.context.extensionUri)),
  });
}

async function openDefinitions(extension: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(extension, "docs", "metrics.md"));
}

function openBody({ session, changed }: PanelTools, first: MetricsSubject, definitions: () => Promise<void>): PanelBody<MetricsSubject, MetricsState, MetricsToHost, MetricsReply> {
  const figures = createMetricsReader({
    metrics: session.metrics,
    // Before the issues were read for the first time, there would be none to count.
    isReady: () => session.issues.snapshot() !== undefined,
    failure: () => session.store.failure()?.failure,
    describeFailure: (failure) => describeFailure(failure).message,
    changed,
    timer: systemTimer,
    clock: session.clock,
    log: session.log,
  });
  const now: { subject: MetricsSubject; list?: string } = { subject: first };
  const show = (subject: MetricsSubject): void => {
    now.subject = subject;
    delete now.list;
    changed();
  };
  const request = (): ReportRequest => requestOf(now.subject, session.desk.config(), session.clock.now());
  return {
    subject: () => now.subject,
    // The command names no period. It keeps the one on the page.
    showSubject: (subject) => {
      if (Object.keys(subject).length > 0) show(subject);
    },
    follows: [session.metrics.onDidChange, session.account.onDidChange],
    state: async () => {
      const { desk, stale } = session.desk.now();
      const outcome = figures.outcome(request());
      // What is shown with the report belongs to it. All of it is read before anything is awaited.
      const shown = { desk, stale, outcome, subject: now.subject, progress: figures.progress(), list: now.list, problem: figures.problem() };
      return metricsState({
        ...shown,
        runbookTitles: outcome.kind === "report" ? await readRunbookTitles(session.runbooks, outcome.report) : new Map(),
        now: session.clock.now(),
        language: vscode.env.language,
        t: vscode.l10n.t,
        brokenReason,
        describeFailure: (failure) => describeFailure(failure).message,
      });
    },
    title: () => vscode.l10n.t("Metrics"),
    async handle(message) {
      switch (message.kind) {
        case "show":
          show(message.subject);
          return undefined;
        case "list":
          if (message.of === undefined) delete now.list;
          else now.list = message.of;
          changed();
          return undefined;
        case "openIssue":
          openIssuePage(message.ref);
          return undefined;
        case "openFile":
          await openFile(session, message.path);
          return undefined;
        case "act":
          await act(message.action);
          return undefined;
        default:
          return assertNever(message);
      }
    },
    dispose: () => figures.dispose(),
  };

  async function act(action: MetricsAction): Promise<void> {
    switch (action) {
      case "insertReport":
      case "exportCsv":
      case "exportMarkdown":
        await vscode.commands.executeCommand(`responseDesk.metrics.${action}`, request());
        return;
      case "definitions":
        return definitions();
      case "cancel":
        return figures.cancel();
      case "read":
        return figures.read();
      case "refresh":
        await vscode.commands.executeCommand("responseDesk.view.refresh");
        return figures.read();
      case "declare":
        await vscode.commands.executeCommand("responseDesk.incident.declare");
        return;
      case "signIn":
        await vscode.commands.executeCommand("responseDesk.github.signIn");
        return figures.read();
      case "openDesk":
        await vscode.commands.executeCommand("responseDesk.desk.open");
        return;
      default:
        return assertNever(action);
    }
  }
}
