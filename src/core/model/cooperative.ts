/** Long work split into steps. Each yield reports how many small steps were done since the last one; the result is returned at the end. */
export type Steps<T> = Generator<number, T, void>;

/** Runs all steps without pausing. */
export function withoutPause<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Runs the steps with a pause after each. Returns `undefined` when `pause` returns false. */
export async function withPauses<T>(steps: Steps<T>, pause: () => Promise<boolean>): Promise<T | undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (!(await pause())) return undefined;
  }
}
