import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { businessTime } from '../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../src/core/desk/parseDesk';
import type { Desk } from '../../../src/core/model/desk';
import type { Instant } from '../../../src/core/model/issue';
import { scheduleState } from '../../../src/host/panels/schedule/scheduleState';
import { scheduleProtocol, type ScheduleSubject, type ScheduleToHost } from '../../../src/protocol/schedule';
import { openPanel, type Panel } from './openPanel';
import { translate } from './translate';
import type { PageOptions } from './webview';

/** Six people, one of them away, a holiday, a gap, and one person without shifts in this rotation. */
export const team = `team: A
timezone: UTC
hours: { Mon-Fri: ["09:00-17:00"] }
holidays: [2026-11-26]
people:
  - { login: ana, name: Ana Ruiz, experienced: true }
  - { login: ben, name: Ben Okafor, experienced: true }
  - { login: cleo, name: Cleo Park, away: [2020-01-01/2099-12-31] }
  - { login: dev, name: Dev Shah }
  - { login: eva, name: Evangelina Wetherby-Konstantinopoulos }
  - { login: finn, name: Finn Lund, experienced: true }
rotation:
  starts: 2026-01-05
  changesAt: "08:00"
  every: 1w
  roles: [primary, backup]
  people: [ana, ben, cleo, dev, eva, finn]
  overrides:
    - { from: 2026-11-12, to: 2026-11-13, primary: finn }
`;

export interface ScheduleOptions extends PageOptions {
  readonly desk?: string;
  readonly now?: Instant;
  readonly trusted?: boolean;
}

/** The schedule of a desk. It changes the month as the host does. */
export interface ScheduleDesk {
  readonly panel: Panel<ScheduleToHost>;
  readonly page: Page;
  /** Changes desk.yml, or deletes it with `undefined`; the new state is sent. */
  setDesk(text: string | undefined): Promise<void>;
  breakDesk(): Promise<void>;
}

/** Opens the schedule on Friday, 20 November 2026, by default. */
export async function openSchedule(options: ScheduleOptions = {}): Promise<ScheduleDesk> {
  const { desk = team, now = '2026-11-20T18:00:00Z', trusted = true } = options;
  const known: { desk: Desk; subject: ScheduleSubject; hasDesk: boolean; stale: boolean } = { desk: read(desk), subject: {}, hasDesk: true, stale: false };
  const panel: Panel<ScheduleToHost> = await openPanel({
    bundle: 'schedule',
    protocol: scheduleProtocol,
    subject: () => known.subject,
    state: () => scheduleState({
      desk: known.desk, stale: known.stale, hasDesk: known.hasDesk, month: known.subject.month, time: businessTime(known.desk), now, me: 'ana',
      writable: trusted, language: 'en', t: translate,
    }),
    async handle(message: ScheduleToHost) {
      if (message.kind !== 'showMonth') return undefined;
      known.subject = { month: message.month };
      await panel.push();
      return undefined;
    },
  }, options);
  return {
    panel,
    get page() {
      return panel.page;
    },
    async setDesk(text) {
      known.desk = read(text ?? 'team: A\n');
      known.hasDesk = text !== undefined;
      await panel.push();
    },
    async breakDesk() {
      known.stale = true;
      await panel.push();
    },
  };
}

function read(text: string): Desk {
  return parseDesk(text).desk ?? assert.fail('The desk cannot be read.');
}
