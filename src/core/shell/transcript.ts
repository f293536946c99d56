const transcripts = new Set(["console", "terminal", "shell-session", "shellsession", "sh-session"]);

/** `$ `, `% `, `user@host:~# `, `PS C:\> `, `C:\> `: what a shell prints before a person types. */
const prompt = /^[ \t]*(?:(?:\([\w.-]+\) )?(?:\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?[$#%]|\$)|PS [^>\n]{0,200}>|[A-Za-z]:\\[^>\n]{0,200}>)(?:[ \t]+|$)/;
const zshPrompt = /^[ \t]*%[ \t]+/;

/**
 * What is typed of a fenced block: where lines begin with a prompt, only those, without it, and what continues them; the
 * output between is left out. A block without prompts is typed as it stands.
 */
export function typedLines(language: string, text: string): string {
  const lines = text.split("\n");
  const marked = lines.some((line) => prompt.test(line)) ? prompt : transcripts.has(language) && lines.some((line) => zshPrompt.test(line)) ? zshPrompt : undefined;
  if (marked === undefined) return text;
  const typed: string[] = [];
  let open: Continuation | undefined;
  for (const line of lines) {
    if (open === undefined) {
      const found = marked.exec(line);
      if (found === null) continue;
      const command = line.slice(found[0].length);
      typed.push(command);
      open = continuationOf(command);
      continue;
    }
    const rest = line.replace(/^[ \t]*>(?:[ \t]|$)/, "");
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
  return /(?:\\|\||&&|\{)[ \t]*$/.test(line) ? { kind: "line" } : undefined;
}
