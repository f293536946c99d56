import { readYamlTree } from "../desk/readYamlTree";
import type { YamlTree } from "../desk/yamlTree";
import { resolvePath } from "../relativePath";
import type { TextRange } from "../problem";
import type { MarkdownDocument } from "./markdownDocument";
import { withoutMark } from "../workspaceFolder";
import { canLink, encodePath, relativeLink } from "./relativeLink";
import { writtenLinks, type WrittenLink } from "./writtenLinks";

/** A piece of a text and what takes its place. */
export interface TextChange {
  readonly range: TextRange;
  readonly text: string;
}

/** Tells where a path lies after files or folders moved; the same path when it stays. */
export type Moves = (path: string) => string;

/** The moves of files and folders from one path to another. */
export function movesOf(renamed: readonly { readonly from: string; readonly to: string }[]): Moves {
  return (path) => {
    const move = renamed.find(({ from }) => path === from || path.startsWith(`${from}/`));
    return move === undefined ? path : move.to + path.slice(move.from.length);
  };
}

/**
 * What has to change in the text at `path` so that its links lead where they led. Links that still do are left as they are
 * written, and so are those that would lead into another workspace folder.
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

/** What has to change in the `desk.yml` of a folder so that its kinds keep their runbooks. */
export function movedDeskRunbooks(folder: string, text: string, moves: Moves): readonly TextChange[] {
  const { tree } = readYamlTree(text);
  const kinds = entriesOf(entriesOf(tree).find(({ key }) => key === "kinds")?.value);
  return kinds.flatMap(({ value }) => {
    const runbook = entriesOf(value).find(({ key }) => key === "runbook")?.value;
    if (runbook?.kind !== "scalar" || typeof runbook.value !== "string") return [];
    const desk = folder === "" ? "desk.yml" : `${folder}/desk.yml`;
    const path = resolvePath(desk, runbook.value);
    const moved = path === undefined ? undefined : moves(path);
    if (path === undefined || moved === undefined || moved === path) return [];
    const inside = folder === "" || moved.startsWith(`${folder}/`);
    return inside ? [{ range: runbook.range, text: plainOrQuoted(moved.slice(folder === "" ? 0 : folder.length + 1)) }] : [];
  });
}

function entriesOf(tree: YamlTree | undefined): Extract<YamlTree, { kind: "map" }>["entries"] {
  return tree?.kind === "map" ? tree.entries : [];
}

function plainOrQuoted(path: string): string {
  return /^[A-Za-z\d][\w./-]*$/.test(path) ? path : JSON.stringify(path);
}
