import * as v from "valibot";
import * as vscode from "vscode";
import { uninformedAudiences } from "../../../core/incident/ending";
import { incidentState } from "../../../core/incident/incidentState";
import { replyOperation } from "../../../core/incident/reply";
import { missedUpdates } from "../../../core/incident/updates";
import { hasQuestions, isMarkedSince, markedStep, markOperation } from "../../../core/issue/stepMark";
import { readChecklists } from "../../../core/markup/checklistRegion";
import type { Failure } from "../../../core/model/failure";
import type { Issue } from "../../../core/model/issue";
import { isInBody } from "../../../core/model/issueChange";
import { type IssueRef, refKey, sameRef } from "../../../core/model/issueRef";
import type { MarkdownContent } from "../../../core/model/markdownBlocks";
import { type Operation, partsOf, type PendingOperation } from "../../../core/model/operation";
import { parseData } from "../../../core/model/parseData";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { coalesce, runInBackground } from "../../../core/model/queues";
import { assertNever } from "../../../core/model/result";
import { lanesOf } from "../../../core/sync/lanes";
import type { Submission } from "../../../core/sync/outbox";
import { readBlocks } from "../../../markdown/readBlocks";
import { readInline } from "../../../markdown/readMarkdown";
import { type ChecklistWrite, type IssueAction, issueProtocol, type IssueReply, type IssueState, type IssueSubject, type IssueToHost, type ReplyWrite } from "../../../protocol/issue";
import { filterEvent } from "../../platform/followEvents";
import { brokenReason, describeFailure, describeNotDone } from "../../ui/failureMessages";
import { timeFormat } from "../../ui/format";
import { confirmUninformed } from "../../ui/uninformed";
import { formatFullUrgency } from "../../ui/urgencyLabels";
import { createBlockMemory } from "./blockMemory";
import { actOn } from "./issueActions";
import { issueLabels, markdownLabels } from "./issuePageLabels";
import { issueState, shownChecklist } from "./issueState";
import { createIssueTimeline } from "./issueTimeline";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "../shared/panel";

/** The pages of issues: one panel per issue. */
export function issuePanel(deps: PanelDeps): PanelFactory {
  const commands = declaredCommands(deps.context.extension.packageJSON);
  return panelFactory<IssueSubject, IssueState, IssueToHost, IssueReply>(deps, {
    viewType: "responseDesk.issue",
    bundle: "issue",
    icon: "issue",
    images: true,
    protocol: issueProtocol,
    key: ({ ref }) => refKey(ref),
    title: ({ ref }) => vscode.l10n.t("Issue #{0}", ref.number),
    open: (tools, subject) => openBody(tools, subject, commands),
  });
}

function openBody(tools: PanelTools, { part, ...first }: IssueSubject, commands: ReadonlySet<string>): PanelBody<IssueSubject, IssueState, IssueToHost, IssueReply> {
  const { session } = tools;
  const labels = issueLabels(vscode.l10n.t);
  const now: { subject: IssueSubject; goTo: string | undefined; transferredTo?: IssueRef | undefined } = { subject: first, goTo: part === undefined ? undefined : session.ids.next() };
  // A page that was hidden while it waited sends its comment again.
  const answers = new Map<string, Promise<IssueReply>>();
  // Until the issue is found, any change may add it.
  let shown: ReadonlySet<string> | undefined;

  const known = createBlockMemory();
  /** Reads a text of the issue. Links and pictures in it are relative to the file of the issue. */
  const blocksOf = (markdown: string): MarkdownContent => {
    const { ref } = now.subject;
    const location = session.issues.find(ref)?.location;
    const from = location?.kind === "file" ? location.path : "";
    return known(markdown, `${ref.repository} ${from}`, () => readBlocks(markdown, { home: ref.repository, imageAddress: (href) => tools.imageAddress(href, from), withoutRegions: ["run", "links"] }));
  };
  const timeline = createIssueTimeline({
    ref: () => now.subject.ref,
    tracker: () => session.store.tracker,
    pending: () => session.pending.operations(),
    missed: (issue, events) => missedUpdates(session.clocks.updateRules(issue), issue, events, session.clock.now()),
    describeFailure: (failure) => describeFailure(failure).message,
    changed: tools.changed,
    clock: session.clock,
    log: session.log,
    onRead: noteWhereabouts,
    context: { t: vscode.l10n.t, readBlocks: blocksOf, home: first.ref.repository },
  });
  const concernsIssue = (each: PendingOperation): boolean => lanesOf(each).includes(refKey(now.subject.ref));
  const readAgain = coalesce(() => timeline.read());
  const readTimeline = (): void => runInBackground(readAgain(), session.log);
  /** While changes of the issue are pending, their effect is shown already, and the timeline is read after the last one. */
  const isPending = (): boolean => session.pending.operations().some(concernsIssue);
  const readLinks = (): void => runInBackground(session.links.load(now.subject.ref), session.log);
  readTimeline();
  readLinks();

  /** No list of issues contains that one was deleted or transferred, so what a request for it found is used at once. */
  function noteWhereabouts(failure: Failure | undefined): void {
    now.transferredTo = failure?.kind === "transferred" ? failure.to : undefined;
    const isLost = failure?.kind === "transferred" || failure?.kind === "gone";
    if (isLost && session.issues.find(now.subject.ref) !== undefined) runInBackground(session.refresh(), session.log);
  }

  async function state(): Promise<IssueState> {
    const { subject } = now;
    const desk = session.desk.config();
    const watchedIssues = new Set([refKey(subject.ref)]);
    const issue = session.issues.find(subject.ref);
    const run = issue === undefined ? undefined : shownChecklist(readChecklists(issue.body, issue.ref.repository), subject.run);
    const runbook = run === undefined ? undefined : await session.runbooks.get(run.runbook);
    const linked = [...new Set(runbook?.steps.flatMap(({ runbooks }) => runbooks) ?? [])];
    const found = await Promise.all([...linked, ...linked.map(fileOfProcedure)].map(async (path) => [path, await session.runbooks.get(path)] as const));
    const procedures = new Map(found.flatMap(([path, one]) => (one === undefined ? [] : [[path, one] as const])));
    const instant = session.clock.now();
    const times = timeFormat(instant, desk.timezone, vscode.env.language);
    const failure = session.store.failure()?.failure;
    const snapshot = session.issues.snapshot();
    shown = issue === undefined ? undefined : watchedIssues;
    return issueState({
      subject,
      watchedIssues: (ref) => void watchedIssues.add(refKey(ref)),
      desk,
      now: instant,
      time: session.clocks.time(),
      snapshot,
      ...(now.transferredTo === undefined ? {} : { transferredTo: now.transferredTo }),
      failure: failure === undefined ? undefined : { text: describeFailure(failure).message, signIn: failure.kind === "signedOut" },
      pending: session.pending.operations(),
      deliveries: session.deliveries.waiting(),
      writable: session.account.writable(),
      me: session.account.knownMe(),
      language: vscode.env.language,
      labels,
      markdown: markdownLabels(vscode.l10n.t),
      runbook,
      procedures,
      holders: session.clocks.holders(),
      readInline,
      readBlocks: blocksOf,
      clockOf: (one) => session.clocks.clockOf(one),
      formatUrgency: (urgency) => formatFullUrgency(vscode.l10n.t, urgency, times),
      pullRequests: session.links.known(subject.ref)?.relations?.pullRequests ?? [],
      timelineOf: (one, facts) => timeline.state(one, facts.checklists),
      commands,
      ...(session.store.now().kind === "github" ? { approvals: timeline.events() } : {}),
      ...(now.goTo === undefined ? {} : { goTo: now.goTo }),
      brokenReason: (path) => brokenReason(snapshot?.broken.find((broken) => broken.path === path)?.reason ?? "badFields"),
    });
  }

  async function write(message: ChecklistWrite): Promise<IssueReply> {
    const waiting = session.pending.operations().some(({ key }) => key === message.key);
    const { ref } = now.subject;
    const { run } = message;
    const issue = session.issues.find(ref);
    const checklist = issue === undefined ? undefined : readChecklists(issue.body, ref.repository).find(({ id }) => id === run);
    const sent = message.kind === "mark" ? { ...message, mark: message.mark.kind } : { ...message, step: message.decision };
    if (message.again && !waiting && checklist !== undefined && isMarkedSince(checklist, sent, session.account.knownMe())) return { kind: "done" };
    const step = message.kind === "mark" ? message.step : message.option;
    const mark = message.kind === "mark" ? message.mark : ({ kind: "done" } as const);
    const target = checklist && markedStep(ref, checklist, step);
    if (target === undefined) return resultOf(await session.pending.submit({ kind: "edit", ref, change: { kind: "markStep", run, step, mark } }, message.key));
    if (mark.kind === "done" && !waiting && hasQuestions(target)) {
      // The page shows the step as open until everything is entered. It does not ask again after it was hidden.
      if (!message.again) await vscode.commands.executeCommand("responseDesk.checklist.markStep", { ref, run, step });
      return { kind: "done" };
    }
    return resultOf(await session.pending.submit(markOperation(target, mark, { values: {} }, { approvalComments: session.store.now().kind === "github" }), message.key));
  }

  /** Writes a comment with its change of state as one operation. */
  async function sendReply(message: ReplyWrite): Promise<IssueReply> {
    const { ref } = now.subject;
    const waiting = session.pending.operations().find(({ key }) => key === message.key);
    const issue = session.issues.find(ref);
    if (waiting === undefined && issue === undefined) return { kind: "refused", text: labels.replyUnsentText, kept: false };
    const me = await session.account.me();
    if (me === undefined && waiting === undefined) return { kind: "refused", text: labels.failed, kept: false };
    const end = waiting === undefined && issue !== undefined && message.effect === "close" ? await confirmEnd(issue) : "end";
    if (end === undefined) return { kind: "refused", text: labels.replyNotClosed, kept: false };
    // The issue may have changed while the user was asked.
    const current = session.issues.find(ref);
    const operation = waiting?.operation ?? (current === undefined ? undefined : replyTo(current, message, me ?? ""));
    if (operation === undefined) return { kind: "refused", text: labels.replyChanged, kept: false };
    const submission = await session.pending.submit(operation, message.key);
    if (end === "send" && submission.kind !== "failed") runInBackground(Promise.resolve(vscode.commands.executeCommand("responseDesk.issue.sendUpdate", { ref })), session.log);
    // The issue may be gone.
    if (submission.kind !== "done") readTimeline();
    return resultOf(submission);
  }

  function confirmEnd(issue: Issue): ReturnType<typeof confirmUninformed> {
    const desk = session.desk.config();
    return confirmUninformed(vscode.l10n.t("Close issue"), uninformedAudiences(desk, session.issues.factsOf(issue), incidentState(desk, issue)));
  }

  function replyTo(issue: Issue, { text, effect, stage }: ReplyWrite, me: string): Operation | undefined {
    const desk = session.desk.config();
    const situation = { desk, issue, facts: session.issues.factsOf(issue), state: incidentState(desk, issue), isAcknowledged: session.clocks.clockOf(issue).acknowledged !== undefined };
    return replyOperation(situation, { text, effect, ...(stage === undefined ? {} : { stage }) }, {
      me, now: session.clock.now(), issues: session.issues.snapshot()?.issues ?? [], mentions: session.store.now().kind === "github",
    });
  }

  function showSubject({ part: wanted, ...subject }: IssueSubject): void {
    if (wanted !== undefined) now.goTo = session.ids.next();
    now.subject = { ...now.subject, ref: subject.ref, ...(subject.run === undefined ? {} : { run: subject.run }) };
    tools.changed();
  }

  async function act(action: IssueAction): Promise<void> {
    switch (action.kind) {
      case "showChecklist":
        return showSubject({ ref: now.subject.ref, run: action.run });
      case "readTimeline":
        return timeline.read();
      case "refresh":
        readTimeline();
        return session.refresh();
      default:
        return actOn(action, { session, subject: now.subject });
    }
  }

  return {
    subject: () => now.subject,
    showSubject,
    state,
    follows: [
      filterEvent(session.issues.onDidChange, ({ refs }) => {
        if (refs.some((ref) => sameRef(ref, now.subject.ref)) && !isPending()) {
          readTimeline();
          readLinks();
        }
        return shown === undefined || refs.some((ref) => shown?.has(refKey(ref)) === true);
      }),
      filterEvent(session.pending.onDidChange, (changed) => {
        const concerns = changed.some(concernsIssue);
        if (concerns && !isPending() && changed.some(addsEvents)) {
          readTimeline();
          readLinks();
        }
        return concerns;
      }),
      filterEvent(session.links.onDidChange, (ref) => sameRef(ref, now.subject.ref)),
      session.deliveries.onDidChange,
      session.clocks.onDidChange,
      session.ticker.onDidTick,
      session.desk.onDidChange,
      session.runbooks.onDidChange,
      session.account.onDidChange,
      session.store.onDidChange,
    ],
    title: ({ content }) => (content.kind === "issue" ? `${content.issue.reference} ${content.issue.title}` : vscode.l10n.t("Issue #{0}", now.subject.ref.number)),
    async handle(message) {
      switch (message.kind) {
        case "mark":
        case "choose":
          return write(message);
        case "reply": {
          const answer = answers.get(message.key) ?? sendReply(message);
          answers.set(message.key, answer);
          return answer;
        }
        case "timeline":
          return timeline.entries(message.known);
        case "showChecklist":
          showSubject({ ref: now.subject.ref, run: message.run });
          return undefined;
        case "act":
          await act(message.action);
          return undefined;
        default:
          return assertNever(message);
      }
    },
  };
}

/** Whether an operation adds events to the timeline. Marks of checklists are in the text of the issue. */
function addsEvents(pending: PendingOperation): boolean {
  return partsOf(pending).some(({ operation }) => operation.kind !== "edit" || !isInBody(operation.change) || operation.change.kind === "addLink");
}

function resultOf(submission: Submission): IssueReply {
  return submission.kind === "done" ? { kind: "done" } : { kind: "refused", ...describeNotDone(submission) };
}

const manifest = v.object({ contributes: v.object({ commands: v.array(v.object({ command: v.string() })) }) });

/** The commands in the manifest of the extension. */
function declaredCommands(packageJson: unknown): ReadonlySet<string> {
  return new Set(parseData(manifest, packageJson)?.contributes.commands.map(({ command }) => command) ?? []);
}
