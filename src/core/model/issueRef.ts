/** `owner/name` of a repository, or `local` for a desk without a repository. */
export type Repository = string;

/** Stands for the repository of a desk that names none. */
export const localRepository = "local";

/**
 * Identifies an issue by repository and number. Numbers of plain files can change when branches are merged, so references
 * written by the desk also contain the `id`, which never changes.
 */
export interface IssueRef {
  readonly repository: Repository;
  readonly number: number;
  /** The id of an issue in plain files. Absent for GitHub issues and for references that a person typed. */
  readonly id?: string;
}

/** Whether two references name the same issue: by id if both have one, otherwise by repository and number. */
export function sameRef(a: IssueRef, b: IssueRef): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return a.repository === b.repository && a.number === b.number;
}

/** Finds items by issue reference: by id first, otherwise by number if `sameRef` agrees. */
export function refIndex<T>(items: readonly T[], refOf: (item: T) => IssueRef): (ref: IssueRef) => T | undefined {
  const byKey = new Map<string, T>();
  const byId = new Map<string, T>();
  for (const item of items) {
    const ref = refOf(item);
    byKey.set(refKey(ref), item);
    if (ref.id !== undefined) byId.set(ref.id, item);
  }
  return (ref) => {
    const same = ref.id === undefined ? undefined : byId.get(ref.id);
    if (same !== undefined) return same;
    const found = byKey.get(refKey(ref));
    return found !== undefined && sameRef(refOf(found), ref) ? found : undefined;
  };
}

/** Formats a reference: `#12` within `home`, otherwise `owner/name#12`. With an empty `home`, issues of a desk without a repository are also `#12`. */
export function formatRef(ref: IssueRef, home: Repository): string {
  const bare = ref.repository === home || (ref.repository === localRepository && home === "");
  return bare ? `#${ref.number}` : refKey(ref);
}

/** Formats repository and number, such as `owner/name#12`. To look up an issue, use `refIndex`. */
export function refKey(ref: IssueRef): string {
  return `${ref.repository}#${ref.number}`;
}

/** A permanent key of the issue: its id if it has one, otherwise its `refKey`. */
export function stableKey(ref: IssueRef): string {
  return ref.id ?? refKey(ref);
}

/** The reference with that id. An invalid id is omitted. */
export function withId(ref: IssueRef, id: string | undefined): IssueRef {
  return id === undefined || !idForm.test(id) ? ref : { ...ref, id };
}

const idForm = /^[a-z0-9]{6,40}$/;

/** Parses the output of `refKey`. The result has no id. */
export function readRefKey(key: string): IssueRef | undefined {
  const found = /^([^]+)#([1-9]\d{0,9})$/.exec(key);
  return found === null ? undefined : { repository: found[1] ?? "", number: Number(found[2]) };
}

/** All references `#12`, `owner/name#12` and `local#12` in a text, in order. A bare number belongs to `home`. */
export function readRefs(text: string, home: Repository): readonly IssueRef[] {
  const found = text.matchAll(/(?<![\w/#&])(?:([\w.-]{1,100}\/[\w.-]{1,100}|local)|)#([1-9]\d{0,9})(?!\w)/g);
  return [...found].map(([, repository, number]) => ({
    repository: repository ?? home,
    number: Number(number),
  }));
}
