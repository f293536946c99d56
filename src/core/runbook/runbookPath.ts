import { decodeUri } from "../decodeUri";
import { resolvePath } from "../relativePath";

/**
 * The workspace path and fragment of the Markdown file that a link of the file at `from` leads to: relative to its
 * folder, or to the workspace when it begins with `/`. `undefined` for everything else, also for what lies outside.
 */
export function resolveRunbookLink(from: string, href: string): { readonly path: string; readonly fragment?: string } | undefined {
  // What a site generator or a template fills in is no path yet.
  if (/\{[{%<]|\$\{/.test(href)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("//")) return undefined;
  const [, target = "", fragment] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(href) ?? [];
  const name = decodeUri(target) ?? target;
  if (!/\.(?:md|markdown)$/i.test(name)) return undefined;
  const path = resolvePath(from, name);
  if (path === undefined) return undefined;
  return { path, ...(fragment === undefined || fragment === "" ? {} : { fragment: decodeUri(fragment) ?? fragment }) };
}
