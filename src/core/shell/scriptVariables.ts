import { failed, ok, type Result } from "../model/result";
import type { ShellDialect } from "./dialect";
import { type QuoteContext, quoteContexts } from "./scriptPlace";
import { visibleLine } from "./visibleText";

// `${{ x }}` belongs to GitHub's workflows, `{{.X}}`, `{{end}}` and `{{else}}` to Go's templates: they stay as they are.
const variable = /(?<!\$)\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[\w-]+)*)[ \t]*\}\}/g;

const words = new Set(["end", "else", "break", "continue"]);

/** Characters that mean themselves wherever they stand, in every shell. */
const plain = /^[A-Za-z0-9_./:-]+$/;

/** No variable of a runbook can have a name that means anything to a shell or to a program, such as `PATH`. */
const prefix = "DESK_";

/** A variable of the environment that a script gets its value from. */
export interface BoundVariable {
  /** As the runbook names it. */
  readonly name: string;
  /** As the environment does: `DESK_` and the name in capitals. */
  readonly variable: string;
  readonly value: string;
}

/** A script as it will be run, and what it takes from the environment. */
export interface BoundScript {
  readonly script: string;
  readonly variables: readonly BoundVariable[];
}

/** Why a value cannot get into a script: where it stands, or because the shell (`shell`) or no environment (`control`) can keep it as it is. */
export interface UnboundValue {
  readonly name: string;
  readonly reason: Exclude<QuoteContext, "word" | "double" | "comment"> | "shell" | "control";
}

/** A variable and its value in one line, with what cannot be seen written out. */
export function describeVariable({ variable, value }: BoundVariable): string {
  return `${variable}=${visibleLine(value)}`;
}

interface Found {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly quoteContext: QuoteContext;
}

/** The names of the variables in a script, each once, in order; a comment has none. */
export function scriptVariables(script: string, dialect: ShellDialect | undefined): readonly string[] {
  return [...new Set(findVariables(script, dialect).flatMap(({ name, quoteContext }) => (quoteContext === "comment" ? [] : [name])))];
}

/**
 * The script with a variable of the environment wherever the runbook has `{{name}}`, so that no value is ever read as a part of
 * it. Where the shell would not replace a variable, or another shell reads the text again, the value itself is written, if it has
 * only letters, digits and `. _ / : -`. What has no value, and comments, stay as they are written.
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
    // PowerShell takes quotes in a value apart where it hands it to a program.
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
      // Within quotes fish has no way to end a name but to end the quotes.
      return quoteContext === "word" ? `"$${variable}"` : `""$${variable}""`;
    case "powershell":
      return `\${env:${variable}}`;
  }
}

/** Names that differ only in letter case or signs get numbers: Windows knows no case. */
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
