import type { Instant, IssueDraft } from "../../core/issue/issue";
import { refKey, type IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import { failed, ok, type Result } from "../../core/result";
import { ownerAndName } from "./githubApi";
import { toIssue, type RawIssue, type RepositoryIssue } from "./githubIssue";
import { addComment, type CommentParts } from "./addComment";
import { mostOfText } from "./fittingText";
import { tellIgnored, tellNoType } from "./ignored";
import { hasKey, withKey } from "./keyMark";
import { shortlyBefore } from "./tries";
import { readAuthor } from "./trust";
import { areTwins, isShared } from "./twins";

const looks = 3;

/**
 * Creates the issue once, whatever happens on the way: its text carries the key, and where an earlier try may have come
 * through it is looked for before it is sent again. Two machines that send one key at the same time keep the older issue.
 */
export async function createIssue(parts: CommentParts, draft: IssueDraft, key: OperationKey): Promise<Result<RepositoryIssue>> {
  const { api, clock, tries, told } = parts;
  const { repository } = draft;
  const body = withKey(draft.body, key);
  if (body.length > mostOfText) return failed({ kind: "bodyTooLong", ref: { repository, number: 0 }, length: body.length });
  const began = clock.now();
  const before = await tries.begin(key);
  if (before.kind === "failed") return before;
  if (before.value !== undefined || isShared(key)) {
    const known = await keepOldest(parts, draft, key, before.value?.at);
    if (known.kind === "failed") return known;
    if (known.value !== undefined) return ok(known.value);
  }
  let { type } = draft;
  for (let attempt = 1; ; attempt += 1) {
    const sent = await api.write({ repository }, (octokit, extras) =>
      octokit.rest.issues.create({ ...ownerAndName(repository), title: draft.title, body, labels: [...draft.labels], assignees: [...draft.assignees], ...(type === undefined ? {} : { type }), ...extras }),
    );
    if (sent.kind === "ok") {
      const issue = toIssue(sent.value, repository);
      tellIgnored(told, issue, draft.labels, draft.assignees);
      tellNoType(told, sent.value, repository, draft.type);
      const oldest = await keepOldest(parts, draft, key, began);
      // It is there: whether a twin is there too is looked at again with the next list.
      return ok(oldest.kind === "ok" && oldest.value !== undefined && oldest.value.ref.number !== issue.ref.number ? oldest.value : issue);
    }
    const unsure = sent.failure.kind === "offline" || sent.failure.kind === "serverTrouble";
    // A type that the server does not know is no reason to have no issue.
    if (sent.failure.kind === "refused" && type !== undefined) {
      type = undefined;
      continue;
    }
    if (!unsure) return sent;
    const found = await lookAgain(parts, draft, key, began);
    if (found.kind === "failed") return found;
    if (found.value !== undefined) return ok(found.value);
    if (attempt === 2) return sent;
  }
}

/** Looks several times: a list may not show for some seconds what was created. */
async function lookAgain(parts: CommentParts, draft: IssueDraft, key: OperationKey, since: Instant): Promise<Result<RepositoryIssue | undefined>> {
  for (let look = 0; look < looks; look += 1) {
    await parts.clock.wait(parts.pause * 2 ** look);
    const found = await keepOldest(parts, draft, key, since);
    if (found.kind === "failed" || found.value !== undefined) return found;
  }
  return ok(undefined);
}

/** The oldest issue with the key; younger ones are closed and point to it. */
async function keepOldest(parts: CommentParts, { repository }: IssueDraft, key: OperationKey, since: Instant | undefined): Promise<Result<RepositoryIssue | undefined>> {
  const found = await withKeyIn(parts, repository, key, since);
  if (found.kind === "failed") return found;
  const [oldest, ...younger] = found.value.map((raw) => toIssue(raw, repository)).sort((a, b) => a.ref.number - b.ref.number);
  if (oldest === undefined) return ok(undefined);
  for (const twin of younger) if (twin.state === "open" && areTwins(key, oldest, twin)) await retire(parts, twin.ref, oldest.ref);
  return ok(oldest);
}

/** Closes a second issue that one write came to, and says which one stays. */
export async function retire(parts: CommentParts, ref: IssueRef, of: IssueRef): Promise<Result<void>> {
  const { api, told } = parts;
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const closed = await api.write({ repository: ref.repository, ref }, (octokit, extras) => octokit.rest.issues.update({ ...at, state: "closed", state_reason: "not_planned", ...extras }), "background");
  if (closed.kind === "failed") return closed;
  told({ kind: "duplicateClosed", ref, of });
  const said = await addComment(parts, ref, `The same as #${of.number}, created twice by mistake.`, `twin ${refKey(ref)}`, { priority: "background" });
  return said.kind === "failed" ? said : ok(undefined);
}

/** Issues that carry the key by the word of somebody who counts, or of this very account. */
async function withKeyIn({ api, trust }: CommentParts, repository: string, key: OperationKey, since: Instant | undefined): Promise<Result<readonly RawIssue[]>> {
  const answer = await api.read({ repository }, (octokit, extras) =>
    octokit.rest.issues.listForRepo({
      ...ownerAndName(repository), state: "all", sort: "created", direction: "desc", per_page: 100, ...(since === undefined ? {} : { since: shortlyBefore(since) }), ...extras,
    }),
  );
  if (answer.kind === "failed") return answer;
  const found = answer.value.kind === "same" ? [] : answer.value.data.filter((raw) => hasKey(raw.body ?? "", key));
  await trust.settle(repository, found.map(readAuthor));
  return ok(found.filter((raw) => trust.counts(repository, readAuthor(raw)) || trust.isOwn(readAuthor(raw))));
}
