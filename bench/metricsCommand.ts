import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import esbuild from "esbuild";
import { root } from "../scripts/editor/cache";
import { type Figure, median } from "./figure";
import type { IssueFiles } from "./metricsFiles";

const rounds = 3;

/**
 * `desk metrics --json` of a year of plain files, from its start to its end, and its memory. Both are compared with `desk metrics` in
 * a folder with a single issue. It is bundled, because the loader of the sources takes longer than the command.
 */
export async function metricsCommandFigures(one: IssueFiles, many: IssueFiles): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "desk-bench-"));
  try {
    const outfile = path.join(folder, "desk.mjs");
    const contents = `import { main } from './src/cli/main'; await main(process.argv.slice(2)); process.stderr.write('##' + process.resourceUsage().maxRSS);`;
    await esbuild.build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, platform: "node", format: "esm", logLevel: "warning", banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
    const run = ({ folder: desk }: IssueFiles): { readonly ms: number; readonly megabytes: number } => {
      const log = path.join(folder, "log");
      const began = performance.now();
      const printed = execFileSync("sh", ["-c", `"$0" "$@" 2> ${log}`, process.execPath, outfile, "metrics", "--desk", desk, "--from", "2026-01-01", "--to", "2026-12-31", "--json"], { maxBuffer: 1_000_000_000 });
      const ms = performance.now() - began;
      if (printed.length < 1000) throw new Error("Nothing was printed");
      return { ms, megabytes: Number(/##(\d+)/.exec(readFileSync(log, "utf8"))?.[1]) / 1000 };
    };
    const small = Array.from({ length: rounds }, () => run(one));
    const large = Array.from({ length: rounds }, () => run(many));
    const figure = (name: string, unit: string, key: "ms" | "megabytes"): Figure => ({ name: `${name} of desk metrics with ${many.count} issues in plain files; baseline ${one.count}`, unit, value: Math.round(median(large.map((each) => each[key]))), baseline: Math.round(median(small.map((each) => each[key]))) });
    return [figure("time", "ms", "ms"), figure("peak memory", "MB", "megabytes")];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
