import { failed, ok, type Result } from "../model/result";
import type { ShellDialect } from "./dialect";
import { type QuoteContext, quoteContexts } from "./quoteContexts";
import { visibleLine } from "./visibleText";

// `${{ x }}` belongs to GitHub workflows, and `{{.X}}`, `{{end}}` and `{{else}}` to Go templates. They stay as they are.
const variable = /(?<!\$)\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[\w-]+)*)[ \t]*\}\}/g;

const words = new Set(["end", "else", "break", "continue"]);

/** Characters without a special meaning in any shell. */
const plain = /^[A-Za-z0-9_./:-]+$/;

/** The prefix prevents names with a meaning to a shell or program, such as `PATH`. */
const prefix = "DESK_";

/** An environment variable that passes a value to a script. */
export interface BoundVariable {
  /** The name in the runbook. */
  readonly name: string;
  /** The name in the environment: `DESK_` and the name in upper case. */
  readonly variable: string;
  readonly value: string;
}

/** A script as it will be run, and its environment variables. */
export interface BoundScript {
  readonly script: string;
  readonly variables: readonly BoundVariable[];
}

/** Why a value cannot be passed to a script: its position, or because the shell (`shell`) or any environment (`control`) would change it. */
export interface UnboundValue {
  readonly name: string;
  readonly reason: Exclude<QuoteContext, "word" | "double" | "comment"> | "shell" | "control";
}

/** A variable and its value in one line, with invisible characters escaped. */
export function describeVariable({ variable, value }: BoundVariable): string {
  return `${variable}=${visibleLine(value)}`;
}

interface Found {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly quoteContext: QuoteContext;
}

/** The names of the variables in a script without duplicates, in order. Comments contain none. */
export function scriptVariables(script: string, dialect: ShellDialect | undefined): readonly string[] {
  return [...new Set(findVariables(script, dialect).flatMap(({ name, quoteContext }) => (quoteContext === "comment" ? [] : [name])))];
}

/**
 * Replaces each `{{name}}` by an environment variable, so that a value is never interpreted as part of the script. If the shell
 * would not expand a variable there, or another shell reads the text again, the value itself is inserted, provided that it has
 * only letters, digits and `. _ / : -`. Names without a value, and comments, stay as written.
 */
export function bindVariables(script: string, values: Readonly<Record<string, string>>, dialect: ShellDialect | undefined): Result<BoundScript, UnboundValue> {
  const bound = new Map<string, BoundVariable>();
  let text = "";
  let done = 0;
  for (const { name, at, length, quoteContext } of findVariables(script, dialect)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || quoteContext === "comment") continue;
    const written = writeVariable(name, value, quoteContext, dialect, bound);
    if (written.kind === "failed") return written;
    text += script.slice(done, at) + written.value;
    done = at + length;
  }
  return ok({ script: text + script.slice(done), variables: [...bound.values()] });
}

function findVariables(script: string, dialect: ShellDialect | undefined): readonly Found[] {
  const found = [...script.matchAll(variable)].flatMap(({ 0: all, 1: name = "", index }) => (words.has(name) ? [] : [{ name, at: index, length: all.length }]));
  const contexts = quoteContexts(script, found.map(({ at }) => at), dialect);
  return found.map((each, index) => ({ ...each, quoteContext: contexts[index] ?? "other" }));
}

function writeVariable(name: string, value: string, quoteContext: Exclude<QuoteContext, "comment">, dialect: ShellDialect | undefined, bound: Map<string, BoundVariable>): Result<string, UnboundValue> {
  if (/\0|\p{Cs}/u.test(value)) return failed({ name, reason: "control" });
  if (quoteContext === "word" || quoteContext === "double") {
    const unkept = dialect === undefined || dialect === "cmd" || (dialect === "powershell" && value.includes('"'));
    // PowerShell interprets quotes in a value that it passes to a program.
    if (unkept) return plain.test(value) ? ok(value) : failed({ name, reason: "shell" });
    return ok(reference(variableOf(name, value, bound), quoteContext, dialect));
  }
  if (plain.test(value)) return ok(value);
  return failed({ name, reason: dialect === undefined || dialect === "cmd" ? "shell" : quoteContext });
}

function reference(variable: string, quoteContext: "word" | "double", dialect: "posix" | "fish" | "powershell"): string {
  switch (dialect) {
    case "posix":
      return quoteContext === "word" ? `"$${variable}"` : `\${${variable}}`;
    case "fish":
      // Within quotes, fish can end a variable name only by ending the quotes.
      return quoteContext === "word" ? `"$${variable}"` : `""$${variable}""`;
    case "powershell":
      return `\${env:${variable}}`;
  }
}

/** Names that differ only in case or punctuation get numbers, because Windows ignores case. */
function variableOf(name: string, value: string, bound: Map<string, BoundVariable>): string {
  const known = bound.get(name);
  if (known !== undefined) return known.variable;
  const base = prefix + name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
  const taken = new Set([...bound.values()].map((each) => each.variable));
  let chosen = base;
  for (let count = 2; taken.has(chosen); count++) chosen = `${base}_${count}`;
  bound.set(name, { name, variable: chosen, value });
  return chosen;
}
