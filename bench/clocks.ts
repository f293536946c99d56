import { type Figure, median } from "./figure";
import { bundled } from "./bundled";

const rounds = 7;
const count = 5000;

interface Clocks {
  readonly facts: (count: number) => void;
  readonly clocks: (count: number) => void;
  readonly again: (count: number) => void;
}

/** Computes and sorts what is due on 5,000 open issues over three years, compared with parsing their labels and texts. */
export async function clockFigures(): Promise<readonly Figure[]> {
  const { facts, clocks, again } = await bundled<Clocks>(contents);
  const of = (work: (count: number) => void): number => median(Array.from({ length: rounds }, () => time(() => work(count))));
  const baseline = Number(of(facts).toFixed(2));
  const figure = (name: string, work: (count: number) => void): Figure => ({ name: `5,000 issues: what is due, in order, ${name}, beside what they mean`, unit: "ms", value: Number(of(work).toFixed(2)), baseline });
  return [figure("for the first time", clocks), figure("a minute later", again)];
}

const contents = `
  import { parseDesk } from './src/core/desk/parseDesk';
  import { businessTime } from './src/core/calendar/businessTime';
  import { responseClock } from './src/core/response/responseClock';
  import { urgencyOf } from './src/core/response/urgency';
  import { issueFacts } from './src/core/issue/issueFacts';
  import { instantAt, millisecondsOf } from './src/core/model/instant';

  const { desk } = parseDesk(\`timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
holidays: [2026-11-26, 2026-12-25]
kinds: { incident: { respondWithin: 1h, triageWithin: 15m } }
priorities: { high: { respondWithin: 30m, updateEvery: 1h }, normal: }
\`);
  const now = '2026-11-20T18:00:00Z';
  const all = count => Array.from({ length: count }, (_, index) => {
    const at = instantAt(millisecondsOf(now) - index * 5_256_000);
    const body = 'Nobody can sign in.\\\\n'.repeat(20) + (index % 3 === 0 ? '<!-- desk:clock acknowledged=' + at + ' by=ana -->\\\\n' : '');
    return { ref: { repository: 'acme/desk', number: index + 1 }, title: '[INCIDENT] ' + index, body, state: 'open', labels: ['incident', index % 2 ? 'priority: high' : 'priority: normal'], assignees: [], author: 'ana', createdAt: at, updatedAt: at, location: { kind: 'web', url: '' } };
  });
  const made = new Map();
  const issuesOf = count => made.get(count) ?? (made.set(count, all(count)), made.get(count));
  const known = new Map();
  const factsOf = count => known.get(count) ?? (known.set(count, issuesOf(count).map(issue => issueFacts(issue, desk))), known.get(count));
  export const facts = count => { for (const issue of issuesOf(count)) issueFacts(issue, desk); };
  const begin = count => {
    const time = businessTime(desk);
    const context = { desk, time, deskFolder: 'runbooks', details: () => undefined };
    return { time, clocks: issuesOf(count).map((issue, index) => responseClock(context, issue, factsOf(count)[index])) };
  };
  const order = ({ time, clocks }) => {
    const due = clocks.map(clock => urgencyOf(clock, time, now));
    if (due.filter(one => one !== undefined).length < clocks.length / 2) throw new Error('Nothing is due');
    due.sort((a, b) => (a?.at ?? '~') < (b?.at ?? '~') ? -1 : 1);
  };
  let kept;
  export const clocks = count => order(kept = begin(count));
  export const again = count => order(kept);
`;

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
