/** `owner/name` of a repository, or `local` for a desk that names none. */
export type Repository = string;

/** Stands for the repository on a desk that names none. */
export const localRepository = "local";

/** Which issue: its repository and its number there. */
export interface IssueRef {
  readonly repository: Repository;
  readonly number: number;
}

/** Whether both name the same issue. */
export function sameRef(a: IssueRef, b: IssueRef): boolean {
  return a.repository === b.repository && a.number === b.number;
}

/**
 * The reference as people write it: `#12` within `home`, else `owner/name#12`. Without a home (an empty text), as on
 * the screen, an issue of a desk that names no repository is `#12` too.
 */
export function formatRef(ref: IssueRef, home: Repository): string {
  const bare = ref.repository === home || (ref.repository === localRepository && home === "");
  return bare ? `#${ref.number}` : refKey(ref);
}

/** A text that names the issue everywhere alike, for ids and map keys: `owner/name#12`. */
export function refKey(ref: IssueRef): string {
  return `${ref.repository}#${ref.number}`;
}

/** The reference that `refKey` was given. */
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
