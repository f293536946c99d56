import { readCommand } from "../markup/commandMark";
import { maskSecrets } from "./maskSecrets";
import { type BoundVariable, describeVariable } from "./scriptVariables";
import { visibleText } from "./visibleText";

/** The result of a command: its exit code with the duration if known, or unknown. */
export type CommandOutcome = { readonly kind: "exit"; readonly code: number; readonly milliseconds?: number } | { readonly kind: "unknown" };

/** A command that was run for a step. */
interface CommandReport {
  /** The step as plain text. Absent when the command belongs to no step. */
  readonly step?: string;
  readonly script: string;
  /** The environment variables that it used. */
  readonly variables: readonly BoundVariable[];
  readonly shell: string;
  readonly outcome: CommandOutcome;
  /** The final output of the terminal, if it could be read. */
  readonly output?: string;
}

const most = { lines: 40, characters: 4000 } as const;

/**
 * Renders a comment with the command and its output: at most 40 lines and about 4,000 characters each, without terminal codes
 * and secrets. The content cannot leave its fence, mention a person or imitate a mark.
 */
export function commandComment({ step, script, variables, shell, outcome, output }: CommandReport): string {
  return [
    ...(step === undefined ? [] : [`Command of the step ${codeSpan(step)}`]),
    fenced("sh", shortened([...variables.map(describeVariable), script].join("\n"))),
    `${describeOutcome(outcome)} (${codeSpan(shell)})`,
    ...(output === undefined ? ["The output was not read."] : output.trim() === "" ? ["There was no output."] : [fenced("text", shortened(output))]),
  ].join("\n\n");
}

/** What the comment of a command says: the command, and how it ended, in words. */
interface CommandSummary {
  readonly script: string;
  readonly outcome: string;
}

// Anybody can write such a comment, so the name of the step is skipped without looking for its end, which could take long.
const commandForm = /^(?:Command of the step `[^\r\n]*(?:\r\n|\n|\r){2})?(`{3,})sh(?:\r\n|\n|\r)([^]*?)(?:\r\n|\n|\r)\1(?:\r\n|\n|\r){2}(Exit code -?\d+(?: after [\w. ]+)?|How it ended is not known) \(`/;

/** Parses a comment of `commandComment`. Returns `undefined` if a person changed its form. */
export function readCommandComment(markdown: string): CommandSummary | undefined {
  const [, , script, outcome] = commandForm.exec(markdown) ?? [];
  return script === undefined || outcome === undefined ? undefined : { script, outcome };
}

/**
 * Whether a comment reports a command that was run: it has the hidden mark, or the form of a time when comments had none. Anybody can
 * write such a comment, so only its appearance may depend on it.
 */
export function isCommandComment(markdown: string): boolean {
  return readCommand(markdown) !== undefined || readCommandComment(markdown) !== undefined;
}

/** Formats the result for the comment. */
function describeOutcome(outcome: CommandOutcome): string {
  if (outcome.kind === "unknown") return "How it ended is not known";
  return `Exit code ${outcome.code}${outcome.milliseconds === undefined ? "" : ` after ${formatDuration(outcome.milliseconds)}`}`;
}

/** Formats a duration such as `0.4 s`, `12 s` or `3 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Masks secrets before shortening, so that no part of a secret remains. */
function shortened(text: string): string {
  const { head, left, tail } = excerptOf(visibleText(maskSecrets(text)), most);
  return left === 0 ? head : `${head}\n[${left} lines left out]\n${tail}`;
}

/** Renders a code block that its text cannot leave. The text must be masked and made visible before. */
export function fenced(language: string, text: string): string {
  const inert = text.replaceAll("<!--", "<\\!--");
  const mark = "`".repeat(Math.max(3, longestRun(inert) + 1));
  return `${mark}${language}\n${inert}\n${mark}`;
}

/** Renders the text as code in one line of at most 300 characters, without secrets. */
export function codeSpan(text: string): string {
  const line = visibleText(maskSecrets(text)).replace(/\s+/g, " ").trim().slice(0, 300).replaceAll("<!--", "<\\!--");
  const mark = "`".repeat(longestRun(line) + 1);
  return line === "" || /^`|`$/.test(line) ? `${mark} ${line} ${mark}` : `${mark}${line}${mark}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Lines of an output. `left` is the number of lines omitted between `head` and `tail`. */
interface Excerpt {
  readonly head: string;
  readonly left: number;
  readonly tail: string;
}

/** The first and last lines of a text, limited to a total number of lines and characters. */
export function excerptOf(text: string, most: { readonly lines: number; readonly characters: number }): Excerpt {
  const lines = text.split("\n");
  if (lines.length <= most.lines && text.length <= most.characters) return { head: text, left: 0, tail: "" };
  const first = Math.min(Math.floor(most.lines / 4), lines.length);
  const longest = Math.max(1, Math.floor(most.characters / Math.min(lines.length, most.lines)));
  const few = lines.length <= most.lines;
  const shown = (part: readonly string[]): string => part.map((line) => cut(line, longest)).join("\n");
  if (few) return { head: shown(lines), left: 0, tail: "" };
  return { head: shown(lines.slice(0, first)), left: lines.length - most.lines, tail: shown(lines.slice(first - most.lines)) };
}

function cut(line: string, longest: number): string {
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}\u2026`;
}
