import type { ShellDialect } from "./dialect";

/**
 * The context of a variable in a script: a word of its own, part of a text in double quotes, in a comment, or a context where
 * the shell does not expand it (`single`), reads it again (`readAgain`, `heredoc`), or that is unknown (`other`).
 */
export type QuoteContext = "word" | "double" | "single" | "comment" | "heredoc" | "readAgain" | "other";

/** The context at each of the ascending offsets. Takes linear time. */
export function quoteContexts(script: string, offsets: readonly number[], dialect: ShellDialect | undefined): readonly QuoteContext[] {
  if (dialect === undefined || dialect === "cmd") return offsets.map(() => "other");
  const { contexts, lines } = dialect === "posix" ? posixQuoteContexts(script, offsets) : simpleQuoteContexts(script, offsets, dialect);
  return contexts.map((quoteContext, index) => ((quoteContext === "word" || quoteContext === "double") && isReadAgain(script, lines[index] ?? 0, offsets[index] ?? 0) ? "readAgain" : quoteContext));
}

/** Commands that interpret their arguments as a script or send them to another shell, so that one word here may not be one word there. */
const readers = /(?:^|[\s;&|({/])(?:eval|let|trap|ssh|su|watch|parallel|iex|invoke-expression|invoke-command)\s|\s[-/]\w*[ce](?:ommand|xec)?\s/i;
const feeds = /\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)*)?(?:[\w./-]*\/)?(?:(?:ba|da|z|k|c|fi|a)?sh|pwsh|xargs|parallel|iex|python\d?|psql|mysql)\b/i;

function isReadAgain(script: string, line: number, at: number): boolean {
  return readers.test(script.slice(line, at)) || feeds.test(script.slice(at).split("\n", 1)[0] ?? "");
}

interface Reading {
  readonly contexts: QuoteContext[];
  /** Where the logical line of each offset starts. */
  readonly lines: number[];
}

/** Contexts of a POSIX shell, innermost last. `paren` is a plain `( )`, `command` is `$( )`. */
type Frame = "word" | "command" | "paren" | "double" | "single" | "ansi" | "backtick" | "brace" | "arithmetic" | "condition" | "unknown";

const quoteContextOf: Readonly<Record<Frame, QuoteContext>> = {
  word: "word", command: "word", paren: "word", double: "double", single: "single", ansi: "other", backtick: "other", brace: "other", arithmetic: "other", condition: "other", unknown: "other",
};

function posixQuoteContexts(script: string, offsets: readonly number[]): Reading {
  const reading: Reading = { contexts: [], lines: [] };
  const stack: Frame[] = ["word"];
  const heredocs: { readonly end: string; readonly tabs: boolean }[] = [];
  let line = 0;
  let index = 0;
  const top = (): Frame => stack.at(-1) ?? "unknown";
  /** Advances to `to`. Offsets before it are in `quoteContext`. */
  const pass = (to: number, quoteContext: QuoteContext): void => {
    for (let next = offsets[reading.contexts.length]; next !== undefined && next < to; next = offsets[reading.contexts.length]) {
      reading.contexts.push(quoteContext);
      reading.lines.push(line);
    }
    index = to;
  };
  const open = (frame: Frame, length: number): void => {
    pass(index + length, "other");
    stack.push(frame);
  };
  const evaluated = (): boolean => stack.some((frame) => frame === "arithmetic" || frame === "condition");
  const leave = (length: number): void => {
    pass(index + length, "other");
    stack.pop();
  };
  while (index < script.length) {
    const frame = top();
    const character = script.charAt(index);
    const next = script.charAt(index + 1);
    // The braces of a requested variable are not part of the shell's syntax.
    if (offsets[reading.contexts.length] === index) pass(Math.max(index + 2, script.indexOf("}}", index) + 2), evaluated() ? "other" : quoteContextOf[frame]);
    else if (character === "\\" && frame !== "single") pass(index + 2, "other");
    else if (frame === "single") {
      const end = script.indexOf("'", index);
      pass(end < 0 ? script.length : end, "single");
      leave(1);
    } else if (frame === "unknown") pass(script.length, "other");
    else if (frame === "ansi" && character === "'") leave(1);
    else if (frame === "double" && character === '"') leave(1);
    else if (frame === "backtick" && character === "`") leave(1);
    else if (frame === "brace" && character === "}") leave(1);
    else if (frame === "arithmetic" && character === ")" && next === ")") leave(2);
    else if (frame === "condition" && character === "]" && next === "]") leave(2);
    else if (frame === "ansi" || frame === "backtick") pass(index + 1, "other");
    else if (character === "$" && next === "(" && script.charAt(index + 2) === "(") open("arithmetic", 3);
    else if (character === "$" && next === "(") open(frame === "brace" || frame === "arithmetic" || frame === "condition" ? "unknown" : "command", 2);
    else if (character === "$" && next === "{") open("brace", 2);
    else if (character === "$" && next === "[") open("unknown", 2);
    else if (character === "`") open("backtick", 1);
    else if (frame === "double") pass(index + 1, "double");
    else if (frame === "brace" && /["'{]/.test(character)) open("unknown", 1);
    else if (frame === "brace") pass(index + 1, "other");
    else if ((frame === "arithmetic" || frame === "condition") && /[{(]/.test(character)) open(character === "(" ? "paren" : "unknown", 1);
    else if (character === "'") open("single", 1);
    else if (character === '"') open("double", 1);
    else if (character === "$" && next === "'") open("ansi", 2);
    else if (character === "#" && startsWord(script, index)) pass(lineEnd(script, index), "comment");
    else if (character === "(" && next === "(") open("arithmetic", 2);
    else if (character === "[" && next === "[" && startsWord(script, index)) open("condition", 2);
    else if (character === "(") open("paren", 1);
    else if (character === ")") {
      // An unmatched parenthesis belongs to a `case`. From there on the context is unknown.
      if (frame === "word") pass(index + 1, "other");
      else leave(1);
    } else if (frame !== "word" && /^case\s/.test(script.slice(index, index + 5)) && startsWord(script, index)) stack.push("unknown");
    else if (character === "<" && next === "<" && script.charAt(index + 2) !== "<") {
      const mark = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;&|<>()]+))/.exec(script.slice(index, index + 200));
      if (mark === null) stack.push("unknown");
      else {
        heredocs.push({ tabs: mark[1] === "-", end: mark[2] ?? mark[3] ?? mark[4] ?? "" });
        pass(index + mark[0].length, "other");
      }
    } else if (character === "<" && next === "<") pass(index + 3, "other");
    else if (character === "\n") {
      pass(index + 1, "other");
      for (const { end, tabs } of heredocs.splice(0)) pass(heredocEnd(script, index, end, tabs), "heredoc");
      if (stack.length === 1) line = index;
    } else pass(index + 1, quoteContextOf[frame]);
  }
  pass(Infinity, "other");
  return reading;
}

/** The end of a here-document that starts at `from`, including its last line. */
function heredocEnd(script: string, from: number, end: string, tabs: boolean): number {
  for (let at = from; at < script.length; ) {
    const to = lineEnd(script, at);
    const text = script.slice(at, to);
    if ((tabs ? text.replace(/^\t+/, "") : text) === end) return Math.min(to + 1, script.length);
    at = to + 1;
  }
  return script.length;
}

/** Fish and PowerShell: only quotes and comments are understood. After any other special syntax the context is unknown. */
function simpleQuoteContexts(script: string, offsets: readonly number[], dialect: "fish" | "powershell"): Reading {
  const reading: Reading = { contexts: [], lines: [] };
  const escape = dialect === "fish" ? "\\" : "`";
  let state: QuoteContext = "word";
  let line = 0;
  for (let index = 0; index <= script.length; index++) {
    while (offsets[reading.contexts.length] === index) {
      reading.contexts.push(state);
      reading.lines.push(line);
    }
    const character = script.charAt(index);
    if (state === "other") continue;
    if (state === "comment") state = character === "\n" ? "word" : "comment";
    else if (character === escape && (state !== "single" || dialect === "fish")) {
      if (offsets[reading.contexts.length] === index + 1) {
        reading.contexts.push("other");
        reading.lines.push(line);
      }
      index += 1;
    } else if (isUnclear(script.slice(index, index + 3), state, dialect)) state = "other";
    else if (character === "'" && state !== "double") state = state === "single" ? "word" : "single";
    else if (character === '"' && state !== "single") state = state === "double" ? "word" : "double";
    else if (character === "#" && state === "word" && startsWord(script, index)) state = "comment";
    if (character === "\n" && state === "word") line = index + 1;
  }
  return reading;
}

function isUnclear(text: string, state: QuoteContext, dialect: "fish" | "powershell"): boolean {
  if (dialect === "fish") return state === "double" && text.startsWith("$(");
  return /^[\u2018-\u201F]/.test(text) || (state === "word" && /^(?:@['"]|<#|--%)/.test(text)) || (state === "double" && text.startsWith("$("));
}

function startsWord(text: string, index: number): boolean {
  return index === 0 || /[\s;&|()]/.test(text.charAt(index - 1));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
