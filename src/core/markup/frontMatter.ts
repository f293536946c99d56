import { readYamlTree, type YamlReading } from "./yamlTree";

/** A text with front matter, in parts. Concatenating them gives the exact original text. */
export interface FrontMatterText {
  readonly language: "yaml" | "toml";
  /** The byte order mark, if any, and the opening line. */
  readonly opening: string;
  readonly source: string;
  /** The closing line. */
  readonly closing: string;
  readonly body: string;
}

/**
 * Splits a text at its front matter. Returns `undefined` if there is none or it is not closed. `---` (or `+++` for TOML) opens
 * front matter only as the very first line. The next such line, or `...`, closes it.
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
 * Like `splitFrontMatter`, for texts where front matter is optional: it must start with a key. Two horizontal rules around a
 * sentence or a list are Markdown.
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

/** Like `splitFrontMatter`, for YAML only. */
export function splitYamlFrontMatter(text: string): FrontMatterText | undefined {
  const parts = splitFrontMatter(text);
  return parts?.language === "yaml" ? parts : undefined;
}

/** Whether a line is in YAML front matter that may not be closed yet, as while typing. The lines have no line breaks and no byte order mark. */
export function isInFrontMatter(lines: readonly string[], line: number): boolean {
  if (lines[0]?.trimEnd() !== "---" || line < 1) return false;
  const upTo = lines.slice(1, line + 1);
  return !upTo.some((one) => /^(?:---|\.\.\.)\s*$/.test(one)) && upTo.every((one) => /^(?:\s|#|-\s|[\w.-]+\s*:|[\w.-]*$)/.test(one));
}

/** A text with a YAML head, such as an issue template between fences. */
interface HeadedText {
  readonly head: string;
  /** Number of lines before the head. */
  readonly offset: number;
  /** `undefined` when the head is not closed. */
  readonly body: string | undefined;
}

/** Splits a text at the line `---` that closes its head. A first line `---` may open the head. Lines end with a line feed. */
export function splitHead(text: string): HeadedText {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const offset = lines[first]?.trimEnd() === "---" ? first + 1 : 0;
  const end = lines.findIndex((line, index) => index >= offset && line.trimEnd() === "---");
  return end < 0 ? { head: lines.slice(offset).join("\n"), offset, body: undefined } : { head: lines.slice(offset, end).join("\n"), offset, body: lines.slice(end + 1).join("\n") };
}

/** Maximum number of characters of front matter that are parsed. An issue's text can contain about three times as many. */
export const maxFrontMatterLength = 20_000;

/** Reads the YAML of front matter. Positions count from the first line after the opening one. Fails for more than `maxFrontMatterLength` characters. */
export function readFrontMatterYaml(source: string): YamlReading {
  // The YAML parser treats a lone carriage return as part of a line. Replacing it by one character keeps all positions.
  return readYamlTree(source.replace(/\r(?!\n)/g, "\n"), maxFrontMatterLength);
}

/** Whether the text exceeds the limit, as opposed to being invalid. */
export function isTooLarge({ flaws }: YamlReading): boolean {
  return flaws.some(({ reason }) => reason === "tooLarge");
}
