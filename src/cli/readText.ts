import { readFile } from "node:fs/promises";
import { textStart, type Problem } from "../core/problem";

/** Why a file could not be read as it is. */
export type FileProblem = Problem<"unreadable" | "notUtf8">;

/** A file's text. What is not UTF-8 is replaced, what cannot be read at all is empty; both are then a problem. */
export async function readText(file: string): Promise<{ readonly text: string; readonly problems: readonly FileProblem[] }> {
  const bytes = await readFile(file).catch((error: unknown) => error);
  if (!(bytes instanceof Uint8Array)) return { text: "", problems: [unreadable(bytes)] };
  try {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes), problems: [] };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const before = text.slice(0, text.indexOf("\uFFFD")).split(/\r\n?|\n/);
    const place = { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
    return {
      text,
      problems: [{ severity: "error", code: "notUtf8", range: { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.column + 1 }, details: {} }],
    };
  }
}

/** The problem of a file or folder that could not be opened. */
export function unreadable(error: unknown): FileProblem {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return { severity: "error", code: "unreadable", range: textStart, details: { reason } };
}
