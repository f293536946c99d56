import { type Refusal, refusal } from "./exchange";
import { issueOf, issuesOf, type IssueKey, putIssue, type StoredIssue, type StoredRepository, userOf, type World } from "./world";

/** An issue with its repository. */
export interface Found {
  readonly repository: StoredRepository;
  readonly issue: StoredIssue;
}

const maxChildren = 100;
const maxLevels = 8;
const maxBlockers = 50;

/** The issue with a key, also if it was transferred since. */
export function issueAt(world: World, key: IssueKey): Found | undefined {
  const repository = world.repositories.get(key.repository);
  const gone = repository?.gone.get(key.number);
  if (gone?.kind === "moved") return issueAt(world, gone.to);
  const issue = repository === undefined ? undefined : issueOf(repository, key.number);
  return repository === undefined || issue === undefined ? undefined : { repository, issue };
}

export function issueWithId(world: World, id: number): Found | undefined {
  return everywhere(world).find(({ issue }) => issue.id === id);
}

export function childrenOf(world: World, parent: Found, at?: number): readonly Found[] {
  return !world.linked ? [] : everywhere(world, at).filter(({ issue }) => issue.parent !== null && issueAt(world, issue.parent)?.issue.id === parent.issue.id);
}

export function parentOf(world: World, { issue }: Found): Found | undefined {
  return issue.parent === null ? undefined : issueAt(world, issue.parent);
}

export function blockersOf(world: World, { issue }: Found): readonly Found[] {
  return issue.blockedBy.flatMap(key => issueAt(world, key) ?? []);
}

export function blockedBy(world: World, blocker: Found, at?: number): readonly Found[] {
  return !world.linked ? [] : everywhere(world, at).filter(each => blockersOf(world, each).some(({ issue }) => issue.id === blocker.issue.id));
}

/** Adds a sub-issue, or throws GitHub's refusal. */
export function addSubIssue(world: World, parent: Found, child: Found, login: string): void {
  const before = parentOf(world, child);
  if (before?.issue.id === parent.issue.id) throw wrong("Issue may not contain duplicate sub-issues and Sub issue may only have one parent");
  if (before !== undefined) throw wrong("Sub issue may only have one parent");
  if (ownerOf(parent) !== ownerOf(child)) throw wrong("Sub issue must belong to the same owner");
  if (ancestors(world, parent).some(({ issue }) => issue.id === child.issue.id)) throw wrong("Sub-issue cannot be its own ancestor");
  if (childrenOf(world, parent).length >= maxChildren) throw wrong(`Parent cannot have more than ${maxChildren} sub-issues`);
  if (ancestors(world, parent).length + levels(world, child) > maxLevels) throw wrong(`Sub-issues cannot be nested more than ${maxLevels} levels`);
  change(world, child, login, { parent: keyOf(parent) }, "parent_issue_added");
  change(world, parent, login, {}, "sub_issue_added");
}

/** Adds a dependency, or throws GitHub's refusal. */
export function addBlocker(world: World, blocked: Found, blocker: Found, login: string): void {
  if (blocked.issue.id === blocker.issue.id) throw wrong("An issue cannot be blocked by itself");
  const known = blockersOf(world, blocked);
  if (known.some(({ issue }) => issue.id === blocker.issue.id)) throw wrong("Target issue has already been taken");
  if (known.length >= maxBlockers) throw wrong(`Issue cannot be blocked by more than ${maxBlockers} issues`);
  change(world, blocked, login, { blockedBy: [...blocked.issue.blockedBy, keyOf(blocker)] }, "blocked_by_added");
  change(world, blocker, login, {}, "blocking_added");
}

function change(world: World, { repository, issue: { number } }: Found, login: string, more: Partial<StoredIssue>, event: "parent_issue_added" | "sub_issue_added" | "blocked_by_added" | "blocking_added"): void {
  world.linked = true;
  const now = world.now();
  const issue = issueOf(repository, number);
  if (issue === undefined) throw new Error("The issue is not there.");
  // The update time stays the same, so requests for recent changes do not return a new link.
  putIssue(world, repository, { ...issue, ...more, events: [...issue.events, { event, id: world.nextId(), at: now, login: userOf(world, login).login }] });
}

function everywhere(world: World, at?: number): readonly Found[] {
  return [...world.repositories.values()].flatMap(repository => issuesOf(repository, at).map(issue => ({ repository, issue })));
}

/** The issue and its ancestors. */
function ancestors(world: World, found: Found): readonly Found[] {
  const above = parentOf(world, found);
  return above === undefined ? [found] : [found, ...ancestors(world, above)];
}

/** Number of levels of the issue and its sub-issues. */
function levels(world: World, found: Found): number {
  return 1 + Math.max(0, ...childrenOf(world, found).map(child => levels(world, child)));
}

function keyOf({ repository, issue }: Found): IssueKey {
  return { repository: repository.id, number: issue.number };
}

function ownerOf({ repository }: Found): string {
  return repository.fullName.split("/")[0]?.toLowerCase() ?? "";
}

function wrong(message: string): Refusal {
  return refusal(422, message);
}
