import type { Instant } from "./issue";

/** Compares two instants in ISO UTC, with or without a fraction. An absent instant is the earliest. */
export function compareInstants(a: Instant | undefined, b: Instant | undefined): number {
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

function digits(at: Instant | undefined): string {
  return (at ?? "").replace(/Z$/, "").replace(/\.0+$/, "");
}
