import { bundled } from "./bundled";
import { type Figure, median } from "./figure";

const rounds = 7;

interface Schedule {
  readonly plan: (text: string) => void;
  readonly planSteps: (text: string) => Iterator<unknown>;
  readonly read: (text: string) => void;
}

/** A year's schedule for 50 people with absences: planned (compared with one second) and read (compared with 100 ms). */
export async function scheduleFigures(): Promise<readonly Figure[]> {
  const { plan, read, planSteps } = await bundled<Schedule>(contents);
  const text = deskText(50);
  const of = (name: string, work: (text: string) => void, baseline: number): Figure => ({ name, unit: "ms", value: Number(median(Array.from({ length: rounds }, () => time(() => work(text)))).toFixed(2)), baseline });
  const blocks = Array.from({ length: rounds }, () => longestStep(planSteps(text)));
  const blocked: Figure = { name: "longest blocking step of planning a year's schedule for 50 people", unit: "ms", value: Number(median(blocks.map(({ longest }) => longest)).toFixed(2)), baseline: Number(median(blocks.map(({ whole }) => whole)).toFixed(2)) };
  return [of("plan a year's schedule for 50 people", plan, 1000), of("read a year's schedule for 50 people", read, 100), blocked];
}

const contents = `
  import { dateFrom } from './src/core/model/calendarDate';
  import { parseDesk } from './src/core/desk/parseDesk';
  import { planShifts, planSteps as steps } from './src/core/oncall/planning/planShifts';
  import { shiftsBetween } from './src/core/oncall/rotation';
  export const plan = text => { if (planShifts(parseDesk(text).desk, { from: '2026-01-05', shifts: 52 }).shifts.length !== 52) throw new Error('Shifts are missing'); };
  export const planSteps = text => steps(parseDesk(text).desk, { from: '2026-01-05', shifts: 52 });
  export const read = text => { if (shiftsBetween(parseDesk(text).desk, dateFrom('2026-01-05'), dateFrom('2027-01-03')).length !== 52) throw new Error('Shifts are missing'); };
`;

/** Everybody is away for one week and for two weeks, spread over the year. Every third person is experienced. */
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
