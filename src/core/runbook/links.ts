import type { MarkdownDocument } from "../model/markdownDocument";
import { decodeUri, folderMark, resolvePath, withoutMark } from "../model/paths";
import type { TextRange } from "../model/problem";
import { procedurePath } from "../model/procedurePath";
import { areaAt } from "./outline";

/** A range of a text and its replacement. */
export interface TextChange {
  readonly range: TextRange;
  readonly text: string;
}

/** Returns the new path of a moved file, or the same path. */
export type Moves = (path: string) => string;

/** The moves of files and folders. */
export function movesOf(renamed: readonly { readonly from: string; readonly to: string }[]): Moves {
  return (path) => {
    const move = renamed.find(({ from }) => path === from || path.startsWith(`${from}/`));
    return move === undefined ? path : move.to + path.slice(move.from.length);
  };
}

/**
 * The changes that keep the links of the text at `path` working after moves. Links that still work stay as written, and so do
 * links into another workspace folder.
 */
export function movedLinks(path: string, document: MarkdownDocument, moves: Moves): readonly TextChange[] {
  const now = moves(path);
  return writtenLinks(path, document).flatMap((link) => {
    const target = moves(link.target);
    if (resolvePath(now, link.written) === target || !canLink(now, target)) return [];
    const range = { startLine: link.line, startColumn: link.column, endLine: link.line, endColumn: link.endColumn };
    return [{ range, text: destination(link, now, target) + link.rest }];
  });
}

function destination({ written, angled }: WrittenLink, from: string, to: string): string {
  const link = written.startsWith("/") ? `/${encodePath(withoutMark(to))}` : relativeLink(from, to);
  const kept = written.startsWith("./") && !link.startsWith("../") ? `./${link}` : link;
  return angled ? kept.replaceAll("%20", " ") : kept;
}

/** A link to a workspace file, with the position of its destination. */
interface WrittenLink {
  /** Path of the file relative to the workspace folder. */
  readonly target: string;
  /** The decoded path as written. */
  readonly written: string;
  /** The query and fragment after the path. */
  readonly rest: string;
  readonly angled: boolean;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** All links to files in the text at `path`, inline or in definitions (`[label]: file.md`), with the positions of their destinations. */
export function writtenLinks(path: string, document: MarkdownDocument): readonly WrittenLink[] {
  const direct = document.links.flatMap(({ href, line, column, endColumn }) => {
    const text = document.lines[line] ?? "";
    const before = text.slice(0, column).trimEnd();
    // A reference to a definition elsewhere is in brackets here.
    const isDestination = text.slice(column, endColumn) === href && /[(<]$/.test(before);
    return isDestination ? readLink(path, href, { angled: before.endsWith("<"), line, column, endColumn }) : [];
  });
  const defined = document.lines.flatMap((text, line) => {
    const [, head = "", angled, bare] = /^( {0,3}\[(?!\^)(?:[^[\]\\]|\\.){1,999}\]:\s*)(?:<([^<>]*)>|([^\s<]\S*))/.exec(text) ?? [];
    const href = angled ?? bare;
    if (href === undefined || areaAt(document, line) !== "prose") return [];
    const column = head.length + (angled === undefined ? 0 : 1);
    return readLink(path, href, { angled: angled !== undefined, line, column, endColumn: column + href.length });
  });
  return [...direct, ...defined].sort((a, b) => a.line - b.line || a.column - b.column);
}

function readLink(path: string, href: string, place: Pick<WrittenLink, "angled" | "line" | "column" | "endColumn">): readonly WrittenLink[] {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("//")) return [];
  const [, name = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  const written = (decodeUri(name) ?? name).replaceAll("\\", "/");
  const target = written === "" ? undefined : resolvePath(path, written);
  return target === undefined ? [] : [{ target, written, rest, ...place }];
}

/**
 * The procedure's path of a runbook or section at a GitHub address (`…/blob/main/runbooks/ops.md#start-of-day`), of any branch or
 * commit. `runbooks` have their addresses with `HEAD`.
 */
export function procedureAtUrl(href: string, runbooks: readonly { readonly path: string; readonly url: string }[]): string | undefined {
  const [, address = "", fragment = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(href) ?? [];
  const found = runbooks.flatMap(({ path, url }) => {
    const [home = "", name = ""] = url.split("/blob/HEAD/");
    const written = address.startsWith(`${home}/blob/`) ? address.slice(`${home}/blob/`.length) : "";
    // A branch can contain slashes.
    return name !== "" && decodeUri(written)?.endsWith(`/${decodeUri(name) ?? name}`) === true ? [{ path, name }] : [];
  });
  const best = found.sort((a, b) => b.name.length - a.name.length)[0];
  return best === undefined ? undefined : procedurePath(best.path, fragment === "" ? undefined : (decodeUri(fragment) ?? fragment));
}

/** The relative link from the file at `from` to the file at `to`, with encoded special characters. */
export function relativeLink(from: string, to: string): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  const parting = here.findIndex((part, index) => part !== there[index]);
  const shared = parting < 0 ? here.length : parting;
  return encodePath([...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/"));
}

/**
 * Whether one file can link to another. Files in different workspace folders cannot, because the locations of these folders
 * differ between machines.
 */
export function canLink(from: string, to: string): boolean {
  return folderMark(from) === folderMark(to);
}

/** Encodes a path as a link destination. */
function encodePath(path: string): string {
  return path.replace(/[%\s<>()[\]\\#?`"]/g, (sign) => encodeURIComponent(sign).replace("(", "%28").replace(")", "%29"));
}

/**
 * Resolves a link in the file at `from` to the workspace path and fragment of a Markdown file: relative to its folder, or to
 * the workspace if it starts with `/`. Returns `undefined` for all other links, including those that lead outside.
 */
export function resolveRunbookLink(from: string, href: string): { readonly path: string; readonly fragment?: string } | undefined {
  // A placeholder of a site generator or template is not a path.
  if (/\{[{%<]|\$\{/.test(href)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("//")) return undefined;
  const [, target = "", fragment] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(href) ?? [];
  if (target === "") return fragment === undefined || fragment === "" ? undefined : { path: from, fragment: decodeUri(fragment) ?? fragment };
  const name = decodeUri(target) ?? target;
  if (!/\.(?:md|markdown)$/i.test(name)) return undefined;
  const path = resolvePath(from, name);
  if (path === undefined) return undefined;
  return { path, ...(fragment === undefined || fragment === "" ? {} : { fragment: decodeUri(fragment) ?? fragment }) };
}
