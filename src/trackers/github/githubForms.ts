import { findForms } from "../../core/forms/findForms";
import type { RepositoryForms } from "../../core/forms/issueForm";
import type { FormFile } from "../../core/forms/readForms";
import { millisecondsOf } from "../../core/instantTime";
import { isRecord } from "../../core/isRecord";
import type { Instant } from "../../core/issue/issue";
import type { Repository } from "../../core/issue/issueRef";
import type { Files } from "../../core/ports";
import { ok, type Result } from "../../core/result";
import { ownerAndName, type GithubApi } from "./githubApi";
import type { GithubTrackerParts } from "./githubParts";
import { repositoryFiles } from "./repositoryFiles";

/** What was read of a repository's forms, as it is kept over restarts. */
interface FormReading {
  readonly login: string;
  /** The repository the files are in: itself, or its owner's `.github`. */
  readonly home: Repository;
  readonly files: readonly FormFile[];
  readonly maintainer: boolean;
  /** When, if it was in this session. */
  readonly at?: Instant;
}

/** Milliseconds for which a reading is taken as it is. */
const fresh = 300_000;
/** Milliseconds that a newer reading is waited for where there is an older one. */
const patience = 3000;

/** Reads the forms of a repository, or else those its owner has for all, when they are first asked for and again after a while. */
export function githubForms({ api, clock, memory, account, log }: Pick<GithubTrackerParts, "api" | "clock" | "memory" | "account" | "log">): (repository: Repository) => Promise<Result<RepositoryForms>> {
  const readings = new Map<Repository, FormReading>();
  const running = new Map<Repository, Promise<Result<FormReading>>>();
  const sources = new Map<Repository, Pick<Files, "list" | "read">>();
  const filesOf = (repository: Repository): Pick<Files, "list" | "read"> => {
    const files = sources.get(repository) ?? repositoryFiles(api, repository);
    sources.set(repository, files);
    return files;
  };

  async function read(repository: Repository, login: string): Promise<Result<FormReading>> {
    let home = repository;
    let files = await findForms(filesOf(home));
    if (files.kind === "ok" && files.value.length === 0) {
      home = `${ownerAndName(repository).owner}/.github`;
      files = home === repository ? files : await findForms(filesOf(home));
    }
    if (files.kind === "failed") return files;
    const draft = { login, home, files: files.value, maintainer: false };
    const maintainer = (await formsOf(api, draft)).blank === "nobody" && (await mayPush(api, repository));
    const reading = { ...draft, maintainer, at: clock.now() };
    readings.set(repository, reading);
    const kept = await memory.write(place(repository), reading);
    if (kept.kind === "failed") log.error(`The forms of ${repository} could not be kept for the next start: ${kept.failure.kind}`);
    return ok(reading);
  }

  return async (repository) => {
    const login = await account();
    if (login.kind === "failed") return login;
    // What another account may see is none of this one's business.
    const mine = (reading: FormReading | undefined): FormReading | undefined => (reading?.login === login.value ? reading : undefined);
    const known = mine(readings.get(repository));
    if (known?.at !== undefined && millisecondsOf(clock.now()) - millisecondsOf(known.at) < fresh) return ok(await formsOf(api, known));
    const older = known ?? mine(await stillKept(repository));
    const newer = running.get(repository) ?? read(repository, login.value).finally(() => running.delete(repository));
    running.set(repository, newer);
    const result = older === undefined ? await newer : await Promise.race([newer, clock.wait(patience).then(() => ok(older))]);
    if (result.kind === "ok") return ok(await formsOf(api, result.value));
    return older === undefined ? result : ok(await formsOf(api, older));
  };

  async function stillKept(repository: Repository): Promise<FormReading | undefined> {
    const kept = await memory.read(place(repository));
    return kept.kind === "ok" ? asReading(kept.value) : undefined;
  }
}

function place(repository: Repository): string {
  return `forms/${repository}`;
}

async function formsOf({ server }: GithubApi, { home, files, maintainer }: FormReading): Promise<RepositoryForms> {
  const { readForms } = await import("../../core/forms/readForms");
  return readForms(files, maintainer, (path) => ({ kind: "web", url: `${server}/${home}/blob/HEAD/${encodeURI(path)}` }));
}

async function mayPush(api: GithubApi, repository: Repository): Promise<boolean> {
  const answer = await api.read({ repository }, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "ok" && answer.value.kind === "changed" && answer.value.data.permissions?.push === true;
}

function asReading(value: unknown): FormReading | undefined {
  if (!isRecord(value) || !Array.isArray(value["files"])) return undefined;
  const { login, home, files, maintainer } = value;
  const read = files.flatMap((file) => (isRecord(file) && typeof file["path"] === "string" ? [{ path: file["path"], ...(typeof file["text"] === "string" ? { text: file["text"] } : {}) }] : []));
  return typeof login === "string" && typeof home === "string" ? { login, home, files: read, maintainer: maintainer === true } : undefined;
}
