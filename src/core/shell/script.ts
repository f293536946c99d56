import { failed, ok, type Result } from "../model/result";
import type { RunbookCommand } from "../model/runbook";
import { hiddenCharacters } from "./visibleText";

/** Why a block cannot be run. */
export type UnfitScript =
  | { readonly kind: "empty" }
  /** It contains characters that are invisible or reorder text. They are shown escaped. */
  | { readonly kind: "hidden"; readonly characters: readonly string[] };

/** The script of a fenced block, and whether parts of it are for root. */
export interface BlockScript {
  readonly script: string;
  readonly root: boolean;
}

/**
 * The commands in a fenced block without prompts, output and surrounding empty lines. If `#` could be root's prompt or a
 * comment, there are two scripts, root's first.
 */
export function scriptsOf(command: Pick<RunbookCommand, "language" | "text">): readonly [BlockScript, ...BlockScript[]] {
  const [first, ...others] = readTranscript(command.language, command.text);
  const trimmed = ({ text, root }: typeof first): BlockScript => ({ script: text.replace(/^(?:[ \t]*\n)+/, "").trimEnd(), root });
  return [trimmed(first), ...others.map(trimmed)];
}

/** The first line of a block's script, as the title of a button. */
export function scriptTitle(command: Pick<RunbookCommand, "language" | "text">): string {
  return scriptsOf(command)[0].script.split("\n", 1)[0] ?? "";
}

/** Returns the script if it can be run exactly as shown, otherwise the reason. */
export function runnable(script: string): Result<string, UnfitScript> {
  if (script.trim() === "") return failed({ kind: "empty" });
  const characters = hiddenCharacters(script);
  return characters.length > 0 ? failed({ kind: "hidden", characters }) : ok(script);
}

/** Whether the script opens a shell of root or another user. The lines after it would run when that shell exits. */
export function opensShell(script: string): boolean {
  return script.split("\n").slice(0, -1).some((line) => /^[ \t]*(?:(?:sudo|doas)[ \t]+(?:(?:-u[ \t]+\w\S*|-\w+)[ \t]+)*(?:-[is]|-[a-z]*[is]|su|bash|sh|zsh)\b|su(?:[ \t]+-l?)?(?:[ \t]+[\w.-]+)?[ \t]*$|ssh[ \t]+(?:-\w+[ \t]+)*[\w.@-]+[ \t]*$)/.test(line));
}

const transcripts = new Set(["console", "terminal", "shell-session", "shellsession", "sh-session", "bash-session"]);

/** Prompts in a block of any language: `$ `, `user@host:~# `, `PS C:\> `, `C:\> `. */
const anyPrompt = /^[ \t]*(?:(?:\([\w.-]+\) )?(?:\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?[$#%]|\$)|PS [^>\n]{0,200}>|[A-Za-z]:\\[^>\n]{0,200}>)(?:[ \t]+|$)/;

/** Additional prompts in transcripts: zsh's `% ` and fish's `user@host ~> `. */
const transcriptPrompt = /^[ \t]*(?:%|[\w.-]+@[\w.-]+ [^>\n]{0,80}>)(?:[ \t]+|$)/;

/** Root's prompt, or a comment. */
const hash = /^[ \t]*#(?:[ \t]+|$)/;

const rootPrompt = /^[ \t]*(?:\([\w.-]+\) )?\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?#(?:[ \t]+|$)/;

/** One interpretation of a fenced block: the typed commands, and whether some are typed by root. */
interface TranscriptReading {
  readonly text: string;
  readonly root: boolean;
}

/**
 * The typed commands of a fenced block. If lines start with a prompt, only these lines and their continuations count, without
 * the prompt; the rest is output. A block without prompts is used as it is. In a transcript, a line that starts with `#` can be
 * typed by root, or be a comment or output. If that makes a difference, there are two readings, root's first.
 */
function readTranscript(language: string, text: string): readonly [TranscriptReading, ...TranscriptReading[]] {
  const lines = text.split("\n");
  const prompts = transcripts.has(language) && !lines.some((line) => anyPrompt.test(line)) ? transcriptPrompt : anyPrompt;
  const prompted = lines.some((line) => prompts.test(line));
  const asWritten: TranscriptReading = { text: prompted ? typedAfter(lines, (line) => promptIn(line, prompts)) : text, root: lines.some((line) => rootPrompt.test(line)) };
  if (!transcripts.has(language) || text.startsWith("#!") || !lines.some((line) => hash.test(line) && line.trim() !== "#")) return [asWritten];
  const asRoot: TranscriptReading = { text: typedAfter(lines, (line) => promptIn(line, hash) ?? (prompted ? promptIn(line, prompts) : undefined)), root: true };
  if (asRoot.text === asWritten.text) return [asWritten];
  // If all lines were comments, there would be nothing to run.
  return isEmpty(asWritten.text) ? [asRoot] : [asRoot, asWritten];
}

function isEmpty(text: string): boolean {
  return text.split("\n").every((line) => /^[ \t]*(?:#|$)/.test(line));
}

function promptIn(line: string, prompt: RegExp): string | undefined {
  const found = prompt.exec(line);
  return found === null ? undefined : line.slice(found[0].length);
}

/** The commands after a prompt with their continuation lines. `commandIn` returns the command of a line with a prompt. */
function typedAfter(lines: readonly string[], commandIn: (line: string) => string | undefined): string {
  const typed: string[] = [];
  let open: Continuation | undefined;
  for (const line of lines) {
    if (open === undefined) {
      const command = commandIn(line);
      if (command === undefined) continue;
      typed.push(command);
      open = continuationOf(command);
      continue;
    }
    const rest = line.replace(/^[ \t]*>{1,2}(?:[ \t]|$)/, "");
    typed.push(rest);
    if (open.kind === "line") open = continuationOf(rest);
    else if (rest.trim() === open.end) open = undefined;
  }
  return typed.join("\n");
}

/** Why the next line belongs to the command: it is incomplete, or a text continues up to the line `end`. */
type Continuation = { readonly kind: "line" } | { readonly kind: "until"; readonly end: string };

function continuationOf(line: string): Continuation | undefined {
  const end = /(?:^|[^<])<<-?[ \t]*(?:'(\w+)'|"(\w+)"|\\?(\w+))/.exec(line);
  if (end !== null) return { kind: "until", end: end[1] ?? end[2] ?? end[3] ?? "" };
  return /(?:\\|\||&&|\{|`)[ \t]*$/.test(line) ? { kind: "line" } : undefined;
}
