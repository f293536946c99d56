import * as v from "valibot";
import type { Repository } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { parseData } from "../../core/model/parseData";
import type { Memory } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { repositoryAnswer } from "./answers";
import { type GithubApi, ownerAndName } from "./githubApi";

/** Who wrote a text. */
export interface Author {
  readonly login: string;
  /** Present where the server does not say that they own the repository, belong to its organization or were invited to it. */
  readonly outsider?: true;
}

/** What is read of a text's author as the API gives it. */
export interface RawAuthor {
  readonly user?: { readonly login: string } | null | undefined;
  readonly author_association?: string | undefined;
}

/** In whose texts our marks count: those of the desk's people, and of whoever may write to the repository. */
export interface Trust {
  /** Whether marks in a text of this author count; without a request. */
  counts(repository: Repository, author: Author): boolean;
  /** Whether it is the signed-in account. */
  isOwn(author: Author): boolean;
  /** Finds out whose account this is and whether it may write, where that decides about one of the authors. To be awaited before they are asked about. */
  resolveAuthors(repository: Repository, authors: readonly Author[]): Promise<void>;
  /** Whether marks count that the signed-in account writes. */
  ownCounts(repository: Repository): Promise<Result<boolean>>;
  /** What an earlier window found out about the signed-in account. */
  load(repository: Repository): Promise<void>;
}

interface TrustParts {
  readonly api: GithubApi;
  readonly memory: Memory;
  readonly account: () => Promise<Result<string>>;
  /** Logins of the desk's people, as `desk.yml` has them now. */
  readonly people: () => readonly string[];
}

/**
 * The server's word for an author depends on who asks: members who hide their membership look like strangers. So it proves
 * that somebody belongs, and never that they do not: the desk's people count without it, and so does the signed-in account
 * where the server lets it write.
 */
const members = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

export function readAuthor({ user, author_association }: RawAuthor): Author {
  return { login: user?.login ?? "ghost", ...(members.has(author_association ?? "") ? {} : { outsider: true }) };
}

const storedAccess = v.object({ login: v.string(), push: v.optional(v.unknown()) });

const memoryKey = (repository: Repository): string => `access/${repository.toLowerCase()}`;

/** Asks the server at most once per repository and window, and only where the answer decides. */
export function createTrust({ api, memory, account, people }: TrustParts): Trust {
  const mayWrite = new Map<Repository, boolean>();
  /** Answers that this window got itself. */
  const asked = new Set<Repository>();
  let me: string | undefined;

  let listed: { readonly of: readonly string[]; readonly logins: ReadonlySet<string> } = { of: [], logins: new Set() };

  /** Asked of every issue, so that the list is gone through once. */
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
    const answer = await api.read({ repository }, repositoryAnswer, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
    if (answer.kind === "failed") return answer;
    const push = answer.value.kind === "changed" ? answer.value.data.permissions?.push : undefined;
    // An answer that does not name the rights is none about them.
    if (push === undefined) return ok(false);
    mayWrite.set(name, push);
    asked.add(name);
    // Should this not be kept, it is asked for again.
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
      // Without an answer they do not count for now; the next look asks again.
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
