import type { IssueFacts } from "../../issue/issueFacts";
import { type Issue, isWork } from "../../model/issue";
import { type IssueRef, refKey } from "../../model/issueRef";
import { hasName } from "../../model/names";
import { comparedWords, startsWord } from "./libraryWords";
import type { Postmortem, PostmortemAction } from "../postmortem";

/** An open issue that may be about the same as an action item, and what both have in common. */
export interface SimilarIssue {
  readonly issue: Issue;
  /** Words of the action item. */
  readonly words: readonly string[];
  /** Services of the post-mortem. */
  readonly services: readonly string[];
}

const most = 5;

/**
 * The open issues among those that a search found, best first, whose title shares at least two words with the action item, and half of
 * the words of the shorter text. One word is enough if there is no other. The incident and issues of the other action items are left out.
 */
export function similarIssues(postmortem: Postmortem, action: PostmortemAction, found: readonly Issue[], factsOf: (issue: Issue) => IssueFacts): readonly SimilarIssue[] {
  const wanted = [...new Set(comparedWords(action.action))];
  const named = (refs: readonly (IssueRef | undefined)[]): ReadonlySet<string> => new Set(refs.flatMap((ref) => (ref === undefined ? [] : [refKey(ref)])));
  const excluded = named([postmortem.issue, ...postmortem.actions.map(({ issue }) => issue)]);
  return found
    .filter((issue) => issue.state === "open" && !excluded.has(refKey(issue.ref)))
    .flatMap((issue) => {
      const { name, kind, services } = factsOf(issue);
      const title = [...new Set(comparedWords(name))];
      const words = wanted.filter((word) => title.some((other) => word === other || startsWord(word, other) || startsWord(other, word)));
      const shorter = Math.min(wanted.length, title.length);
      const isSimilar = words.length >= Math.max(shorter / 2, Math.min(2, shorter)) && words.length > 0;
      return isSimilar && isWork(kind) ? [{ issue, words, services: postmortem.services.filter((service) => hasName(services, service)) }] : [];
    })
    .toSorted((a, b) => b.words.length - a.words.length || b.services.length - a.services.length)
    .slice(0, most);
}
