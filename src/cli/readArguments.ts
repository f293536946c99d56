import { parseArgs } from "node:util";
import { failed, ok, type Result } from "../core/model/result";
import type { DueRequest } from "./due";
import type { OnCallRequest } from "./oncall";
import type { ScheduleRequest } from "./schedule";

/** What the person who typed a command line wants. */
type Request =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly targets: readonly string[]; readonly format: ReportFormat }
  | ({ readonly kind: "duty" } & OnCallRequest)
  | ({ readonly kind: "due" } & DueRequest)
  | ({ readonly kind: "rota" } & ScheduleRequest);

export type ReportFormat = "text" | "json" | "sarif";

export const usage = `desk check <folder> …: reads all Markdown files below the folders as runbooks, and tells their problems.

  --json   what is in each file, and its problems, as JSON
  --sarif  the problems as SARIF 2.1.0, as code scanning takes it

Ends with 1 if there are errors, with 2 if it could not be asked so, else with 0.

desk duty --desk <folder>: tells who is on duty and whether the desk is open, by the desk.yml in the folder.

  --at <instant>  when, as in 2026-11-20T16:02:11Z, or a time in the desk's time zone; left out: now
  --json          the same as JSON, in UTC

desk due --desk <folder> --kind <kind> --reported <instant>: tells when a response is due.

  --priority <priority>  the strictest goal of kind, priority and runbook counts
  --json                 the same as JSON, in UTC

desk rota --desk <folder> --from <date> --to <date>: tells who is on duty when, by the desk.yml in the folder.

  --json   the turns as JSON, in UTC
  --ics    the turns as a calendar (iCalendar)

These end with 2 if it could not be told, else with 0.`;

/** One command: the options it takes, and what they ask for. */
interface Command {
  readonly flags: readonly string[];
  /** Options that are followed by a value. */
  readonly texts: readonly string[];
  readonly read: (words: Words) => Result<Request, string>;
}

/** What was typed after a command. */
interface Words {
  readonly flags: ReadonlySet<string>;
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly others: readonly string[];
}

const commands: Readonly<Record<string, Command>> = {
  check: { flags: ["json", "sarif"], texts: [], read: readCheck },
  duty: { flags: ["json"], texts: ["desk", "at"], read: readOnCall },
  due: { flags: ["json"], texts: ["desk", "kind", "priority", "reported"], read: readDue },
  rota: { flags: ["json", "ics"], texts: ["desk", "from", "to"], read: readSchedule },
};

/** Reads the words after `desk`; a failure is a sentence that says what to write instead. */
export function readArguments(words: readonly string[]): Result<Request, string> {
  const name = words.find((word) => !word.startsWith("-"));
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (words.some((word) => word === "--help" || word === "-h")) return ok({ kind: "help" });
  if (command === undefined) return failed(`${name === undefined ? "No command is given." : `There is no command “${name}”.`} Write: desk check <folder>`);
  const rest = words.toSpliced(words.indexOf(name ?? ""), 1);
  const typed = readOptions(rest, command);
  return typed.kind === "failed" ? typed : command.read(typed.value);
}

function readCheck({ flags, others }: Words): Result<Request, string> {
  if (others.length === 0) return failed("No folder is given. Write: desk check <folder>");
  if (flags.has("json") && flags.has("sarif")) return failed("Only one of --json and --sarif can be had at a time.");
  return ok({ kind: "check", targets: others, format: flags.has("json") ? "json" : flags.has("sarif") ? "sarif" : "text" });
}

function readOnCall({ flags, texts: { desk: folder, at }, others }: Words): Result<Request, string> {
  if (folder === undefined || others.length > 0) return failed("Write: desk duty --desk <folder>");
  return ok({ kind: "duty", folder, ...(at === undefined ? {} : { at }), json: flags.has("json") });
}

function readDue({ flags, texts: { desk: folder, kind, priority, reported }, others }: Words): Result<Request, string> {
  if (folder === undefined || kind === undefined || reported === undefined || others.length > 0) return failed("Write: desk due --desk <folder> --kind <kind> --reported <instant>");
  return ok({ kind: "due", folder, issueKind: kind, reported, ...(priority === undefined ? {} : { priority }), json: flags.has("json") });
}

function readSchedule({ flags, texts: { desk: folder, from, to }, others }: Words): Result<Request, string> {
  if (folder === undefined || from === undefined || to === undefined || others.length > 0) return failed("Write: desk rota --desk <folder> --from <date> --to <date>");
  if (flags.has("json") && flags.has("ics")) return failed("Only one of --json and --ics can be had at a time.");
  return ok({ kind: "rota", folder, from, to, format: flags.has("json") ? "json" : flags.has("ics") ? "ics" : "text" });
}

function readOptions(words: readonly string[], { flags, texts }: Command): Result<Words, string> {
  const options = Object.fromEntries([...flags.map((name) => [name, { type: "boolean" }] as const), ...texts.map((name) => [name, { type: "string" }] as const)]);
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options });
    const given = Object.entries(values);
    return ok({
      flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
      texts: Object.fromEntries(given.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))),
      others: positionals,
    });
  } catch {
    const known = [...texts, ...flags].map((name) => `--${name}`);
    const unknown = words.find((word) => word.startsWith("-") && word !== "--" && !known.includes(word.split("=")[0] ?? ""));
    if (unknown === undefined) return failed("An option has no value, or one too many. Write: desk --help");
    return failed(`There is no option “${unknown}”. Options are ${known.slice(0, -1).join(", ")} and ${known.at(-1) ?? ""}.`);
  }
}
