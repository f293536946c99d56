import type { Instant } from "./issue";

/** Compares two instants in ISO UTC, with or without a fraction. An absent instant is the earliest. */
export function compareInstants(a: Instant | undefined, b: Instant | undefined): number {
  if (a === b) return 0;
  if (isUsual(a) && isUsual(b)) return a < b ? -1 : 1;
  const [left, right] = [digits(a), digits(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The latest of several instants, or `""` if there is none. */
export function latest(instants: readonly (Instant | undefined)[]): Instant {
  return instants.reduce<Instant>((last, at) => (at !== undefined && compareInstants(at, last) > 0 ? at : last), "");
}

/** The next instant after `at` in the form `…:11.001Z`, to order two marks made within one second. */
export function justAfter(at: Instant): Instant {
  const [second = "", fraction = ""] = digits(at).split(".");
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, "0")) + 1;
  return thousandths < 1000 && fraction.length <= 3
    ? `${second}.${String(thousandths).padStart(3, "0")}Z`
    : `${second}.${fraction}1Z`;
}

/** Whether the text has whole seconds and a year of four digits, so that it can be compared as it is. */
function isUsual(at: Instant | undefined): at is Instant {
  return at?.length === 20 && at[19] === "Z" && at[16] === ":";
}

function digits(at: Instant | undefined): string {
  return (at ?? "").replace(/Z$/, "").replace(/\.0+$/, "");
}
