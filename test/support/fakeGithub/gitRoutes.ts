import { type Access, mayChange, openRepository } from "./access";
import { headOf, hasCommit, isProtected, setBranch } from "./branches";
import { type Call, refusal } from "./exchange";
import { optionalText } from "./fields";
import type { Desk, Route } from "./route";

const refs = "/repos/{owner}/{repo}/git/refs";

/** Routes for branches. */
export const gitRoutes: readonly Route[] = [
  {
    method: "GET", template: "/repos/{owner}/{repo}/git/ref/{ref}",
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      return { status: 200, body: shape(desk, access, params["ref"] ?? "") };
    },
  },
  {
    method: "POST", template: refs,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayPush(access);
      const [, branch] = /^refs\/heads\/(.+)$/.exec(optionalText(call.body, "ref") ?? "") ?? [];
      if (branch === undefined) throw refusal(422, "Reference name must start with 'refs/' and contain at least two slashes.");
      if (isProtected(access.repository, branch)) throw refusal(422, "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n");
      if (headOf(access.repository, branch) !== undefined) throw refusal(422, "Reference already exists");
      setBranch(access.repository, branch, knownCommit(access, call));
      return { status: 201, body: shape(desk, access, `heads/${branch}`) };
    },
  },
  {
    method: "PATCH", template: `${refs}/{ref}`,
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayPush(access);
      const branch = (params["ref"] ?? "").replace(/^heads\//, "");
      if (headOf(access.repository, branch) === undefined) throw refusal(422, "Reference does not exist");
      if (isProtected(access.repository, branch)) throw refusal(422, "Repository rule violations found\n\nCannot force-push to this branch\n\n");
      setBranch(access.repository, branch, knownCommit(access, call));
      return { status: 200, body: shape(desk, access, `heads/${branch}`) };
    },
  },
];

/** Rejects a change of files by people without write access, for whom the address does not exist. */
export function mayPush(access: Access): void {
  mayChange(access);
  if (!access.rights.push) throw refusal(404, "Not Found");
}

function knownCommit({ repository }: Access, call: Call): string {
  const sha = optionalText(call.body, "sha") ?? "";
  if (!hasCommit(repository, sha)) throw refusal(422, "Object does not exist");
  return sha;
}

function shape(desk: Desk, { repository }: Access, ref: string): Record<string, unknown> {
  const branch = /^heads\/(.+)$/.exec(ref)?.[1] ?? "";
  if (repository.files.size === 0) throw refusal(409, "Git Repository is empty.");
  const sha = headOf(repository, branch);
  if (sha === undefined) throw refusal(404, "Not Found");
  const git = `${desk.api}/repos/${repository.fullName}/git`;
  return { ref: `refs/heads/${branch}`, node_id: "REF_1", url: `${git}/refs/heads/${branch}`, object: { sha, type: "commit", url: `${git}/commits/${sha}` } };
}
