import { localRepository, refKey, type IssueRef, type Repository } from "../issue/issueRef";

/** The issue as the file names it: `owner/name#12`, or `#12` for a desk that names no repository. */
export function writeIssue(ref: IssueRef): string {
  return ref.repository === localRepository ? `#${ref.number}` : refKey(ref);
}

/** The one issue that a text names and nothing else; a bare number belongs to `home`. Links around the name are seen through. */
export function readIssue(text: string, home: Repository = localRepository): IssueRef | undefined {
  const bare = /^\[([^[\]]*)\]\([^()\s]*\)$/.exec(text.trim())?.[1] ?? text.trim();
  const found = /^([\w.-]+\/[\w.-]+)?#([1-9]\d{0,9})$/.exec(bare);
  return found === null ? undefined : { repository: found[1] ?? home, number: Number(found[2]) };
}
