import { bundled } from './bundled';
import { type Figure, median } from './figure';

/** Number of rounds before measuring, so that the code is compiled. */
const warmUp = 10;
const rounds = 15;

const [few, many] = [100, 1000];

/** What is measured on a number of events. */
interface Work {
  /** Reads the events of an incident into a new document and renders it. */
  readonly draft: () => void;
  /** Looks for events that are new, changed, gone or hidden. */
  readonly compare: () => void;
  /** Adds the second half of the events to a document with the first one, and renders it. */
  readonly add: () => void;
  /** Parses the document. */
  readonly parse: () => void;
  /** Merges two people's additions. */
  readonly merge: () => void;
}

/** The timeline of a post-mortem with 1,000 events, compared with ten times the time for 100. */
export async function postmortemFigures(): Promise<readonly Figure[]> {
  const { workOn } = await bundled<{ readonly workOn: (count: number) => Work }>(source);
  const [small, large] = [workOn(few), workOn(many)];
  const figure = (name: string, part: keyof Work): Figure => ({ name, unit: 'ms', value: timeOf(large[part]), baseline: Number((timeOf(small[part]) * (many / few)).toFixed(2)) });
  return [
    figure(`read ${many} events into a post-mortem and render it`, 'draft'),
    figure(`compare a post-mortem with ${many} events`, 'compare'),
    figure(`add ${many / 2} new events and render the post-mortem`, 'add'),
    figure(`parse a post-mortem with ${many} events`, 'parse'),
    figure(`merge two additions of ${many / 2} events`, 'merge'),
  ];
}

function timeOf(work: () => void): number {
  const times = Array.from({ length: warmUp + rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Number(median(times.slice(warmUp)).toFixed(2));
}

const source = `
  import { timeline } from './src/core/incident/timeline';
  import { addingEdits, changedEntries, eventRow, goneEntries, hiddenEntries, newEntries } from './src/core/postmortem/timeline/eventRows';
  import { mergeTexts } from './src/core/postmortem/document/mergeTexts';
  import { incidentEvents } from './src/core/postmortem/timeline/origins';
  import { parsePostmortem } from './src/core/postmortem/document/parsePostmortem';
  import { emptyPostmortem } from './src/core/postmortem/postmortem';
  import { applyEdit } from './src/core/postmortem/postmortemEdit';
  import { renderPostmortem } from './src/core/postmortem/document/renderPostmortem';

  const zone = 'America/Los_Angeles';
  const issue = { ref: { repository: 'acme/live', number: 1 }, title: 'Portal is down', body: '', state: 'open', labels: [], assignees: [], author: 'ana', createdAt: '2026-11-20T16:00:00Z', updatedAt: '2026-11-20T17:00:00Z', location: { kind: 'file', path: 'a.md' } };
  const texts = ['Looking at it', 'Rolled back to 4.1\\n\\n<!-- desk:moment mitigated -->', 'The portal is slow for some of you. '.repeat(12) + '\\n\\n<!-- desk:moment update audience=customers -->', 'See [the dashboard](https://example.org/d)'];

  function fail() { throw new Error('The additions cannot be merged'); }

  function eventsOf(count) {
    return Array.from({ length: count }, (_, index) => {
      const stamp = { at: new Date(Date.parse(issue.createdAt) + (index + 1) * 7000).toISOString().replace('.000Z', 'Z'), by: index % 3 === 0 ? 'ben' : 'ana' };
      if (index % 5 === 4) return { ...stamp, kind: 'referenced', sha: index.toString(16).padStart(40, '0'), subject: 'Restart less' };
      return index % 5 === 3 ? { ...stamp, kind: 'labeled', label: 'stage: ' + index } : { ...stamp, kind: 'commented', markdown: texts[index % texts.length] };
    });
  }

  export function workOn(count) {
    const raw = eventsOf(count - 1);
    const read = events => incidentEvents(timeline(issue, events, []));
    const draft = events => renderPostmortem({ ...emptyPostmortem, issue: issue.ref, title: 'Portal is down', timeline: events.map((event, index) => eventRow(event, 'e' + index, issue.ref)) }, zone);
    const parse = text => parsePostmortem(text, zone);
    const all = read(raw);
    const whole = draft(all);
    const full = parse(whole).postmortem;
    const half = parse(draft(read(raw.filter((_, index) => index % 2 === 0))));
    const added = known => {
      let ids = 0;
      const edits = addingEdits(half.postmortem, known, newEntries(half.postmortem, known), () => 'n' + ids++);
      return renderPostmortem(edits.reduce((now, edit) => applyEdit(now, edit, () => undefined), half.postmortem), zone, half);
    };
    const [ours, theirs] = [added(all), added(read(raw.filter((_, index) => index % 4 !== 1)))];
    return {
      draft: () => draft(read(raw)),
      compare: () => [newEntries(full, all), changedEntries(full, all), goneEntries(full, all), hiddenEntries(full, all)],
      add: () => added(all),
      parse: () => parse(whole),
      merge: () => mergeTexts(half.text, ours, theirs) ?? fail(),
    };
  }
`;
