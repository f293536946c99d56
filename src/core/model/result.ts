import type { Failure } from "./failure";

/** Either a value or the reason there is none. Expected failures travel as values; only bugs throw. */
export type Result<T, E = Failure> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: E };

/** The value as a result. */
export function ok<T>(value: T): { readonly kind: "ok"; readonly value: T } {
  return { kind: "ok", value };
}

/** The failure as a result. */
export function failed<E>(failure: E): { readonly kind: "failed"; readonly failure: E } {
  return { kind: "failed", failure };
}

/** Ends every switch over a union: it does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
