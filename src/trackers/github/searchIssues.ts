import { refKey, type Repository } from "../../core/issue/issueRef";
import { hasUnspaced } from "../../core/words";
import type { Log } from "../../core/ports";
import type { GithubApi } from "./githubApi";
import { searchAnswer } from "./answers";
import { isPullRequest, toIssue, type RepositoryIssue } from "./githubIssue";

const mostWords = 3;
const mostRepositories = 5;

/**
 * What the server's own search finds for the words that tell most, in each repository. It lags, and takes few requests a
 * minute: where it cannot be asked now, nothing is found.
 */
export async function searchServer(api: GithubApi, log: Log, text: string, scope: readonly Repository[]): Promise<readonly RepositoryIssue[]> {
  const words = tellingWords(text);
  if (words.length === 0) return [];
  const found = new Map<string, RepositoryIssue>();
  for (const repository of scope.slice(0, mostRepositories)) {
    const answer = await api.read({ repository }, searchAnswer, (octokit, extras) =>
      octokit.rest.search.issuesAndPullRequests({ q: `${words.join(" ")} is:issue repo:${repository}`, per_page: 10, ...extras }),
    );
    if (answer.kind === "failed") {
      log.info(`Search in ${repository} gave no answer: ${answer.failure.kind}`);
      // Of one that it may not search, as of one that it does not know, the others know nothing.
      if (answer.failure.kind === "limited" || answer.failure.kind === "offline") break;
      continue;
    }
    if (answer.value.kind === "changed") {
      for (const raw of answer.value.data.items) {
        const issue = toIssue(raw, repository);
        if (!isPullRequest(raw)) found.set(refKey(issue.ref), issue);
      }
    }
  }
  return [...found.values()];
}

/** The longest words, for the server finds only what has all of them; nothing in them can be an operator. */
function tellingWords(text: string): readonly string[] {
  const words = (text.normalize("NFKC").match(/[\p{L}\p{N}\p{M}]{2,40}/gu) ?? []).filter((word) => word.length > 2 || hasUnspaced(word));
  return [...new Set(words.map((word) => word.toLowerCase()))].sort((a, b) => b.length - a.length).slice(0, mostWords);
}
