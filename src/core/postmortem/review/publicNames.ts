import { escapePattern } from "../../model/markdownText";
import type { Person } from "../../model/desk";
import { distinctLogins, hasLogin, readLogin, sameLogin } from "../../model/names";
import { hasUnspaced } from "../../search/terms";

/** Who is removed from a public text. */
export interface PublicPeople {
  readonly people: readonly Pick<Person, "login" | "name" | "email" | "phone" | "roles">[];
  /** What people did in the incident. It replaces their name. */
  readonly roles: readonly { readonly role: string; readonly login: string }[];
}

/** The desk's people, and whoever else took part: logins from the file and its issue. Whatever else they contain is ignored. */
export function publicPeople(people: PublicPeople["people"], roles: PublicPeople["roles"], others: readonly (string | undefined)[]): PublicPeople {
  const logins = [...others, ...roles.map(({ login }) => login)].flatMap((login) => readLogin(login?.replace(/^@/, "")) ?? []);
  const known = people.map(({ login }) => login);
  return { people: [...people, ...distinctLogins(logins).filter((login) => !hasLogin(known, login)).map((login) => ({ login, roles: [] }))], roles };
}

/** Finds and replaces the names of a desk's people. */
export interface NameFilter {
  /** Whether the text names somebody. */
  names(text: string): boolean;
  /** The text without names: logins, full names, parts of names, and addresses. A text without them is returned unchanged. */
  replace(text: string, changed?: (from: string, to: string) => void): string;
}

interface NamePattern {
  /** Matches nothing longer than a name, at word boundaries. */
  readonly pattern: RegExp;
  readonly to: string;
  /** Upper and lower case count. */
  readonly isExact: boolean;
}

/** Prepares the filter for a desk's people. */
export function nameFilter({ people, roles }: PublicPeople): NameFilter {
  const texts = people.flatMap((person) => [person.login, person.name ?? ""]).map(wordsIn).filter((words) => words.length > 0);
  const isClean = (text: string): boolean => {
    const words = wordsIn(text);
    return !texts.some((name) => words.some((_word, at) => name.every((word, index) => words[at + index] === word)));
  };
  const patterns = people.flatMap((person) => {
    const to = standIn(person, roles, isClean);
    return [
      ...[person.login, person.name ?? ""].map((text) => ({ text, to, isExact: false })),
      ...partsOf(person.name ?? "").map((text) => ({ text, to, isExact: isCommonName(text) })),
    ].flatMap(({ text, ...rest }) => patternOf(text).map((pattern) => ({ pattern, ...rest })));
  });
  const contacts = people.flatMap(({ email, phone }) => [...exact(email, "an email address"), ...exactDigits(phone, "a phone number")]).map(({ source, to }) => ({ pattern: new RegExp(source, "giu"), to }));
  // A longer name first, so that “Ana Ruiz” is not replaced twice.
  const ordered = patterns.toSorted((a, b) => b.pattern.source.length - a.pattern.source.length);

  function once(text: string, changed: (from: string, to: string) => void): string {
    const withoutContacts = contacts.reduce((now, { pattern, to }) => now.replace(pattern, (found) => (changed(found, to), to)), withoutAddresses(text, changed));
    return ordered.reduce((now, each) => replaceName(now, each, changed), withoutContacts);
  }

  /** Replaces addresses whose owner is one of the people. */
  function withoutAddresses(text: string, changed: (from: string, to: string) => void): string {
    return text.replace(emailAddress, (found, local: string) => {
      if (!ordered.some((each) => matches(local, each))) return found;
      changed(found, anAddress);
      return anAddress;
    });
  }

  return {
    names: (text) => contacts.some(({ pattern }) => text.search(pattern) >= 0) || ordered.some((each) => matches(text, each)),
    replace(text, changed = () => undefined) {
      let now = text;
      // What replaces a name can form another one with its neighbors.
      for (let pass = 0; pass < maxPasses; pass += 1) {
        const next = once(now, changed);
        if (next === now) return now;
        now = next;
      }
      return ordered.reduce((rest, { pattern }) => rest.replace(pattern, blank), now);
    },
  };
}

const anAddress = "an email address";

const blank = "…";

const maxPasses = 5;

const emailAddress = /(?<![\w.+-])([\p{L}\p{N}_.+-]{1,64})@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;

function exact(text: string | undefined, to: string): readonly { readonly source: string; readonly to: string }[] {
  return text === undefined || text.trim() === "" ? [] : [{ source: escapePattern(text.trim()), to }];
}

/** A phone number, however its digits are grouped. */
function exactDigits(text: string | undefined, to: string): readonly { readonly source: string; readonly to: string }[] {
  const digits = (text ?? "").replace(/\D/g, "");
  return digits.length < 5 ? [] : [{ source: `\\+?(?<!\\d)${[...digits].join("[ ()./-]{0,3}")}(?!\\d)`, to }];
}

function matches(text: string, { pattern, isExact }: NamePattern): boolean {
  return [...text.matchAll(pattern)].some(([, name = ""]) => !isExact || isNameCase(name));
}

function replaceName(text: string, { pattern, to, isExact }: NamePattern, changed: (from: string, to: string) => void): string {
  return text.replace(pattern, (found: string, name: string, ...rest: readonly unknown[]) => {
    if (isExact && !isNameCase(name)) return found;
    const offset = Number(rest.find((each) => typeof each === "number"));
    const written = startsSentence(text.slice(Math.max(0, offset - 20), offset), offset === 0) ? to.slice(0, 1).toUpperCase() + to.slice(1) : to;
    changed(found, to);
    return written;
  });
}

/** A name that is also a word counts only with a capital letter. */
function isNameCase(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

function startsSentence(before: string, isStart: boolean): boolean {
  return (isStart && before === "") || /(?:^|[.!?|\n])[ \t]*(?:[-*+>#]+[ \t]+)*$/.test(before) && (before.trim() !== "" || isStart || before.includes("\n"));
}

/** Patterns for a name: an @ before it belongs to it, and its words can be separated by any punctuation. */
function patternOf(text: string): readonly RegExp[] {
  const words = text.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length === 0) return [];
  const body = words.map(spellings).join("[^\\p{L}\\p{N}]{1,6}");
  // Scripts without spaces have no word boundaries.
  const [start, end] = hasUnspaced(text) ? ["", ""] : ["(?<![\\p{L}\\p{N}\\p{M}])", "(?![\\p{L}\\p{N}\\p{M}])"];
  return [new RegExp(`(?:(?:@|&(?:#0*64|#x0*40|commat);)\\u2060?)?${start}(${body})${end}`, "giu")];
}

/** A word composed, decomposed, and without accents. */
function spellings(word: string): string {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "");
  const all = [...new Set([word, word.normalize("NFD"), ...(plain === "" ? [] : [plain])])].map(escapePattern);
  return all.length === 1 ? (all[0] ?? "") : `(?:${all.join("|")})`;
}

/** The parts of a full name that name a person alone. */
function partsOf(name: string): readonly string[] {
  const parts = name.trim().split(/[\s,;()/]+/).filter((part) => part !== "");
  return parts.length < 2 ? [] : parts.filter((part) => (hasUnspaced(part) || [...part].length > 2) && !particles.has(part.toLowerCase()));
}

const particles = new Set("and bin bint dal das del della den der des dos el ibn jr las les los mac san sr the van vom von zum zur".split(" "));

/** Names that are English words or terms of the field. */
const commonNames = new Set(
  "admin alert amber april art august baker bell bill black blake brook brown bush carter case chance chase chip christian clay cook cross dawn day dean deploy drew earl ernest faith field fisher ford forest fox frank gene grace grant gray green guy hall hill holly hope hunter iris ivy jack jade jasmine joy june king lake lance lane law little log long lord major marina mark marsh mason max may miles miller moon noble north page park parks pat patch pearl penny pierce pilot pool potter price quick ray rice rich rob robin rod root rose ruby ruth sandy sky small star sterling stone storm street strong sue summer support system temple test tim trip victor walker wall ward waters weaver web west white will winter wise wolf wood woods wren young".split(" "),
);

function isCommonName(name: string): boolean {
  return commonNames.has(name.toLowerCase());
}

/** What replaces the name of a person: what they did in the incident, else their role in the team, else “an engineer”. It contains no name. */
function standIn({ login, roles }: PublicPeople["people"][number], incident: PublicPeople["roles"], isClean: (text: string) => boolean): string {
  const held = incident.find((each) => sameLogin(each.login, login))?.role;
  const own = roles[0];
  const choices = [
    ...(held === undefined ? [] : [`the ${held === "lead" ? "incident lead" : held}`]),
    ...(own === undefined ? [] : [`${/^[aeiou]/i.test(own) ? "an" : "a"} ${own}`]),
    "an engineer",
    "a team member",
    "somebody",
  ];
  return choices.find(isClean) ?? blank;
}

/** Words without case and accents, as boundaries of names separate them. */
function wordsIn(text: string): readonly string[] {
  return (text.normalize("NFD").toLowerCase().replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []);
}
