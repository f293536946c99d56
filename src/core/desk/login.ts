/** A person's login in any script, without the @. */
export const loginPattern = /^[^\s@,/]{1,60}$/;

/** The login that a setting or an answer holds; `undefined` when it is none that a desk would take. */
export function readLogin(value: unknown): string | undefined {
  const login = typeof value === "string" ? value.trim() : "";
  return loginPattern.test(login) ? login : undefined;
}
