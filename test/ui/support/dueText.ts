/** The part of a row that gives when something is due on a desk with business hours, at any time of day: `due in 1h`, `due Tue 08:14`, `due Dec 9`. */
export const dueText = String.raw`due (?:in \d+[hm](?: \d+m)?|(?:\w{3} )?\d\d:\d\d|\w{3} \d{1,2})`;
