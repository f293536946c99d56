import type { MarkdownDocument } from "../model/markdownDocument";
import type { Problem } from "../model/problem";
import { procedurePath } from "../model/procedurePath";
import type { Runbook } from "../model/runbook";
import { resolveRunbookLink } from "./links";
import { nearestSection } from "./procedure";

/** The headings of a file, and its text. */
type Target = Pick<Runbook, "sections"> & { readonly text: string };

/**
 * Links in steps to headings of runbooks that do not exist. `read` returns another file of the workspace. The document is only
 * parsed if a step has such a link.
 */
export async function findBrokenFragments(runbook: Runbook, own: { readonly text: string; readonly document: () => MarkdownDocument }, read: (path: string) => Promise<Target | undefined>): Promise<readonly Problem<"brokenFragment">[]> {
  const linked = new Set(runbook.steps.flatMap(({ runbooks }) => runbooks.filter((path) => path.includes("#"))));
  if (linked.size === 0) return [];
  const found = await Promise.all(own.document().links.map(async ({ href, line, column, endColumn }): Promise<readonly Problem<"brokenFragment">[]> => {
    const target = resolveRunbookLink(runbook.file, href);
    const isInStep = runbook.steps.some((step) => step.line <= line && line < step.endLine);
    if (target?.fragment === undefined || !isInStep || !linked.has(procedurePath(target.path, target.fragment))) return [];
    const file = target.path === runbook.file ? { sections: runbook.sections, text: own.text } : await read(target.path);
    // A file that does not exist has a problem of its own.
    if (file === undefined || isFragmentOf(target.fragment, file)) return [];
    const nearest = nearestSection(file.sections, target.fragment)?.slug;
    const range = { startLine: line, startColumn: column, endLine: line, endColumn };
    return [{ severity: "warning", code: "brokenFragment", range, details: { name: target.fragment, path: target.path, ...(nearest === undefined ? {} : { nearest }) } }];
  }));
  return found.flat();
}

/**
 * Whether a fragment of a link can lead somewhere in a text: to a heading by its slug on GitHub or one that another generator makes
 * of its words, to an explicit anchor (`<a id="x">`, `{#x}`), to lines, or to a footnote.
 */
export function isFragmentOf(written: string, { sections, text }: Target): boolean {
  const fragment = written.replace(/^user-content-/, "");
  if (sections.some(({ slug }) => slug === fragment || slug === fragment.toLowerCase())) return true;
  if (/^(?:top|_\d+|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|fn(?:ref)?[-:]?\w+|:~:.*)$/i.test(fragment)) return true;
  if (anchorsIn(text).has(fragment)) return true;
  const words = bareWords(fragment);
  // Generators count headings with the same words, and remove or keep emoji, accents and leading numbers.
  const counted = words.replace(/\d+$/, "");
  return sections.some(({ title }) => {
    const own = bareWords(title);
    const [, withoutNumber] = /^\d+(.+)$/.exec(own) ?? [];
    const hasEmoji = /\p{Extended_Pictographic}|:[\w+-]+:/u.test(title);
    return own !== "" && (own === words || own === counted || withoutNumber === words || (hasEmoji && sharesEnd(words, own)));
  });
}

/** Emoji are removed, kept, or written as their name at either end. */
function sharesEnd(words: string, own: string): boolean {
  const plain = own.length > 2 ? own : `${own} `;
  return words.endsWith(plain) || words.startsWith(plain) || own.endsWith(words) || own.startsWith(words);
}

function bareWords(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function anchorsIn(text: string): ReadonlySet<string> {
  const attributes = [...text.matchAll(/\b(?:id|name)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'<>]+))/gi)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
  const braces = [...text.matchAll(/\{[^{}\n]{1,200}\}/g)].flatMap(([inside]) => /#([^\s{}]+)/.exec(inside)?.[1] ?? []);
  return new Set([...attributes, ...braces]);
}
