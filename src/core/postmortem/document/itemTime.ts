const clock = String.raw`(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?: ?[ap]\.?m\b\.?|[ap]\b)?|\d{1,2} ?[ap]m\b|\d{1,2}h\d{2}|\d{4}(?=h| ?(?:utc|gmt|z)\b))`;

const zone = String.raw`(?: ?(?:\((?:utc|gmt|[a-z]{2,5})(?: ?[+-]\d{1,2}(?::?\d{2})?)?\)|(?:utc|gmt|z|[ecmp][sd]?t|ak[sd]t|hst|ast|bst|ist|w?est|w?et|c?est|cet|ees?t|wat|eat|cat|sast|jst|kst|ae[sd]t|nz[sd]t|msk|sgt|hkt|brt|wib)\b(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}\b))?`;

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?";

const day = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]? )?(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|${month} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|day \d{1,3}|\d{1,2}(?:st|nd|rd|th)? ${month}(?:,? \d{4})?)`;

const moment = `(?:(?:${day}(?:t|,? (?:at |ca\\.? |around |~)?))?${clock}${zone}(?: (?:on )?${day})?)`;

const elapsed = String.raw`t ?[+-] ?\d{1,4}(?::\d{2}){0,2} ?(?:m|min|mins|minutes?|h|hrs?|hours?|s|secs?|d|days?)?\b`;

const about = "(?:~|≈|approx(?:imately|\\.)? |around |about |circa |ca?\\. ?|at )?";

const times = `${about}(?:${moment}(?: ?(?:-|–|—|to|until) ?${about}${moment})?|${elapsed})`;

const open = "[*_`[(]{0,6}";

const close = "[*_`\\])]{0,6}";

const timed = new RegExp(`^(${open})(${times})(${close}(?: ?(?:[:–—|=]|-(?=[ \\t])|->|→|,|\\.(?=[ \\t]))(?:${close}))?[ \\t]*)`, "i");

/** A date alone is a time only if something separates it from the text. */
const dated = new RegExp(`^(${open})(${about}${day})(${close}(?: ?[:–—]| -)(?:${close})[ \\t]*)`, "i");

/** The time at the start of a list item, in three parts: what is before it, the time, and what separates it from the text. */
export interface ItemTime {
  readonly before: string;
  readonly time: string;
  readonly after: string;
}

/** Finds the time at the start of a text, such as `**14:02 UTC** – `. */
export function readItemTime(text: string): ItemTime | undefined {
  // No time is longer.
  const start = text.slice(0, 120);
  if (!/\d/.test(start)) return undefined;
  const [, before = "", time, after = ""] = timed.exec(start) ?? dated.exec(start) ?? [];
  return time === undefined ? undefined : { before, time, after };
}
