import { escapeOwnMarks } from "./hiddenMark";

const mark = "<!-- desk:command -->";

const marked = /(?:^|[\r\n])[ \t]*<!-- desk:command -->\s*$/;

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
