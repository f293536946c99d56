import { type Call, refusal } from "./exchange";
import { issueOf, rightsOf, type StoredIssue, type StoredRepository, type Token, type World } from "./world";

export interface Access {
  readonly token: Token;
  readonly repository: StoredRepository;
  readonly rights: { readonly read: boolean; readonly triage: boolean; readonly push: boolean };
}

/** The signed-in person. Without a valid token every request gets 401. */
export function signedIn(call: Call): Token {
  if (call.token === undefined) throw refusal(401, call.query.has("access_token") ? "Bad credentials" : "Requires authentication");
  return call.token;
}

/** The repository of the path as the person may see it. A former name redirects, and an invisible repository does not exist. */
export function openRepository(world: World, api: string, call: Call, params: Readonly<Record<string, string>>): Access {
  const token = signedIn(call);
  const asked = `${params["owner"] ?? ""}/${params["repo"] ?? ""}`;
  const repository = world.repositories.get(world.names.get(asked.toLowerCase()) ?? -1);
  const rights = rightsOf(repository ?? nowhere, token.user.login);
  const scoped = token.scopes === undefined || token.scopes.includes("repo") || repository?.private === false;
  if (repository === undefined || !rights.read || !scoped) throw refusal(404, "Not Found", {}, scoped ? {} : { "X-Accepted-OAuth-Scopes": "repo" });
  if (repository.fullName.toLowerCase() !== asked.toLowerCase()) {
    const rest = call.path.split("/").slice(4).map(part => `/${part}`).join("");
    throw moved(call, `${api}/repositories/${repository.id}${rest}`, call.method === "GET" ? 301 : 307);
  }
  return { token, repository, rights };
}

/** Like `openRepository`, for its issues, which can be disabled. */
export function openIssues(world: World, api: string, call: Call, params: Readonly<Record<string, string>>): Access {
  const access = openRepository(world, api, call, params);
  if (!access.repository.hasIssues) throw refusal(410, "Issues has been disabled in this repository.");
  return access;
}

/** Rejects a change if the token or the repository is read-only. */
export function mayChange({ token, repository }: Access): void {
  if (token.readOnly) throw refusal(403, "Resource not accessible by personal access token", {}, { "X-Accepted-GitHub-Permissions": "issues=write" });
  const needed = repository.private ? ["repo"] : ["repo", "public_repo"];
  if (token.scopes !== undefined && !needed.some(scope => token.scopes?.includes(scope))) throw refusal(404, "Not Found", {}, { "X-Accepted-OAuth-Scopes": needed.join(", ") });
  if (repository.archived) throw refusal(403, "Repository was archived so is read-only.");
}

/** The issue of the path. A deleted issue is gone, and a transferred one redirects if the person may see it. */
export function openIssueOf(world: World, api: string, call: Call, access: Access, number: number): StoredIssue {
  const gone = access.repository.gone.get(number);
  if (gone?.kind === "deleted") throw refusal(410, "This issue was deleted");
  if (gone?.kind === "moved") {
    const target = world.repositories.get(gone.to.repository);
    if (target === undefined || !rightsOf(target, access.token.user.login).read) throw refusal(404, "Not Found");
    const rest = call.path.split("/").slice(6).map(part => `/${part}`).join("");
    throw moved(call, `${api}/repositories/${target.id}/issues/${gone.to.number}${rest}`, 301);
  }
  const issue = issueOf(access.repository, number);
  if (issue === undefined) throw refusal(404, "Not Found");
  return issue;
}

/** People without write access cannot change a locked conversation. */
export function mustBeUnlocked(access: Access, issue: StoredIssue, what: string): void {
  if (issue.locked && !access.rights.push) throw refusal(403, `Unable to ${what} because issue is locked.`);
}

function moved(call: Call, target: string, status: 301 | 307) {
  const query = call.query.toString();
  const url = query === "" ? target : `${target}?${query}`;
  return refusal(status, "Moved Permanently", { url }, { Location: url });
}

const nowhere: StoredRepository = {
  id: -1, fullName: "", private: true, archived: false, hasIssues: false, ofUser: false, writers: [], triagers: [], createdAt: 0, labels: new Map(), types: [], issues: new Map(), gone: new Map(), lastNumber: 0, files: new Map(),
};
