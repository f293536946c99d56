import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { parseDesk } from '../../../src/core/desk/parseDesk';
import { handoffDraft, handoffItem } from '../../../src/core/handoff/draftHandoff';
import { handoffShift } from '../../../src/core/handoff/handoffDue';
import type { Handoff } from '../../../src/core/model/handoff';
import type { Instant, Issue } from '../../../src/core/model/issue';
import { sameRef } from '../../../src/core/model/issueRef';
import type { PendingOperation } from '../../../src/core/model/operation';
import { handoffLabels } from '../../../src/host/panels/handoff/handoffLabels';
import { handoffContent } from '../../../src/host/panels/handoff/handoffState';
import { type HandoffForm, handoffProtocol, type HandoffReply, type HandoffToHost } from '../../../src/protocol/handoff';
import { openPanel, type Panel } from './openPanel';
import { translate } from './translate';
import type { PageOptions } from './webview';

const now: Instant = '2026-11-19T16:00:00Z';

const labels = handoffLabels(translate);

const deskText = `team: Portal
timezone: UTC
kinds:
  incident: { repository: acme/live, label: incident, prefix: "[INCIDENT]" }
  request: { repository: acme/live, label: request, prefix: "[REQUEST]" }
priorities:
  high: { label: "priority: high" }
  normal: { label: "priority: normal" }
people:
  - { login: ana, name: Ana Ruiz, email: ana@example.org }
  - { login: ben, name: Ben Li, email: ben@example.org, phone: "555-0101" }
  - { login: cho }
rotation: { starts: 2026-11-16, every: 1w, roles: [primary, backup], people: [ana, ben, cho] }
`;

function issue(number: number, title: string, labels: readonly string[], assignee: string): Issue {
  const at = '2026-11-18T09:00:00Z';
  return {
    ref: { repository: 'acme/live', number }, title, body: '', state: 'open', labels, assignees: [assignee], author: 'dan', createdAt: at, updatedAt: at,
    location: { kind: 'file', path: `.desk/incident/${number}.md` },
  };
}

/** Two issues of Ana, and one of someone else. */
export const openIssues = [
  issue(1, '[INCIDENT] Portal is slow', ['incident', 'priority: high', 'stage: In progress'], 'ana'),
  issue(2, '[REQUEST] Export by hand', ['request'], 'ana'),
  issue(3, '[INCIDENT] Ledger <img src=x onerror=alert(1)> is down', ['incident'], 'cho'),
];

export interface HandoffOptions extends PageOptions {
  readonly issues?: readonly Issue[];
  readonly trusted?: boolean;
}

/** Ana's handoff and its desk. */
export interface HandoffDesk {
  readonly panel: Panel<HandoffToHost>;
  readonly page: Page;
  /** The field for the next step of an open issue. */
  next(issue: string): Locator;
  /** Replaces the issues, `undefined` before they are read, and sends the new state. */
  setIssues(issues: readonly Issue[] | undefined, failure?: string): Promise<void>;
  /** Sets whether the handoff is being written, and sends the new state. */
  setWriting(writing: boolean): Promise<void>;
  /** Creates the issue of the handoff. */
  create(form: HandoffForm): Promise<HandoffReply>;
  /** Answers a request to create the handoff. Creates it unless a test replaces this. */
  answer: (form: HandoffForm) => HandoffReply | Promise<HandoffReply>;
}

/** Opens the handoff page of Ana on the fourth day of her week. */
export async function openHandoff({ issues = openIssues, trusted = true, ...options }: HandoffOptions = {}): Promise<HandoffDesk> {
  const desk = parseDesk(deskText).desk ?? assert.fail('The desk cannot be read.');
  const known = { issues: issues as readonly Issue[] | undefined, failure: undefined as string | undefined, pending: [] as readonly PendingOperation[] };
  const panel: Panel<HandoffToHost> = await openPanel({
    bundle: 'handoff',
    protocol: handoffProtocol,
    subject: () => ({ outgoing: 'ana' }),
    state: () => ({
      language: 'en', labels, readonly: !trusted,
      content: handoffContent({ desk, outgoing: 'ana', now, ...known, formatInstant: at => at.slice(0, 16).replace('T', ' ') }),
    }),
    handle: (message: HandoffToHost) => message.kind === 'create' ? opened.answer(message.form) : undefined,
  }, options);

  function draft(form: HandoffForm): Issue {
    const { from, to } = handoffShift(desk, 'ana', now);
    const items = form.items.flatMap(({ ref, next }) => {
      const found = known.issues?.find(each => sameRef(each.ref, ref));
      return found === undefined ? [] : [{ ...handoffItem(found, desk), next }];
    });
    const handoff: Handoff = { outgoing: 'ana', incoming: form.incoming, beside: form.beside, from, to, felt: form.felt, items, texts: form.texts };
    const made = handoffDraft(desk, handoff);
    if (made.kind === 'failed') assert.fail(made.failure.kind);
    const { title, body, labels } = made.value;
    return { ...issue(4, title, labels, form.incoming), body, author: 'ana', createdAt: now, updatedAt: now };
  }

  const opened: HandoffDesk = {
    panel,
    get page() {
      return panel.page;
    },
    next: about => panel.page.getByLabel(`Next step for ${about}`),
    async setIssues(after, failure) {
      known.issues = after;
      known.failure = failure;
      await panel.push();
    },
    async setWriting(writing) {
      const operation = { kind: 'handOff', draft: { kind: 'handoff', repository: 'acme/live', title: '', body: '', labels: [], assignees: [] }, outgoing: 'ana', incoming: 'ben', items: [] } as const;
      known.pending = writing ? [{ key: 'key', at: now, by: 'ana', operation }] : [];
      await panel.push();
    },
    async create(form) {
      await opened.setIssues([...known.issues ?? [], draft(form)]);
      return { kind: 'done' };
    },
    answer: form => opened.create(form),
  };
  return opened;
}
