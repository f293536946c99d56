import { failed, ok, type Result } from "../result";
import type { ShellDialect } from "./dialect";
import { quoteContext } from "./quoteContext";
import { isPlainValue, quoteValue } from "./quoteValue";

// `${{ x }}` belongs to GitHub's workflows, `{{.X}}`, `{{end}}` and `{{else}}` to Go's templates: they stay as they are.
const variable = /(?<!\$)\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[\w-]+)*)[ \t]*\}\}/g;
const words = new Set(["end", "else", "break", "continue"]);

/** Why a value cannot be put into a script: it has a control character, or nobody can promise that it stays one word there. */
export interface UnsafeValue {
  readonly name: string;
  readonly reason: "control" | "shell" | "place";
}

/** The names of the variables in a script, each once, in order. */
export function scriptVariables(script: string): readonly string[] {
  return [...new Set([...script.matchAll(variable)].flatMap(([, name = ""]) => (words.has(name) ? [] : [name])))];
}

/**
 * The script with its variables filled in, each value quoted for the shell so that it stays what it is, also inside quotes.
 * What has no value stays as it is written.
 */
export function fillScript(script: string, values: Readonly<Record<string, string>>, dialect: ShellDialect | undefined): Result<string, UnsafeValue> {
  const unsafe: UnsafeValue[] = [];
  const filled = script.replace(variable, (all: string, name: string, at: number) => {
    const value = words.has(name) || !Object.hasOwn(values, name) ? undefined : values[name];
    if (value === undefined || isPlainValue(value)) return value ?? all;
    const quoted = quoteValue(value, dialect);
    if (quoted === undefined) {
      unsafe.push({ name, reason: /\p{Cc}/u.test(value) ? "control" : "shell" });
      return all;
    }
    switch (quoteContext(script.slice(0, at), dialect)) {
      case "none":
        return quoted;
      case "single":
        return `'${quoted}'`;
      case "double":
        return `"${quoted}"`;
      case "unclear":
        unsafe.push({ name, reason: "place" });
        return all;
    }
  });
  const [first] = unsafe;
  return first === undefined ? ok(filled) : failed(first);
}
