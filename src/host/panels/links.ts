import type { Issue } from "../../core/model/issue";
import { formatRef, type IssueRef, refIndex } from "../../core/model/issueRef";
import { decodeUri, resolvePath } from "../../core/model/paths";
import type { LinkChip } from "../../protocol/checklist";

/** Finds an issue of the snapshot by its reference. */
export type FindIssue = (ref: IssueRef) => Issue | undefined;

/** What is known of another issue, as it is called from `home`. */
export function linkChip(ref: IssueRef, home: string, find: FindIssue, relation?: string): LinkChip {
  const issue = find(ref);
  return {
    ref,
    reference: formatRef(ref, home),
    state: issue?.state ?? "unknown",
    ...(issue === undefined ? {} : { title: issue.title }),
    ...(relation === undefined ? {} : { relation }),
  };
}

/** Looks up issues without going through the list each time. */
export function issueFinder(issues: readonly Issue[]): FindIssue {
  return refIndex(issues, ({ ref }) => ref);
}

/** Where a link of a runbook leads. */
export type LinkTarget =
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "nowhere" };

/**
 * Where a link leads that stands in the file at `from` (path from the workspace folder): the web or a mail program, or a
 * file of the workspace. Other schemes, and paths that leave the workspace, lead nowhere.
 */
export function linkTarget(href: string, from: string): LinkTarget {
  if (/^(?:https?:\/\/|mailto:)/i.test(href)) return { kind: "web", url: href };
  if (/^[a-z][\w+.-]*:/i.test(href) || href.startsWith("//")) return { kind: "nowhere" };
  const written = decodeUri(href.replace(/[?#].*$/s, ""));
  if (written === undefined) return { kind: "nowhere" };
  if (written === "") return { kind: "file", path: from };
  const path = resolvePath(from, written);
  return path === undefined || path === "" ? { kind: "nowhere" } : { kind: "file", path };
}
