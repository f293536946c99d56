import { createHash } from "node:crypto";
import { openRepository } from "./access";
import { blobId, commitFile, filesOf, isProtected } from "./branches";
import { refusal } from "./exchange";
import { optionalText } from "./fields";
import { mayPush } from "./gitRoutes";
import { page } from "./pages";
import type { Route } from "./route";
import { stamp } from "./shapes";

/** Folders and files of a repository's branches. */
export const contentRoutes: readonly Route[] = [
  {
    method: "GET", template: "/repos/{owner}/{repo}/commits", isUnchecked: true,
    handle: (desk, call, params) => {
      const { repository } = openRepository(desk.world, desk.api, call, params);
      const found = (repository.fileLog ?? []).filter(({ path }) => path === call.query.get("path"));
      const { items, link } = page(call, found, `${desk.api}/repositories/${repository.id}/commits`);
      return { status: 200, body: items.map(({ sha, at }) => ({ sha, commit: { committer: { name: "ana", date: stamp(at) } } })), headers: link === undefined ? {} : { Link: link } };
    },
  },
  {
    method: "GET", template: "/repos/{owner}/{repo}/contents/{path}",
    handle: (desk, call, params) => {
      const { repository } = openRepository(desk.world, desk.api, call, params);
      const path = (params["path"] ?? "").replace(/\/+$/, "");
      const branch = call.query.get("ref") ?? "main";
      const files = filesOf(repository, branch);
      if (files === undefined) throw refusal(404, `No commit found for the ref ${branch}`);
      const web = desk.api.replace(/\/api\/v3$/, "");
      const item = (kind: "file" | "dir", at: string, text: string) => {
        const sha = kind === "file" ? blobId(text) : createHash("sha1").update(`${kind} ${at} ${text}`).digest("hex");
        const [url, git] = [`${desk.api}/repos/${repository.fullName}/contents/${encodeURI(at)}?ref=${branch}`, `${desk.api}/repos/${repository.fullName}/git/${kind === "dir" ? "trees" : "blobs"}/${sha}`];
        const html = `${web}/${repository.fullName}/${kind === "dir" ? "tree" : "blob"}/${branch}/${encodeURI(at)}`;
        return {
          name: at.split("/").at(-1), path: at, sha, size: kind === "dir" ? 0 : Buffer.byteLength(text), url, html_url: html, git_url: git,
          download_url: kind === "dir" ? null : `${web}/${repository.fullName}/raw/${branch}/${encodeURI(at)}`, type: kind, _links: { self: url, git, html },
        };
      };
      const text = files.get(path);
      if (text !== undefined) {
        // Files of more than one megabyte are returned without their content.
        if (Buffer.byteLength(text) > 1_048_576) return { status: 200, body: { ...item("file", path, text), content: "", encoding: "none" } };
        // GitHub sends sixty characters per line.
        const content = Buffer.from(text).toString("base64").replace(/.{1,60}/g, line => `${line}\n`);
        return { status: 200, body: { ...item("file", path, text), content, encoding: "base64" } };
      }
      const below = path === "" ? "" : `${path}/`;
      const names = new Map<string, string>();
      for (const [file, inside] of files) {
        if (!file.startsWith(below)) continue;
        const [name = "", ...rest] = file.slice(below.length).split("/");
        names.set(rest.length === 0 ? name : `${name}/`, (names.get(`${name}/`) ?? "") + inside);
      }
      if (names.size === 0) throw refusal(404, path === "" ? "This repository is empty." : "Not Found");
      const items = [...names].sort(([a], [b]) => a < b ? -1 : 1).map(([name, inside]) => item(name.endsWith("/") ? "dir" : "file", below + name.replace(/\/$/, ""), inside));
      return { status: 200, body: items };
    },
  },
  {
    method: "PUT", template: "/repos/{owner}/{repo}/contents/{path}",
    handle: (desk, call, params) => {
      const access = openRepository(desk.world, desk.api, call, params);
      mayPush(access);
      const { repository, token } = access;
      const [path, branch] = [params["path"] ?? "", optionalText(call.body, "branch") ?? "main"];
      const files = filesOf(repository, branch);
      if (files === undefined) throw refusal(404, `Branch ${branch} not found`);
      const text = Buffer.from(optionalText(call.body, "content") ?? "", "base64").toString("utf8");
      if (Buffer.byteLength(text) > (repository.longestFile ?? Infinity)) throw refusal(422, "Sorry, your input was too large to process. Consider creating the blob in a local clone of the repository and then pushing it to GitHub.");
      if (isProtected(repository, branch)) throw refusal(409, "Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
      const [before, given] = [files.get(path), optionalText(call.body, "sha") ?? undefined];
      if (before !== undefined && given === undefined) throw refusal(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
      if (given !== undefined && (before === undefined || blobId(before) !== given)) throw refusal(409, `${path} does not match ${given}`);
      const sha = commitFile(repository, branch, path, text);
      const at = `${desk.api}/repos/${repository.fullName}`;
      const url = `${at}/contents/${encodeURI(path)}?ref=${branch}`;
      const by = { name: token.user.login, email: `${token.user.login}@users.example`, date: new Date(desk.world.now()).toISOString() };
      return {
        status: before === undefined ? 201 : 200,
        body: {
          content: { name: path.split("/").at(-1), path, sha: blobId(text), size: Buffer.byteLength(text), url, html_url: url, git_url: url, download_url: url, type: "file", _links: { self: url, git: url, html: url } },
          commit: { sha, node_id: "C_1", url: `${at}/git/commits/${sha}`, html_url: `${at}/commit/${sha}`, author: by, committer: by, message: optionalText(call.body, "message"), tree: { url: at, sha }, parents: [], verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null } },
        },
      };
    },
  },
];
