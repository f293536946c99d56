import * as vscode from "vscode";
import { type MetricsReport, metricsReport, type ReportRequest } from "../../core/metrics/report";
import { sameData } from "../../core/model/equality";
import { throttle } from "../../core/model/queues";
import { assertNever } from "../../core/model/result";
import { type MetricsAction, metricsProtocol, type MetricsReply, type MetricsState, type MetricsSubject, type MetricsToHost } from "../../protocol/metrics";
import type { MetricsSource } from "../app/metricsService";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { systemTimer } from "../platform/ports";
import { brokenReason, describeFailure } from "../ui/failureMessages";
import { openIssuePage } from "../ui/openPanel";
import { type MetricsOutcome, metricsState, requestOf } from "./metricsState";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "./panel";

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

/** The time between two states that show the progress of a reading. */
const progressInterval = 150;

function openBody({ session, changed }: PanelTools, first: MetricsSubject, definitions: () => Promise<void>): PanelBody<MetricsSubject, MetricsState, MetricsToHost, MetricsReply> {
  const figures = readFigures(session, changed);
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
    showSubject: (subject) => show(Object.keys(subject).length === 0 ? now.subject : subject),
    follows: [session.metrics.onDidChange, session.account.onDidChange],
    state: async () => {
      const { desk, stale } = session.desk.now();
      const failure = session.store.failure();
      const outcome = figures.outcome(request());
      return metricsState({
        desk, stale, outcome,
        subject: now.subject,
        progress: figures.progress(),
        list: now.list,
        problem: outcome.kind !== "report" ? undefined : failure === undefined ? figures.problem() : describeFailure(failure.failure).message,
        now: session.clock.now(),
        language: vscode.env.language,
        t: vscode.l10n.t,
        brokenReason,
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

interface Figures {
  /** The figures, and starts to read the histories if they changed. */
  outcome(request: ReportRequest): MetricsOutcome;
  /** Why the last reading failed, if it did. */
  problem(): string | undefined;
  progress(): { readonly done: number; readonly of: number } | undefined;
  /** Reads the histories again. */
  read(): void;
  cancel(): void;
  dispose(): void;
}

/** Reads the histories in the background. What was read before stays until the reading ends. */
function readFigures(session: DeskSession, changed: () => void): Figures {
  let source: MetricsSource | undefined;
  let end: Exclude<MetricsOutcome, { readonly kind: "report" }> = { kind: "reading" };
  let reading: { readonly signal: { aborted: boolean }; done: number; of: number } | undefined;
  let isStale = true;
  let made: { readonly of: readonly [MetricsSource, ReportRequest]; readonly report: MetricsReport } | undefined;
  const changedSoon = throttle(systemTimer, progressInterval, changed);
  const following = session.metrics.onDidChange(() => (isStale = true));

  async function read(): Promise<void> {
    const mine = { signal: { aborted: false }, done: 0, of: 0 };
    reading = mine;
    isStale = false;
    const progress = (done: number, of: number): void => {
      Object.assign(mine, { done, of });
      changedSoon();
    };
    try {
      const result = await session.metrics.read({ signal: mine.signal, progress });
      if (reading !== mine) return;
      if (result?.kind === "ok") {
        source = result.value;
        end = { kind: "reading" };
      } else end = result === undefined ? { kind: "cancelled" } : { kind: "failed", text: describeFailure(result.failure).message, signIn: result.failure.kind === "signedOut" };
    } finally {
      if (reading === mine) reading = undefined;
      changed();
    }
  }

  function start(): void {
    if (reading !== undefined) reading.signal.aborted = true;
    end = { kind: "reading" };
    runInBackground(read(), session.log);
    changed();
  }

  function reportOf(from: MetricsSource, request: ReportRequest): MetricsReport {
    if (made === undefined || made.of[0] !== from || !sameData(made.of[1], request)) made = { of: [from, request], report: metricsReport({ ...from, now: session.clock.now() }, request) };
    return made.report;
  }

  return {
    outcome(request) {
      const failure = session.issues.snapshot() === undefined ? session.store.failure() : undefined;
      if (source === undefined && failure !== undefined) return { kind: "failed", text: describeFailure(failure.failure).message, signIn: failure.failure.kind === "signedOut" };
      // Before the issues were read for the first time, there would be none to count.
      if (isStale && reading === undefined && session.issues.snapshot() !== undefined) runInBackground(read(), session.log);
      return source === undefined ? end : { kind: "report", report: reportOf(source, request), isDeskOfToday: source.notes.includes("deskOfToday") };
    },
    problem: () => (end.kind === "failed" ? end.text : undefined),
    progress: () => reading && { done: reading.done, of: reading.of },
    read: start,
    cancel() {
      if (reading === undefined) return;
      reading.signal.aborted = true;
      reading = undefined;
      end = { kind: "cancelled" };
      changed();
    },
    dispose() {
      if (reading !== undefined) reading.signal.aborted = true;
      reading = undefined;
      changedSoon.dispose();
      following.dispose();
    },
  };
}
