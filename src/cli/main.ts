import path from "node:path";
import { check } from "./check";
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
    case "rota": {
      const turns = await rota(request.value, standsIn(), `${new Date().toISOString().slice(0, 19)}Z`);
      return turns.kind === "failed" ? refuse(turns.failure) : write(turns.value);
    }
  }
}

const misused = 2;

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
