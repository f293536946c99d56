import { relationsOf } from "../../core/markup/linkRegion";
import type { LinkKind } from "../../core/model/issueChange";
import { formatRef, type IssueRef, refKey, sameRef } from "../../core/model/issueRef";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../../core/model/relations";
import type { KnownIssue } from "../ui/issueLabels";
import { plainLabel } from "../ui/safeText";
import type { DeskNode } from "./node";

/** The links of an issue as last loaded when its row was expanded. */
export interface ReadLinks {
  readonly relations?: IssueRelations;
  /** Why loading failed, as a message. */
  readonly failure?: string;
  /** Whether the links are to be loaded again. */
  readonly old?: boolean;
}

/** Localized labels for linked issues and pull requests. */
export interface LinkLabels extends Readonly<Record<LinkKind | LinkedPullRequest["state"], string>> {
  readonly blocked: string;
  /** For a parent that is a record or an opportunity. */
  readonly ofRecord: string;
  readonly ofOpportunity: string;
  readonly notHere: string;
  readonly nothingLinked: string;
}

export interface LinkContext {
  /** Absent where all links are in the text of issues. */
  readonly links?: (ref: IssueRef) => ReadLinks | undefined;
  readonly labels: LinkLabels;
}

const order: readonly LinkKind[] = ["parent", "blockedBy", "duplicateOf", "child", "blocks", "hasDuplicate", "related"];

/** All links of an issue: those in its text, and the loaded ones with what the server reported about the other issue. */
export function linksOf({ issue }: KnownIssue, context: LinkContext): IssueRelations {
  const read = context.links?.(issue.ref)?.relations;
  return relationsOf(issue, read?.issues, read?.pullRequests);
}

/** Whether an open issue is blocked by another open issue: one that is loaded, or one that the store counts. */
export function isBlocked({ issue }: KnownIssue, links: readonly RelatedIssue[], find: (ref: IssueRef) => KnownIssue | undefined): boolean {
  if (issue.state === "closed") return false;
  const blockers = links.filter(({ kind }) => kind === "blockedBy");
  // The count is as old as this copy of the issue. It still includes blockers that were closed since.
  const counted = blockers.map((each) => find(each.ref)?.issue ?? each).filter((each) => each.state === "open" || ("closedAt" in each && (each.closedAt ?? "") > issue.updatedAt));
  return counted.some(({ state }) => state === "open") || (issue.native?.blockers ?? 0) > counted.length;
}

/** Rows for linked issues that are not on this desk, followed by rows for pull requests. */
export function externalNodes(external: readonly RelatedIssue[], pulls: readonly LinkedPullRequest[], path: readonly string[], home: string, labels: LinkLabels): readonly DeskNode[] {
  const shown = external.filter((each, index) => !external.some((other, otherIndex) => sameRef(other.ref, each.ref) && (other.kind === each.kind ? otherIndex < index : each.kind === "related")));
  return [
    ...[...shown].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).map(({ kind, ref, title, state }): DeskNode => {
      const name = formatRef(ref, home);
      return {
        kind: "unknown",
        id: `unknown:${[...path, refKey(ref)].join(">")} ${kind}`,
        ref,
        relation: kind,
        title: title ?? name,
        description: join(kind === "child" ? "" : labels[kind], title === undefined ? "" : name, state === undefined ? labels.notHere : labels[state]),
        ...(state === undefined ? {} : { state }),
      };
    }),
    ...pulls.map(({ ref, title, state, url }): DeskNode => ({ kind: "pull", id: `pull:${[...path, refKey(ref)].join(">")}`, title, description: join(formatRef(ref, home), labels[state]), state, url })),
  ];
}

function join(...parts: readonly string[]): string {
  return plainLabel(parts.filter((part) => part !== "").join(" · "));
}
