import { isRecord } from "../../core/isRecord";
import type { Repository } from "../../core/issue/issueRef";
import type { FileEntry, Files } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { ownerAndName, type GithubApi } from "./githubApi";

/** The files of a repository's main branch. A folder that did not change costs nothing of the limit, and a text is sent once. */
export function repositoryFiles(api: GithubApi, repository: Repository): Pick<Files, "list" | "read"> {
  const folders = new Map<string, { readonly etag: string; readonly data: unknown }>();
  const shas = new Map<string, string>();
  const texts = new Map<string, string>();

  /** What is at the path; `undefined` where nothing is, or where the account may not look. */
  async function contents(path: string, etag?: string): Promise<Result<unknown>> {
    const answer = await api.read<unknown>({ repository }, (octokit, extras) =>
      octokit.rest.repos.getContent({ ...ownerAndName(repository), path, ...(etag === undefined ? {} : { headers: { "if-none-match": etag } }), ...extras }),
    );
    if (answer.kind === "failed") return answer.failure.kind === "noRepository" ? ok(undefined) : answer;
    if (answer.value.kind === "same") return ok(folders.get(path)?.data);
    if (answer.value.etag !== undefined && Array.isArray(answer.value.data)) folders.set(path, { etag: answer.value.etag, data: answer.value.data });
    return ok(answer.value.data);
  }

  return {
    async list(folder) {
      const found = await contents(folder, folders.get(folder)?.etag);
      if (found.kind === "failed") return found;
      return ok(
        (Array.isArray(found.value) ? found.value : []).flatMap((entry): readonly FileEntry[] => {
          if (!isRecord(entry) || typeof entry["name"] !== "string") return [];
          if (typeof entry["path"] === "string" && typeof entry["sha"] === "string") shas.set(entry["path"], entry["sha"]);
          return [{ name: entry["name"], kind: entry["type"] === "dir" ? "folder" : "file" }];
        }),
      );
    },

    async read(path) {
      const sha = shas.get(path) ?? path;
      const known = texts.get(sha);
      if (known !== undefined) return ok(known);
      const found = await contents(path);
      if (found.kind === "failed") return found;
      if (!isRecord(found.value) || typeof found.value["content"] !== "string") return failed({ kind: "missing", path });
      try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(found.value["content"]), (unit) => unit.charCodeAt(0)));
        texts.set(sha, text);
        return ok(text);
      } catch {
        return failed({ kind: "unreadable", path, reason: "encoding" });
      }
    },
  };
}
