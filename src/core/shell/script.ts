import { failed, ok, type Result } from "../result";
import type { RunbookCommand } from "../runbook/runbook";
import type { ShellDialect } from "./dialect";
import { typedLines } from "./transcript";
import { hiddenCharacters } from "./visibleText";

/** Why a block is not typed into a terminal. */
export type UnfitScript =
  | { readonly kind: "empty" }
  /** It holds characters that are not seen or reorder what is seen; written out. */
  | { readonly kind: "hidden"; readonly characters: readonly string[] }
  /** A tab stands where it matters; a terminal would take it for a request to complete. */
  | { readonly kind: "tab" };

/** What a person would type of a fenced block: without prompts, output and empty lines around. */
export function scriptOf(command: Pick<RunbookCommand, "language" | "text">): string {
  return typedLines(command.language, command.text).replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}

/** The script as it can be typed into a terminal, tabs as spaces; or why it cannot. */
export function typeable(script: string): Result<string, UnfitScript> {
  if (script.trim() === "") return failed({ kind: "empty" });
  const characters = hiddenCharacters(script);
  if (characters.length > 0) return failed({ kind: "hidden", characters });
  if (!script.includes("\t")) return ok(script);
  const matters = script.includes("<<") || script.split("\n").some((line) => /['"`].*\t/.test(line.replace(/'[^'\t]*'|"[^"\\\t]*"/g, "")));
  return matters ? failed({ kind: "tab" }) : ok(script.replace(/^\t+/gm, (tabs) => "    ".repeat(tabs.length)).replaceAll("\t", " "));
}

/** The script as one command whose end and exit code the shell tells: several lines as a group; where the shell has no way to do so, as it is. */
export function asOneCommand(script: string, dialect: ShellDialect | undefined): string {
  // Bash tells its editor nothing of a line that is only a subshell.
  if (dialect === "posix" && script.startsWith("(")) return asOneCommand(`true; ${script}`, dialect);
  if (!script.includes("\n")) return script;
  switch (dialect) {
    case "posix":
      return `{\n${script}\n}`;
    case "fish":
      return `begin\n${script}\nend`;
    case "powershell":
      return `. {\n${script}\n}`;
    case "cmd":
    case undefined:
      return script;
  }
}
