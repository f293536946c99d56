import { failed, ok, type Result } from "../result";
import type { RunbookCommand } from "../runbook/runbook";
import { readTranscript } from "./transcript";
import { hiddenCharacters } from "./visibleText";

/** Why a block is not run. */
export type UnfitScript =
  | { readonly kind: "empty" }
  /** It holds characters that are not seen or reorder what is seen; written out. */
  | { readonly kind: "hidden"; readonly characters: readonly string[] };

/** What runs of a fenced block, and whether some of it is for root. */
export interface BlockScript {
  readonly script: string;
  readonly root: boolean;
}

/** What a person would type of a fenced block: without prompts, output and empty lines around. Two scripts where `#` could be root's prompt or begin a comment, root's first. */
export function scriptsOf(command: Pick<RunbookCommand, "language" | "text">): readonly [BlockScript, ...BlockScript[]] {
  const [first, ...others] = readTranscript(command.language, command.text);
  const trimmed = ({ text, root }: typeof first): BlockScript => ({ script: text.replace(/^(?:[ \t]*\n)+/, "").trimEnd(), root });
  return [trimmed(first), ...others.map(trimmed)];
}

/** The first line of a block's script, as a button names it. */
export function scriptTitle(command: Pick<RunbookCommand, "language" | "text">): string {
  return scriptsOf(command)[0].script.split("\n", 1)[0] ?? "";
}

/** The script if it can be run as it is shown; or why it cannot. */
export function runnable(script: string): Result<string, UnfitScript> {
  if (script.trim() === "") return failed({ kind: "empty" });
  const characters = hiddenCharacters(script);
  return characters.length > 0 ? failed({ kind: "hidden", characters }) : ok(script);
}

/** Whether the script opens a root's or another person's shell: what follows it runs when that shell is left, and not in it. */
export function opensShell(script: string): boolean {
  return script.split("\n").slice(0, -1).some((line) => /^[ \t]*(?:(?:sudo|doas)[ \t]+(?:(?:-u[ \t]+\w\S*|-\w+)[ \t]+)*(?:-[is]|-[a-z]*[is]|su|bash|sh|zsh)\b|su(?:[ \t]+-l?)?(?:[ \t]+[\w.-]+)?[ \t]*$|ssh[ \t]+(?:-\w+[ \t]+)*[\w.@-]+[ \t]*$)/.test(line));
}
