import { duplicateEndComment, duplicateResolution } from "../markup/issueTexts";
import { readLinks } from "../markup/linkRegion";
import { renderComment } from "../markup/milestone";
import type { Issue } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { refIndex, refKey, sameRef } from "../model/issueRef";
import type { SingleOperation } from "../model/operation";
import type { IssueTracker } from "../model/ports";

/** The issues that report the same as this one, also those that are duplicates of its duplicates. Each is listed once. */
export function duplicatesOf(original: Issue, issues: readonly Issue[]): readonly Issue[] {
  const find = refIndex(issues, ({ ref }) => ref);
  const seen = new Set([refKey(original.ref)]);
  const found: Issue[] = [];
  for (const queue = [original]; queue.length > 0; ) {
    const named = duplicateRefs(queue.shift() ?? original).flatMap((ref) => find(ref) ?? []);
    for (const duplicate of named) {
      if (seen.has(refKey(duplicate.ref))) continue;
      seen.add(refKey(duplicate.ref));
      found.push(duplicate);
      queue.push(duplicate);
    }
  }
  return found;
}

/**
 * The issue that stays in the end if this one is a duplicate itself, as stored now. A duplicate is always linked to that issue,
 * because the links of closed issues are not read with the others.
 */
export async function findOriginal({ get }: Pick<IssueTracker, "get">, issue: Issue): Promise<Issue> {
  const seen = new Set<string>();
  let at = issue;
  for (;;) {
    seen.add(refKey(at.ref));
    const fresh = await get(at.ref);
    const { body, ref } = fresh.kind === "ok" ? fresh.value : at;
    const above = readLinks(body, ref.repository).find(({ kind }) => kind === "duplicateOf");
    if (above?.kind !== "duplicateOf" || seen.has(refKey(above.other))) return at;
    const next = await get(above.other);
    if (next.kind === "failed") return at;
    at = next.value;
  }
}

/** The changes that mark an issue as a duplicate of the one that stays. Its own duplicates become duplicates of that one too. `ended` is how it has ended already. */
export function duplicateOperations(duplicate: Issue, original: IssueRef, issues: readonly Issue[], ended: "resolved" | "closed" | undefined): readonly SingleOperation[] {
  const { ref, state } = duplicate;
  const all = [ref, ...duplicatesOf(duplicate, issues).map((other) => other.ref)].filter((other) => !sameRef(other, original));
  return [
    ...all.map((child) => ({ kind: "link" as const, child, under: { parent: original, relation: "hasDuplicate" as const } })),
    ...(state === "closed" ? [] : [{ kind: "close" as const, ref, resolution: duplicateResolution(original, ref.repository, ended), reason: "duplicate" as const }]),
  ];
}

/** How an issue with duplicates ended. */
export interface DuplicateEnd {
  readonly event: "resolved" | "closed";
  /** How it was resolved, in one line. It may be empty. */
  readonly resolution: string;
  /** Whether the reporters are mentioned, which notifies them where logins are accounts. */
  readonly mentions: boolean;
}

/**
 * Comments that inform the reporters of an issue's duplicates that it was resolved or closed. Empty without duplicates. A duplicate
 * that was deleted does not prevent the change. One that is not loaded, because it was closed long ago, gets its comment too.
 */
export function duplicateNotices(original: Issue, issues: readonly Issue[], { event, resolution, mentions }: DuplicateEnd): readonly SingleOperation[] {
  const loaded = duplicatesOf(original, issues);
  const known = new Set([original, ...loaded].map(({ ref }) => refKey(ref)));
  const others = [original, ...loaded].flatMap(duplicateRefs).filter((ref) => {
    const isNew = !known.has(refKey(ref)) && ref.repository === original.ref.repository;
    known.add(refKey(ref));
    return isNew;
  });
  return [...loaded, ...others.map((ref) => ({ ref, author: "" }))].map(({ ref, author }) => ({
    kind: "comment",
    ref,
    markdown: renderComment(duplicateEndComment(event, original.ref, ref.repository, resolution, mentions && author !== "" && !author.endsWith("[bot]") ? author : undefined)),
    optional: true,
  }));
}

function duplicateRefs({ body, ref }: Issue): readonly IssueRef[] {
  return readLinks(body, ref.repository).flatMap((link) => (link.kind === "hasDuplicate" ? [link.other] : []));
}
