import { normalField } from "../../markup/textLines";

const titlePrefix = "Post-mortem:";

const kinds = "(?:(?:incident |outage )?post[- ]?mortems?(?: report| document| analysis)?|(?:incident|outage) (?:report|review)s?)";

const prefixes = new RegExp(`^(?:\\[?${kinds}\\]?|incident summary|incident|rca|root cause analysis) ?(?::|\\]|–|—| -(?= ))[ \\t]*`, "i");

const generic = new RegExp(`^${kinds}$`, "i");

/** Splits a heading into its prefix, if any, and the title. */
export function splitTitle(words: string): { readonly prefix: string; readonly title: string } {
  const prefix = prefixes.exec(words)?.[0] ?? "";
  return { prefix: prefix.trimEnd(), title: words.slice(prefix.length) };
}

/** Whether a heading says only that the file is a post-mortem. */
export function isGenericTitle(words: string): boolean {
  return generic.test(words.trim());
}

/** Normalizes a title for a heading: one line, without number signs that would end the heading. */
export function normalTitle(title: string): string {
  const words = normalField(title).split(" ");
  while (/^#+$/.test(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** The first heading of a file. An empty prefix is replaced if the title starts with one. */
export function titleLine(title: string, prefix: string = titlePrefix, sign = "#"): string {
  const written = title === "" || (prefix === "" && splitTitle(title).prefix !== "") ? titlePrefix : prefix;
  return [sign, written, title].filter((part) => part !== "").join(" ");
}
