/** `owner/name` of a repository, or `local` for a desk that names none. */
export type Repository = string;

/** Stands for the repository on a desk that names none. */
export const localRepository = "local";

/**
 * Which issue: its repository and its number there. Numbers of plain files are for people and change when branches that
 * gave the same one are merged, so what the desk writes itself names such an issue by its `id` too, which never changes.
 */
export interface IssueRef {
  readonly repository: Repository;
  readonly number: number;
  /** Of an issue in plain files; GitHub's issues, and references that a person typed, have none. */
  readonly id?: string;
}

/** Whether both name the same issue: by their ids where both have one, else by repository and number. */
export function sameRef(a: IssueRef, b: IssueRef): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return a.repository === b.repository && a.number === b.number;
}

/** Finds an item by the reference of its issue: by id first, else by number where `sameRef` agrees. */
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

/**
 * The reference as people write it: `#12` within `home`, else `owner/name#12`. Without a home (an empty text), as on
 * the screen, an issue of a desk that names no repository is `#12` too.
 */
export function formatRef(ref: IssueRef, home: Repository): string {
  const bare = ref.repository === home || (ref.repository === localRepository && home === "");
  return bare ? `#${ref.number}` : refKey(ref);
}

/** A text that names the issue by repository and number, as in `owner/name#12`; to look an issue up, use `refIndex`. */
export function refKey(ref: IssueRef): string {
  return `${ref.repository}#${ref.number}`;
}

/** A text that names the issue for good: its id where it has one, else its `refKey`. */
export function stableKey(ref: IssueRef): string {
  return ref.id ?? refKey(ref);
}

/** The reference with that id; without one where it is none that the desk gives. */
export function withId(ref: IssueRef, id: string | undefined): IssueRef {
  return id === undefined || !idForm.test(id) ? ref : { ...ref, id };
}

const idForm = /^[a-z0-9]{6,40}$/;

/** The reference that `refKey` was given, without its id. */
export function readRefKey(key: string): IssueRef | undefined {
  const found = /^([^]+)#([1-9]\d{0,9})$/.exec(key);
  return found === null ? undefined : { repository: found[1] ?? "", number: Number(found[2]) };
}

/** Every `#12`, `owner/name#12` and `local#12` in a text, in order; a bare number belongs to `home`. */
export function readRefs(text: string, home: Repository): readonly IssueRef[] {
  const found = text.matchAll(/(?<![\w/#&])(?:([\w.-]+\/[\w.-]+|local)|)#([1-9]\d{0,9})(?!\w)/g);
  return [...found].map(([, repository, number]) => ({
    repository: repository ?? home,
    number: Number(number),
  }));
}
