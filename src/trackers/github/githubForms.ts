import * as v from "valibot";
import { findForms, readForms } from "../../core/forms/readForms";
import { millisecondsOf } from "../../core/model/instant";
import type { RepositoryForms } from "../../core/model/issueForm";
import type { Repository } from "../../core/model/issueRef";
import { type Infer, parseData } from "../../core/model/parseData";
import type { FileEntry, Files } from "../../core/model/ports";
import { createSingleFlight } from "../../core/model/queues";
import { isRecord } from "../../core/model/plainData";
import { failed, ok, type Result } from "../../core/model/result";
import { contentResponse, repositoryResponse } from "./responses";
import { type GithubApi, ifChanged, ownerAndName } from "./githubApi";
import type { GithubTrackerParts } from "./githubParts";

/** The forms of a repository as stored across restarts. */
type FormReading = Infer<typeof formReading>;

const formReading = v.object({
  login: v.string(),
  /** The repository that contains the files: itself, or its owner's `.github`. */
  home: v.string(),
  files: v.array(v.object({ path: v.string(), text: v.exactOptional(v.string()) })),
  maintainer: v.exactOptional(v.boolean(), false),
  at: v.string(),
});

/** How long a reading is used without checking, in milliseconds. */
const fresh = 300_000;

/** How long a newer reading is awaited if there is an older one, in milliseconds. */
const timeoutMilliseconds = 3000;

/** Reads the forms of a repository, or the default ones of its owner, on first use and again after some time. */
export function githubForms({ api, clock, memory, account, log }: Pick<GithubTrackerParts, "api" | "clock" | "memory" | "account" | "log">): (repository: Repository) => Promise<Result<RepositoryForms>> {
  const files = repositoryFiles(api);
  const readings = new Map<Repository, FormReading>();
  const running = createSingleFlight<Result<FormReading>>();

  async function read(repository: Repository, login: string): Promise<Result<FormReading>> {
    let home = repository;
    let found = await findForms(files(home));
    if (found.kind === "ok" && found.value.length === 0) {
      home = `${ownerAndName(repository).owner}/.github`;
      found = await findForms(files(home));
    }
    if (found.kind === "failed") return found;
    const reading = { login, home, files: found.value, maintainer: false, at: clock.now() };
    // Everybody with write access counts as a maintainer. This matters only if others need a form.
    const maintainer = (await formsOf(api, reading)).blank === "nobody" ? await mayPush(api, repository) : ok(false);
    if (maintainer.kind === "failed") return maintainer;
    const whole = { ...reading, maintainer: maintainer.value };
    readings.set(repository, whole);
    const kept = await memory.write(memoryKey(repository), whole);
    if (kept.kind === "failed") log.error(`The forms of ${repository} could not be kept for the next start: ${kept.failure.kind}`);
    return ok(whole);
  }

  return async (repository) => {
    const login = await account();
    if (login.kind === "failed") return login;
    const known = readings.get(repository) ?? asReading(await memory.read(memoryKey(repository)));
    // Do not use data that another account could see.
    const older = known?.login === login.value ? known : undefined;
    if (older !== undefined && Math.abs(millisecondsOf(clock.now()) - millisecondsOf(older.at)) < fresh) return ok(await formsOf(api, older));
    const newer = running(repository, () => read(repository, login.value));
    const result = older === undefined ? await newer : await Promise.race([newer, clock.wait(timeoutMilliseconds).then(() => ok(older))]);
    const reading = result.kind === "ok" ? ok(result.value) : older === undefined ? result : ok(older);
    return reading.kind === "ok" ? ok(await formsOf(api, reading.value)) : reading;
  };
}

function memoryKey(repository: Repository): string {
  return `forms/${repository}`;
}

async function formsOf({ server }: GithubApi, { home, files, maintainer }: FormReading): Promise<RepositoryForms> {
  return readForms(files, maintainer, (path) => ({ kind: "web", url: `${server}/${home}/blob/HEAD/${encodeURI(path)}` }));
}

async function mayPush(api: GithubApi, repository: Repository): Promise<Result<boolean>> {
  const answer = await api.read({ repository }, repositoryResponse, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "failed" ? answer : ok(answer.value.kind === "changed" && answer.value.data.permissions?.push === true);
}

function asReading(kept: Result<unknown>): FormReading | undefined {
  return kept.kind === "failed" ? undefined : parseData(formReading, kept.value);
}

/** The files of a repository's default branch. Unchanged folders do not count against the rate limit, and each text is downloaded once. */
function repositoryFiles(api: GithubApi): (repository: Repository) => Pick<Files, "list" | "read"> {
  const folders = new Map<string, { readonly etag: string; readonly data: unknown }>();
  /** Contents by path and ETag. */
  const states = new Map<string, unknown>();
  const texts = new Map<unknown, string>();

  return (repository) => {
    const name = (path: unknown): string => `${repository} ${path}`;

    /** The content at a path. Empty if the account cannot read it. */
    async function contents(path: string, known?: { readonly etag: string; readonly data: unknown }): Promise<Result<unknown>> {
      const answer = await api.read({ repository }, contentResponse, (octokit, extras) =>
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
