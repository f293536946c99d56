import { escapeOwnMarks } from "./hiddenMark";

const mark = "<!-- desk:command -->";

const marked = /(?:^|[\r\n])[ \t]*<!-- desk:command -->\s*$/;

/** The form of a comment with a command before comments had a mark: the step, the command in a fence, and how it ended. */
const form = /^(?:Command of the step `[^\r\n]*(?:\r\n|\n|\r){2})?(`{3,})sh(?:\r\n|\n|\r)[^]*?(?:\r\n|\n|\r)\1(?:\r\n|\n|\r){2}(?:Exit code -?\d+|How it ended is not known)[^\r\n]* \(`/;

/**
 * Renders the comment with a command and its result, with a hidden mark. What imitates another of the desk's marks in it is shown
 * as text.
 */
export function renderCommand(markdown: string): string {
  return `${escapeOwnMarks(markdown.trimEnd())}\n\n${mark}`;
}

/** The text of a comment that was rendered with `renderCommand`. Returns `undefined` for other comments. */
export function readCommand(markdown: string): string | undefined {
  const found = marked.exec(markdown);
  return found === null ? undefined : markdown.slice(0, found.index).trimEnd();
}

/** Whether a comment reports a command that was run. Anybody can write such a comment, so only its appearance may depend on it. */
export function isCommandComment(markdown: string): boolean {
  return marked.test(markdown) || form.test(markdown);
}
