import { findRegions } from "../../../core/markup/regions";
import { splitLines } from "../../../core/markup/textLines";

const mark = /<!--[ \t]*(?:\/[ \t]*)?desk:/;

/** What replaces lines that are left out, so that marks stay where they are: some count only at the end of a text. */
const omission = "…";

/** A text without what people wrote: the lines with the desk's marks, such as steps, and its lists of links. Empty if it has no marks. */
export function onlyMarks(text: string | null | undefined): string {
  if (text == null || !mark.test(text)) return "";
  const lines = splitLines(text);
  const { regions } = findRegions(lines);
  const kept: string[] = [];
  lines.forEach((line, index) => {
    // The title of a checklist has no mark.
    const isOwn = mark.test(line.text) || line.text.trim() === "" || regions.some(({ name, start, end }) => (name === "run" ? index === start + 1 : name === "links" && start < index && index < end));
    if (isOwn) kept.push(line.text);
    else if (kept.at(-1) !== omission) kept.push(omission);
  });
  return kept.join("\n");
}
