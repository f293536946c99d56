const transcripts = new Set(["console", "terminal", "shell-session", "shellsession", "sh-session", "bash-session"]);

/** `$ `, `user@host:~# `, `PS C:\> `, `C:\> `: what a shell prints before a person types, in a block of any language. */
const anyPrompt = /^[ \t]*(?:(?:\([\w.-]+\) )?(?:\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?[$#%]|\$)|PS [^>\n]{0,200}>|[A-Za-z]:\\[^>\n]{0,200}>)(?:[ \t]+|$)/;
/** In transcripts also zsh's `% ` and fish's `user@host ~> `. */
const transcriptPrompt = /^[ \t]*(?:%|[\w.-]+@[\w.-]+ [^>\n]{0,80}>)(?:[ \t]+|$)/;
/** Root's prompt, or a comment. */
const hash = /^[ \t]*#(?:[ \t]+|$)/;
const rootPrompt = /^[ \t]*(?:\([\w.-]+\) )?\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?#(?:[ \t]+|$)/;

/** One way to read a fenced block: what is typed, and whether some of it is typed by root. */
export interface TranscriptReading {
  readonly text: string;
  readonly root: boolean;
}

/**
 * What is typed of a fenced block: where lines begin with a prompt, only those, without it, and what continues them; the output
 * between is left out. A block without prompts is typed as it stands. In a transcript a line that begins with `#` may be typed by
 * root, or be a comment or output: where both would run something else there are two readings, root's first.
 */
export function readTranscript(language: string, text: string): readonly [TranscriptReading, ...TranscriptReading[]] {
  const lines = text.split("\n");
  const prompts = transcripts.has(language) && !lines.some((line) => anyPrompt.test(line)) ? transcriptPrompt : anyPrompt;
  const prompted = lines.some((line) => prompts.test(line));
  const asWritten: TranscriptReading = { text: prompted ? typedAfter(lines, (line) => promptIn(line, prompts)) : text, root: lines.some((line) => rootPrompt.test(line)) };
  if (!transcripts.has(language) || text.startsWith("#!") || !lines.some((line) => hash.test(line) && line.trim() !== "#")) return [asWritten];
  const asRoot: TranscriptReading = { text: typedAfter(lines, (line) => promptIn(line, hash) ?? (prompted ? promptIn(line, prompts) : undefined)), root: true };
  if (asRoot.text === asWritten.text) return [asWritten];
  // Where all lines are comments there is nothing to run, so they are none.
  return isEmpty(asWritten.text) ? [asRoot] : [asRoot, asWritten];
}

function isEmpty(text: string): boolean {
  return text.split("\n").every((line) => /^[ \t]*(?:#|$)/.test(line));
}

function promptIn(line: string, prompt: RegExp): string | undefined {
  const found = prompt.exec(line);
  return found === null ? undefined : line.slice(found[0].length);
}

/** The commands that stand after a prompt, which `commandIn` gives for a line that has one, with the lines that continue them. */
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

/** Why the next line belongs to the command: it does not end yet, or a text until the line `end` follows. */
type Continuation = { readonly kind: "line" } | { readonly kind: "until"; readonly end: string };

function continuationOf(line: string): Continuation | undefined {
  const end = /(?:^|[^<])<<-?[ \t]*(?:'(\w+)'|"(\w+)"|\\?(\w+))/.exec(line);
  if (end !== null) return { kind: "until", end: end[1] ?? end[2] ?? end[3] ?? "" };
  return /(?:\\|\||&&|\{|`)[ \t]*$/.test(line) ? { kind: "line" } : undefined;
}
