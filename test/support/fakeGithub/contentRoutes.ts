import { createHash } from "node:crypto";
import { openRepository } from "./access";
import { refusal } from "./exchange";
import type { Route } from "./route";

/** Folders and files of a repository's default branch. */
export const contentRoutes: readonly Route[] = [
  {
    method: "GET", template: "/repos/{owner}/{repo}/contents/{path}",
    handle: (desk, call, params) => {
      const { repository } = openRepository(desk.world, desk.api, call, params);
      const path = (params["path"] ?? "").replace(/\/+$/, "");
      const web = desk.api.replace(/\/api\/v3$/, "");
      const item = (kind: "file" | "dir", at: string, text: string) => {
        const sha = createHash("sha1").update(`${kind} ${at} ${text}`).digest("hex");
        const [url, git] = [`${desk.api}/repos/${repository.fullName}/contents/${encodeURI(at)}?ref=main`, `${desk.api}/repos/${repository.fullName}/git/${kind === "dir" ? "trees" : "blobs"}/${sha}`];
        const html = `${web}/${repository.fullName}/${kind === "dir" ? "tree" : "blob"}/main/${encodeURI(at)}`;
        return {
          name: at.split("/").at(-1), path: at, sha, size: kind === "dir" ? 0 : Buffer.byteLength(text), url, html_url: html, git_url: git,
          download_url: kind === "dir" ? null : `${web}/${repository.fullName}/raw/main/${encodeURI(at)}`, type: kind, _links: { self: url, git, html },
        };
      };
      const text = repository.files.get(path);
      if (text !== undefined) {
        // GitHub sends sixty characters per line.
        const content = Buffer.from(text).toString("base64").replace(/.{1,60}/g, line => `${line}\n`);
        return { status: 200, body: { ...item("file", path, text), content, encoding: "base64" } };
      }
      const below = path === "" ? "" : `${path}/`;
      const names = new Map<string, string>();
      for (const [file, inside] of repository.files) {
        if (!file.startsWith(below)) continue;
        const [name = "", ...rest] = file.slice(below.length).split("/");
        names.set(rest.length === 0 ? name : `${name}/`, (names.get(`${name}/`) ?? "") + inside);
      }
      if (names.size === 0) throw refusal(404, path === "" ? "This repository is empty." : "Not Found");
      const items = [...names].sort(([a], [b]) => a < b ? -1 : 1).map(([name, inside]) => item(name.endsWith("/") ? "dir" : "file", below + name.replace(/\/$/, ""), inside));
      return { status: 200, body: items };
    },
  },
];
