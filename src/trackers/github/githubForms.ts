import * as v from "valibot";
import { findForms } from "../../core/forms/findForms";
import type { RepositoryForms } from "../../core/forms/issueForm";
import { millisecondsOf } from "../../core/instantTime";
import type { Repository } from "../../core/issue/issueRef";
import { createSingleFlight } from "../../core/model/queues";
import { type Infer, parseData } from "../../core/parseData";
import { ok, type Result } from "../../core/result";
import { repositoryAnswer } from "./answers";
import { ownerAndName, type GithubApi } from "./githubApi";
import type { GithubTrackerParts } from "./githubParts";
import { repositoryFiles } from "./repositoryFiles";

/** What was read of a repository's forms, as it is kept over restarts. */
type FormReading = Infer<typeof formReading>;
const formReading = v.object({
  login: v.string(),
  /** The repository the files are in: itself, or its owner's `.github`. */
  home: v.string(),
  files: v.array(v.object({ path: v.string(), text: v.exactOptional(v.string()) })),
  maintainer: v.exactOptional(v.boolean(), false),
  at: v.string(),
});

/** Milliseconds for which a reading is taken as it is. */
const fresh = 300_000;
/** Milliseconds that a newer reading is waited for where there is an older one. */
const patience = 3000;

/** Reads the forms of a repository, or else those its owner has for all, when they are first asked for and again after a while. */
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
    // Whoever may write is one, which matters only where others may not open an issue without a form.
    const maintainer = (await formsOf(api, reading)).blank === "nobody" ? await mayPush(api, repository) : ok(false);
    if (maintainer.kind === "failed") return maintainer;
    const whole = { ...reading, maintainer: maintainer.value };
    readings.set(repository, whole);
    const kept = await memory.write(place(repository), whole);
    if (kept.kind === "failed") log.error(`The forms of ${repository} could not be kept for the next start: ${kept.failure.kind}`);
    return ok(whole);
  }

  return async (repository) => {
    const login = await account();
    if (login.kind === "failed") return login;
    const known = readings.get(repository) ?? asReading(await memory.read(place(repository)));
    // What another account may see is none of this one's business.
    const older = known?.login === login.value ? known : undefined;
    if (older !== undefined && Math.abs(millisecondsOf(clock.now()) - millisecondsOf(older.at)) < fresh) return ok(await formsOf(api, older));
    const newer = running(repository, () => read(repository, login.value));
    const result = older === undefined ? await newer : await Promise.race([newer, clock.wait(patience).then(() => ok(older))]);
    const reading = result.kind === "ok" ? ok(result.value) : older === undefined ? result : ok(older);
    return reading.kind === "ok" ? ok(await formsOf(api, reading.value)) : reading;
  };
}

function place(repository: Repository): string {
  return `forms/${repository}`;
}

async function formsOf({ server }: GithubApi, { home, files, maintainer }: FormReading): Promise<RepositoryForms> {
  const { readForms } = await import("../../core/forms/readForms");
  return readForms(files, maintainer, (path) => ({ kind: "web", url: `${server}/${home}/blob/HEAD/${encodeURI(path)}` }));
}

async function mayPush(api: GithubApi, repository: Repository): Promise<Result<boolean>> {
  const answer = await api.read({ repository }, repositoryAnswer, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "failed" ? answer : ok(answer.value.kind === "changed" && answer.value.data.permissions?.push === true);
}

function asReading(kept: Result<unknown>): FormReading | undefined {
  return kept.kind === "failed" ? undefined : parseData(formReading, kept.value);
}
