import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { root } from "../scripts/editor/cache";

/**
 * The exports of a module with this source, bundled like a release: the loader that runs these sources adds code to every
 * function. Imports are relative to the repository's root.
 */
export async function bundled<T>(contents: string): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "desk-bench-"));
  try {
    const outfile = path.join(folder, "bench.mjs");
    await esbuild.build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, platform: "browser", format: "esm", logLevel: "warning" });
    const made: T = await import(pathToFileURL(outfile).href);
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
