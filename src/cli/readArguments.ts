import { parseArgs } from "node:util";
import { failed, ok, type Result } from "../core/result";

/** What the person who typed a command line wants. */
export type Request =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly targets: readonly string[]; readonly format: ReportFormat };

export type ReportFormat = "text" | "json" | "sarif";

export const usage = `desk check <folder> …: reads all Markdown files below the folders as runbooks, and tells their problems.

  --json   what is in each file, and its problems, as JSON
  --sarif  the problems as SARIF 2.1.0, as code scanning takes it

Ends with 1 if there are errors, with 2 if it could not be asked so, else with 0.`;

/** Reads the words after `desk`; a failure is a sentence that says what to write instead. */
export function readArguments(words: readonly string[]): Result<Request, string> {
  const options = readOptions(words);
  if (options.kind === "failed") return options;
  const { values, positionals } = options.value;
  const [command, ...targets] = positionals;
  if (values.help === true) return ok({ kind: "help" });
  if (command !== "check") return failed(`${command === undefined ? "No command is given." : `There is no command “${command}”.`} Write: desk check <folder>`);
  if (targets.length === 0) return failed("No folder is given. Write: desk check <folder>");
  if (values.json === true && values.sarif === true) return failed("Only one of --json and --sarif can be had at a time.");
  return ok({ kind: "check", targets, format: values.json === true ? "json" : values.sarif === true ? "sarif" : "text" });
}

function readOptions(words: readonly string[]) {
  const flag = { type: "boolean" } as const;
  try {
    return ok(parseArgs({ args: [...words], allowPositionals: true, options: { json: flag, sarif: flag, help: { ...flag, short: "h" } } }));
  } catch {
    const unknown = words.find((word) => word.startsWith("-") && !["--json", "--sarif", "--help", "-h", "--"].includes(word)) ?? "";
    return failed(`There is no option “${unknown}”. Options are --json and --sarif.`);
  }
}
