import { decodeUri } from "../decodeUri";
import { resolvePath } from "../relativePath";
import { areaAt } from "./areaAt";
import type { MarkdownDocument } from "./markdownDocument";

/** A link to a file of the workspace as a text writes it, with the place of its destination. */
export interface WrittenLink {
  /** Path of the file from the workspace folder. */
  readonly target: string;
  /** The path as it is written, decoded. */
  readonly written: string;
  /** What follows the path: a query and a fragment. */
  readonly rest: string;
  readonly angled: boolean;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** All links to files in the text at `path`, in its lines or in definitions (`[label]: file.md`), each where its destination stands. */
export function writtenLinks(path: string, document: MarkdownDocument): readonly WrittenLink[] {
  const direct = document.links.flatMap(({ href, line, column, endColumn }) => {
    const text = document.lines[line] ?? "";
    const before = text.slice(0, column).trimEnd();
    // What is defined elsewhere stands in brackets here.
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
