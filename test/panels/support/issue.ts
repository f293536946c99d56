import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Delivery } from '../../../src/core/incident/delivery';
import { businessTime } from '../../../src/core/calendar/businessTime';
import { startChecklist } from '../../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../../src/core/desk/defaultDesk';
import { issueFacts } from '../../../src/core/issue/issueFacts';
import { renderChecklist } from '../../../src/core/markup/checklistRegion';
import { readIssueFile, renderIssueFile } from '../../../src/core/markup/issueFile';
import type { Desk } from '../../../src/core/model/desk';
import type { Failure } from '../../../src/core/model/failure';
import type { BrokenReason, Instant, Issue } from '../../../src/core/model/issue';
import type { IssueChange } from '../../../src/core/model/issueChange';
import type { MarkdownContent } from '../../../src/core/model/markdownBlocks';
import type { PendingOperation } from '../../../src/core/model/operation';
import type { LinkedPullRequest } from '../../../src/core/model/relations';
import { failed, ok } from '../../../src/core/model/result';
import type { Runbook } from '../../../src/core/model/runbook';
import type { TimelineEvent } from '../../../src/core/model/timelineEvent';
import { responseClock } from '../../../src/core/response/responseClock';
import { runbookContext } from '../../../src/core/runbook/runbookContext';
import { applyChange } from '../../../src/core/sync/applyChange';
import { orderMarks } from '../../../src/core/sync/outboxEntries';
import { issueLabels, markdownLabels } from '../../../src/host/panels/issue/issuePageLabels';
import { issueState } from '../../../src/host/panels/issue/issueState';
import { createIssueTimeline } from '../../../src/host/panels/issue/issueTimeline';
import { readBlocks } from '../../../src/markdown/readBlocks';
import { readInline, readRunbook } from '../../../src/markdown/readMarkdown';
import { timeFormat } from '../../../src/host/ui/format';
import { formatFullUrgency } from '../../../src/host/ui/urgencyLabels';
import {
  issueProtocol,
  type IssueReply,
  type IssueState,
  type IssueSubject,
  type IssueToHost,
  type ChecklistWrite,
  type ReplyWrite,
} from '../../../src/protocol/issue';
import { manifest } from '../../repo/repository';
import { incidentProcedure } from '../../support/panelSamples';
import { openPanel, type Panel, type PanelHost } from './openPanel';
import { translate } from './translate';
import type { PageOptions } from './webview';

const runbookFile = 'runbooks/incident.md';

const issueFile = '.desk/incident/7-portal.md';

const home = 'acme/desk';

const ref = { repository: home, number: 7 };

const labels = issueLabels(translate);

export interface ChecklistOptions extends PageOptions {
  readonly title?: string;
  readonly runbook?: string;
  readonly before?: string;
  readonly startedAt?: Instant;
  readonly trusted?: boolean;
  readonly me?: string;
  /** The labels of the issue. */
  readonly labels?: readonly string[];
  /** What the tracker returns as the timeline. Default: it never answers. */
  readonly events?: readonly TimelineEvent[];
  /** Changes of the desk. */
  readonly desk?: Partial<Desk>;
  readonly pullRequests?: readonly LinkedPullRequest[];
  /** Updates that are not complete. */
  readonly deliveries?: readonly Delivery[];
  /** Whether approvals are comments too, as on GitHub. */
  readonly approvalComments?: boolean;
  /** Whether the issue has no checklist. */
  readonly plain?: boolean;
  /** Changes that are not confirmed yet. */
  readonly pending?: readonly PendingOperation[];
  /** Other issues that are known. */
  readonly others?: readonly Issue[];
}

/** The checklist of issue 7 and its desk, with real states. Writes are applied as trackers apply them. */
export interface ChecklistDesk {
  readonly panel: Panel<IssueToHost>;
  readonly page: Page;
  box(label: string): Locator;
  /** The issue as a file. */
  file(): string;
  /** Changes the file as another program would; the new state is sent. */
  write(text: string): Promise<void>;
  /** Changes the runbook, or deletes it with `undefined`; the new state is sent. */
  setRunbook(text: string | undefined): Promise<void>;
  /** Makes reading the issues fail with this message; the new state is sent. */
  fail(text: string, signIn?: boolean): Promise<void>;
  /** Applies the change, and sends the new state. */
  change(change: IssueChange): Promise<void>;
  /** Applies a write of the client. */
  apply(write: ChecklistWrite): Promise<IssueReply>;
  /** Answers writes. Applies them unless a test replaces this. */
  answer: (write: ChecklistWrite) => IssueReply | Promise<IssueReply>;
  /** Answers comments. Unless a test replaces this, they are done. */
  answerReply: (write: ReplyWrite) => IssueReply | Promise<IssueReply>;
  /** Replaces the events of the timeline, or makes reading them fail; the page gets the new state. */
  setEvents(events: readonly TimelineEvent[] | Failure): Promise<void>;
  /** Lets the host see a later time, as at a tick of its timer; the page gets the new state. */
  tick(at: Instant): Promise<void>;
  /** Removes the issue. */
  remove(): Promise<void>;
}

/** Opens a checklist that was just started. */
export async function openChecklist(options: ChecklistOptions = {}): Promise<ChecklistDesk> {
  const { title = 'Portal down', runbook = incidentProcedure, before = 'Nobody can sign in.\n\n', startedAt = '2026-11-20T16:02:11Z', trusted = true, me = 'ana' } = options;
  const desk: Desk = { ...defaultDesk(home), ...options.desk };
  const time = businessTime(desk);
  const blocksOf = (text: string): MarkdownContent => readBlocks(text, { home, withoutRegions: ['run', 'links'] });
  const read = (text: string): Runbook => readRunbook(runbookFile, text, runbookContext(desk));
  const run = startChecklist(read(runbook), { id: 'run1', startedAt, by: 'ana', holders: {} });
  const created = '2026-11-20T16:00:00Z';
  const stamp = orderMarks();
  const now = {
    subject: { ref } as IssueSubject,
    runbook: read(runbook) as Runbook | undefined,
    events: options.events as readonly TimelineEvent[] | Failure | undefined,
    removed: false,
    time: options.time,
    failure: undefined as { readonly text: string; readonly signIn: boolean } | undefined,
    file: renderIssueFile({
      issue: {
        ref, title, body: options.plain === true ? before : `${before}${renderChecklist(run, home)}\n\nWritten below, with  two spaces \n`, state: 'open', labels: options.labels ?? ['incident'], assignees: ['ana'], author: 'ana',
        createdAt: created, updatedAt: created, location: { kind: 'file', path: issueFile },
      },
    }),
  };
  const instant = (): Instant => now.time ?? `${new Date().toISOString().slice(0, 19)}Z`;

  function issues(): { readonly issues: readonly Issue[]; readonly broken: readonly { readonly path: string; readonly reason: BrokenReason }[] } {
    if (now.removed) return { issues: [], broken: [] };
    const found = readIssueFile(issueFile, ref.number, now.file);
    return found.kind === 'ok' ? { issues: [found.value.issue, ...options.others ?? []], broken: [] } : { issues: [], broken: [{ path: issueFile, reason: found.failure }] };
  }

  const timeline = createIssueTimeline({
    ref: () => ref,
    tracker: () => ({ timeline: async () => now.events === undefined ? new Promise(() => undefined) : 'kind' in now.events ? failed(now.events) : ok(now.events) }),
    pending: () => options.pending ?? [],
    describeFailure: failure => `Failed: ${failure.kind}.`,
    changed: () => undefined,
    clock: { wait: async () => undefined },
    log: { error: () => undefined },
    context: { t: translate, readBlocks: blocksOf, home },
  });
  void timeline.read();
  await Promise.resolve();

  const host: PanelHost<IssueSubject, IssueState, IssueToHost, IssueReply> = {
    bundle: 'issue',
    protocol: issueProtocol,
    subject: () => now.subject,
    state: () => issueState({
      subject: now.subject, desk, me, labels, readInline,
      readBlocks: blocksOf,
      markdown: markdownLabels(translate),
      clockOf: issue => responseClock({ desk, time, deskFolder: '', details: () => undefined }, issue, issueFacts(issue, desk)),
      now: instant(), time,
      formatUrgency: urgency => formatFullUrgency(translate, urgency, timeFormat(instant(), desk.timezone, 'en')),
      pullRequests: options.pullRequests ?? [],
      ...options.approvalComments === true ? { approvals: timeline.events() } : {},
      timelineOf: (issue, facts) => timeline.state(issue, facts.checklists),
      commands: new Set(manifest().contributes.commands.map(({ command }) => command)),
      snapshot: { at: instant(), ...issues() },
      failure: now.failure,
      pending: options.pending ?? [],
      deliveries: options.deliveries ?? [],
      writable: trusted,
      language: 'en',
      runbook: now.runbook,
      procedures: new Map(),
      holders: {},
      brokenReason: reason => reason,
    }),
    handle(message) {
      switch (message.kind) {
        case 'mark':
        case 'choose':
          return opened.answer(message);
        case 'reply':
          return opened.answerReply(message);
        case 'timeline':
          return timeline.entries(message.known);
        default:
          return undefined;
      }
    },
  };
  const panel = await openPanel(host, options);

  const opened: ChecklistDesk = {
    panel,
    get page() {
      return panel.page;
    },
    box: label => panel.page.getByRole('checkbox', { name: label }).or(panel.page.getByRole('radio', { name: label })),
    file: () => now.file,
    async write(text) {
      now.file = text;
      await panel.push();
    },
    async setRunbook(text) {
      now.runbook = text === undefined ? undefined : read(text);
      await panel.push();
    },
    async fail(text, signIn = false) {
      now.failure = { text, signIn };
      await panel.push();
    },
    async change(change) {
      const at = instant();
      const stamped = stamp({ kind: 'edit', ref, change }, me, at);
      const result = applyChange(issues().issues[0] ?? assert.fail('The issue cannot be read.'), stamped.kind === 'edit' ? stamped.change : change, at);
      if (result.kind === 'failed') throw new Error(`The change was refused: ${result.failure.kind}`);
      await opened.write(renderIssueFile({ issue: result.value }));
    },
    async apply(write) {
      await opened.change(write.kind === 'mark'
        ? { kind: 'markStep', run: write.run, step: write.step, mark: write.mark }
        : { kind: 'choose', run: write.run, option: write.option, mark: { kind: 'done' } });
      return { kind: 'done' };
    },
    answer: write => opened.apply(write),
    answerReply: () => ({ kind: 'done' }),
    async setEvents(events) {
      now.events = events;
      await timeline.read();
      await panel.push();
    },
    async tick(at) {
      now.time = at;
      await panel.push();
    },
    async remove() {
      now.removed = true;
      await panel.push();
    },
  };
  return opened;
}
