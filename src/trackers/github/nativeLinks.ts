import type { Issue, Relation } from "../../core/model/issue";
import { type IssueRef, sameRef } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import { isTransient } from "../../core/sync/retryPolicy";
import { issueResponse, issuesResponse, type RawIssue } from "./responses";
import { type GithubApi, ownerAndName } from "./githubApi";
import { parentOf } from "./githubIssue";
import type { Notice } from "./notices";

interface NativeParts {
  readonly api: GithubApi;
  readonly onNotice: (notice: Notice) => void;
}

/** An end of a native link, from a response about the issue. */
export interface LinkEnd {
  readonly ref: IssueRef;
  /** The server's global id of the issue. */
  readonly id: number | undefined;
  /** The kinds of links that the server supports for it. Older servers support none, and pull requests have none. */
  readonly keeps: readonly Relation[];
  readonly parent: IssueRef | undefined;
}

export function linkEndOf(raw: RawIssue, ref: IssueRef): LinkEnd {
  const subIssues: readonly Relation[] = raw.sub_issues_summary === undefined ? [] : ["child"];
  const dependencies: readonly Relation[] = raw.issue_dependencies_summary === undefined ? [] : ["blockedBy"];
  return { ref, id: raw.id, keeps: raw.pull_request === undefined ? [...subIssues, ...dependencies] : [], parent: parentOf(raw, ref.repository) };
}

/**
 * Creates a native link, a sub-issue or a dependency, for a link in both texts. If the server rejects it, a notice is reported
 * and the link stays in the texts only. Servers without native links are skipped. Returns whether the link was created or
 * existed. Nobody else can have linked a `fresh` child.
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
    const sent = await writer.write(subject, issueResponse, (octokit, extras) =>
      isChild ? octokit.rest.issues.addSubIssue({ ...at, sub_issue_id: id, ...extras }) : octokit.rest.issues.addBlockedByDependency({ ...at, issue_id: id, ...extras }),
    );
    if (sent.kind === "ok") return ok("made");
    const { failure } = sent;
    if (isTransient(failure) && failure.kind !== "forbidden") return sent;
    // An earlier attempt or another window may have created the link.
    const after = await isThere(id);
    if (after.kind === "failed") return after.failure.kind === "gone" ? ok("left") : after;
    return after.value ? ok("found") : textOnly(failure);
  });

  async function isThere(other: number): Promise<Result<boolean>> {
    const all = await api.read(subject, issuesResponse, (octokit, extras) =>
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
