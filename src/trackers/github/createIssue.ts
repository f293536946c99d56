import { readChecklists } from "../../core/markup/checklistRegion";
import type { Checklist } from "../../core/model/checklist";
import type { Instant, IssueDraft } from "../../core/model/issue";
import { type IssueRef, refKey, type Repository } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import { failed, ok, type Result } from "../../core/model/result";
import { issueResponse, issuesResponse, type RawIssue } from "./responses";
import { shortlyBefore } from "./attempts";
import { addComment, type CommentParts } from "./comments";
import { areDuplicates, isShared } from "./duplicates";
import { ownerAndName } from "./githubApi";
import { type RepositoryIssue, toIssue } from "./githubIssue";
import { hasKey, withKey } from "./keyMark";
import { longestChecklist, withoutChecklist } from "./longChecklists";
import { type LinkEnd, linkEndOf } from "./nativeLinks";
import { isAboutAssignees, isPossibleLabel, notifyIgnored, notifyNoType } from "./notices";
import { maxTextLength, roomForKey } from "./textLimit";
import { readAuthor } from "./trust";

const maxChecks = 3;

/** An issue that was created, or that an earlier attempt had already created. */
export interface CreatedIssue {
  readonly issue: RepositoryIssue;
  readonly end: LinkEnd;
  /** Whether it already existed. */
  readonly found: boolean;
  /** Assignees of the draft that still have to be added, because the server rejected the issue with all of them. */
  readonly unassigned: readonly string[];
}

/**
 * Creates an issue once. Its text contains the key, and if an earlier attempt may have succeeded, it is searched before it is
 * created again. If two machines use the same key at the same time, the older issue stays. A type or assignee that the server
 * rejects is omitted.
 */
export async function createIssue(parts: CommentParts, draft: IssueDraft, key: OperationKey): Promise<Result<CreatedIssue>> {
  const { api, clock, attempts, onNotice } = parts;
  const { repository } = draft;
  const body = withKey(draft.body, key);
  if (body.length > maxTextLength) return failed({ kind: "bodyTooLong", ref: { repository, number: 0 }, length: body.length });
  const startedAt = clock.now();
  const before = await attempts.note(key);
  if (before.kind === "failed") return before;
  const laterAttempt = `${key}/people`;
  const later = await attempts.known(laterAttempt);
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
    const sent = await api.write({ repository }, issueResponse, (octokit, extras) =>
      octokit.rest.issues.create({
        ...ownerAndName(repository), title: draft.title, body, labels: draft.labels.filter(isPossibleLabel), assignees: [...assignees], ...(type === undefined ? {} : { type }), ...extras,
      }),
    );
    if (sent.kind === "ok") {
      const made = { ...createdFrom(sent.value, repository), found: false, unassigned: unassigned() };
      notifyIgnored(onNotice, made.issue, draft.labels, assignees);
      notifyNoType(onNotice, sent.value, repository, draft.type);
      const oldest = await keepOldest(parts, draft, key, startedAt);
      // The next list looks for a duplicate again.
      return ok(oldest.kind === "ok" && oldest.value !== undefined && oldest.value.number !== made.issue.ref.number ? found(oldest.value) : made);
    }
    const { failure } = sent;
    if (assignees.length > 0 && isAboutAssignees(failure)) {
      // From now on, whoever finds the issue has to add the assignees.
      const noted = await attempts.note(laterAttempt);
      if (noted.kind === "failed") return noted;
      assignees = [];
      continue;
    }
    if (failure.kind === "refused" && type !== undefined) {
      type = undefined;
      continue;
    }
    if (failure.kind !== "offline" && failure.kind !== "serverError") return sent;
    const seen = await checkAgain(parts, draft, key, startedAt);
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

/** Searches several times, because lists can lag some seconds behind. */
async function checkAgain(parts: CommentParts, draft: IssueDraft, key: OperationKey, since: Instant): Promise<Result<RawIssue | undefined>> {
  for (let check = 0; check < maxChecks; check += 1) {
    await parts.clock.wait(parts.pause * 2 ** check);
    const found = await keepOldest(parts, draft, key, since);
    if (found.kind === "failed" || found.value !== undefined) return found;
  }
  return ok(undefined);
}

/** The oldest issue with the key. Newer ones are closed with a reference to it. */
async function keepOldest(parts: CommentParts, { repository }: IssueDraft, key: OperationKey, since: Instant | undefined): Promise<Result<RawIssue | undefined>> {
  const found = await withKeyIn(parts, repository, key, since);
  if (found.kind === "failed") return found;
  const [first, ...younger] = found.value.toSorted((a, b) => a.number - b.number);
  if (first === undefined) return ok(undefined);
  const oldest = toIssue(first, repository);
  for (const duplicate of younger.map((raw) => toIssue(raw, repository))) if (duplicate.state === "open" && areDuplicates(key, oldest, duplicate)) await retire(parts, duplicate.ref, oldest.ref);
  return ok(first);
}

/** Closes a duplicate issue with a comment that names the one that stays. */
export async function retire(parts: CommentParts, ref: IssueRef, of: IssueRef): Promise<Result<void>> {
  const { api, onNotice } = parts;
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const closed = await api.write({ repository: ref.repository, ref }, issueResponse, (octokit, extras) => octokit.rest.issues.update({ ...at, state: "closed", state_reason: "not_planned", ...extras }), "background");
  if (closed.kind === "failed") return closed;
  onNotice({ kind: "duplicateClosed", ref, of });
  const said = await addComment(parts, ref, `The same as #${of.number}, created twice by mistake.`, `twin ${refKey(ref)}`, { priority: "background" });
  return said.kind === "failed" ? said : ok(undefined);
}

/** Issues with the key whose author counts, or is this account. */
async function withKeyIn({ api, trust }: CommentParts, repository: string, key: OperationKey, since: Instant | undefined): Promise<Result<readonly RawIssue[]>> {
  const answer = await api.read({ repository }, issuesResponse, (octokit, extras) =>
    octokit.rest.issues.listForRepo({
      ...ownerAndName(repository), state: "all", sort: "created", direction: "desc", per_page: 100, ...(since === undefined ? {} : { since: shortlyBefore(since) }), ...extras,
    }),
  );
  if (answer.kind === "failed") return answer;
  const found = answer.value.kind === "same" ? [] : answer.value.data.filter((raw) => hasKey(raw.body ?? "", key));
  await trust.resolveAuthors(repository, found.map(readAuthor));
  return ok(found.filter((raw) => trust.counts(repository, readAuthor(raw)) || trust.isOwn(readAuthor(raw))));
}

/** The first version of an issue, and the checklists that are added afterwards because the text would be too long. */
interface ShortDraft {
  readonly draft: IssueDraft;
  readonly checklists: readonly Checklist[];
}

/** Removes checklists from a draft, longest first, until its text fits. */
export function shortDraft(draft: IssueDraft): ShortDraft {
  const { repository, body } = draft;
  const long = body.length > maxTextLength - roomForKey ? longestChecklist(body, Infinity) : undefined;
  const checklist = readChecklists(body, repository).find(({ id }) => id === long?.run);
  if (checklist === undefined) return { draft, checklists: [] };
  const shorter = shortDraft({ ...draft, body: withoutChecklist(body, checklist.id) });
  return { draft: shorter.draft, checklists: [...shorter.checklists, checklist] };
}
