import path from "node:path";
import type { Instant } from "../core/model/issue";
import type { Result } from "../core/model/result";
import { check } from "./check";
import { wholeSecond } from "./deskTime";
import { due } from "./due";
import { metrics } from "./metrics";
import { onCall } from "./oncall";
import { formatMessage } from "./output";
import { readArguments, usage } from "./readArguments";
import { schedule } from "./schedule";

/** Runs `desk` with these arguments and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on("error", endOutput);
  const request = readArguments(args);
  if (request.kind === "failed") return refuse(request.failure);
  switch (request.value.kind) {
    case "help":
      return write(`${usage}\n`);
    case "check": {
      const errors = await check({ ...request.value, from: workingFolder() }, write);
      if (errors.kind === "failed") return refuse(errors.failure);
      process.exitCode = errors.value > 0 ? 1 : 0;
      return;
    }
    case "oncall":
      return answer(await onCall(request.value, workingFolder(), now()));
    case "due":
      return answer(await due(request.value, workingFolder()));
    case "metrics":
      return answer(await metrics(request.value, { workingFolder: workingFolder(), now: now(), environment: process.env, note: showNote, progress: showProgress }));
    case "schedule":
      return answer(await schedule(request.value, workingFolder(), now()));
  }
}

const usageError = 2;

/** A reader such as `head` that has enough is no failure of the command. Shells know the exit code as that of a closed pipe. */
function endOutput(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit(141);
  console.error(formatMessage("The output cannot be written ({0}).", error.code ?? error.message));
  process.exit(usageError);
}

async function answer(result: Result<string, string>): Promise<void> {
  return result.kind === "failed" ? refuse(result.failure) : write(result.value);
}

function now(): Instant {
  return wholeSecond(Date.now());
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = usageError;
}

/** Replaces the last line of a terminal. Elsewhere, as in CI, each line stays, so that only the first of a list is written. */
function showProgress(sentence: string, isFirst: boolean): void {
  if (process.stderr.isTTY) process.stderr.write(`${clearLine}${sentence}\r`);
  else if (isFirst) console.error(sentence);
}

function showNote(sentence: string): void {
  console.error(process.stderr.isTTY ? `${clearLine}${sentence}` : sentence);
}

const clearLine = "\r\u001b[K";

/** Resolves when the text is flushed, so that a slow reader does not fill the memory. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** npm runs a script in the folder of its package; `INIT_CWD` is the folder in which it was called. */
function workingFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  const here = process.cwd();
  return script === "desk" && called !== undefined && here === path.resolve(__dirname, "../..") ? called : here;
}
