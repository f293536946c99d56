/** Whether two names are the same one to GitHub, which tells no letter case apart in logins and labels. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether a name is among others. */
export function hasName(names: readonly string[], name: string): boolean {
  return names.some((other) => sameName(other, name));
}

/** Each name once, as it is spelled first. */
export function distinctNames(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => !hasName(names.slice(0, index), name));
}

/** A person's login in any script, without the @. */
export const loginPattern = /^[^\s@,/]{1,60}$/;

/** The login that a setting or an answer holds; `undefined` when it is none that a desk would take. */
export function readLogin(value: unknown): string | undefined {
  const login = typeof value === "string" ? value.trim() : "";
  return loginPattern.test(login) ? login : undefined;
}

/** Whether two logins are one person's. */
export const sameLogin = sameName;

/** Whether a login is among others. */
export const hasLogin = hasName;

/** Each person's login once, as it is spelled first. */
export const distinctLogins = distinctNames;
