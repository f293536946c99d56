import type { Relation } from "../../core/issue/issue";
import { isPassing } from "../../core/issue/isPassing";
import type { IssueRef } from "../../core/issue/issueRef";
import { failed, ok, type Result } from "../../core/result";
import { ownerAndName, type Call, type GithubApi } from "./githubApi";
import type { RawIssue } from "./githubIssue";
import type { Notice } from "./notice";

export interface NativeParts {
  readonly api: GithubApi;
  readonly told: (notice: Notice) => void;
  /** The sorts of links that this server was found not to keep. */
  readonly absent: Set<Relation>;
}

/**
 * Has the server keep a link that both texts name already: as a sub-issue, or as a dependency. What it refuses stays in the
 * texts alone and is told; where it keeps no such links, nothing is. A link that is there is not made again: gives whether one
 * was made.
 */
export async function linkNatively({ api, told, absent }: NativeParts, parent: IssueRef, child: IssueRef, relation: Relation): Promise<Result<"made" | "left">> {
  if (relation === "related" || absent.has(relation)) return ok("left");
  const subject = { repository: parent.repository, ref: parent };
  const at = { ...ownerAndName(parent.repository), issue_number: parent.number };
  const isChild = relation === "child";
  return api.inTurn<"made" | "left">(async (writer) => {
    const end = await read<RawIssue & { readonly id: number }>(child, (octokit, extras) => octokit.rest.issues.get({ ...ownerAndName(child.repository), issue_number: child.number, ...extras }));
    if (end.kind === "failed") return end;
    const { id, sub_issues_summary, issue_dependencies_summary } = end.value;
    if ((isChild ? sub_issues_summary : issue_dependencies_summary) == null) return none();
    if (isChild && ownerOf(parent) !== ownerOf(child)) return textOnly();
    const before = await isThere(id);
    if (before.kind === "failed") return before.failure.kind === "gone" ? none() : before;
    if (before.value) return ok("left");
    const sent = await writer.write<unknown>(subject, (octokit, extras) =>
      isChild ? octokit.rest.issues.addSubIssue({ ...at, sub_issue_id: id, ...extras }) : octokit.rest.issues.addBlockedByDependency({ ...at, issue_id: id, ...extras }),
    );
    if (sent.kind === "ok") return ok("made");
    const { failure } = sent;
    if (isPassing(failure) && failure.kind !== "forbidden") return sent;
    // Another window may have made the link in this moment.
    const after = await isThere(id);
    return after.kind === "ok" && after.value ? ok("made") : textOnly(failure);
  });

  async function read<T>(ref: IssueRef, call: Call<T>): Promise<Result<T>> {
    const answer = await api.read({ repository: ref.repository, ref }, call);
    if (answer.kind === "failed") return answer;
    return answer.value.kind === "changed" ? ok(answer.value.data) : failed({ kind: "offline", server: api.server });
  }

  async function isThere(id: number): Promise<Result<boolean>> {
    const all = await read<readonly { readonly id: number }[]>(parent, (octokit, extras) =>
      isChild ? octokit.rest.issues.listSubIssues({ ...at, per_page: 100, ...extras }) : octokit.rest.issues.listDependenciesBlockedBy({ ...at, per_page: 100, ...extras }),
    );
    return all.kind === "failed" ? all : ok(all.value.some((other) => other.id === id));
  }

  function none(): Result<"left"> {
    absent.add(relation);
    return ok("left");
  }

  function textOnly(failure?: Extract<Notice, { kind: "textOnly" }>["failure"]): Result<"left"> {
    told({ kind: "textOnly", ref: parent, other: child, relation, ...(failure === undefined ? {} : { failure }) });
    return ok("left");
  }
}

function ownerOf({ repository }: IssueRef): string {
  return ownerAndName(repository).owner.toLowerCase();
}
