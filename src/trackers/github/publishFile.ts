import { hasLogin, sameLogin } from "../../core/model/names";
import type { Publisher, PublishedFile, PublishPlan, PublishRequest } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";
import type { Repository } from "../../core/model/issueRef";
import { textHash } from "../../core/model/textHash";
import { type Call, type GithubApi, isPublic, ownerAndName } from "./githubApi";
import { defaultBranchResponse, fileCommitResponse, fileResponse, noResponse, pullResponse, pullsResponse, type RawPull, refResponse, reviewsResponse, type Shape } from "./responses";

interface PublisherParts {
  readonly api: GithubApi;
  /** Whether this workspace may write to the repository. Asked before the first write. */
  readonly mayWrite: (repository: Repository) => Promise<boolean>;
}

const maxAttempts = 3;

/** Publishes files through the API of GitHub: a branch from the default branch, a commit with the file, and a pull request. */
export function githubPublisher({ api, mayWrite }: PublisherParts): Publisher {
  return {
    isPublic: (repository) => isPublic(api.server, repository),
    async plan(request) {
      const state = await readState(api, request);
      return state.kind === "failed" ? state : ok(planOf(state.value));
    },
    async publish(request) {
      const state = await readState(api, request);
      if (state.kind === "failed") return state;
      if (!state.value.mayPush) return failed({ kind: "forbidden", repository: request.repository });
      if (!(await mayWrite(request.repository))) return failed({ kind: "unconfirmed", repository: request.repository });
      const written = asForbidden(request, await writeFile(api, request, state.value));
      if (written.kind === "failed") return written;
      const pull = asForbidden(request, await openPull(api, request, state.value));
      return pull.kind === "failed" ? pull : askReviewers(api, request, pull.value);
    },
  };
}

/** The publisher of the signed-in account. What one account started is not finished by another. */
export function accountPublisher(server: string, token: () => Promise<string | undefined>, open: (token: () => Promise<string | undefined>) => Publisher): Publisher {
  async function now(): Promise<Publisher> {
    const mine = await token();
    return open(async () => ((await token()) === mine ? mine : undefined));
  }

  return {
    isPublic: (repository) => isPublic(server, repository),
    plan: async (request) => (await now()).plan(request),
    publish: async (request) => (await now()).publish(request),
  };
}

/** What the repository contains already. */
interface PublishState {
  readonly base: { readonly name: string; readonly sha: string; readonly file?: string };
  /** The branch, and the id of the file's content in it. */
  readonly branch?: { readonly sha: string; readonly file?: string };
  /** The pull requests of the branch, newest first. */
  readonly pulls: readonly RawPull[];
  readonly content: string;
  readonly mayPush: boolean;
}

function planOf({ base, branch, pulls, content }: PublishState): PublishPlan {
  const open = openOf(pulls);
  return {
    base: base.name,
    branch: branch === undefined ? "new" : "existing",
    ...(open === undefined ? {} : { pullRequest: { number: open.number, url: open.html_url } }),
    isPublished: base.file === content && open === undefined,
  };
}

function openOf(pulls: readonly RawPull[]): RawPull | undefined {
  return pulls.find(({ state }) => state === "open");
}

async function readState(api: GithubApi, request: PublishRequest): Promise<Result<PublishState>> {
  const { repository, branch: name } = request;
  const at = ownerAndName(repository);
  const found = await read(api, repository, defaultBranchResponse, (octokit, extras) => octokit.rest.repos.get({ ...at, ...extras }));
  if (found.kind === "failed") return found;
  const base = await read(api, repository, refResponse, (octokit, extras) => octokit.rest.git.getRef({ ...at, ref: `heads/${found.value.default_branch}`, ...extras }));
  if (base.kind === "failed") return base;
  const branch = ifThere(await read(api, repository, refResponse, (octokit, extras) => octokit.rest.git.getRef({ ...at, ref: `heads/${name}`, ...extras })));
  if (branch.kind === "failed") return branch;
  const published = await fileIn(api, request, found.value.default_branch);
  if (published.kind === "failed") return published;
  const file = branch.value === undefined ? ok(undefined) : await fileIn(api, request, name);
  if (file.kind === "failed") return file;
  const pulls = await pullsOf(api, request);
  if (pulls.kind === "failed") return pulls;
  return ok({
    base: { name: found.value.default_branch, sha: base.value.object.sha, ...fileOf(published.value) },
    ...(branch.value === undefined ? {} : { branch: { sha: branch.value.object.sha, ...fileOf(file.value) } }),
    pulls: pulls.value,
    content: await contentId(request.text),
    mayPush: found.value.permissions?.push !== false,
  });
}

function fileOf(sha: string | undefined): { readonly file?: string } {
  return sha === undefined ? {} : { file: sha };
}

/** The id of the file's content in a branch; `undefined` if there is no such file. */
async function fileIn(api: GithubApi, { repository, path }: PublishRequest, branch: string): Promise<Result<string | undefined>> {
  const found = ifThere(await read(api, repository, fileResponse, (octokit, extras) => octokit.rest.repos.getContent({ ...ownerAndName(repository), path, ref: branch, ...extras })));
  return found.kind === "failed" ? found : ok(found.value?.sha);
}

async function pullsOf(api: GithubApi, { repository, branch }: PublishRequest): Promise<Result<readonly RawPull[]>> {
  const { owner, repo } = ownerAndName(repository);
  const found = await read(api, repository, pullsResponse, (octokit, extras) => octokit.rest.pulls.list({ owner, repo, head: `${owner}:${branch}`, state: "all", sort: "created", direction: "desc", per_page: 30, ...extras }));
  // A server that ignores the filter would return the pull requests of other branches.
  return found.kind === "failed" ? found : ok(found.value.filter(({ head }) => head.ref === branch));
}

/** Creates the branch if needed and commits the file, unless the branch contains it. */
async function writeFile(api: GithubApi, request: PublishRequest, state: PublishState): Promise<Result<undefined>> {
  const { repository, branch: name, path } = request;
  const at = ownerAndName(repository);
  const [last] = state.pulls;
  let { branch } = state;
  // After a merge the branch starts again from the default branch, unless somebody continued it.
  if (branch !== undefined && openOf(state.pulls) === undefined && last?.merged_at !== undefined && last.head.sha === branch.sha) {
    const moved = await api.write({ repository }, refResponse, (octokit, extras) => octokit.rest.git.updateRef({ ...at, ref: `heads/${name}`, sha: state.base.sha, force: true, ...extras }));
    if (moved.kind === "failed") return moved;
    branch = { sha: state.base.sha, ...fileOf(state.base.file) };
  }
  if (branch === undefined) {
    const created = await api.write({ repository }, refResponse, (octokit, extras) => octokit.rest.git.createRef({ ...at, ref: `refs/heads/${name}`, sha: state.base.sha, ...extras }));
    // Another window, or an attempt without a response, may have created it.
    if (created.kind === "failed" && !(await isThere(api, repository, name))) return created;
  }
  for (let attempt = 1; ; attempt += 1) {
    const file = await fileIn(api, request, name);
    if (file.kind === "failed") return file;
    if (file.value === state.content) return ok(undefined);
    const sha = file.value;
    const committed = await api.write({ repository }, fileCommitResponse, (octokit, extras) =>
      octokit.rest.repos.createOrUpdateFileContents({ ...at, path, branch: name, message: request.title, content: base64(request.text), ...(sha === undefined ? {} : { sha }), ...extras }),
    );
    if (committed.kind === "ok") return ok(undefined);
    // It may have been written without a response, or somebody else wrote it meanwhile. Then the next turn finds it.
    const now = await fileIn(api, request, name);
    if (now.kind === "failed" || now.value === sha || attempt === maxAttempts) return committed;
  }
}

async function isThere(api: GithubApi, repository: Repository, branch: string): Promise<boolean> {
  const found = await read(api, repository, refResponse, (octokit, extras) => octokit.rest.git.getRef({ ...ownerAndName(repository), ref: `heads/${branch}`, ...extras }));
  return found.kind === "ok";
}

interface Pull {
  readonly pull: RawPull;
  readonly isNew: boolean;
}

/** Opens the pull request, or updates the texts of the open one if nobody changed them. */
async function openPull(api: GithubApi, request: PublishRequest, state: PublishState): Promise<Result<Pull>> {
  const { repository, branch, title } = request;
  const at = ownerAndName(repository);
  const open = openOf(state.pulls);
  if (open !== undefined) return updatePull(api, request, open);
  const body = markedBody(title, request.body);
  const created = await api.write({ repository }, pullResponse, (octokit, extras) => octokit.rest.pulls.create({ ...at, title, body, head: branch, base: state.base.name, ...extras }));
  if (created.kind === "ok") return ok({ pull: created.value, isNew: true });
  const found = await pullsOf(api, request);
  const other = found.kind === "ok" ? openOf(found.value) : undefined;
  return other === undefined ? created : ok({ pull: other, isNew: !state.pulls.some(({ number }) => number === other.number) });
}

async function updatePull(api: GithubApi, { repository, title, body }: PublishRequest, pull: RawPull): Promise<Result<Pull>> {
  const wanted = markedBody(title, body);
  const isSame = pull.title === title && pull.body === wanted;
  if (isSame || !isOurs(pull)) return ok({ pull, isNew: false });
  const changed = await api.write({ repository }, pullResponse, (octokit, extras) => octokit.rest.pulls.update({ ...ownerAndName(repository), pull_number: pull.number, title, body: wanted, ...extras }));
  return changed.kind === "failed" ? changed : ok({ pull: changed.value, isNew: false });
}

const maxBody = 60_000;

const publishedMark = /\n\n<!-- desk:published ([a-z0-9]+) -->\s*$/;

/** The text of a pull request with a mark, by which a later update knows whether somebody changed title or text. */
function markedBody(title: string, body: string): string {
  const text = body.length > maxBody ? `${body.slice(0, maxBody)}…` : body;
  return `${text.trimEnd()}\n\n<!-- desk:published ${textHash(JSON.stringify([title, text.trimEnd()]), 10)} -->`;
}

function isOurs({ title, body }: RawPull): boolean {
  const text = (body ?? "").replace(/\r\n/g, "\n");
  const mark = publishedMark.exec(text);
  return mark !== null && mark[1] === textHash(JSON.stringify([title, text.slice(0, mark.index)]), 10);
}

/** Asks collaborators for a review who were not asked and have not reviewed yet. Others are named in the result. */
async function askReviewers(api: GithubApi, { repository, reviewers }: PublishRequest, { pull, isNew }: Pull): Promise<Result<PublishedFile>> {
  const at = { ...ownerAndName(repository), pull_number: pull.number };
  const author = pull.user?.login ?? "";
  const requested = (pull.requested_reviewers ?? []).map(({ login }) => login);
  const reviews = isNew ? ok([]) : await read(api, repository, reviewsResponse, (octokit, extras) => octokit.rest.pulls.listReviews({ ...at, per_page: 100, ...extras }));
  if (reviews.kind === "failed") return reviews;
  const known = [...requested, ...reviews.value.flatMap(({ user }) => user?.login ?? [])];
  const wanted = reviewers.filter((login) => !sameLogin(login, author) && !hasLogin(known, login));
  const asked: string[] = [];
  for (const login of wanted) {
    const is = await read(api, repository, noResponse, (octokit, extras) => octokit.rest.repos.checkCollaborator({ ...ownerAndName(repository), username: login, ...extras }));
    if (is.kind === "ok") asked.push(login);
    else if (is.failure.kind === "offline" || is.failure.kind === "limited" || is.failure.kind === "signedOut") return is;
  }
  const sent = asked.length === 0 ? undefined : await api.write({ repository }, pullResponse, (octokit, extras) => octokit.rest.pulls.requestReviewers({ ...at, reviewers: asked, ...extras }));
  if (sent?.kind === "failed" && sent.failure.kind !== "refused" && sent.failure.kind !== "forbidden") return sent;
  const accepted = sent?.kind === "ok" ? asked : [];
  return ok({ number: pull.number, url: pull.html_url, isNew, asked: accepted, notAsked: wanted.filter((login) => !accepted.includes(login)) });
}

/** A read that always has an answer. */
async function read<T>(api: GithubApi, repository: Repository, shape: Shape<T>, call: Call): Promise<Result<T>> {
  const answer = await api.read({ repository }, shape, call);
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
  return ok(answer.value.data);
}

/** Not found, of something in a repository that was read before, means that it does not exist. */
function ifThere<T>(result: Result<T>): Result<T | undefined> {
  return result.kind === "failed" && result.failure.kind === "noRepository" ? ok(undefined) : result;
}

/** Servers also answer “not found” to a write that the account is not allowed to make. */
function asForbidden<T>({ repository }: PublishRequest, result: Result<T>): Result<T> {
  return result.kind === "failed" && result.failure.kind === "noRepository" ? failed({ kind: "forbidden", repository }) : result;
}

/** The id that Git gives to a file with this text. */
async function contentId(text: string): Promise<string> {
  const content = new TextEncoder().encode(text);
  const header = new TextEncoder().encode(`blob ${content.length}\0`);
  const whole = new Uint8Array(header.length + content.length);
  whole.set(header);
  whole.set(content, header.length);
  return [...new Uint8Array(await crypto.subtle.digest("SHA-1", whole))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Encodes in slices, because a call has a limited number of arguments. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(""));
}
