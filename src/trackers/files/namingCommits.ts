import { compareInstants } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import { readRefs, sameRef } from "../../core/model/issueRef";
import type { Commit } from "../../core/model/ports";
import type { TimelineEvent } from "../../core/model/timelineEvent";

/** The commits whose message names the issue by its number or its id. A commit from before the issue means another one. */
export function namingCommits(commits: readonly Commit[], { ref, createdAt }: Pick<Issue, "ref" | "createdAt">): readonly TimelineEvent[] {
  const { id, repository, number } = ref;
  const isNamed = ({ message }: Commit): boolean =>
    (id !== undefined && message.split(/[^a-z0-9]+/).includes(id)) || readRefs(withoutPullRequest(message), repository).some((other) => sameRef(other, { repository, number }));
  return commits
    .filter((commit) => compareInstants(commit.at, createdAt) >= 0 && isNamed(commit))
    .map(({ sha, message, by, at }) => ({ kind: "referenced", at, by, sha, subject: message.split("\n", 1)[0] ?? "" }));
}

/** A message without the number of the pull request that a server merged as this commit. Issues in files have numbers of their own. */
function withoutPullRequest(message: string): string {
  const [subject = ""] = message.split("\n", 1);
  return subject.replace(/^Merge (?:pull|merge) request .*$|\s\([#!]\d+\)\s*$/, "") + message.slice(subject.length);
}
