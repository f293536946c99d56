import { isRecord } from "../../core/isRecord";
import type { Repository } from "../../core/issue/issueRef";
import type { FileEntry, Files } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { contentAnswer } from "./answers";
import { ifChanged, ownerAndName, type GithubApi } from "./githubApi";

/** The files of a repository's main branch. A folder that did not change costs nothing of the limit, and a text is sent once. */
export function repositoryFiles(api: GithubApi): (repository: Repository) => Pick<Files, "list" | "read"> {
  const folders = new Map<string, { readonly etag: string; readonly data: unknown }>();
  /** By path, and then by what names the file's state. */
  const states = new Map<string, unknown>();
  const texts = new Map<unknown, string>();

  return (repository) => {
    const name = (path: unknown): string => `${repository} ${path}`;

    /** What is at the path; nothing where the account may not look either. */
    async function contents(path: string, known?: { readonly etag: string; readonly data: unknown }): Promise<Result<unknown>> {
      const answer = await api.read({ repository }, contentAnswer, (octokit, extras) =>
        octokit.rest.repos.getContent({ ...ownerAndName(repository), path, ...ifChanged(known?.etag), ...extras }),
      );
      if (answer.kind === "failed") return answer.failure.kind === "noRepository" ? ok(undefined) : answer;
      if (answer.value.kind === "same") return ok(known?.data);
      const { data, etag } = answer.value;
      if (etag !== undefined && Array.isArray(data)) folders.set(name(path), { etag, data });
      return ok(data);
    }

    return {
      async list(folder) {
        const found = await contents(folder, folders.get(name(folder)));
        if (found.kind === "failed") return found;
        const entries: readonly unknown[] = Array.isArray(found.value) ? found.value : [];
        return ok(
          entries.filter(isRecord).map((entry): FileEntry => {
            states.set(name(entry["path"]), entry["sha"]);
            return { name: String(entry["name"]), kind: entry["type"] === "dir" ? "folder" : "file" };
          }),
        );
      },

      async read(path) {
        const state = states.get(name(path)) ?? name(path);
        const known = texts.get(state);
        if (known !== undefined) return ok(known);
        const found = await contents(path);
        if (found.kind === "failed") return found;
        if (!isRecord(found.value) || typeof found.value["content"] !== "string") return failed({ kind: "missing", path });
        try {
          const text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(found.value["content"]), (unit) => unit.charCodeAt(0)));
          texts.set(state, text);
          return ok(text);
        } catch {
          return failed({ kind: "unreadable", path, reason: "encoding" });
        }
      },
    };
  };
}
