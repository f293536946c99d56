import { incomplete, isContended } from "../../core/model/failure";
import type { Files, Ids, Log, Memory } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";

/**
 * Files whose writes survive a crash. The new text is journaled before the file is changed, and `recover` completes interrupted
 * writes. This implements the promise of `Files.write`: either the old text or the new one.
 */
interface JournaledFiles {
  readonly files: Files;
  /** Completes writes that a crash or a full disk interrupted. A file that was changed or deleted since is left alone. */
  recover(): Promise<Result<void>>;
}

const prefix = "write:";

/** Wraps files so that each write is first noted in `journal` and `recover` can complete it. */
export function journaledFiles(deps: {
  readonly files: Files;
  /** Reads a file that may have been cut inside a character, with replacement characters. */
  readonly remains?: Files["read"];
  readonly journal: Memory;
  readonly ids: Ids;
  readonly log: Log;
}): JournaledFiles {
  const { files, remains = files.read, journal, ids, log } = deps;
  /** Files whose last write failed, and whether it left a part of the new text there. */
  const cut = new Map<string, { readonly isPart: boolean }>();

  async function recoverOne(key: string): Promise<Result<void>> {
    const entry = await journal.read(key);
    const write = entry.kind === "ok" ? readEntry(entry.value) : undefined;
    if (write !== undefined) {
      const now = await remains(write.path);
      if (now.kind === "failed" && now.failure.kind !== "missing") return now;
      if (now.kind === "ok" && now.value !== write.text && isPartOf(now.value, write.text)) {
        const written = await writeWhole(write.path, write.text);
        if (written.kind === "failed") return written;
        log.info(`Finished a write that was cut short: ${write.path}`);
      }
    }
    return journal.remove(key);
  }

  async function recover(): Promise<Result<void>> {
    const keys = await journal.keys(prefix);
    if (keys.kind === "failed") return keys;
    const done: Result<void>[] = [];
    for (const key of keys.value) done.push(await recoverOne(key));
    const stuck = done.find(({ kind }) => kind === "failed");
    if (stuck !== undefined) return stuck;
    cut.clear();
    return ok(undefined);
  }

  /** Writes a file, and fails if it has only a part of the text then: some file systems do not report that a disk became full. */
  async function writeWhole(path: string, text: string, before?: string): Promise<Result<void>> {
    const written = await files.write(path, text, before);
    const now = written.kind === "ok" ? await remains(path) : undefined;
    return now?.kind === "ok" && now.value !== text && isPartOf(now.value, text) ? failed({ kind: "unwritable", path, reason: incomplete }) : written;
  }

  /** Whether the file has a part of the text instead of the text before. That is unknown, and so not said, without the text before. */
  async function holdsPart(path: string, text: string, before: string | undefined): Promise<boolean> {
    const now = before === undefined ? undefined : await remains(path);
    return now?.kind === "ok" && now.value !== before && isPartOf(now.value, text);
  }

  return {
    recover,
    files: {
      ...files,
      async read(path) {
        const text = await files.read(path);
        if (!cut.has(path) && (text.kind === "failed" || text.value !== "")) return text;
        const recovered = await recover();
        const mended = await files.read(path);
        // A part of a text must not be taken for what somebody wrote.
        const isPart = cut.get(path)?.isPart === true || (mended.kind === "ok" && mended.value === "");
        return recovered.kind === "failed" && mended.kind === "ok" && isPart ? recovered : mended;
      },
      async write(path, text, before) {
        const key = prefix + ids.next();
        const noted = await journal.write(key, { path, text });
        if (noted.kind === "failed") return noted;
        const written = await writeWhole(path, text, before);
        if (written.kind === "failed" && !isContended(written.failure) && written.failure.kind !== "untrusted" && written.failure.kind !== "outside") {
          cut.set(path, { isPart: await holdsPart(path, text, before) });
          return written;
        }
        const cleared = await journal.remove(key);
        if (cleared.kind === "failed") log.error(`The journal keeps a finished write of ${path}`);
        return written;
      },
    },
  };
}

/** Whether a text starts with `part`, which may end inside a character. */
function isPartOf(part: string, text: string): boolean {
  return text.startsWith(part.replace(/\uFFFD+$/, ""));
}

function readEntry(value: unknown): { readonly path: string; readonly text: string } | undefined {
  if (typeof value !== "object" || value === null || !("path" in value) || !("text" in value)) return undefined;
  const { path, text } = value;
  return typeof path === "string" && typeof text === "string" ? { path, text } : undefined;
}
