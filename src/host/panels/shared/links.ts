import type { Issue } from "../../../core/model/issue";
import { formatRef, type IssueRef, refIndex } from "../../../core/model/issueRef";
import { decodeUri, resolvePath } from "../../../core/model/paths";
import type { LinkChip } from "../../../protocol/panel";

/** Finds an issue of the snapshot by its reference. */
export type FindIssue = (ref: IssueRef) => Issue | undefined;

/** A link to another issue, with its title and state. The reference is relative to `home`. */
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

/** Finds issues by reference with an index. */
export function issueFinder(issues: readonly Issue[]): FindIssue {
  return refIndex(issues, ({ ref }) => ref);
}

/** The destination of a link in a runbook or an issue. */
export type LinkDestination =
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "file"; readonly path: string; readonly fragment?: string }
  | { readonly kind: "nowhere" };

/**
 * The destination of a link in the file at `from` (path from the workspace folder): an external address or a file of the workspace.
 * Other schemes, and paths that leave the workspace, lead nowhere.
 */
export function linkDestination(href: string, from: string): LinkDestination {
  if (/^(?:https?:\/\/|mailto:)/i.test(href)) return { kind: "web", url: href };
  if (/^[a-z][\w+.-]*:/i.test(href) || href.startsWith("//")) return { kind: "nowhere" };
  const written = decodeUri(href.replace(/[?#].*$/s, ""));
  if (written === undefined) return { kind: "nowhere" };
  const hash = href.indexOf("#");
  const fragment = hash < 0 ? "" : href.slice(hash + 1);
  const named = fragment === "" ? {} : { fragment: decodeUri(fragment) ?? fragment };
  if (written === "") return { kind: "file", path: from, ...named };
  const path = resolvePath(from, written);
  return path === undefined || path === "" ? { kind: "nowhere" } : { kind: "file", path, ...named };
}

/** The path of a picture that a text in the file at `from` names. Returns `undefined` for other addresses and other files. */
export function imagePath(href: string, from: string): string | undefined {
  const target = linkDestination(href, from);
  return target.kind === "file" && /\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(target.path) ? target.path : undefined;
}
