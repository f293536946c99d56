import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";

const maxFiles = 20_000;

const maxDepth = 16;

/** Sorted paths of all files below a folder that match. Skips hidden folders, `node_modules` and folders that cannot be read. */
export async function walkFiles(files: Pick<Files, "list">, folder: string, passes: (name: string) => boolean): Promise<Result<readonly string[]>> {
  const found: string[] = [];
  let level: readonly string[] = [folder];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const listings = await Promise.all(level.map((path) => files.list(path)));
    const next: string[] = [];
    for (const [index, listing] of listings.entries()) {
      if (listing.kind === "failed" && depth === 0) return listing;
      if (listing.kind === "failed") continue;
      for (const entry of listing.value) {
        const path = join(level[index] ?? "", entry.name);
        if (entry.kind === "folder") {
          if (!entry.name.startsWith(".") && entry.name !== "node_modules") next.push(path);
        } else if (passes(entry.name) && found.length < maxFiles) found.push(path);
      }
    }
    level = next;
  }
  return ok(found.sort());
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
