import type { Failure } from "./failure";

/** Either a value or a failure. Expected failures are values; only bugs throw. */
export type Result<T, E = Failure> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: E };

/** Wraps a value. */
export function ok<T>(value: T): { readonly kind: "ok"; readonly value: T } {
  return { kind: "ok", value };
}

/** Wraps a failure. */
export function failed<E>(failure: E): { readonly kind: "failed"; readonly failure: E } {
  return { kind: "failed", failure };
}

/** Ends every switch over a union. The code does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
