/** The text of a report as it is inserted between two parts of a document: with an empty line on both sides where there is text. */
export function insertionAt(text: string, before: string, after: string): string {
  const lines = before.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  const above = before.trim() === "" || (last.trim() === "" && (lines.at(-2) ?? "").trim() === "") ? "" : last.trim() === "" ? "\n" : "\n\n";
  const breaks = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(after)?.[0].match(/\r\n|\r|\n/g)?.length ?? 0;
  const below = "\n".repeat(Math.max(0, (after.trim() === "" ? 1 : 2) - breaks));
  return `${above}${text.replace(/\n+$/, "")}${below}`;
}
