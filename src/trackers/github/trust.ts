import * as v from "valibot";
import type { Repository } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { parseData } from "../../core/model/parseData";
import type { Memory } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { repositoryResponse } from "./responses";
import { type GithubApi, ownerAndName } from "./githubApi";

/** The author of a text. */
export interface Author {
  readonly login: string;
  /** Present if the server does not report them as owner, member or collaborator. */
  readonly outsider?: true;
}

/** The fields of a text's author that are used. */
export interface RawAuthor {
  readonly user?: { readonly login: string } | null | undefined;
  readonly author_association?: string | undefined;
}

/** Decides whose marks count: those of the desk's people and of people with write access to the repository. */
export interface Trust {
  /** Whether marks of this author count. Sends no request. */
  counts(repository: Repository, author: Author): boolean;
  /** Whether it is the signed-in account. */
  isOwn(author: Author): boolean;
  /** Finds out the account and its write access, if that decides about one of the authors. Must be awaited before `counts` and `isOwn`. */
  resolveAuthors(repository: Repository, authors: readonly Author[]): Promise<void>;
  /** Whether marks of the signed-in account count. */
  ownCounts(repository: Repository): Promise<Result<boolean>>;
  /** Loads what an earlier window found out about the signed-in account. */
  load(repository: Repository): Promise<void>;
}

interface TrustParts {
  readonly api: GithubApi;
  readonly memory: Memory;
  readonly account: () => Promise<Result<string>>;
  /** Logins of the desk's people from the current `desk.yml`. */
  readonly people: () => readonly string[];
}

/**
 * The reported association of an author depends on the account that requests it: members who hide their membership look like
 * strangers. So it can prove that somebody belongs to the repository, but not that they do not. The desk's people count without
 * it, and so does the signed-in account if it has write access.
 */
const members = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** The login of accounts that were deleted. It does not say whose they were. */
export const deletedLogin = "ghost";

export function readAuthor({ user, author_association }: RawAuthor): Author {
  return { login: user?.login ?? deletedLogin, ...(members.has(author_association ?? "") ? {} : { outsider: true }) };
}

const storedAccess = v.object({ login: v.string(), push: v.optional(v.unknown()) });

const memoryKey = (repository: Repository): string => `access/${repository.toLowerCase()}`;

/** Creates the trust of an account. It sends at most one request per repository and window, and only if the response decides. */
export function createTrust({ api, memory, account, people }: TrustParts): Trust {
  const mayWrite = new Map<Repository, boolean>();
  /** Repositories that this window has requested. */
  const asked = new Set<Repository>();
  let me: string | undefined;

  let listed: { readonly of: readonly string[]; readonly logins: ReadonlySet<string> } = { of: [], logins: new Set() };

  /** Whether a login is one of the desk's people. The list is indexed because this is called for every issue. */
  function isPerson(login: string): boolean {
    const of = people();
    if (listed.of !== of) listed = { of, logins: new Set(of.map((person) => person.toLowerCase())) };
    return listed.logins.has(login.toLowerCase());
  }

  const isOwn = ({ login }: Author): boolean => me !== undefined && sameLogin(login, me);

  async function whoAmI(): Promise<Result<string>> {
    const login = await account();
    if (login.kind === "failed") return login;
    if (me !== undefined && !sameLogin(me, login.value)) {
      mayWrite.clear();
      asked.clear();
    }
    me = login.value;
    return login;
  }

  async function askAccess(repository: Repository, login: string): Promise<Result<boolean>> {
    const name = repository.toLowerCase();
    if (asked.has(name)) return ok(mayWrite.get(name) === true);
    const answer = await api.read({ repository }, repositoryResponse, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
    if (answer.kind === "failed") return answer;
    const push = answer.value.kind === "changed" ? answer.value.data.permissions?.push : undefined;
    // A response without permissions gives no answer.
    if (push === undefined) return ok(false);
    mayWrite.set(name, push);
    asked.add(name);
    // If this cannot be stored, it is requested again.
    await memory.write(memoryKey(repository), { login, push });
    return ok(push);
  }

  function counts(repository: Repository, author: Author): boolean {
    return author.outsider === undefined || isPerson(author.login) || (isOwn(author) && mayWrite.get(repository.toLowerCase()) === true);
  }

  return {
    counts,
    isOwn,
    async resolveAuthors(repository, authors) {
      const open = authors.filter(({ login, outsider }) => outsider === true && !isPerson(login));
      if (open.length === 0) return;
      const login = await whoAmI();
      // Without a response they do not count for now. The next reading tries again.
      if (login.kind === "ok" && open.some(isOwn)) await askAccess(repository, login.value);
    },
    async ownCounts(repository) {
      const login = await whoAmI();
      if (login.kind === "failed") return login;
      return isPerson(login.value) ? ok(true) : askAccess(repository, login.value);
    },
    async load(repository) {
      const read = await memory.read(memoryKey(repository));
      const stored = read.kind === "failed" ? undefined : parseData(storedAccess, read.value);
      if (stored === undefined) return;
      me ??= stored.login;
      if (sameLogin(me, stored.login) && !asked.has(repository.toLowerCase())) mayWrite.set(repository.toLowerCase(), stored.push === true);
    },
  };
}
