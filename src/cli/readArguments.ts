import { parseArgs } from "node:util";
import { groupings } from "../core/metrics/groups";
import { failed, ok, type Result } from "../core/model/result";
import type { DueRequest } from "./due";
import type { MetricsRequest } from "./metrics";
import type { OnCallRequest } from "./oncall";
import type { ScheduleRequest } from "./schedule";

/** A parsed command line. */
type Request =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly targets: readonly string[]; readonly format: ReportFormat }
  | ({ readonly kind: "oncall" } & OnCallRequest)
  | ({ readonly kind: "due" } & DueRequest)
  | ({ readonly kind: "schedule" } & ScheduleRequest)
  | ({ readonly kind: "metrics" } & MetricsRequest);

export type ReportFormat = "text" | "json" | "sarif";

export const usage = `Usage: desk <command> [options]

desk check <folder>...
  Checks all Markdown files below the folders as runbooks, and prints their problems.

  --json   Print the contents and problems of each file as JSON.
  --sarif  Print the problems as SARIF 2.1.0, for code scanning.

  Exit codes: 0 for no errors, 1 for errors in the files, 2 if the command is not valid.

desk oncall --desk <folder>
  Prints who is on call and whether the desk is open. Alias: duty.

  --at <time>  The time to print. Use the form 2026-11-20T16:02:11Z, or omit the Z for a time in the desk's
               time zone. Default: now.
  --json       Print JSON, with times in UTC.

desk due --desk <folder> --kind <kind> --reported <time>
  Prints when a response is due.

  --priority <priority>  The strictest goal of kind, priority and runbook applies.
  --json                 Print JSON, with times in UTC.

desk schedule --desk <folder> --from <date> --to <date>
  Prints who is on call between two dates, both included. Alias: rota.

  --json   Print the shifts as JSON, with times in UTC.
  --ics    Print the shifts as a calendar (iCalendar).

desk metrics --desk <folder> --from <date> --to <date>
  Prints the metrics of the issues that were reported between two dates, both included. The issues are those in
  the folder .desk in the folder of desk.yml, or in the nearest one above it.

  --github       Read the issues of the desk's repositories on GitHub instead, with the token in GITHUB_TOKEN.
                 The server is GITHUB_SERVER_URL, or https://github.com.
  --kind <kind>, --priority <priority>, --severity <severity>, --service <service>, --runbook <path>
                 Count only the issues that have this value.
  --json         Print JSON, with times in UTC and lengths in seconds. docs/metrics.md declares its fields.
  --csv          Print one row for each issue, with the same units.
  --markdown     Print Markdown, for a document.

The option --desk names the folder that contains desk.yml. The commands that use it exit with 0, or with 2 on failure.`;

/** The options of a command, and how they are read. */
interface Command {
  readonly flags: readonly string[];
  /** Options that are followed by a value. */
  readonly texts: readonly string[];
  readonly read: (options: Options) => Result<Request, string>;
}

/** The options and positional arguments after a command. */
interface Options {
  readonly flags: ReadonlySet<string>;
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly others: readonly string[];
}

const commands: Readonly<Record<string, Command>> = {
  check: { flags: ["json", "sarif"], texts: [], read: readCheck },
  oncall: { flags: ["json"], texts: ["desk", "at"], read: readOnCall },
  due: { flags: ["json"], texts: ["desk", "kind", "priority", "reported"], read: readDue },
  schedule: { flags: ["json", "ics"], texts: ["desk", "from", "to"], read: readSchedule },
  metrics: { flags: ["json", "csv", "markdown", "github"], texts: ["desk", "from", "to", ...groupings], read: readMetrics },
};

/** Names from version 0.1.0 that scripts may still use. */
const aliases: Readonly<Record<string, string>> = { duty: "oncall", rota: "schedule" };

/** Parses the arguments of `desk`. A failure is a sentence with the correct usage. */
export function readArguments(args: readonly string[]): Result<Request, string> {
  const name = args.find((arg) => !arg.startsWith("-"));
  const command = name === undefined ? undefined : commandNamed(name);
  if (args.some((arg) => arg === "--help" || arg === "-h")) return ok({ kind: "help" });
  if (command === undefined) return failed(`${name === undefined ? "No command is specified." : `There is no command “${name}”.`} For a list of commands, run: desk --help`);
  const options = readOptions(args.toSpliced(args.indexOf(name ?? ""), 1), command);
  return options.kind === "failed" ? options : command.read(options.value);
}

function commandNamed(name: string): Command | undefined {
  const full = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  return Object.hasOwn(commands, full) ? commands[full] : undefined;
}

function readCheck({ flags, others }: Options): Result<Request, string> {
  if (others.length === 0) return failed("No folder is specified. Use: desk check <folder>");
  if (flags.has("json") && flags.has("sarif")) return failed("Use only one of --json and --sarif.");
  return ok({ kind: "check", targets: others, format: flags.has("json") ? "json" : flags.has("sarif") ? "sarif" : "text" });
}

function readOnCall(options: Options): Result<Request, string> {
  const { flags, texts: { desk: folder, at }, others } = options;
  if (folder === undefined || others.length > 0) return failed(misuse("desk oncall --desk <folder>", options));
  return ok({ kind: "oncall", folder, ...(at === undefined ? {} : { at }), json: flags.has("json") });
}

function readDue(options: Options): Result<Request, string> {
  const { flags, texts: { desk: folder, kind, priority, reported }, others } = options;
  if (folder === undefined || kind === undefined || reported === undefined || others.length > 0) return failed(misuse("desk due --desk <folder> --kind <kind> --reported <time>", options));
  return ok({ kind: "due", folder, issueKind: kind, reported, ...(priority === undefined ? {} : { priority }), json: flags.has("json") });
}

function readSchedule(options: Options): Result<Request, string> {
  const { flags, texts: { desk: folder, from, to }, others } = options;
  if (folder === undefined || from === undefined || to === undefined || others.length > 0) return failed(misuse("desk schedule --desk <folder> --from <date> --to <date>", options));
  if (flags.has("json") && flags.has("ics")) return failed("Use only one of --json and --ics.");
  return ok({ kind: "schedule", folder, from, to, format: flags.has("json") ? "json" : flags.has("ics") ? "ics" : "text" });
}

const metricsFormats = ["json", "csv", "markdown"] as const;

function readMetrics(options: Options): Result<Request, string> {
  const { flags, texts: { desk: folder, from, to, ...texts }, others } = options;
  if (folder === undefined || from === undefined || to === undefined || others.length > 0) return failed(misuse("desk metrics --desk <folder> --from <date> --to <date>", options));
  const [format = "text", another] = metricsFormats.filter((name) => flags.has(name));
  if (another !== undefined) return failed("Use only one of --json, --csv and --markdown.");
  return ok({ kind: "metrics", folder, from, to, only: Object.fromEntries(groupings.flatMap((by) => (texts[by] === undefined ? [] : [[by, texts[by]]]))), format, github: flags.has("github") });
}

/** What is missing or too much, and the correct usage, which names the required options. */
function misuse(use: string, { texts, others }: Options): string {
  const missing = [...use.matchAll(/--(\w+)/g)].flatMap(([option, name = ""]) => (texts[name] === undefined ? [option] : []));
  const [other = ""] = others;
  const flaw = missing.length === 0 ? `“${other}” is not an option.` : `${missing.length === 1 ? "The option" : "The options"} ${listed(missing)} ${missing.length === 1 ? "is" : "are"} missing.`;
  return `${flaw} Use: ${use}`;
}

function listed(names: readonly string[]): string {
  return [...(names.length > 1 ? [names.slice(0, -1).join(", ")] : []), ...names.slice(-1)].join(" and ");
}

function readOptions(args: readonly string[], { flags, texts }: Command): Result<Options, string> {
  const options = Object.fromEntries([...flags.map((name) => [name, { type: "boolean" }] as const), ...texts.map((name) => [name, { type: "string" }] as const)]);
  const { tokens } = parseArgs({ args: [...args], allowPositionals: true, options, strict: false, tokens: true });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (flags.includes(name) && rawName === `--${name}`) {
      if (value !== undefined) return failed(`The option ${rawName} does not take a value.`);
    } else if (texts.includes(name) && rawName === `--${name}`) {
      if (value === undefined || (inlineValue !== true && value.startsWith("-"))) return failed(`The option ${rawName} has no value. For help, run: desk --help`);
      if (given.has(name)) return failed(`The option ${rawName} is specified more than once.`);
    } else return failed(`There is no option “${rawName}”. The options are ${listed([...texts, ...flags].map((known) => `--${known}`))}.`);
    given.set(name, value ?? "");
  }
  return ok({
    flags: new Set(flags.filter((name) => given.has(name))),
    texts: Object.fromEntries(texts.map((name) => [name, given.get(name)])),
    others: tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : [])),
  });
}
