import type { BusinessTime } from '../../src/core/calendar/businessTime';
import { type Desk, parseDuration } from '../../src/core/model/desk';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { businessLength } from '../../src/core/calendar/businessLength';

/** Milliseconds of business time in a text such as `2d 30m`. */
export function businessMilliseconds(desk: Desk, text: string): number {
  return text.split(' ').reduce((sum, part) => {
    const duration = parseDuration(part);
    if (duration === undefined) throw new Error(`"${part}" is not a duration.`);
    return sum + businessLength(desk, duration);
  }, 0);
}

const day = 24 * 60 * 60_000;

/** The latest full second that is at least that much business time before `now`. */
export function businessBefore(time: BusinessTime, now: Instant, milliseconds: number): Instant {
  const end = millisecondsOf(now);
  const isEarly = (at: number): boolean => time.between(instantAt(at), now) >= milliseconds;
  let span = day;
  while (!isEarly(end - span)) {
    span *= 2;
    if (span > 800 * day) throw new Error('The desk has too few business hours for this sample.');
  }
  let [early, late] = [Math.floor((end - span) / 1000), Math.ceil(end / 1000)];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (isEarly(middle * 1000)) early = middle;
    else late = middle;
  }
  return instantAt(early * 1000);
}
