import { normalField } from "../markup/textLines";

const titlePrefix = "Post-mortem:";

/** Splits a heading into its prefix, if any, and the title. */
export function splitTitle(words: string): { readonly prefix: string; readonly title: string } {
  return words.toLowerCase().startsWith(titlePrefix.toLowerCase())
    ? { prefix: words.slice(0, titlePrefix.length), title: words.slice(titlePrefix.length) }
    : { prefix: "", title: words };
}

/** Normalizes a title for a heading: one line, without number signs that would end the heading. */
export function normalTitle(title: string): string {
  const words = normalField(title).split(" ");
  while (/^#+$/.test(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** The first heading of a file. */
export function titleLine(title: string, prefix: string = titlePrefix): string {
  return ["#", title === "" ? titlePrefix : prefix, title].filter((part) => part !== "").join(" ");
}
