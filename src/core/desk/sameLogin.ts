/** Whether two logins are one person's: GitHub tells no case apart in them. */
export function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether a login is among others. */
export function hasLogin(logins: readonly string[], login: string): boolean {
  return logins.some((one) => sameLogin(one, login));
}

/** Each person's login once, as it is spelled first. */
export function distinctLogins(logins: readonly string[]): readonly string[] {
  return logins.filter((login, index) => !hasLogin(logins.slice(0, index), login));
}
