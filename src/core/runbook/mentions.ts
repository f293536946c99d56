import { type Desk, findKind } from "../model/desk";
import type { Issue } from "../model/issue";
import { outsideCode } from "../model/markdownText";
import { roleMention } from "../model/roleMentions";
import type { KindMention, RunbookDetails } from "../model/runbook";
import { isOwnVariable, type StepField, writtenFields } from "../model/stepRequests";

/**
 * Every kind of the desk in brackets outside of code (`[REQUEST]`, `**[Opportunity]**`), in order, with the requested actions.
 * A text with two actions ("update and close the [REQUEST]") gives two mentions.
 */
export function readMentions(text: string, kinds: readonly string[]): readonly KindMention[] {
  const end = endOfLastKind(text, kinds);
  if (end === undefined) return [];
  const words: Word[] = [];
  const found: KindMention[] = [];
  // What follows the last kind says nothing about it, except for the next character.
  for (const match of outsideCode(text).slice(0, end + 1).matchAll(/(?<![\w\]\\!])\[([^[\]\n]{1,60})\](?![([])|[\p{L}\p{N}][\p{L}\p{N}'\u2019-]*|[.;!?:()\u2014\u2013,&/+](?=\s|$|[*_([])/gu)) {
    const kind = match[1] === undefined ? undefined : kindNamed(match[1], kinds);
    if (kind === undefined) {
      words.push({ word: (match[1] ?? match[0]).toLowerCase(), actions: undefined });
      continue;
    }
    const actions = actionsBefore(words);
    words.push({ word: "", actions });
    found.push(...(actions.length === 0 ? (["mention"] as const) : actions).map((action) => ({ kind, action })));
  }
  return found;
}

/** Where the last brackets with a kind end. Most brackets contain something else, and analyzing the words is slow. */
function endOfLastKind(text: string, kinds: readonly string[]): number | undefined {
  for (let open = text.lastIndexOf("["); open >= 0; open = open === 0 ? -1 : text.lastIndexOf("[", open - 1)) {
    const inner = text.slice(open + 1, open + longestName + 2);
    const close = inner.indexOf("]");
    if (close > 0 && kindNamed(inner.slice(0, close), kinds) !== undefined) return open + 1 + close + 1;
  }
  return undefined;
}

function kindNamed(written: string, kinds: readonly string[]): string | undefined {
  const name = written.trim().toLowerCase();
  return kinds.find((kind) => kind.toLowerCase() === name);
}

const longestName = 60;

type Action = "create" | "update" | "close";

/** A word, or (with `actions`) a kind that was found before. */
interface Word {
  readonly word: string;
  readonly actions: readonly Action[] | undefined;
}

const verbs: Readonly<Record<string, Action>> = {
  create: "create", creates: "create", creating: "create",
  raise: "create", raises: "create", raising: "create",
  open: "create", opens: "create", opening: "create",
  file: "create", files: "create", filing: "create",
  update: "update", updates: "update", updating: "update",
  close: "close", closes: "close", closing: "close",
};

/** After these words, a verb is a noun or an adjective ("the open [INCIDENT]"), or is negated. */
const spoilers = new Set("a an the this that these those any all every each no some its their our your another still are is was were be been not don't don’t doesn't never without cannot can't".split(" "));

/** These words separate an object from its verb: "create a note about the [RECORD]" does not create a record. */
const parting = new Set("to into in on of for from with without within under about by via after before once when while until unless if that which who where whose because than as linked link related refer see using per against".split(" "));

/** A part of a thing stands for the thing: "update the status in the [RECORD]" updates it. */
const belonging = new Set(["in", "of", "on"]);

const joining = new Set([",", "and", "or", "/", "&", "+", "then"]);

const stops = new Set([".", ";", "!", "?", "(", ")", "—", "–"]);

/** Words that can precede the verb "open", which is more often an adjective. */
const leading = new Set("and or then to please must should shall will can may could you we i they also first next now either immediately always".split(" "));

const reach = 8;

function actionsBefore(words: readonly Word[]): readonly Action[] {
  let joined = false;
  let belongs = false;
  for (let index = words.length - 1; index >= 0 && index >= words.length - reach; index--) {
    const { word, actions } = words[index] ?? { word: "", actions: undefined };
    // "Create a [REQUEST] and an [ISSUE]": both are created.
    if (actions !== undefined) return joined ? actions : [];
    const action = verbAt(words, index);
    if (action !== undefined) return belongs && action !== "update" ? [] : [...actionsJoinedTo(words, index), action];
    if (stops.has(word)) return [];
    if (belonging.has(word)) belongs = true;
    else if (parting.has(word)) return [];
    else if (joining.has(word)) joined = true;
  }
  return [];
}

/** "Update and close": the verbs that share the object of the verb at `index`. */
function actionsJoinedTo(words: readonly Word[], index: number): readonly Action[] {
  if (!joining.has(words[index - 1]?.word ?? "")) return [];
  const action = verbAt(words, index - 2);
  return action === undefined || action === verbAt(words, index) ? [] : [action];
}

function verbAt(words: readonly Word[], index: number): Action | undefined {
  const word = words[index]?.word ?? "";
  const action = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  if (action === undefined) return undefined;
  const before = [1, 2, 3].map((distance) => words[index - distance]?.word);
  if (before[0] !== undefined && spoilers.has(before[0])) return undefined;
  if (denied(before)) return undefined;
  if (word !== "open" || before[0] === undefined || before[0] === "") return action;
  const starts = leading.has(before[0]) || stops.has(before[0]) || before[0] === "," || before[0] === ":" || Object.hasOwn(verbs, before[0]);
  return starts ? action : undefined;
}

/** "Do not yet create", "no need to create", "instead of creating". */
function denied(before: readonly (string | undefined)[]): boolean {
  const near = before.slice(0, before.findIndex((word) => word !== undefined && (word === ":" || stops.has(word))) >>> 0);
  return near.some((word) => word !== undefined && /^(not|never|without|no|instead|avoid|n[o']t|don['\u2019]t)$/.test(word));
}

/** A name in a line of a runbook. `kind` and `role` are in the desk's spelling. */
export type RunbookName =
  | { readonly kind: "kind"; readonly name: string }
  | { readonly kind: "role"; readonly name: string }
  | { readonly kind: "person"; readonly login: string }
  | { readonly kind: "issue"; readonly repository?: string; readonly number: number }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "field"; readonly field: StepField };

/** A name and its columns. The end is exclusive. */
export interface NameInLine {
  readonly name: RunbookName;
  readonly column: number;
  readonly endColumn: number;
}

/** The names that a desk defines. */
interface DeskNames {
  readonly kinds: readonly string[];
  readonly roles: readonly string[];
  readonly people?: readonly string[];
}

/** Kinds in brackets, roles and people after @, and issue references in a line, outside of code spans. */
export function namesInLine(line: string, desk: DeskNames): readonly NameInLine[] {
  const text = outsideCode(line);
  return [...kindsIn(text, desk.kinds), ...mentionsIn(text, desk), ...issuesIn(text)];
}

/** Fields in a line of a step, outside of code. */
export function fieldsInLine(line: string): readonly NameInLine[] {
  return writtenFields(outsideCode(line)).flatMap(({ field, column, endColumn }) => (isOwnVariable(field.name) ? [] : [{ name: { kind: "field" as const, field }, column, endColumn }]));
}

/** Variables in a line of a template, such as `{{date}}`. */
export function variablesInLine(line: string): readonly NameInLine[] {
  return [...line.matchAll(/\{\{\{?[&#^/]?\s*([\w.-]+)\s*\}?\}\}/g)].flatMap((match) => (match[1] === undefined ? [] : [placed(match, { kind: "variable", name: match[1] })]));
}

function kindsIn(text: string, kinds: readonly string[]): readonly NameInLine[] {
  return [...text.matchAll(/(?<![\w\]\\!])\[([^[\]\n]{1,60})\](?![([])/g)].flatMap((match) => {
    const kind = find(kinds, match[1]?.trim());
    return kind === undefined ? [] : [placed(match, { kind: "kind", name: kind })];
  });
}

function mentionsIn(text: string, { roles, people = [] }: DeskNames): readonly NameInLine[] {
  return [...text.matchAll(roleMention)].flatMap((match) => {
    const role = find(roles, match[1]);
    const login = find(people, match[1]);
    if (role !== undefined) return [placed(match, { kind: "role", name: role })];
    return login === undefined ? [] : [placed(match, { kind: "person", login })];
  });
}

function issuesIn(text: string): readonly NameInLine[] {
  return [...text.matchAll(/(?<![\w/#&(])(?:([\w.-]+\/[\w.-]+)|)#([1-9]\d{0,9})(?![\w-])/g)].map((match) =>
    placed(match, { kind: "issue", ...(match[1] === undefined ? {} : { repository: match[1] }), number: Number(match[2]) }),
  );
}

function find(names: readonly string[], name: string | undefined): string | undefined {
  return names.find((one) => one.toLowerCase() === name?.toLowerCase());
}

function placed(match: RegExpMatchArray, name: RunbookName): NameInLine {
  const column = match.index ?? 0;
  return { name, column, endColumn: column + match[0].length };
}

/**
 * The issues that `owner/name#12` or `#12` in a runbook can mean. A bare number belongs to the runbook's repository or that of
 * its kind. Without either, it can belong to any repository of the desk.
 */
export function namedIssues(name: { readonly repository?: string; readonly number: number }, details: RunbookDetails, desk: Desk, issues: readonly Issue[]): readonly Issue[] {
  const kind = details.kind === undefined ? undefined : findKind(desk, details.kind);
  const home = name.repository ?? details.repository ?? kind?.repositories[0];
  return issues.filter(({ ref }) => ref.number === name.number && (home === undefined || ref.repository.toLowerCase() === home.toLowerCase()));
}
