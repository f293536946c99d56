import { relationsOf } from "../../core/issue/relationsOf";
import type { LinkKind } from "../../core/model/issueChange";
import { formatRef, type IssueRef, refKey, sameRef } from "../../core/model/issueRef";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../../core/model/relations";
import type { KnownIssue } from "../ui/issueLabels";
import { plainLabel } from "../ui/safeText";
import type { DeskNode } from "./node";

/** What was read of an issue's links when a person last looked below it. */
export interface ReadLinks {
  readonly relations?: IssueRelations;
  /** Why they could not be read, in words. */
  readonly failure?: string;
  /** It is to be read again. */
  readonly old?: boolean;
}

/** Words of the user's language for what an issue is linked to. */
export interface LinkLabels extends Readonly<Record<LinkKind | LinkedPullRequest["state"], string>> {
  readonly blocked: string;
  readonly notHere: string;
  readonly nothingLinked: string;
}

/** What is needed to say what an issue is linked to. */
export interface LinkContext {
  /** Absent where everything is in the texts. */
  readonly links?: (ref: IssueRef) => ReadLinks | undefined;
  readonly labels: LinkLabels;
}

const order: readonly LinkKind[] = ["parent", "blockedBy", "child", "blocks", "related"];

/** All links of an issue: those of its text, and those that were read, with what was told of the others then. */
export function linksOf({ issue }: KnownIssue, context: LinkContext): IssueRelations {
  const read = context.links?.(issue.ref)?.relations;
  return relationsOf(issue, read?.issues, read?.pullRequests);
}

/** Whether an open issue has an issue wait that is open itself: one that is known, or one that the store counts. */
export function isBlocked({ issue }: KnownIssue, links: readonly RelatedIssue[], find: (ref: IssueRef) => KnownIssue | undefined): boolean {
  if (issue.state === "closed") return false;
  const blockers = links.filter(({ kind }) => kind === "blockedBy");
  // The store's count is as old as the issue is here: it still has in it what was closed since.
  const counted = blockers.map((each) => find(each.ref)?.issue ?? each).filter((each) => each.state === "open" || ("closedAt" in each && (each.closedAt ?? "") > issue.updatedAt));
  return counted.some(({ state }) => state === "open") || (issue.native?.blockers ?? 0) > counted.length;
}

/** The lines for linked issues that this desk does not hold, then for pull requests. */
export function farNodes(far: readonly RelatedIssue[], pulls: readonly LinkedPullRequest[], path: readonly string[], home: string, labels: LinkLabels): readonly DeskNode[] {
  const shown = far.filter((each, index) => !far.some((other, place) => sameRef(other.ref, each.ref) && (other.kind === each.kind ? place < index : each.kind === "related")));
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
