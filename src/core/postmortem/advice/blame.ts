import { markdownLines } from "../../markup/textLines";
import type { Person } from "../../model/desk";
import { outsideCode } from "../../model/markdownText";
import { hasName, sameLogin } from "../../model/names";

/** A person who is named in a text: where, and who. */
export interface NamedPerson {
  readonly start: number;
  readonly end: number;
  /** As in the text. */
  readonly name: string;
  /** Absent if it is nobody of the desk. */
  readonly login?: string;
}

/** The sections in which the name of a person reads as a cause. */
export const blamelessTexts = ["factors", "trigger", "wentWrong"] as const;

/**
 * Finds the people whom a text names, in order: the desk's people by login, full name or first name, and everybody who is mentioned
 * with @. Code, comments, links and addresses do not count, nor does an @ before one of `roles`. Names that are also words, such as
 * “Will”, count only with an @ or as a full name. The time depends on the length of the text, not on the number of people.
 */
export function namesIn(text: string, people: readonly Pick<Person, "login" | "name">[], roles: readonly string[] = []): readonly NamedPerson[] {
  const names = nameIndex(people);
  const words = wordsOf(visibleText(text));
  const found: NamedPerson[] = [];
  for (let index = 0; index < words.list.length; ) {
    const mention = mentionAt(words, index);
    const match = mention ?? nameAt(words, index, names);
    const [first, last] = [words.list[index], words.list[(match?.next ?? index + 1) - 1]];
    index = match?.next ?? index + 1;
    if (match === undefined || first === undefined || last === undefined) continue;
    const name = text.slice(first.start, last.end);
    if (mention !== undefined && (mention.isScope || hasName(roles, name) || machine.test(name))) continue;
    const login = mention === undefined ? match.login : people.find((person) => sameLogin(person.login, name))?.login;
    found.push({ start: first.start, end: last.end, name, ...(login === undefined ? {} : { login }) });
  }
  return found;
}

/** Accounts of programs, such as `dependabot` and `github-actions`. */
const machine = /(?:bot|-actions|-ci)$/i;

/** The text with spaces instead of code, comments, links and addresses, where a name does not count. Offsets stay the same. */
function visibleText(text: string): string {
  const lines = markdownLines(text).lines.map((line) => (line.fenced ? " ".repeat(line.text.length) : line.text) + line.end);
  return outsideCode(lines.join("")).replace(links, (link) => link.replace(/[^\n]/g, " "));
}

const links = /!?\[[^[\]]*\](?:\([^()\n]*\)|\[[^[\]\n]*\])|(?<![\w+.-])[a-z][\w+.-]{0,20}:\/\/\S*|(?<!\w)www\.\S+/gi;

/** Scripts without spaces around words. Each character is a word of its own, so that a name is found within a sentence. */
const unspaced = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";

const anyWord = new RegExp(`${unspaced}\\p{M}*|(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}])+`, "gu");

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text, and what separates each from the previous one: a line break at the start and, at the index after the last word, at the end. */
interface Words {
  readonly list: readonly Word[];
  before(index: number): string;
}

function wordsOf(text: string): Words {
  const list = [...text.matchAll(anyWord)].map((word) => ({ text: word[0].normalize("NFC"), start: word.index, end: word.index + word[0].length }));
  return {
    list,
    before: (index) => `${index === 0 ? "\n" : ""}${text.slice(list[index - 1]?.end ?? 0, list[index]?.start)}${index === list.length ? "\n" : ""}`,
  };
}

interface Match {
  /** The index of the word after it. */
  readonly next: number;
  readonly login?: string;
}

/** A login after @. `isScope`: it is the owner of a team or package, such as `@acme/web`. */
function mentionAt(words: Words, index: number): (Match & { readonly isScope: boolean }) | undefined {
  const before = words.before(index);
  const sign = /@\u2060?$/.exec(before)?.[0];
  // An @ directly after another word is part of an address.
  if (sign === undefined || before === sign || /^\d/.test(words.list[index]?.text ?? "")) return undefined;
  let next = index + 1;
  while (next < words.list.length && /^[-._]?$/.test(words.before(next))) next += 1;
  return { next, isScope: words.before(next).startsWith("/") };
}

/** A name as its words and what is between them. `isExact`: upper and lower case count. */
interface KnownName {
  readonly words: readonly string[];
  readonly separators: readonly string[];
  readonly login: string;
  readonly isExact: boolean;
}

function nameAt(words: Words, index: number, names: ReadonlyMap<string, readonly KnownName[]>): Match | undefined {
  const found = names.get(words.list[index]?.text.toLowerCase() ?? "")?.find((name) => isNameAt(words, index, name));
  return found === undefined ? undefined : { next: index + found.words.length, login: found.login };
}

function isNameAt(words: Words, index: number, name: KnownName): boolean {
  const matches = name.words.every((wanted, offset) => {
    const word = words.list[index + offset];
    if (word === undefined || (name.isExact ? word.text !== wanted : word.text.toLowerCase() !== wanted.toLowerCase())) return false;
    if (offset === 0) return true;
    const before = words.before(index + offset);
    return name.separators[offset - 1] === " " ? /^(?=.|\n)[^\S\n]*\n?[^\S\n]*$/.test(before) : before === name.separators[offset - 1];
  });
  return matches && !isPartOfName(words.before(index), words.before(index + name.words.length));
}

/** Whether what is around a name makes it a part of something longer, such as a host name, a path or `ana-service`. */
function isPartOfName(before: string, after: string): boolean {
  return /[/\\@#$=+]$/.test(before) || /^[-._]$/.test(before) || /^[/\\@=+]/.test(after) || /^[-._]$/.test(after);
}

// A text that is being typed is checked against the same people again and again.
const known = new WeakMap<readonly Pick<Person, "login" | "name">[], ReadonlyMap<string, readonly KnownName[]>>();

/** The names of all people by their first word in lower case, the longest first. */
function nameIndex(people: readonly Pick<Person, "login" | "name">[]): ReadonlyMap<string, readonly KnownName[]> {
  const before = known.get(people);
  if (before !== undefined) return before;
  const index = new Map<string, KnownName[]>();
  for (const name of people.flatMap(namesOf).toSorted((a, b) => b.words.length - a.words.length)) {
    const key = name.words[0]?.toLowerCase() ?? "";
    const same = index.get(key);
    if (same === undefined) index.set(key, [name]);
    else same.push(name);
  }
  known.set(people, index);
  return index;
}

function namesOf({ login, name = "" }: Pick<Person, "login" | "name">): readonly KnownName[] {
  const [first = "", ...others] = name.trim().replace(/^(?:\p{L}+\.\s+)+/u, "").split(/\s+/);
  const full = others.length === 0 ? [] : [knownName(name.trim(), login, false)];
  const short = [first, login].filter((one) => [...one].length > 1 && !isWord(one)).map((one) => knownName(one, login, true));
  return [...full, ...short].filter(({ words }) => words.length > 0);
}

function knownName(text: string, login: string, isExact: boolean): KnownName {
  const words = wordsOf(text);
  const separators = words.list.slice(1).map((_word, index) => words.before(index + 1));
  return { words: words.list.map((word) => word.text), separators: separators.map((text) => (/^\s+$/.test(text) ? " " : text)), login, isExact };
}

/** First names and logins that are English words or terms of the field. */
const commonNames =
  "admin alert april art august bill bot case chance chase chip christian clay dawn deploy dev dean drew earl ernest faith frank gene grace guy hope hunter iris ivy jack jade jasmine jay joy june lance log long major mark max may miles monitor oncall ops page pat patch pearl penny pierce pilot rich rob robin rod root rose ruby ruth sandy sky star sterling sue summer support system test tim trip victor ward wade will web wren young";

const commonSet = new Set(commonNames.split(" "));

function isWord(name: string): boolean {
  return commonSet.has(name.toLowerCase());
}
