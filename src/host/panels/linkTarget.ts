import { decodeUri } from "../../core/decodeUri";
import { resolvePath } from "../../core/relativePath";

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
