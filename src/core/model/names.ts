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

/** Groups values by their names, ignoring case, in the order of the first ones. The first spelling of a name is kept. A value is once in each of its groups. */
export function groupByName<T>(all: readonly T[], namesOf: (one: T) => readonly string[]): readonly { readonly name: string; readonly all: readonly T[] }[] {
  const groups = new Map<string, { readonly name: string; readonly all: T[] }>();
  for (const one of all) {
    for (const name of distinctNames(namesOf(one))) {
      const group = groups.get(name.toLowerCase());
      if (group === undefined) groups.set(name.toLowerCase(), { name, all: [one] });
      else group.all.push(one);
    }
  }
  return [...groups.values()];
}

/** Finds the values with a name, ignoring case, for many names. */
export function nameIndex<T>(all: readonly T[], namesOf: (one: T) => readonly string[]): (name: string) => readonly T[] {
  const groups = new Map(groupByName(all, namesOf).map((group) => [group.name.toLowerCase(), group.all]));
  return (name) => groups.get(name.toLowerCase()) ?? [];
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
