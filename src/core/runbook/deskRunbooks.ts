import { yamlPositionAt } from "../markup/yamlPosition";
import { readYamlTree, type YamlTree } from "../markup/yamlTree";
import type { DeskProblemCode } from "../model/desk";
import { resolvePath, writtenPath } from "../model/paths";
import type { Problem, TextRange } from "../model/problem";
import { procedurePath, splitProcedurePath } from "../model/procedurePath";
import type { Runbook } from "../model/runbook";
import type { Moves, TextChange } from "./links";
import { nearestSection, sectionsToStart, sectionTitle } from "./procedure";
import { nearestNames } from "./runbookFixes";

/** A runbook or section that `desk.yml` names, with the position of its name, including quotes. */
export interface DeskRunbook {
  /** Path of the file relative to the folder of `desk.yml`, as written. */
  readonly file: string;
  readonly slug?: string;
  readonly range: TextRange;
}

/** The runbooks of the kinds and checklists in a `desk.yml`. */
export function runbooksInDesk(text: string): readonly DeskRunbook[] {
  const top = entriesOf(readYamlTree(text).tree);
  const kinds = entriesOf(top.find(({ key }) => key === "kinds")?.value).map(({ value }) => value);
  const checklists = top.find(({ key }) => key === "checklists")?.value;
  return [...kinds, ...(checklists?.kind === "list" ? checklists.items : [])].flatMap((holder) => {
    const runbook = entriesOf(holder).find(({ key }) => key === "runbook")?.value;
    return runbook?.kind === "scalar" && typeof runbook.value === "string" ? [{ ...splitProcedurePath(runbook.value), range: runbook.range }] : [];
  });
}

function entriesOf(tree: YamlTree | undefined): Extract<YamlTree, { kind: "map" }>["entries"] {
  return tree?.kind === "map" ? tree.entries : [];
}

/** The changes to the `desk.yml` of a folder that keep the runbooks of its kinds and checklists working after moves. */
export function movedDeskRunbooks(folder: string, text: string, moves: Moves): readonly TextChange[] {
  return runbooksInDesk(text).flatMap(({ file, slug, range }) => {
    const path = resolvePath(folder === "" ? "desk.yml" : `${folder}/desk.yml`, file);
    const moved = path === undefined ? undefined : moves(path);
    if (path === undefined || moved === undefined || moved === path) return [];
    const inside = folder === "" || moved.startsWith(`${folder}/`);
    return inside ? [{ range, text: plainOrQuoted(procedurePath(moved.slice(folder === "" ? 0 : folder.length + 1), slug)) }] : [];
  });
}

/** A value for YAML, with quotes if needed. */
function plainOrQuoted(path: string): string {
  return /^[A-Za-z\d][\w./#-]*$/.test(path) ? path : JSON.stringify(path);
}

/**
 * Problems of runbooks that a `desk.yml` names and that do not exist, or whose sections do not exist. `read` returns the runbook in
 * a file, by its path relative to the folder of `desk.yml`.
 */
export async function checkDeskRunbooks(text: string, read: (file: string) => Promise<Pick<Runbook, "sections"> | undefined>): Promise<readonly Problem<DeskProblemCode>[]> {
  const found = await Promise.all(runbooksInDesk(text).map(async ({ file, slug, range }): Promise<readonly Problem<DeskProblemCode>[]> => {
    // Other paths have a problem of their own.
    const path = writtenPath(file);
    if (path === undefined) return [];
    const runbook = await read(path);
    if (runbook === undefined) return [{ severity: "warning", code: "missingRunbook", range, details: { value: file } }];
    if (slug === undefined || runbook.sections.some((section) => section.slug === slug)) return [];
    const nearest = nearestSection(runbook.sections, slug)?.slug;
    return [{ severity: "warning", code: "missingHeading", range, details: { value: slug, path: file, ...(nearest === undefined ? {} : { nearest }) } }];
  }));
  return found.flat();
}

/** The values that may have been meant, as YAML, most likely first. `files` are the runbooks below the folder of `desk.yml`, relative to it. */
export function fixDeskRunbook({ code, details }: Problem, files: readonly string[]): readonly string[] {
  const { value = "", path = "", nearest } = details;
  if (code === "missingHeading") return nearest === undefined ? [] : [plainOrQuoted(procedurePath(path, nearest))];
  if (code !== "missingRunbook") return [];
  const name = (file: string): string => file.split("/").at(-1)?.toLowerCase() ?? file;
  const same = files.filter((file) => name(file) === name(value));
  return [...new Set([...same, ...nearestNames(value, files)])].slice(0, 3).map(plainOrQuoted);
}

/** A runbook or section as a value in `desk.yml`. It replaces the line from `column` to `endColumn`. */
interface RunbookValue {
  readonly text: string;
  /** The path without quotes. */
  readonly path: string;
  readonly title: string;
  readonly column: number;
  readonly endColumn: number;
}

/**
 * The runbooks and sections that can be the value at a position (zero-based line and column) of a `desk.yml`. `undefined` where no
 * runbook is expected. The paths of `runbooks` are relative to the folder of `desk.yml`.
 */
export function completeDeskRunbook(text: string, line: number, column: number, runbooks: readonly Pick<Runbook, "path" | "title" | "sections" | "steps">[]): readonly RunbookValue[] | undefined {
  const lines = text.split(/\r?\n/);
  const row = lines[line] ?? "";
  const [, head, quote = ""] = /^(.*\brunbook: +)(["']?)(?:(?<=["'])[^"']*|[^"'\s{}[\],]*)$/.exec(row.slice(0, column)) ?? [];
  if (head === undefined || !namesRunbook(lines.with(line, head).join("\n"), line, head.length)) return undefined;
  const rest = (quote === "" ? /^[^\s{}[\],]*/ : new RegExp(`^[^${quote}]*`)).exec(row.slice(column))?.[0].length ?? 0;
  const place = { column: head.length + quote.length, endColumn: column + rest };
  return runbooks.flatMap((runbook) => {
    const { path, title } = runbook;
    return [{ path, title }, ...sectionsToStart(runbook).map((section) => ({ path: procedurePath(path, section.slug), title: sectionTitle(section) }))].map((one) => ({ ...one, ...place, text: quote === "" ? plainOrQuoted(one.path) : one.path }));
  });
}

function namesRunbook(text: string, line: number, column: number): boolean {
  const position = yamlPositionAt(text, line, column);
  if (position?.kind !== "value") return false;
  const [first, second, third, ...more] = position.path;
  return more.length === 0 && ((first === "kinds" && third === "runbook") || (first === "checklists" && second === "runbook" && third === undefined));
}
