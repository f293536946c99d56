import type { FileCommit } from "./deskVersions";

/** A commit with its parents. The first parent is the commit of the branch that others were merged into. */
export interface GraphCommit extends FileCommit {
  readonly parents: readonly string[];
}

/**
 * The commits by which others came to a branch: a commit of the branch itself, and for those of merged branches the merge. A commit
 * that is not below `head` in the graph stands for itself. Each is listed once.
 */
export function commitsOnBranch(commits: readonly FileCommit[], graph: readonly GraphCommit[], head: string): readonly FileCommit[] {
  const byId = new Map(graph.map((commit) => [commit.sha, commit]));
  const branch: GraphCommit[] = [];
  for (let at = byId.get(head); at !== undefined; at = byId.get(at.parents[0] ?? "")) branch.push(at);
  const landedBy = new Map<string, GraphCommit>(branch.map((commit) => [commit.sha, commit]));
  for (const commit of branch.toReversed()) {
    const open = commit.parents.slice(1);
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (landedBy.has(sha)) continue;
      landedBy.set(sha, commit);
      open.push(...(byId.get(sha)?.parents ?? []));
    }
  }
  return [...new Map(commits.map((commit) => {
    const { sha, at } = landedBy.get(commit.sha) ?? commit;
    return [sha, { sha, at }] as const;
  })).values()];
}
