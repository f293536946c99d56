import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { businessTime } from '../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../src/core/desk/parseDesk';
import { timeline } from '../../../src/core/incident/timeline';
import { issueFacts } from '../../../src/core/issue/issueFacts';
import { readIssueFile } from '../../../src/core/markup/issueFile';
import type { Desk } from '../../../src/core/model/desk';
import type { Issue } from '../../../src/core/model/issue';
import type { TimelineEvent } from '../../../src/core/model/timelineEvent';
import { draftPostmortem } from '../../../src/core/postmortem/timeline/draftPostmortem';
import { addingEdits, newEntries, showingEdit } from '../../../src/core/postmortem/timeline/eventRows';
import { withFile } from '../../../src/core/postmortem/timeline/evidence';
import { incidentEvents } from '../../../src/core/postmortem/timeline/origins';
import { parsePostmortem } from '../../../src/core/postmortem/document/parsePostmortem';
import { writeIssue } from '../../../src/core/postmortem/postmortem';
import { renderPostmortem } from '../../../src/core/postmortem/document/renderPostmortem';
import { postmortemAdvice } from '../../../src/host/panels/postmortem/postmortemAdvice';
import { createPostmortemEditor } from '../../../src/host/panels/postmortem/postmortemEditor';
import { suggestedNames } from '../../../src/host/panels/postmortem/otherPostmortems';
import { postmortemLabels } from '../../../src/host/panels/postmortem/postmortemLabels';
import { shownPostmortem, stateChanges } from '../../../src/host/panels/postmortem/postmortemState';
import { sameRef } from '../../../src/core/model/issueRef';
import { type PostmortemContent, postmortemProtocol, type PostmortemToHost, type PostmortemView, type UnsavedPostmortem } from '../../../src/protocol/postmortem';
import { countingIds } from '../../support/countingIds';
import { memoryFiles } from '../../support/memoryFiles';
import { closedIncident, postmortemDesk } from '../../support/panelSamples';
import { openPanel, type Panel } from './openPanel';
import { translate } from './translate';
import { origin, type PageOptions } from './webview';

const path = 'postmortems/2026-11-20-1-portal-is-down.md';

const now = '2026-11-20T19:00:00Z';

/** One green pixel. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const labels = postmortemLabels(translate);

export const happened: readonly TimelineEvent[] = [
  { at: '2026-11-20T16:02:11Z', by: 'ana', kind: 'opened' },
  { at: '2026-11-20T16:04:40Z', by: 'ana', kind: 'commented', markdown: 'On it.\n\n<!-- desk:moment acknowledged -->' },
  { at: '2026-11-20T17:29:00Z', by: 'ana', kind: 'commented', markdown: 'Rolled back to 4.1.\n\n<!-- desk:moment resolved -->' },
  { at: '2026-11-20T17:30:00Z', by: 'ana', kind: 'closed' },
];

export interface PostmortemOptions extends PageOptions {
  readonly incident?: string;
  readonly trusted?: boolean;
  /** What happened in the incident. */
  readonly events?: readonly TimelineEvent[];
  /** The text of the file, if it is not the draft. */
  readonly file?: string;
  /** What the library says. */
  readonly others?: Pick<PostmortemView, 'similar' | 'earlier'>;
}

/** The post-mortem of an incident, with the host's own editor on a file in memory. */
export interface PostmortemDesk {
  readonly panel: Panel<PostmortemToHost>;
  readonly page: Page;
  /** The text of the file. */
  file(): string;
  /** Changes the file as another program would; the host reads it. */
  write(text: string): Promise<void>;
  /** Deletes the file; the host checks for it. */
  remove(): Promise<void>;
  /** Adds an event to the incident; the new state is sent. */
  happen(event: TimelineEvent): Promise<void>;
  /** Replaces the events of the incident, as after a comment was edited; the new state is sent. */
  setEvents(events: readonly TimelineEvent[]): Promise<void>;
  /** Closes an issue that was created from an action item; the new state is sent. */
  closeIssue(number: number): Promise<void>;
  /** False: the host ignores messages and sends no state. */
  answering: boolean;
  /** Starts a new host for the same file and reloads the page, as after a restart. */
  restartHost(): Promise<void>;
}

/** Opens the post-mortem of issue 1, filled from its history. */
export async function openPostmortem(options: PostmortemOptions = {}): Promise<PostmortemDesk> {
  const { incident: text = closedIncident, trusted = true } = options;
  const desk = parseDesk(postmortemDesk).desk ?? assert.fail('The desk cannot be read.');
  const first = readIssueFile('.desk/incident/1-portal-is-down.md', 1, text);
  const issue = first.kind === 'ok' ? first.value.issue : assert.fail(first.failure);
  const ids = countingIds('id');
  const known = { issues: [issue] as readonly Issue[], events: options.events ?? happened };
  const entries = () => timeline(issue, known.events, issueFacts(issue, desk).checklists);
  const incident = () => incidentEvents(entries());
  const draft = draftPostmortem(issue, issueFacts(issue, desk), entries(), { desk, time: businessTime(desk), now });
  const { files, texts } = memoryFiles({ [path]: options.file ?? renderPostmortem(draft, desk.timezone) });
  const openEditor = () => createPostmortemEditor({
    files, ids, timezone: () => desk.timezone, pause: async () => undefined,
    saveSoon: () => void editor.save(),
    changed: () => void show(),
  }, path, read(texts.get(path) ?? '', desk));
  let editor = openEditor();
  let life = ids.next();
  let taken = 0;

  async function show(): Promise<void> {
    if (!opened.answering) return;
    for (const { id, state } of stateChanges(editor.now().mine, (ref) => known.issues.find((issue) => sameRef(issue.ref, ref)))) editor.edit({ kind: 'action', id, column: 'state', value: state });
    // The page may be closed already.
    await opened.panel.push().catch(() => undefined);
  }

  function content(): PostmortemContent {
    const { base, mine, saved } = editor.now();
    const trouble = troubleNow();
    return {
      kind: 'document', life, taken, path, base: base.text,
      saving: !trusted ? 'draft' : editor.now().problem !== undefined ? 'trouble' : saved ? 'saved' : 'saving',
      ...trouble === undefined ? {} : { problem: trouble },
      ...options.others ?? { similar: [] }, suggestions: suggestedNames([], ['Portal'], desk.people.map(({ login }) => login)),
      ...shownPostmortem({ postmortem: mine, layout: base.layout, desk, issues: known.issues, events: incident(), t: translate, formatDate: date => date, advice: postmortemAdvice({ postmortem: mine, desk, now, time: businessTime(desk), issue, entries: entries(), path }, translate), accepting: new Set(), today: now.slice(0, 10), pictureAddress: target => target.endsWith('.png') ? `${origin}/picture.png` : undefined }),
    };
  }

  function troubleNow(): PostmortemView['problem'] {
    const { base, problem: trouble } = editor.now();
    if (trouble === undefined) return base.problem === undefined ? undefined : { text: `The fields of ${path} cannot be read, because ${base.problem}.`, buttons: [] };
    switch (trouble.kind) {
      case 'clash':
        return { text: `Someone else changed the same part of ${path}.`, buttons: [{ label: 'Keep Mine', message: { kind: 'resolve', choice: 'mine' } }, { label: 'Keep Theirs', message: { kind: 'resolve', choice: 'theirs' } }] };
      case 'deleted':
        return { text: `The file ${path} was deleted or moved.`, buttons: [{ label: 'Create File Again', message: { kind: 'resolve', choice: 'mine' } }] };
      case 'broken':
        return { text: `The file ${path} cannot be changed, because ${trouble.reason}.`, buttons: [{ label: 'Open File', message: { kind: 'openFile' } }] };
      case 'failed':
        return { text: trouble.failure.kind, buttons: [{ label: 'Retry', message: { kind: 'retry' } }] };
    }
  }

  async function resume(number: number, unsaved: UnsavedPostmortem): Promise<void> {
    if (unsaved.life !== life) await editor.resume(unsaved.base, unsaved.mine, unsaved.edits.map(({ edit }) => edit));
    else for (const { edit } of unsaved.edits.filter(each => each.number > taken)) editor.edit(edit);
    taken = number;
    await show();
  }

  async function handle(message: PostmortemToHost): Promise<void> {
    switch (message.kind) {
      case 'edit':
        editor.edit(message.edit);
        taken = message.number;
        return await show();
      case 'resume':
        return await resume(message.number, message.unsaved);
      case 'addEvents':
        for (const edit of addingEdits(editor.now().mine, incident(), newEntries(editor.now().mine, incident()), ids.next)) editor.edit(edit);
        return;
      case 'showEvent': {
        const event = incident().find(({ origin: { key } }) => key === message.key);
        if (event !== undefined) editor.edit(showingEdit(editor.now().mine, event, ids.next()));
        return;
      }
      case 'accept':
        known.issues = [...known.issues, { ...issue, ref: { repository: 'acme/engine', number: 3 }, title: 'Alert when logins stop', state: 'open' }];
        editor.edit({ kind: 'action', id: message.id, column: 'issue', value: writeIssue({ repository: 'acme/engine', number: 3 }) });
        editor.edit({ kind: 'action', id: message.id, column: 'state', value: 'accepted' });
        return;
      case 'addFile': {
        const row = editor.now().mine.timeline.find(each => each.id === message.id);
        if (row !== undefined) editor.edit({ kind: 'entry', id: row.id, column: 'evidence', value: withFile(row.evidence, 'graphs/cpu.png') });
        return;
      }
      case 'resolve':
        return await editor.resolve(message.choice);
      default:
    }
  }

  const opened: PostmortemDesk = {
    panel: await openPanel({
      protocol: postmortemProtocol,
      bundle: 'postmortem',
      images: true,
      files: new Map([['picture.png', picture]]),
      subject: () => ({ ref: issue.ref }),
      state: () => ({ language: 'en', labels, readonly: !trusted, content: content() }),
      async handle(message: PostmortemToHost) {
        if (opened.answering) await handle(message);
        return undefined;
      },
    }, options),
    get page() {
      return opened.panel.page;
    },
    file: () => texts.get(path) ?? '',
    async write(after) {
      texts.set(path, after);
      await editor.reread();
      await show();
    },
    async remove() {
      texts.delete(path);
      await editor.reread();
      await show();
    },
    async happen(event) {
      known.events = [...known.events, event];
      await show();
    },
    async setEvents(events) {
      known.events = events;
      await show();
    },
    async closeIssue(number) {
      known.issues = known.issues.map(each => each.ref.number === number ? { ...each, state: 'closed' } : each);
      await show();
    },
    answering: true,
    async restartHost() {
      editor = openEditor();
      life = ids.next();
      taken = 0;
      opened.answering = true;
      await opened.panel.reload();
    },
  };
  return opened;
}

function read(text: string, desk: Desk) {
  return parsePostmortem(text, desk.timezone);
}
