import type { Issue, Relation } from "../../core/model/issue";
import { type IssueRef, sameRef } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import { isTransient } from "../../core/sync/retryPolicy";
import { issueAnswer, issuesAnswer, type RawIssue } from "./answers";
import { type GithubApi, ownerAndName } from "./githubApi";
import { parentOf } from "./githubIssue";
import type { Notice } from "./notices";

interface NativeParts {
  readonly api: GithubApi;
  readonly onNotice: (notice: Notice) => void;
}

/** What an answer says of an issue that another one is to be linked to. */
export interface LinkEnd {
  readonly ref: IssueRef;
  /** The server's own number of it, over all repositories. */
  readonly id: number | undefined;
  /** The sorts of links that the server keeps of it: older servers keep none, and of a pull request none does. */
  readonly keeps: readonly Relation[];
  readonly parent: IssueRef | undefined;
}

export function linkEndOf(raw: RawIssue, ref: IssueRef): LinkEnd {
  const subIssues: readonly Relation[] = raw.sub_issues_summary === undefined ? [] : ["child"];
  const dependencies: readonly Relation[] = raw.issue_dependencies_summary === undefined ? [] : ["blockedBy"];
  return { ref, id: raw.id, keeps: raw.pull_request === undefined ? [...subIssues, ...dependencies] : [], parent: parentOf(raw, ref.repository) };
}

/**
 * Has the server keep a link that both texts name already: as a sub-issue, or as a dependency. What it refuses stays in the
 * texts alone and is told; where it keeps no such links, nothing is. A link that is there is not made again: gives whether
 * this made it, or it was found made. Of a `fresh` child nobody can have made it before.
 */
export async function linkNatively({ api, onNotice }: NativeParts, { ref: parent, location }: Issue, child: LinkEnd, relation: Relation, fresh: boolean): Promise<Result<"made" | "found" | "left">> {
  const { id } = child;
  const isPull = location.kind === "web" && /\/pull\/\d+$/.test(location.url);
  if (relation === "related" || isPull || id === undefined || !child.keeps.includes(relation)) return ok("left");
  const subject = { repository: parent.repository, ref: parent };
  const at = { ...ownerAndName(parent.repository), issue_number: parent.number };
  const isChild = relation === "child";
  if (isChild && child.parent !== undefined && sameRef(child.parent, parent)) return ok("found");
  if (isChild && ownerOf(parent) !== ownerOf(child.ref)) return textOnly();
  return api.inTurn<"made" | "found" | "left">(async (writer) => {
    const before = fresh ? ok(false) : await isThere(id);
    if (before.kind === "failed") return before.failure.kind === "gone" ? ok("left") : before;
    if (before.value) return ok("found");
    const sent = await writer.write(subject, issueAnswer, (octokit, extras) =>
      isChild ? octokit.rest.issues.addSubIssue({ ...at, sub_issue_id: id, ...extras }) : octokit.rest.issues.addBlockedByDependency({ ...at, issue_id: id, ...extras }),
    );
    if (sent.kind === "ok") return ok("made");
    const { failure } = sent;
    if (isTransient(failure) && failure.kind !== "forbidden") return sent;
    // An earlier try, or another window in this moment, may have made the link.
    const after = await isThere(id);
    if (after.kind === "failed") return after.failure.kind === "gone" ? ok("left") : after;
    return after.value ? ok("found") : textOnly(failure);
  });

  async function isThere(other: number): Promise<Result<boolean>> {
    const all = await api.read(subject, issuesAnswer, (octokit, extras) =>
      isChild ? octokit.rest.issues.listSubIssues({ ...at, per_page: 100, ...extras }) : octokit.rest.issues.listDependenciesBlockedBy({ ...at, per_page: 100, ...extras }),
    );
    if (all.kind === "failed") return all;
    return all.value.kind === "changed" ? ok(all.value.data.some((each) => each.id === other)) : failed({ kind: "offline", server: api.server });
  }

  function textOnly(failure?: Extract<Notice, { kind: "textOnly" }>["failure"]): Result<"left"> {
    onNotice({ kind: "textOnly", ref: parent, other: child.ref, relation, ...(failure === undefined ? {} : { failure }) });
    return ok("left");
  }
}

function ownerOf({ repository }: IssueRef): string {
  return ownerAndName(repository).owner.toLowerCase();
}
