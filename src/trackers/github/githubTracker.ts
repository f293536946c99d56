import { linkEnds } from "../../core/issue/issueChange";
import type { Issue, IssueSnapshot, Relation } from "../../core/issue/issue";
import { refKey, sameRef, type IssueRef, type Repository } from "../../core/issue/issueRef";
import { carriesLink } from "../../core/issue/linkRegion";
import type { OperationKey } from "../../core/issue/operation";
import { retryDelay } from "../../core/issue/retryPolicy";
import type { IssueTracker } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { createKeyedQueue } from "../../core/model/queues";
import { lazyIssueIndex } from "../lazyIssueIndex";
import { addComment, removeComment } from "./addComment";
import { createIssue, retire, type CreatedIssue } from "./createIssue";
import { editIssue } from "./editIssue";
import { githubForms } from "./githubForms";
import type { GithubTrackerParts } from "./githubParts";
import { githubTimeline } from "./githubTimeline";
import { issueShelf, type Kept } from "./issueShelf";
import { inherit } from "./inherit";
import { keyOf } from "./keyMark";
import type { Notice } from "./notice";
import { linkNatively } from "./nativeLinks";
import { noteTry, notUndone } from "./notUndone";
import { authorOf } from "./githubIssue";
import { findIssue, getIssue } from "./readIssue";
import { readRelations } from "./relations";
import { searchServer } from "./searchIssues";
import { shortDraft } from "./shortDraft";
import { rememberTries } from "./tries";
import { createTrust } from "./trust";
import { withoutTwins, type Twin } from "./twins";
import type { Reader, WholeIssue } from "./wholeIssue";
import { runInBackground } from "../../core/background";

/** An `IssueTracker` on GitHub that also knows what it read last. */
export interface GithubTracker extends IssueTracker {
  /** The issues as they were last read, also before a restart, without a request; `at` says when that was. */
  remembered(): Promise<IssueSnapshot | undefined>;
}

const usualPause = 1000;
const usualSettle = 500;
const mostFound = 20;

/** Issues of GitHub's repositories, shared with whoever else writes there: merged, never overwritten, created once. */
export function createGithubTracker(parts: GithubTrackerParts): GithubTracker {
  const { api, clock, memory, log, repositories, pause = usualPause, settle = usualSettle, issueIndex = lazyIssueIndex(clock) } = parts;
  const told = onceEach(parts.told);
  const trust = createTrust({ api, memory, account: parts.account, people: parts.people ?? nobody });
  const shelf = issueShelf({ ...parts, trust, told });
  const tries = rememberTries(memory, clock, log);
  const forms = githubForms(parts);
  const queue = createKeyedQueue();
  const inherited = new Set<string>();
  const native = { api, told };
  /** Issues that were created here and may be linked next, by `refKey`. */
  const created = new Map<string, CreatedIssue & { readonly issue: WholeIssue }>();
  const reader: Reader = { api, trust, told, deskComments: (ref) => shelf.deskComments(ref) };
  const comments = { ...reader, clock, tries, pause };
  const edits = { ...comments, settle, ...(parts.runbookUrl === undefined ? {} : { runbookUrl: parts.runbookUrl }) };
  const mayWrite = async (repository: Repository): Promise<boolean> => (parts.mayWrite === undefined ? true : parts.mayWrite(repository));

  /** Does the write in its turn, if this workspace may write there. */
  async function writing<T>(name: string, repository: Repository, write: () => Promise<Result<T>>): Promise<Result<T>> {
    return queue([name], async () => ((await mayWrite(repository)) ? write() : failed({ kind: "unconfirmed", repository })));
  }

  /** The reference with its repository in the letters that the desk uses. */
  function named(ref: IssueRef): IssueRef {
    return { ...ref, repository: repositories().find((each) => each.toLowerCase() === ref.repository.toLowerCase()) ?? ref.repository };
  }

  function noted(ref: IssueRef, result: Result<WholeIssue>): Result<Issue> {
    if (result.kind === "ok") shelf.put(result.value);
    else if (result.failure.kind === "gone" || result.failure.kind === "transferred") shelf.drop(ref);
    return result;
  }

  /** Assigns people without whom the server took the issue: those who can be, and the others are told. */
  async function assignLater(ref: IssueRef, people: readonly string[], key: OperationKey): Promise<Result<unknown>> {
    if (people.length === 0) return ok(undefined);
    const assigned = await tracker.edit(ref, { kind: "assign", add: people, remove: [] }, `${key}/people`);
    if (assigned.kind === "ok" || retryDelay(assigned.failure, 1, clock.now()) !== undefined || assigned.failure.kind === "signedOut") return assigned;
    told({ kind: "ignored", ref, what: "assignees", names: people });
    return ok(undefined);
  }

  const tracker: GithubTracker = {
    forms,

    async list({ state }) {
      const read = await shelf.refresh();
      if (read.kind === "failed") return read;
      const { issues, twins } = withoutTwins(read.value.issues, keyOf);
      runInBackground(retireOwn(twins, issues), log);
      runInBackground(retireComments(), log);
      return ok({ at: read.value.at, issues: issues.filter((issue) => state === "all" || issue.state === state), broken: [] });
    },

    async remembered() {
      const kept = await shelf.kept();
      return kept === undefined ? undefined : snapshotOf(kept);
    },

    get: async (ref) => noted(ref, await getIssue(reader, ref)),

    create: (draft, key) =>
      writing(`create ${key}`, draft.repository, async () => {
        const short = shortDraft(draft);
        const made = await createIssue(comments, short.draft, key);
        if (made.kind === "failed") return made;
        const { ref } = made.value.issue;
        await trust.settle(ref.repository, [authorOf(made.value.issue)]);
        const issue = shelf.place(made.value.issue);
        shelf.put(issue);
        created.set(refKey(ref), { ...made.value, issue });
        const assigned = await assignLater(ref, made.value.unassigned, key);
        if (assigned.kind === "failed") return assigned;
        for (const run of short.runs) {
          const started = await tracker.edit(ref, { kind: "startRun", run }, `${key}/${run.id}`);
          if (started.kind === "failed") return started;
        }
        return ok(ref);
      }),

    edit: (ref, change, key) =>
      writing(refKey(ref), ref.repository, async () => {
        const left = await notUndone({ ...reader, tries }, ref, change, key);
        if (left.kind === "failed") return noted(ref, left);
        return noted(ref, left.value === undefined ? await getIssue(reader, ref) : await editIssue({ ...edits, noteTry: (found) => noteTry(tries, found, change, key) }, ref, left.value));
      }),

    comment: (ref, markdown, key) =>
      writing(refKey(ref), ref.repository, async () => {
        const added = await addComment(comments, ref, markdown, key);
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
      // An issue that was created below another one names it from the start.
      const below = carriesLink(end.value.issue, onChild) ? undefined : await tracker.edit(child, { kind: "addLink", link: onChild }, key);
      if (below?.kind === "failed") return below;
      const linked = await writing(refKey(parent), parent.repository, () => linkNatively(native, above.value, end.value.end, relation, fresh?.found === false));
      if (linked.kind === "failed") return linked;
      created.delete(refKey(child));
      // The server counts the new link a second later or more.
      if (linked.value === "made") shelf.put(withLink(above.value, relation));
      return ok(undefined);
    },

    async relations(ref) {
      const issue = await tracker.get(ref);
      return issue.kind === "failed" ? issue : readRelations(api, issue.value, named);
    },

    async timeline(ref) {
      const issue = await getIssue(reader, ref);
      return issue.kind === "failed" ? issue : githubTimeline(reader, issue.value);
    },

    async search(text, scope) {
      const within = scope.length === 0 ? repositories() : scope;
      let kept = await shelf.kept();
      if (kept === undefined) {
        const read = await shelf.refresh();
        if (read.kind === "failed") return read;
        kept = read.value;
      }
      const near = snapshotOf(kept).issues.filter(({ ref }) => within.includes(ref.repository));
      const far = await searchServer(api, log, text, within);
      for (const repository of within) await trust.settle(repository, far.filter(({ ref }) => ref.repository === repository).map(authorOf));
      const known = new Set(near.map(({ ref }) => refKey(ref)));
      const all = [...near, ...far.filter(({ ref }) => !known.has(refKey(ref))).map(shelf.place)];
      const index = await issueIndex();
      await index.add(all);
      return ok(index.find(text, all, mostFound));
    },
  };

  /** Twins that this account made are closed and what linked to them links to the issue that stays; what somebody else made is theirs. */
  async function retireOwn(twins: readonly Twin[], issues: readonly Issue[]): Promise<void> {
    const login = twins.length === 0 ? undefined : await parts.account();
    for (const { twin, of } of twins) {
      if (login?.kind !== "ok" || login.value !== twin.author || !(await mayWrite(twin.ref.repository))) continue;
      const retired = twin.state === "closed" ? ok(undefined) : await retire(comments, twin.ref, of.ref);
      const result = retired.kind === "failed" ? retired : await inherit(tracker, twin, of, issues, inherited);
      if (result.kind === "failed") log.error(`A second issue of one write is not wholly put away: ${refKey(twin.ref)}`);
    }
  }

  /** A second comment of the desk that a window made before it died; the older one holds what counts. */
  async function retireComments(): Promise<void> {
    for (const { ref, comment } of shelf.secondComments()) {
      if (!(await mayWrite(ref.repository))) continue;
      const removed = await removeComment(api, ref, comment.id);
      if (removed.kind === "failed") log.error(`A second comment of the desk is not put away: ${refKey(ref)}`);
    }
  }

  return tracker;
}

/** Tells once what would else be told anew with every reading. */
function onceEach(told: (notice: Notice) => void): (notice: Notice) => void {
  const known = new Set<string>();
  return (notice) => {
    const name = notice.kind === "unread" ? `${notice.repository} ${notice.failure.kind}` : notice.kind === "renamed" ? `${notice.from} ${notice.to}` : undefined;
    if (name !== undefined && known.has(name)) return;
    if (name !== undefined) known.add(name);
    told(notice);
  };
}

function nobody(): readonly string[] {
  return [];
}

/** The issue with one native link more than it was read with. */
function withLink(issue: Issue, relation: Relation): Issue {
  const { children = 0, blockedBy = 0, blockers = 0, blocks = 0, ...rest } = issue.native ?? {};
  const native = relation === "child" ? { children: children + 1, blockedBy, blockers, blocks } : { children, blockedBy: blockedBy + 1, blockers: blockers + 1, blocks };
  return { ...issue, native: { ...rest, ...native } };
}

function snapshotOf({ at, issues }: Kept): IssueSnapshot {
  return { at, issues: withoutTwins(issues, keyOf).issues, broken: [] };
}
