import type { Instant, IssueDraft } from "../../core/issue/issue";
import { refKey, type IssueRef, type Repository } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import { failed, ok, type Result } from "../../core/result";
import { ownerAndName } from "./githubApi";
import { issueAnswer, issuesAnswer, type RawIssue } from "./answers";
import { toIssue, type RepositoryIssue } from "./githubIssue";
import { addComment, type CommentParts } from "./addComment";
import { mostOfText } from "./fittingText";
import { isAboutAssignees, isPossibleLabel, tellIgnored, tellNoType } from "./ignored";
import { hasKey, withKey } from "./keyMark";
import { linkEndOf, type LinkEnd } from "./nativeLinks";
import { shortlyBefore } from "./tries";
import { readAuthor } from "./trust";
import { areTwins, isShared } from "./twins";

const looks = 3;

/** An issue that came into being, or was found to have done so before. */
export interface CreatedIssue {
  readonly issue: RepositoryIssue;
  readonly end: LinkEnd;
  /** Whether this found it made, as by an earlier try. */
  readonly found: boolean;
  /** People of the draft that are still to be assigned, because the server takes no issue with all of them. */
  readonly unassigned: readonly string[];
}

/**
 * Creates the issue once, whatever happens on the way: its text carries the key, and where an earlier try may have come
 * through it is looked for before it is sent again. Two machines that send one key at the same time keep the older issue.
 * A type or a person that the server does not take is no reason to have no issue.
 */
export async function createIssue(parts: CommentParts, draft: IssueDraft, key: OperationKey): Promise<Result<CreatedIssue>> {
  const { api, clock, tries, told } = parts;
  const { repository } = draft;
  const body = withKey(draft.body, key);
  if (body.length > mostOfText) return failed({ kind: "bodyTooLong", ref: { repository, number: 0 }, length: body.length });
  const began = clock.now();
  const before = await tries.begin(key);
  if (before.kind === "failed") return before;
  const laterTry = `${key}/people`;
  const later = await tries.known(laterTry);
  if (later.kind === "failed") return later;
  let { type } = draft;
  let assignees = later.value === undefined ? draft.assignees : [];
  const unassigned = (): readonly string[] => (assignees === draft.assignees ? [] : draft.assignees);
  const found = (raw: RawIssue): CreatedIssue => ({ ...createdFrom(raw, repository), found: true, unassigned: unassigned() });
  if (before.value !== undefined || isShared(key)) {
    const known = await keepOldest(parts, draft, key, before.value?.at);
    if (known.kind === "failed") return known;
    if (known.value !== undefined) return ok(found(known.value));
  }
  for (let attempt = 1; ; ) {
    const sent = await api.write({ repository }, issueAnswer, (octokit, extras) =>
      octokit.rest.issues.create({
        ...ownerAndName(repository), title: draft.title, body, labels: draft.labels.filter(isPossibleLabel), assignees: [...assignees], ...(type === undefined ? {} : { type }), ...extras,
      }),
    );
    if (sent.kind === "ok") {
      const made = { ...createdFrom(sent.value, repository), found: false, unassigned: unassigned() };
      tellIgnored(told, made.issue, draft.labels, assignees);
      tellNoType(told, sent.value, repository, draft.type);
      const oldest = await keepOldest(parts, draft, key, began);
      // It is there: whether a twin is there too is looked at again with the next list.
      return ok(oldest.kind === "ok" && oldest.value !== undefined && oldest.value.number !== made.issue.ref.number ? found(oldest.value) : made);
    }
    const { failure } = sent;
    if (assignees.length > 0 && isAboutAssignees(failure)) {
      // From now on whoever finds the issue has to assign them.
      const noted = await tries.begin(laterTry);
      if (noted.kind === "failed") return noted;
      assignees = [];
      continue;
    }
    if (failure.kind === "refused" && type !== undefined) {
      type = undefined;
      continue;
    }
    if (failure.kind !== "offline" && failure.kind !== "serverTrouble") return sent;
    const seen = await lookAgain(parts, draft, key, began);
    if (seen.kind === "failed") return seen;
    if (seen.value !== undefined) return ok(found(seen.value));
    if (attempt === 2) return sent;
    attempt += 1;
  }
}

function createdFrom(raw: RawIssue, repository: Repository): Pick<CreatedIssue, "issue" | "end"> {
  const issue = toIssue(raw, repository);
  return { issue, end: linkEndOf(raw, issue.ref) };
}

/** Looks several times: a list may not show for some seconds what was created. */
async function lookAgain(parts: CommentParts, draft: IssueDraft, key: OperationKey, since: Instant): Promise<Result<RawIssue | undefined>> {
  for (let look = 0; look < looks; look += 1) {
    await parts.clock.wait(parts.pause * 2 ** look);
    const found = await keepOldest(parts, draft, key, since);
    if (found.kind === "failed" || found.value !== undefined) return found;
  }
  return ok(undefined);
}

/** The oldest issue with the key; younger ones are closed and point to it. */
async function keepOldest(parts: CommentParts, { repository }: IssueDraft, key: OperationKey, since: Instant | undefined): Promise<Result<RawIssue | undefined>> {
  const found = await withKeyIn(parts, repository, key, since);
  if (found.kind === "failed") return found;
  const [first, ...younger] = found.value.toSorted((a, b) => a.number - b.number);
  if (first === undefined) return ok(undefined);
  const oldest = toIssue(first, repository);
  for (const twin of younger.map((raw) => toIssue(raw, repository))) if (twin.state === "open" && areTwins(key, oldest, twin)) await retire(parts, twin.ref, oldest.ref);
  return ok(first);
}

/** Closes a second issue that one write came to, and says which one stays. */
export async function retire(parts: CommentParts, ref: IssueRef, of: IssueRef): Promise<Result<void>> {
  const { api, told } = parts;
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const closed = await api.write({ repository: ref.repository, ref }, issueAnswer, (octokit, extras) => octokit.rest.issues.update({ ...at, state: "closed", state_reason: "not_planned", ...extras }), "background");
  if (closed.kind === "failed") return closed;
  told({ kind: "duplicateClosed", ref, of });
  const said = await addComment(parts, ref, `The same as #${of.number}, created twice by mistake.`, `twin ${refKey(ref)}`, { priority: "background" });
  return said.kind === "failed" ? said : ok(undefined);
}

/** Issues that carry the key by the word of somebody who counts, or of this very account. */
async function withKeyIn({ api, trust }: CommentParts, repository: string, key: OperationKey, since: Instant | undefined): Promise<Result<readonly RawIssue[]>> {
  const answer = await api.read({ repository }, issuesAnswer, (octokit, extras) =>
    octokit.rest.issues.listForRepo({
      ...ownerAndName(repository), state: "all", sort: "created", direction: "desc", per_page: 100, ...(since === undefined ? {} : { since: shortlyBefore(since) }), ...extras,
    }),
  );
  if (answer.kind === "failed") return answer;
  const found = answer.value.kind === "same" ? [] : answer.value.data.filter((raw) => hasKey(raw.body ?? "", key));
  await trust.settle(repository, found.map(readAuthor));
  return ok(found.filter((raw) => trust.counts(repository, readAuthor(raw)) || trust.isOwn(readAuthor(raw))));
}
