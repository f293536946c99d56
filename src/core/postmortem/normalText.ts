import { joinLines } from "../issue/bodyLines";
import { headingText, markdownLines } from "./markdownLines";

/**
 * A text as a section of the file can hold it: no blank lines around it, `\n` between lines, a fence that was left open
 * is closed, and a heading that would begin a section of its own is one level lower.
 */
export function normalText(text: string): string {
  const { lines, openFence } = markdownLines(trimLines(text));
  const lowered = lines.map((line) => ({
    text: headingText(line, 2) === undefined ? line.text : line.text.replace("##", "###"),
    end: line.end === "" ? "" : "\n",
  }));
  const joined = joinLines(lowered);
  return openFence === undefined ? joined : `${joined}\n${openFence}`;
}

/** The part of a text between the blank lines around it. */
function trimLines(text: string): string {
  return text.slice(leadingBlank(text)).trimEnd();
}

/** How many characters of blank lines a text begins with. */
export function leadingBlank(text: string): number {
  return /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)?.[0].length ?? 0;
}

/** A text on one line, without space around it. */
export function normalField(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
