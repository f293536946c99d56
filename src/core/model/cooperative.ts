/** Long work that stops now and then, with how many small steps it has done since it last did, and gives its result in the end. */
export type Steps<T> = Generator<number, T, void>;

/** Does long work at once. */
export function withoutPause<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does long work with a pause each time it stops; `undefined` where the pause answers that it is not to go on. */
export async function withPauses<T>(steps: Steps<T>, pause: () => Promise<boolean>): Promise<T | undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (!(await pause())) return undefined;
  }
}
