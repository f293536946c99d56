import path from "node:path";
import type { Instant } from "../core/issue/issue";
import type { Result } from "../core/result";
import { check } from "./check";
import { due } from "./due";
import { duty } from "./duty";
import { wholeSecond } from "./instantOf";
import { readArguments, usage } from "./readArguments";
import { rota } from "./rota";

/** Runs the command `desk` for the words that were typed after it, and sets the exit code. */
export async function main(words: readonly string[]): Promise<void> {
  process.stdout.on("error", () => process.exit(misused));
  const request = readArguments(words);
  if (request.kind === "failed") return refuse(request.failure);
  switch (request.value.kind) {
    case "help":
      return write(`${usage}\n`);
    case "check": {
      const errors = await check({ ...request.value, from: standsIn() }, write);
      if (errors.kind === "failed") return refuse(errors.failure);
      process.exitCode = errors.value > 0 ? 1 : 0;
      return;
    }
    case "duty":
      return answer(await duty(request.value, standsIn(), now()));
    case "due":
      return answer(await due(request.value, standsIn()));
    case "rota":
      return answer(await rota(request.value, standsIn(), now()));
  }
}

const misused = 2;

async function answer(told: Result<string, string>): Promise<void> {
  return told.kind === "failed" ? refuse(told.failure) : write(told.value);
}

function now(): Instant {
  return wholeSecond(Date.now());
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = misused;
}

/** Resolves when the reader has taken the text, so that a slow one does not fill the memory. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** npm runs a script in the folder of its package, and tells where the person called it. */
function standsIn(): string {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  const here = process.cwd();
  return script === "desk" && called !== undefined && here === path.resolve(__dirname, "../..") ? called : here;
}
