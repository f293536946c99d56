import { addComment, addLabel, changeComment, changeIssue, openIssue, pushCommit, transferIssue } from "./changes";
import { commitFile, filesOf, headOf } from "./branches";
import { addBlocker, addSubIssue, blockersOf, childrenOf, type Found, issueAt } from "./links";
import { issueOf, issuesOf, putIssue, type StoredIssue, type StoredMove, type StoredRepository, type World } from "./world";

/** A repository as a person has it in the browser: every change here is nobody's request. */
export interface WebRepository {
  /** Issues and pull requests as they now are, oldest first. */
  issues(): readonly StoredIssue[];
  issue(number: number): StoredIssue;
  labels(): readonly string[];
  open(draft: { readonly title: string; readonly body?: string; readonly labels?: readonly string[]; readonly assignees?: readonly string[]; readonly pullRequest?: boolean; readonly draft?: boolean }, login: string): StoredIssue;
  /** Merges a pull request. */
  merge(number: number, login: string): void;
  /** Submits a review of a pull request. */
  review(number: number, login: string): void;
  /** The files of a branch by path; `undefined` if there is no such branch. */
  branch(name: string): ReadonlyMap<string, string> | undefined;
  /** Commits a file to a branch. */
  commitTo(branch: string, path: string, text: string): void;
  /** Protects the branches that start with a text. */
  protect(prefix: string): void;
  limitFiles(bytes: number): void;
  /** Puts an issue, of this repository unless told, below another one. */
  addSubIssue(number: number, child: number, of?: string): void;
  addBlocker(number: number, blocker: number, of?: string): void;
  subIssues(number: number): readonly StoredIssue[];
  blockers(number: number): readonly StoredIssue[];
  editTitle(number: number, title: string, login: string): void;
  editBody(number: number, body: string, login: string): void;
  comment(number: number, body: string, login: string): void;
  editComment(number: number, id: number, body: string): void;
  deleteComment(number: number, id: number): void;
  close(number: number, login: string, reason?: "completed" | "not_planned" | "duplicate"): void;
  reopen(number: number, login: string): void;
  label(number: number, name: string, login: string): void;
  unlabel(number: number, name: string, login: string): void;
  assign(number: number, assignee: string, login: string): void;
  unassign(number: number, assignee: string, login: string): void;
  /** Moves an issue on a project board, and adds it first. An empty status is none. */
  move(number: number, project: string, status: string, login: string): void;
  /** Moves it without a trace in its history. */
  moveUnseen(number: number, project: string, status: string): void;
  takeOff(number: number, project: string, login: string): void;
  limitEventPages(pages: number): void;
  lock(number: number, login?: string): void;
  unlock(number: number, login?: string): void;
  /** Gives the issue's new number in the other repository. */
  transfer(number: number, to: string, login?: string): number;
  delete(number: number): void;
  /** Shows an issue again that was deleted, like one of an account that is no longer suspended. Nothing says that it changed. */
  restore(number: number): void;
  addLabel(name: string): void;
  archive(archived?: boolean): void;
  switchIssues(on: boolean): void;
  rename(to: string): void;
  /** Pushes a commit to the main branch. Issues that its message names list it, and those it fixes are closed. Gives its id. */
  commit(message: string, login: string): string;
  /** Commits a file to the main branch. */
  putFile(path: string, text: string): void;
  removeFile(path: string): void;
}

/** The status of each issue on each board. */
const statusesOf = new WeakMap<StoredRepository, Map<string, string>>();

export function webRepository(world: World, repository: StoredRepository): WebRepository {
  const owner = repository.fullName.split("/")[0] ?? "";
  const issue: WebRepository["issue"] = number => {
    const found = issueOf(repository, number);
    if (found === undefined) throw new Error(`There is no ${repository.fullName}#${number}.`);
    return found;
  };
  const change = (number: number, login: string, wanted: Parameters<typeof changeIssue>[4]) => { changeIssue(world, repository, number, login, wanted); };
  const found = (number: number, of = repository.fullName): Found => {
    const other = world.repositories.get(world.names.get(of.toLowerCase()) ?? -1);
    return (other && issueAt(world, { repository: other.id, number })) ?? { repository, issue: issue(number) };
  };
  // It is not documented that a move changes when an issue was updated. Here it does not, which is harder for clients.
  const addMove = (number: number, move: Omit<StoredMove, "id" | "at">) => { putIssue(world, repository, { ...issue(number), moves: [...issue(number).moves ?? [], { ...move, id: world.nextId(), at: world.now() }] }); };
  const statuses = statusesOf.get(repository) ?? new Map<string, string>();
  statusesOf.set(repository, statuses);
  const moveOn = (number: number, project: string, status: string, login: string) => {
    const before = statuses.get(`${number} ${project}`);
    if (before === undefined) addMove(number, { type: "AddedToProjectV2Event", login, project, before: "", status: "" });
    statuses.set(`${number} ${project}`, status);
    addMove(number, { type: "ProjectV2ItemStatusChangedEvent", login, project, before: before ?? "", status });
  };
  return {
    merge: (number, login) => {
      const { branches } = issue(number);
      const head = branches === undefined ? undefined : headOf(repository, branches.head);
      for (const [path, text] of (branches === undefined ? undefined : filesOf(repository, branches.head)) ?? []) repository.files.set(path, text);
      change(number, login, { state: "closed" });
      putIssue(world, repository, { ...issue(number), mergedAt: world.now(), ...head === undefined ? {} : { mergedHead: head } });
    },
    review: (number, login) => {
      const one = issue(number);
      putIssue(world, repository, { ...one, reviewers: (one.reviewers ?? []).filter(each => each !== login), reviewed: [...one.reviewed ?? [], login] });
    },
    branch: name => filesOf(repository, name),
    commitTo: (name, path, text) => { commitFile(repository, name, path, text); },
    protect: prefix => { repository.protectedBranches = [...repository.protectedBranches ?? [], prefix]; },
    limitFiles: bytes => { repository.longestFile = bytes; },
    addSubIssue: (number, child, of) => { addSubIssue(world, found(number), found(child, of), owner); },
    addBlocker: (number, blocker, of) => { addBlocker(world, found(number), found(blocker, of), owner); },
    subIssues: number => childrenOf(world, found(number)).map(each => each.issue),
    blockers: number => blockersOf(world, found(number)).map(each => each.issue),
    issues: () => issuesOf(repository),
    issue,
    labels: () => [...repository.labels.values()].map(({ name }) => name),
    open: (draft, login) => openIssue(world, repository, login, draft),
    editTitle: (number, title, login) => { change(number, login, { title }); },
    editBody: (number, body, login) => { change(number, login, { body }); },
    comment: (number, body, login) => { addComment(world, repository, number, login, body); },
    editComment: (number, id, body) => { changeComment(world, repository, number, id, body); },
    deleteComment: (number, id) => { changeComment(world, repository, number, id, undefined); },
    close: (number, login, reason) => { change(number, login, { state: "closed", ...reason === undefined ? {} : { reason } }); },
    reopen: (number, login) => { change(number, login, { state: "open" }); },
    label: (number, name, login) => { change(number, login, { labels: [...issue(number).labels, name] }); },
    unlabel: (number, name, login) => { change(number, login, { labels: issue(number).labels.filter(label => label !== name) }); },
    assign: (number, assignee, login) => { change(number, login, { assignees: [...issue(number).assignees, assignee] }); },
    unassign: (number, assignee, login) => { change(number, login, { assignees: issue(number).assignees.filter(one => one !== assignee) }); },
    move: (number, project, status, login) => { moveOn(number, project, status, login); },
    moveUnseen: (number, project, status) => { statuses.set(`${number} ${project}`, status); },
    takeOff: (number, project, login) => {
      statuses.delete(`${number} ${project}`);
      addMove(number, { type: "RemovedFromProjectV2Event", login, project, before: "", status: "" });
    },
    limitEventPages: pages => { repository.eventPages = pages; },
    lock: (number, login = owner) => { change(number, login, { locked: true }); },
    unlock: (number, login = owner) => { change(number, login, { locked: false }); },
    transfer: (number, to, login = owner) => {
      const target = world.repositories.get(world.names.get(to.toLowerCase()) ?? -1);
      if (target === undefined) throw new Error(`There is no ${to}.`);
      return transferIssue(world, repository, number, target, login).number;
    },
    delete: number => { issue(number); repository.gone.set(number, { kind: "deleted" }); },
    restore: number => { repository.gone.delete(number); },
    addLabel: name => { addLabel(world, repository, name); },
    archive: (archived = true) => { repository.archived = archived; },
    switchIssues: on => { repository.hasIssues = on; },
    commit: (message, login) => pushCommit(world, repository, login, message),
    putFile: (path, text) => {
      const sha = commitFile(repository, "main", path, text);
      repository.fileLog = [{ sha, at: world.now(), path }, ...repository.fileLog ?? []];
    },
    removeFile: path => { repository.files.delete(path); },
    rename: to => { repository.fullName = to; world.names.set(to.toLowerCase(), repository.id); },
  };
}
