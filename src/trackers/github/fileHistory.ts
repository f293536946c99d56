import * as v from "valibot";
import type { FileHistory } from "../../core/metrics/history/deskVersions";
import { isInstant } from "../../core/model/instant";
import type { Repository } from "../../core/model/issueRef";
import { type GithubApi, ownerAndName } from "./githubApi";
import { readPages } from "./pages";
import { contentResponse } from "./responses";

const maxPages = 2;

const commitsResponse = v.array(v.object({ sha: v.string(), commit: v.object({ committer: v.object({ date: v.pipe(v.string(), v.check(isInstant)) }) }) }));

/** The history of the files below a folder, which is empty or ends in `/`, on the default branch of a repository. */
export function githubFileHistory(api: GithubApi, repository: Repository, folder: string): FileHistory {
  const name = ownerAndName(repository);
  return {
    async commitsOf(file) {
      const read = await readPages(api, { repository }, commitsResponse, (octokit, extras) => octokit.rest.repos.listCommits({ ...name, path: folder + file, per_page: 100, ...extras }), maxPages);
      return read.kind === "failed" ? [] : read.value.raw.map(({ sha, commit }) => ({ sha, at: commit.committer.date }));
    },
    async textOf(sha, file) {
      const read = await api.read({ repository }, contentResponse, (octokit, extras) => octokit.rest.repos.getContent({ ...name, path: folder + file, ref: sha, ...extras }));
      if (read.kind === "failed" || read.value.kind === "same" || Array.isArray(read.value.data)) return undefined;
      const { content } = read.value.data;
      return content === undefined ? undefined : new TextDecoder().decode(Uint8Array.from(atob(content.replaceAll("\n", "")), (char) => char.charCodeAt(0)));
    },
  };
}
