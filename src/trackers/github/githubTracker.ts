import { readChecklists } from "../../core/markup/checklistRegion";
import { carriesLink, readLinks } from "../../core/markup/linkRegion";
import type { Issue, IssueSnapshot, Relation } from "../../core/model/issue";
import { linkEnds, type LinkKind } from "../../core/model/issueChange";
import { type IssueRef, refKey, type Repository, sameRef } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import type { IssueTracker, Log } from "../../core/model/ports";
import { createKeyedQueue, runInBackground } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import { createIssueIndex } from "../../core/search/issueIndex";
import { hasUnspaced } from "../../core/search/terms";
import { retryDelay } from "../../core/sync/retryPolicy";
import { searchResponse } from "./responses";
import { noteAttempt, notUndone, rememberAttempts } from "./attempts";
import { addComment, removeComment } from "./comments";
import { type CreatedIssue, createIssue, retire, shortDraft } from "./createIssue";
import { type Duplicate, withoutDuplicates } from "./duplicates";
import { editIssue } from "./editIssue";
import type { GithubApi } from "./githubApi";
import { githubForms } from "./githubForms";
import { authorOf, isPullRequest, type RepositoryIssue, toIssue } from "./githubIssue";
import type { GithubTrackerParts } from "./githubParts";
import { githubTimeline } from "./githubTimeline";
import { type CachedIssues, issueCache } from "./issueCache";
import { keyOf } from "./keyMark";
import { linkNatively } from "./nativeLinks";
import type { Notice } from "./notices";
import { findIssue, getIssue } from "./readIssue";
import { readRelations } from "./relations";
import { maxTextLength, roomForKey } from "./textLimit";
import { createTrust } from "./trust";
import type { Reader, FullIssue } from "./fullIssue";

/** An issue tracker on GitHub that also returns the last known issues. */
export interface GithubTracker extends IssueTracker {
  /** The last known issues without a request, even from before a restart. `at` is the time of that reading. */
  remembered(): Promise<IssueSnapshot | undefined>;
}

const usualPause = 1000;

const defaultSettleDelay = 500;

const maxFound = 20;

/** Creates an issue tracker on GitHub repositories. Changes by others are merged, never overwritten, and issues are created once. */
export function createGithubTracker(parts: GithubTrackerParts): GithubTracker {
  const { api, clock, memory, log, repositories, pause = usualPause, settleDelay = defaultSettleDelay, issueIndex = createIssueIndex(() => clock.wait(0)) } = parts;
  const onNotice = onceEach(parts.onNotice);
  const trust = createTrust({ api, memory, account: parts.account, people: parts.people ?? nobody });
  const cache = issueCache({ ...parts, trust, onNotice });
  const attempts = rememberAttempts(memory, clock, log);
  const forms = githubForms(parts);
  const queue = createKeyedQueue();
  const inherited = new Set<string>();
  const native = { api, onNotice };
  /** Issues that were created here and may be linked next, by `refKey`. */
  const created = new Map<string, CreatedIssue & { readonly issue: FullIssue }>();
  const reader: Reader = { api, trust, onNotice, deskComments: (ref) => cache.deskComments(ref), reopening: (ref) => cache.issue(ref) };
  const comments = { ...reader, clock, attempts, pause };
  const edits = { ...comments, settleDelay, ...(parts.runbookUrl === undefined ? {} : { runbookUrl: parts.runbookUrl }) };
  const mayWrite = async (repository: Repository): Promise<boolean> => (parts.mayWrite === undefined ? true : parts.mayWrite(repository));

  /** Queues a write if this workspace may write to the repository. */
  async function writing<T>(name: string, repository: Repository, write: () => Promise<Result<T>>): Promise<Result<T>> {
    return queue([name], async () => ((await mayWrite(repository)) ? write() : failed({ kind: "unconfirmed", repository })));
  }

  /** The reference with the repository spelled as in the desk. */
  function named(ref: IssueRef): IssueRef {
    return { ...ref, repository: repositories().find((each) => each.toLowerCase() === ref.repository.toLowerCase()) ?? ref.repository };
  }

  function noted(ref: IssueRef, result: Result<FullIssue>): Result<Issue> {
    if (result.kind === "ok") cache.put(result.value);
    return stillThere(ref, result);
  }

  /** Forgets the issue if the request failed because it is gone. No list of changes contains that. */
  function stillThere<T>(ref: IssueRef, result: Result<T>): Result<T> {
    if (result.kind === "failed" && (result.failure.kind === "gone" || result.failure.kind === "transferred")) cache.forget(ref);
    return result;
  }

  /** Adds assignees that the server rejected at creation, as far as possible. Others are reported. */
  async function assignLater(ref: IssueRef, people: readonly string[], key: OperationKey): Promise<Result<unknown>> {
    if (people.length === 0) return ok(undefined);
    const assigned = await tracker.edit(ref, { kind: "assign", add: people, remove: [] }, `${key}/people`);
    if (assigned.kind === "ok" || retryDelay(assigned.failure, 1, clock.now()) !== undefined || assigned.failure.kind === "signedOut") return assigned;
    onNotice({ kind: "ignored", ref, what: "assignees", names: people });
    return ok(undefined);
  }

  const tracker: GithubTracker = {
    forms,

    async list({ state }) {
      const read = await cache.refresh();
      if (read.kind === "failed") return read;
      const { issues, duplicates } = withoutDuplicates(read.value.issues, keyOf);
      runInBackground(retireOwn(duplicates, issues), log);
      runInBackground(retireComments(), log);
      return ok({ at: read.value.at, issues: issues.filter((issue) => state === "all" || issue.state === state), broken: [] });
    },

    async remembered() {
      const kept = await cache.cached();
      return kept === undefined ? undefined : snapshotOf(kept);
    },

    maxComment: maxTextLength - roomForKey,

    get: async (ref) => noted(ref, await getIssue(reader, ref)),

    create: (draft, key) =>
      writing(`create ${key}`, draft.repository, async () => {
        const short = shortDraft(draft);
        const made = await createIssue(comments, short.draft, key);
        if (made.kind === "failed") return made;
        const { ref } = made.value.issue;
        await trust.resolveAuthors(ref.repository, [authorOf(made.value.issue)]);
        const issue = cache.place(made.value.issue);
        cache.put(issue);
        created.set(refKey(ref), { ...made.value, issue });
        const assigned = await assignLater(ref, made.value.unassigned, key);
        if (assigned.kind === "failed") return assigned;
        for (const checklist of short.checklists) {
          const started = await tracker.edit(ref, { kind: "startRun", run: checklist }, `${key}/${checklist.id}`);
          if (started.kind === "failed") return started;
        }
        return ok(ref);
      }),

    edit: (ref, change, key) =>
      writing(refKey(ref), ref.repository, async () => {
        const left = await notUndone({ ...reader, attempts }, ref, change, key);
        if (left.kind === "failed") return noted(ref, left);
        return noted(ref, left.value === undefined ? await getIssue(reader, ref) : await editIssue({ ...edits, noteAttempt: (found) => noteAttempt(attempts, found, change, key) }, ref, left.value));
      }),

    comment: (ref, markdown, key) =>
      writing(refKey(ref), ref.repository, async () => {
        const added = stillThere(ref, await addComment(comments, ref, markdown, key));
        return added.kind === "failed" ? added : ok(undefined);
      }),

    async link(parent, child, relation, step) {
      if (sameRef(parent, child)) return failed({ kind: "selfLink", ref: child });
      const { onParent, onChild } = linkEnds(parent, child, relation);
      const key = `link ${relation} ${refKey(parent)} ${refKey(child)}`;
      const fresh = created.get(refKey(child));
      const end = fresh === undefined ? await findIssue(reader, child) : ok(fresh);
      if (end.kind === "failed") {
        noted(child, end);
        return end;
      }
      const above = await tracker.edit(parent, { kind: "addLink", link: onParent, ...(step === undefined ? {} : { step }) }, key);
      if (above.kind === "failed") return above;
      // A new child issue contains the link from the start.
      const below = carriesLink(end.value.issue, onChild) ? undefined : await tracker.edit(child, { kind: "addLink", link: onChild }, key);
      if (below?.kind === "failed") return below;
      const linked = await writing(refKey(parent), parent.repository, () => linkNatively(native, above.value, end.value.end, relation, fresh?.found === false));
      if (linked.kind === "failed") return linked;
      created.delete(refKey(child));
      // The server updates its count of links with a delay.
      if (linked.value === "made") cache.put(withLink(above.value, relation));
      return ok(undefined);
    },

    async relations(ref) {
      const issue = await tracker.get(ref);
      return issue.kind === "failed" ? issue : readRelations(api, issue.value, named);
    },

    async timeline(ref) {
      const issue = stillThere(ref, await getIssue(reader, ref));
      return issue.kind === "failed" ? issue : githubTimeline(reader, issue.value);
    },

    async search(text, scope) {
      const within = scope.length === 0 ? repositories() : scope;
      let kept = await cache.cached();
      if (kept === undefined) {
        const read = await cache.refresh();
        if (read.kind === "failed") return read;
        kept = read.value;
      }
      const near = snapshotOf(kept).issues.filter(({ ref }) => within.includes(ref.repository));
      const far = await searchServer(api, log, text, within);
      for (const repository of within) await trust.resolveAuthors(repository, far.filter(({ ref }) => ref.repository === repository).map(authorOf));
      const known = new Set(near.map(({ ref }) => refKey(ref)));
      const all = [...near, ...far.filter(({ ref }) => !known.has(refKey(ref))).map(cache.place)];
      await issueIndex.add(all);
      return ok(issueIndex.find(text, all, maxFound));
    },
  };

  /** Closes duplicates that this account created, and moves links to them to the issue that stays. Duplicates created by others are left alone. */
  async function retireOwn(duplicates: readonly Duplicate[], issues: readonly Issue[]): Promise<void> {
    const login = duplicates.length === 0 ? undefined : await parts.account();
    for (const { duplicate, of } of duplicates) {
      if (login?.kind !== "ok" || login.value !== duplicate.author || !(await mayWrite(duplicate.ref.repository))) continue;
      const retired = duplicate.state === "closed" ? ok(undefined) : await retire(comments, duplicate.ref, of.ref);
      const result = retired.kind === "failed" ? retired : await inherit(tracker, duplicate, of, issues, inherited);
      if (result.kind === "failed") log.error(`A second issue of one write is not wholly put away: ${refKey(duplicate.ref)}`);
    }
  }

  /** Removes duplicate desk comments that a window left behind. The oldest one contains what counts. */
  async function retireComments(): Promise<void> {
    for (const { ref, comment } of cache.secondComments()) {
      if (!(await mayWrite(ref.repository))) continue;
      const removed = await removeComment(api, ref, comment.id);
      if (removed.kind === "failed") log.error(`A second comment of the desk is not put away: ${refKey(ref)}`);
    }
  }

  return tracker;
}

/** Reports each notice once instead of with every reading. */
function onceEach(onNotice: (notice: Notice) => void): (notice: Notice) => void {
  const known = new Set<string>();
  return (notice) => {
    const name = notice.kind === "unread" ? `${notice.repository} ${notice.failure.kind}` : notice.kind === "renamed" ? `${notice.from} ${notice.to}` : undefined;
    if (name !== undefined && known.has(name)) return;
    if (name !== undefined) known.add(name);
    onNotice(notice);
  };
}

function nobody(): readonly string[] {
  return [];
}

/** The issue with one more native link. */
function withLink(issue: Issue, relation: Relation): Issue {
  const { children = 0, blockedBy = 0, blockers = 0, blocks = 0, ...rest } = issue.native ?? {};
  const native = relation === "child" ? { children: children + 1, blockedBy, blockers, blocks } : { children, blockedBy: blockedBy + 1, blockers: blockers + 1, blocks };
  return { ...issue, native: { ...rest, ...native } };
}

function snapshotOf({ at, issues }: CachedIssues): IssueSnapshot {
  return { at, issues: withoutDuplicates(issues, keyOf).issues, broken: [] };
}

type Token = () => Promise<string | undefined>;

/**
 * The tracker of the signed-in account. Operations that one account started are never finished by another: once the token
 * changes, their requests fail as signed out.
 */
export function accountTracker(token: Token, open: (token: Token) => GithubTracker): GithubTracker {
  let last: { readonly token: string | undefined; readonly tracker: GithubTracker } | undefined;

  async function now(): Promise<GithubTracker> {
    const mine = await token();
    if (last === undefined || last.token !== mine) last = { token: mine, tracker: open(async () => ((await token()) === mine ? mine : undefined)) };
    return last.tracker;
  }

  return {
    list: async (query) => (await now()).list(query),
    get: async (ref) => (await now()).get(ref),
    create: async (draft, key) => (await now()).create(draft, key),
    edit: async (ref, change, key) => (await now()).edit(ref, change, key),
    comment: async (ref, markdown, key) => (await now()).comment(ref, markdown, key),
    maxComment: maxTextLength - roomForKey,
    link: async (parent, child, relation, step) => (await now()).link(parent, child, relation, step),
    relations: async (ref) => (await now()).relations(ref),
    timeline: async (ref) => (await now()).timeline(ref),
    search: async (text, scope) => (await now()).search(text, scope),
    forms: async (repository) => (await now()).forms(repository),
    remembered: async () => (await now()).remembered(),
  };
}

const maxTerms = 3;

const maxRepositories = 5;

/**
 * Searches each repository on the server for the most distinctive words. The server's search lags and is limited to few
 * requests per minute. If it is not available, the result is empty.
 */
async function searchServer(api: GithubApi, log: Log, text: string, scope: readonly Repository[]): Promise<readonly RepositoryIssue[]> {
  const terms = distinctiveTerms(text);
  if (terms.length === 0) return [];
  const found = new Map<string, RepositoryIssue>();
  for (const repository of scope.slice(0, maxRepositories)) {
    const answer = await api.read({ repository }, searchResponse, (octokit, extras) =>
      octokit.rest.search.issuesAndPullRequests({ q: `${terms.join(" ")} is:issue repo:${repository}`, per_page: 10, ...extras }),
    );
    if (answer.kind === "failed") {
      log.info(`Search in ${repository} gave no answer: ${answer.failure.kind}`);
      // A repository that cannot be searched does not affect the others.
      if (answer.failure.kind === "limited" || answer.failure.kind === "offline") break;
      continue;
    }
    if (answer.value.kind === "changed") {
      for (const raw of answer.value.data.items) {
        const issue = toIssue(raw, repository);
        if (!isPullRequest(raw)) found.set(refKey(issue.ref), issue);
      }
    }
  }
  return [...found.values()];
}

/** The longest words, because the server only finds texts that contain all of them. They contain no search operators. */
function distinctiveTerms(text: string): readonly string[] {
  const terms = (text.normalize("NFKC").match(/[\p{L}\p{N}\p{M}]{2,40}/gu) ?? []).filter((term) => term.length > 2 || hasUnspaced(term));
  return [...new Set(terms.map((term) => term.toLowerCase()))].sort((a, b) => b.length - a.length).slice(0, maxTerms);
}

/**
 * Moves the links of a closed duplicate to the issue that stays, on both ends and natively. Skips issues that are known to be
 * correct and links in `settled`, and adds finished links to that set.
 */
async function inherit(tracker: Pick<IssueTracker, "edit" | "link">, duplicate: Issue, of: Issue, known: readonly Issue[], settled: Set<string>): Promise<Result<void>> {
  const home = duplicate.ref.repository;
  const existingLinks = readLinks(of.body, home);
  for (const link of readLinks(duplicate.body, home)) {
    if (link.kind === "postmortem") continue;
    const { other } = link;
    const key = `inherit ${refKey(duplicate.ref)} ${refKey(other)}`;
    const inherited = existingLinks.some((existingLink) => existingLink.kind === link.kind && sameRef(existingLink.other, other));
    const far = known.find(({ ref }) => sameRef(ref, other));
    if (far === undefined ? !inherited : names(far, duplicate.ref)) {
      const above = await tracker.edit(other, { kind: "relink", from: duplicate.ref, to: of.ref }, key);
      if (above.kind === "failed") return above;
    }
    if (inherited && settled.has(`${key} ${link.kind}`)) continue;
    const below = await linkAs(tracker, of.ref, link.kind, other);
    if (below.kind === "failed") return below;
    settled.add(`${key} ${link.kind}`);
  }
  return ok(undefined);
}

/** Links two issues with the given kind of link. */
async function linkAs(tracker: Pick<IssueTracker, "link">, ref: IssueRef, kind: LinkKind, other: IssueRef): Promise<Result<void>> {
  if (kind === "parent") return tracker.link(other, ref, "child");
  if (kind === "duplicateOf") return tracker.link(other, ref, "hasDuplicate");
  return kind === "blocks" ? tracker.link(other, ref, "blockedBy") : tracker.link(ref, other, kind);
}

/** Whether links or steps of the issue refer to the other one. */
function names(issue: Issue, other: IssueRef): boolean {
  const home = issue.ref.repository;
  return (
    readLinks(issue.body, home).some((link) => link.kind !== "postmortem" && sameRef(link.other, other)) ||
    readChecklists(issue.body, home).some(({ items }) => items.some((item) => item.kind === "step" && item.links.some((link) => sameRef(link, other))))
  );
}
