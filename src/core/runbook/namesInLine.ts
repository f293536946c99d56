import { outsideCode } from "./outsideCode";
import { roleMention } from "./roleMentions";

/** Something of the desk that a line of a runbook names. `kind` and `role` are in the desk's spelling. */
export type RunbookName =
  | { readonly kind: "kind"; readonly name: string }
  | { readonly kind: "role"; readonly name: string }
  | { readonly kind: "person"; readonly login: string }
  | { readonly kind: "issue"; readonly repository?: string; readonly number: number }
  | { readonly kind: "variable"; readonly name: string };

/** A name and its columns; the end is exclusive. */
export interface PlacedName {
  readonly name: RunbookName;
  readonly column: number;
  readonly endColumn: number;
}

/** What a desk calls by name. */
export interface DeskNames {
  readonly kinds: readonly string[];
  readonly roles: readonly string[];
  readonly people?: readonly string[];
}

/** Kinds in brackets, roles and people after @, and issues by number, in a line outside of code spans. */
export function namesInLine(line: string, desk: DeskNames): readonly PlacedName[] {
  const text = outsideCode(line);
  return [...kindsIn(text, desk.kinds), ...mentionsIn(text, desk), ...issuesIn(text)];
}

/** Variables of a template's line, as in `{{date}}`. */
export function variablesInLine(line: string): readonly PlacedName[] {
  return [...line.matchAll(/\{\{\{?[&#^/]?\s*([\w.-]+)\s*\}?\}\}/g)].flatMap((match) => (match[1] === undefined ? [] : [placed(match, { kind: "variable", name: match[1] })]));
}

function kindsIn(text: string, kinds: readonly string[]): readonly PlacedName[] {
  return [...text.matchAll(/(?<![\w\]\\!])\[([^[\]\n]{1,60})\](?![([])/g)].flatMap((match) => {
    const kind = find(kinds, match[1]?.trim());
    return kind === undefined ? [] : [placed(match, { kind: "kind", name: kind })];
  });
}

function mentionsIn(text: string, { roles, people = [] }: DeskNames): readonly PlacedName[] {
  return [...text.matchAll(roleMention)].flatMap((match) => {
    const role = find(roles, match[1]);
    const login = find(people, match[1]);
    if (role !== undefined) return [placed(match, { kind: "role", name: role })];
    return login === undefined ? [] : [placed(match, { kind: "person", login })];
  });
}

function issuesIn(text: string): readonly PlacedName[] {
  return [...text.matchAll(/(?<![\w/#&(])(?:([\w.-]+\/[\w.-]+)|)#([1-9]\d{0,9})(?![\w-])/g)].map((match) =>
    placed(match, { kind: "issue", ...(match[1] === undefined ? {} : { repository: match[1] }), number: Number(match[2]) }),
  );
}

function find(names: readonly string[], name: string | undefined): string | undefined {
  return names.find((one) => one.toLowerCase() === name?.toLowerCase());
}

function placed(match: RegExpMatchArray, name: RunbookName): PlacedName {
  const column = match.index ?? 0;
  return { name, column, endColumn: column + match[0].length };
}
