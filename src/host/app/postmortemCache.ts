import type { Failure } from "../../core/model/failure";
import type { BrokenReason } from "../../core/model/issue";
import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { textHash } from "../../core/model/textHash";
import { type PostmortemSummary, summarizePostmortem } from "../../core/postmortem/library/library";
import { parsePostmortem } from "../../core/postmortem/document/parsePostmortem";
import { walkFiles } from "../platform/walkFiles";

/** A file in the folder of post-mortems that cannot be read as one. */
interface UnreadablePostmortem {
  readonly path: string;
  readonly reason: BrokenReason;
}

/** The files of the folder. `failure`: the folder itself cannot be read. */
export interface PostmortemFiles {
  readonly postmortems: readonly PostmortemSummary[];
  readonly unreadable: readonly UnreadablePostmortem[];
  readonly failure?: Failure;
}

/** The post-mortems of one folder, read when first needed and cached by their text. */
interface PostmortemCache {
  /** Reads what is not known. Files that did not change are the same objects as before. */
  read(): Promise<PostmortemFiles>;
  /** Reads this file again when it is next needed. */
  forget(path: string): void;
  /** Lists the folder again when it is next needed, as after a file was added. */
  forgetList(): void;
  /** Lists the folder and reads all files again when they are next needed. */
  forgetAll(): void;
  /** Whether a path is that of a post-mortem, by its folder and name. */
  holds(path: string): boolean;
}

interface PostmortemCacheDeps {
  readonly files: Pick<Files, "list" | "read">;
  readonly folder: () => string;
  readonly timezone: () => string;
  /** Yields to other work between two slices. */
  readonly pause: () => Promise<void>;
  /** The current time in milliseconds, of any clock that only goes forward. */
  readonly elapsed: () => number;
}

interface Entry {
  readonly hash: string;
  readonly timezone: string;
  readonly read: PostmortemSummary | UnreadablePostmortem;
}

/** How many files are read at once. */
const atOnce = 16;

/** Milliseconds of work without a pause. */
const slice = 12;

export function postmortemCache({ files, folder, timezone, pause, elapsed }: PostmortemCacheDeps): PostmortemCache {
  const entries = new Map<string, Entry>();
  const fresh = new Set<string>();
  let listed: { readonly folder: string; readonly paths: readonly string[] } | undefined;
  let forgotten = 0;

  /** Keeps what a file contains now. Returns whether that took time. */
  function note(path: string, text: Result<string>): boolean {
    if (text.kind === "failed" && text.failure.kind === "missing") return !entries.delete(path);
    const zone = timezone();
    const hash = text.kind === "ok" ? textHash(text.value, 11) : "unreadable";
    const before = entries.get(path);
    if (before?.hash === hash && before.timezone === zone) return false;
    entries.set(path, { hash, timezone: zone, read: text.kind === "ok" ? summaryOf(path, text.value, zone) : { path, reason: "unreadable" } });
    return true;
  }

  async function list(inside: string): Promise<Result<readonly string[]>> {
    if (listed?.folder === inside) return ok(listed.paths);
    const before = forgotten;
    const paths = await walkFiles(files, inside, (name) => /\.(?:md|markdown)$/i.test(name));
    // A file that was added meanwhile may be missing.
    if (paths.kind === "ok" && before === forgotten) listed = { folder: inside, paths: paths.value };
    return paths;
  }

  async function read(): Promise<PostmortemFiles> {
    const inside = folder();
    const paths = await list(inside);
    if (paths.kind === "failed") return { postmortems: [], unreadable: [], failure: paths.failure };
    const all = paths.value.filter((path) => isInFolder(path, inside));
    const wanted = all.filter((path) => !fresh.has(path) || entries.get(path)?.timezone !== timezone());
    let since = elapsed();
    for (let at = 0; at < wanted.length; at += atOnce) {
      const batch = wanted.slice(at, at + atOnce);
      for (const path of batch) fresh.add(path);
      const texts = await Promise.all(batch.map((path) => files.read(path)));
      for (const [index, text] of texts.entries()) {
        if (!note(batch[index] ?? "", text) || elapsed() - since < slice) continue;
        await pause();
        since = elapsed();
      }
    }
    const found = all.flatMap((path) => entries.get(path)?.read ?? []);
    return { postmortems: found.filter((one) => "title" in one), unreadable: found.filter((one) => "reason" in one) };
  }

  function forgetList(): void {
    forgotten += 1;
    listed = undefined;
  }

  return {
    read,
    holds: (path) => isInFolder(path, folder()),
    forget: (path) => void fresh.delete(path),
    forgetList,
    forgetAll() {
      fresh.clear();
      forgetList();
    },
  };
}

function summaryOf(path: string, text: string, timezone: string): PostmortemSummary {
  const { postmortem, problem } = parsePostmortem(text, timezone);
  const summary = summarizePostmortem(path, postmortem, timezone);
  return problem === undefined ? summary : { ...summary, problem };
}

/** A file in the folder or below it. Files about the folder itself are not post-mortems. */
function isInFolder(path: string, folder: string): boolean {
  const inside = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
  return /\.(?:md|markdown)$/i.test(inside) && !/^(?:readme|index|template)\.[^/]*$/i.test(inside);
}
