import { isRecord } from "../core/isRecord";

/** Whether a value from outside is what it should be. Fields nobody asked for are left alone. */
export type Check<T> = (value: unknown) => value is T;

/** A check for a field that may be absent. */
export interface OptionalField<T> {
  readonly optional: Check<T>;
}

type Optional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;

/** One check per field of `T`; a field that may be absent in `T` must be `optional` here, and no other. */
export type Fields<T> = {
  readonly [K in keyof T]-?: Optional<T, K> extends true ? OptionalField<Exclude<T[K], undefined>> : Check<T[K]>;
};

/** Anything but nothing. */
export const isAnything: Check<unknown> = (value): value is unknown => value !== undefined;
/** Any text. */
export const isText: Check<string> = (value): value is string => typeof value === "string";
/** Any number but `NaN` and the infinite ones. */
export const isNumber: Check<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
/** True or false. */
export const isFlag: Check<boolean> = (value): value is boolean => typeof value === "boolean";

/** Lets a field be absent. */
export function optional<T>(check: Check<T>): OptionalField<T> {
  return { optional: check };
}

/** One of these texts. */
export function isOneOf<const T extends string>(...allowed: readonly T[]): Check<T> {
  return (value): value is T => allowed.some((one) => one === value);
}

/** A list of what passes. */
export function isList<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** An object whose fields are all texts. */
export function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every(isText);
}

/** A check for an object with these fields. */
export function hasFields<T extends object>(fields: Fields<T>): Check<T> {
  const checks = Object.entries<Check<unknown> | OptionalField<unknown>>(fields);
  return (value): value is T =>
    isObject(value) &&
    checks.every(([name, check]) => {
      const field = Object.hasOwn(value, name) ? value[name] : undefined;
      return typeof check === "function" ? check(field) : field === undefined || check.optional(field);
    });
}

/** A check for a union on a string `kind`: one check per case. */
export function isCase<T extends { readonly kind: string }>(cases: {
  readonly [K in T["kind"]]: Fields<Omit<Extract<T, { readonly kind: K }>, "kind">>;
}): Check<T> {
  const checks = new Map(Object.entries<Fields<object>>(cases).map(([kind, fields]) => [kind, hasFields<object>(fields)]));
  return (value): value is T => isObject(value) && isText(value["kind"]) && checks.get(value["kind"])?.(value) === true;
}

/** A check for what contains itself, as a tree does. */
export function later<T>(check: () => Check<T>): Check<T> {
  return (value): value is T => check()(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !Array.isArray(value);
}
