import type { Files } from "../../../core/ports";
import { ok, type Result } from "../../../core/result";
import type { StarterFile } from "./starterDesk";

/** Writes those of the files that are not there. One that is there stays as it is, also when it cannot be read. */
export async function writeMissing(files: Files, wanted: readonly StarterFile[]): Promise<Result<void>> {
  for (const { path, text } of wanted) {
    const there = await files.read(path);
    if (there.kind === "ok") continue;
    if (there.failure.kind !== "missing") return there;
    const written = await files.write(path, text);
    if (written.kind === "failed") return written;
  }
  return ok(undefined);
}
