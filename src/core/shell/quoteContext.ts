import type { ShellDialect } from "./dialect";

/** What quotes stand open at a place of a script: none, single or double ones; `unclear` where only the shell itself could tell. */
export type QuoteContext = "none" | "single" | "double" | "unclear";

/** Tells the open quotes after the text before a place, and says `unclear` rather than guess. */
export function quoteContext(before: string, dialect: ShellDialect | undefined): QuoteContext {
  if (readsAgain.test(commandUntil(before))) return "unclear";
  if (dialect === "posix") return posixContext(before);
  return /['"`\u2018-\u201F#@]|--%|<</.test(before) || before.endsWith("\\") ? "unclear" : "none";
}

/** The last line with those that it continues. */
function commandUntil(before: string): string {
  const lines = before.split("\n");
  const ended = lines.findLastIndex((line, index) => index < lines.length - 1 && !line.endsWith("\\"));
  return lines.slice(ended + 1).join("\n");
}

/** Commands that take their words for a script, so that quotes for this shell are not enough. */
const readsAgain = /(?:^|[\s;&|({])(?:eval|let|trap|ssh|su|watch|iex|invoke-expression)\s|\s[-/]\w*c(?:ommand)?\s/i;

/** Where the shell reads by other rules from here on: text until a mark, arithmetic, conditions, substitutions within quotes. */
const otherRules = /^(?:<<|`|\$['"[]|\$?\(\(|\[\[|\$\{(?!\w+\}))/;
const otherRulesInQuotes = /^(?:`|\$\(|\$\[|\$\{(?!\w+\}))/;

function posixContext(before: string): QuoteContext {
  let state: "none" | "single" | "double" = "none";
  for (let index = 0; index < before.length; index++) {
    const character = before.charAt(index);
    const rest = before.slice(index, index + 200);
    switch (state) {
      case "none":
        if (otherRules.test(rest)) return "unclear";
        if (character === "\\") {
          if (index === before.length - 1) return "unclear";
          index++;
        } else if (character === "'") state = "single";
        else if (character === '"') state = "double";
        else if (character === "#" && commentHides(before, index)) return "unclear";
        break;
      case "single":
        if (character === "'") state = "none";
        break;
      case "double":
        if (otherRulesInQuotes.test(rest)) return "unclear";
        if (character === "\\") {
          if (index === before.length - 1) return "unclear";
          index++;
        } else if (character === '"') state = "none";
        break;
    }
    // Shells expand history line by line, and not all of them know of a quote from an earlier line.
    if (character === "\n" && state !== "none") return "unclear";
  }
  return before.endsWith("$") ? "unclear" : state;
}

/** Whether a comment holds anything that would open a quote in a shell that does not know comments where people type. */
function commentHides(text: string, index: number): boolean {
  if (index > 0 && !/[\s;&|(]/.test(text.charAt(index - 1))) return false;
  return /['"`\\$]/.test(text.slice(index).split("\n", 1)[0] ?? "");
}
