import { nextPoll } from '../../src/core/github/polling';
import type { PassingTime } from './passingTime';

const hour = 3_600_000;

/** Polls as often as the product does in the first hour in which nobody uses a window, and returns the number of polls. */
export async function pollForAnHour({ clock, now, pass }: PassingTime, look: () => Promise<unknown>): Promise<number> {
  const [end, idleSince] = [now() + hour, clock.now()];
  let looks = 0;
  for (;;) {
    const pause = nextPoll({ now: clock.now(), failures: 0, idleSince });
    if (pause === undefined) throw new Error("It is not looked again");
    pass(pause);
    if (now() > end) return looks;
    await look();
    looks += 1;
  }
}
