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
