/** Compares two names as GitHub compares logins and labels: ignoring case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether a list contains a name, ignoring case. */
export function hasName(names: readonly string[], name: string): boolean {
  return names.some((other) => sameName(other, name));
}

/** Removes duplicate names, ignoring case. The first spelling is kept. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const name of names) if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), name);
  return [...first.values()];
}

/** A login in any script, without the @. */
export const loginPattern = /^[^\s@,/]{1,60}$/;

/** Parses a login from a setting or an answer. Returns `undefined` when it is not valid. */
export function readLogin(value: unknown): string | undefined {
  const login = typeof value === "string" ? value.trim() : "";
  return loginPattern.test(login) ? login : undefined;
}

/** Compares two logins, ignoring case. */
export const sameLogin = sameName;

/** Whether a list contains a login, ignoring case. */
export const hasLogin = hasName;

/** Removes duplicate logins, ignoring case. The first spelling is kept. */
export const distinctLogins = distinctNames;
