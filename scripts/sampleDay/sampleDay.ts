import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readClosures } from '../../src/calendars/readClosures';
import { businessTime } from '../../src/core/calendar/businessTime';
import { parseDesk } from '../../src/core/desk/parseDesk';
import { millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import type { Clock, IssueTracker } from '../../src/core/model/ports';
import { runbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';
import { createFilesTracker } from '../../src/trackers/files/filesTracker';
import { memoryFiles } from '../../test/support/memoryFiles';
import type { Sample } from '../editor/stage';
import { customerResponse } from './customerResponse';
import { operationsSupport } from './operationsSupport';
import { release } from './release';
import { play, type SampleStage } from './script';
import { serviceDesk } from './serviceDesk';

const scripts: Readonly<Record<Sample, typeof customerResponse>> = { 'customer-response': customerResponse, 'service-desk': serviceDesk, 'operations-support': operationsSupport, release };

/** A day of work at a sample desk, ready to be looked at. */
export interface SampleDay {
  /** Login of the person at the keyboard. */
  readonly me: string;
  /** Texts by path from the workspace folder, beside the sample itself. */
  readonly files: ReadonlyMap<string, string>;
}

/** The sample's desk and how it counts time; `folder` holds its `desk.yml` and runbooks. */
export function readSample(folder: string): Pick<SampleStage, 'desk' | 'time' | 'runbook'> {
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const { desk } = parseDesk(read('desk.yml'));
  if (desk === undefined) throw new Error(`${path.join(folder, 'desk.yml')} has errors.`);
  const { closures: closings } = readClosures(desk.holidays, new Map(), desk.timezone);
  const context = runbookContext(desk);
  return { desk, time: businessTime(desk, closings), runbook: (name) => readRunbook(`runbooks/${name}`, read(name), context) };
}

/** A clock that stands where it is set; whoever waits goes on at once. */
function settableClock(now: Instant): { readonly clock: Clock; readonly set: (at: Instant) => void } {
  let at = now;
  return { clock: { now: () => at, wait: async () => undefined }, set: (next) => void (at = next) };
}

/** Login of the person who is at the keyboard in the sample: whoever is on call now. */
export function sampleLogin(sample: Sample, folder: string, now: Instant): string {
  const nobody = (): never => { throw new Error('Nothing is written.'); };
  return scripts[sample]({ ...readSample(folder), now, trackerFor: nobody, setClock: () => undefined, writeFile: () => undefined }).me;
}

/** A day that ends now, with its issues in plain files; `folder` holds the sample's `desk.yml` and runbooks. */
export async function makeSampleDay(sample: Sample, folder: string, now: Instant): Promise<SampleDay> {
  const { files, texts } = memoryFiles();
  const counter = { ids: 0 };
  const ids = { next: () => `sample${(counter.ids += 1)}` };
  const me = await makeDay(sample, folder, now, (login, clock) => createFilesTracker({ files, clock, ids, me: () => login, pause: 0 }), () => undefined, texts);
  return { me, files: texts };
}

/** The same day with its issues on a GitHub, whose clock `setNow` sets; `trackerFor` gives a person's access to it. The files are those that are not issues. */
export async function makeGithubDay(
  sample: Sample, folder: string, now: Instant, trackerFor: (login: string, clock: Clock) => IssueTracker, setNow: (now: () => number) => void,
): Promise<SampleDay> {
  const files = new Map<string, string>();
  const me = await makeDay(sample, folder, now, trackerFor, setNow, files);
  return { me, files };
}

async function makeDay(
  sample: Sample, folder: string, now: Instant, makeTracker: (login: string, clock: Clock) => IssueTracker, setNow: (now: () => number) => void, files: Map<string, string>,
): Promise<string> {
  const { clock, set } = settableClock(now);
  const trackers = new Map<string, IssueTracker>();
  const trackerFor = (login: string): IssueTracker => {
    const tracker = trackers.get(login) ?? makeTracker(login, clock);
    trackers.set(login, tracker);
    return tracker;
  };
  const setClock = (at: Instant): void => {
    set(at);
    setNow(() => millisecondsOf(at));
  };
  const stage: SampleStage = { ...readSample(folder), now, trackerFor, setClock, writeFile: (name, text) => void files.set(name, text) };
  const { me, events } = scripts[sample](stage);
  await play(stage, events);
  return me;
}

/** Writes a day into a workspace folder. */
export function writeSampleDay({ files }: SampleDay, workspace: string): void {
  for (const [name, text] of files) {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
