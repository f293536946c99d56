import { bundled } from "./bundled";
import { type Figure, median } from "./figure";

const rounds = 7;

interface Schedule {
  readonly plan: (text: string) => void;
  readonly planSteps: (text: string) => Iterator<unknown>;
  readonly tell: (text: string) => void;
}

/** A year's rota for 50 people, each away now and then: planned, and told as it is, beside a second and a tenth of one. */
export async function scheduleFigures(): Promise<readonly Figure[]> {
  const { plan, tell, planSteps } = await bundled<Schedule>(contents);
  const text = deskText(50);
  const of = (name: string, work: (text: string) => void, baseline: number): Figure => ({ name, unit: "ms", value: Number(median(Array.from({ length: rounds }, () => time(() => work(text)))).toFixed(2)), baseline });
  const blocks = Array.from({ length: rounds }, () => longestStep(planSteps(text)));
  const blocked: Figure = { name: "the longest that planning a year's rota for 50 people blocks, beside all of it", unit: "ms", value: Number(median(blocks.map(({ longest }) => longest)).toFixed(2)), baseline: Number(median(blocks.map(({ whole }) => whole)).toFixed(2)) };
  return [of("a year's rota for 50 people planned", plan, 1000), of("a year's rota for 50 people told", tell, 100), blocked];
}

const contents = `
  import { dateFrom } from './src/core/calendarDate';
  import { parseDesk } from './src/core/desk/parseDesk';
  import { planSteps as steps, planTurns } from './src/core/duty/plan/planTurns';
  import { turnsBetween } from './src/core/duty/rotation';
  export const plan = text => { if (planTurns(parseDesk(text).desk, { from: '2026-01-05', turns: 52 }).turns.length !== 52) throw new Error('Turns are missing'); };
  export const planSteps = text => steps(parseDesk(text).desk, { from: '2026-01-05', turns: 52 });
  export const tell = text => { if (turnsBetween(parseDesk(text).desk, dateFrom('2026-01-05'), dateFrom('2027-01-03')).length !== 52) throw new Error('Turns are missing'); };
`;

/** Everybody is away for a week and for two, spread over the year, and every third is experienced. */
function deskText(people: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const lines = Array.from({ length: people }, (_, person) => {
    const [month, other] = [1 + (person % 12), 1 + ((person * 5 + 3) % 12)];
    return `  - { login: p${person}, experienced: ${String(person % 3 === 0)}, away: [2026-${two(month)}-08/2026-${two(month)}-14, 2026-${two(other)}-15/2026-${two(other)}-28] }`;
  });
  return `timezone: Europe/London\nholidays: [2026-04-03, 2026-12-25]\npeople:\n${lines.join("\n")}\nrotation: { starts: 2026-01-05 }\n`;
}

function longestStep(steps: Iterator<unknown>): { readonly longest: number; readonly whole: number } {
  let [longest, whole] = [0, 0];
  for (let done = false; !done; ) {
    const took = time(() => {
      done = steps.next().done === true;
    });
    longest = Math.max(longest, took);
    whole += took;
  }
  return { longest, whole };
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
