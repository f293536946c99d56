import { readYamlTree, type YamlReading } from "./yamlTree";

/** A text with front matter, in parts that make up the text to the byte when they are put together again. */
export interface FrontMatterText {
  readonly language: "yaml" | "toml";
  /** The byte order mark, if there is one, and the opening line. */
  readonly opening: string;
  readonly source: string;
  /** The closing line. */
  readonly closing: string;
  readonly body: string;
}

/**
 * Splits a text at the front matter that it begins with; `undefined` where it begins with none or does not close it. A line
 * `---` (or `+++` for TOML) opens front matter only as the very first line, and the next such line, or `...`, closes it.
 */
export function splitFrontMatter(text: string): FrontMatterText | undefined {
  const [opening, mark] = /^\uFEFF?(---|\+\+\+)[^\S\r\n]*(?:\r\n|\n|\r)/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const language = mark === "---" ? "yaml" : "toml";
  const rest = text.slice(opening.length);
  const closing = closingLines[language].exec(rest);
  if (closing === null) return undefined;
  return { language, opening, source: rest.slice(0, closing.index), closing: closing[0], body: rest.slice(closing.index + closing[0].length) };
}

const closingLines = {
  yaml: /(?<![^\r\n])(?:---|\.\.\.)[^\S\r\n]*(?:\r\n|\n|\r|(?![^]))/,
  toml: /(?<![^\r\n])\+\+\+[^\S\r\n]*(?:\r\n|\n|\r|(?![^]))/,
} as const;

/**
 * The same where front matter is optional: it must begin with a key. Two rules around a sentence, or around a list of steps,
 * are Markdown.
 */
export function optionalFrontMatter(text: string): FrontMatterText | undefined {
  const parts = splitFrontMatter(text);
  if (parts === undefined) return undefined;
  const lines = parts.source.split(/\r\n?|\n/);
  const first = lines.find((line) => line.trim() !== "" && !line.startsWith("#"));
  if (first !== undefined && !firstKeys[parts.language].test(first)) return undefined;
  return lines.some((line) => /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/.test(line)) ? undefined : parts;
}

const firstKeys = {
  yaml: /^(?:\w[\w ./()-]{0,60}|"[^"]*"|'[^']*')\s*:(?:\s|$)/,
  toml: /^\s*(?:[\w.-]+|"[^"]*"|'[^']*')\s*=|^\s*\[/,
} as const;

/** The same where only YAML counts. */
export function splitYamlFrontMatter(text: string): FrontMatterText | undefined {
  const parts = splitFrontMatter(text);
  return parts?.language === "yaml" ? parts : undefined;
}

/** Whether a line is in YAML front matter, also while it is being typed: it need not be closed yet. The lines have no ends, and none has a byte order mark. */
export function isInFrontMatter(lines: readonly string[], line: number): boolean {
  if (lines[0]?.trimEnd() !== "---" || line < 1) return false;
  const upTo = lines.slice(1, line + 1);
  return !upTo.some((one) => /^(?:---|\.\.\.)\s*$/.test(one)) && upTo.every((one) => /^(?:\s|#|-\s|[\w.-]+\s*:|[\w.-]*$)/.test(one));
}

/** The YAML head of a text that need not have one before it is of use, such as a template between fences. */
interface HeadedText {
  readonly head: string;
  /** How many lines stand before the head. */
  readonly offset: number;
  /** `undefined` where no line ends the head. */
  readonly body: string | undefined;
}

/** Splits a text at the line `---` that ends its head; a first line `---` may open the head. Lines end with a line feed. */
export function splitHead(text: string): HeadedText {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const offset = lines[first]?.trimEnd() === "---" ? first + 1 : 0;
  const end = lines.findIndex((line, index) => index >= offset && line.trimEnd() === "---");
  return end < 0 ? { head: lines.slice(offset).join("\n"), offset, body: undefined } : { head: lines.slice(offset, end).join("\n"), offset, body: lines.slice(end + 1).join("\n") };
}

/** The most characters of front matter that are read: an issue's text itself has room for some three times as many. */
export const maxFrontMatterLength = 20_000;

/** Reads the YAML of front matter. Positions count from the first line after the opening one. Fails for more than `maxFrontMatterLength` characters. */
export function readFrontMatterYaml(source: string): YamlReading {
  // The YAML parser takes a lone carriage return for a part of its line; of one length, the places stay what they are.
  return readYamlTree(source.replace(/\r(?!\n)/g, "\n"), maxFrontMatterLength);
}

/** Whether the flaw is that there is more than is read, and not that it is wrong. */
export function isTooLarge({ flaws }: YamlReading): boolean {
  return flaws.some(({ reason }) => reason === "tooLarge");
}
