import { applyChange } from "../../core/issue/applyChange";
import type { Instant, Issue } from "../../core/issue/issue";
import { isInBody, type IssueChange } from "../../core/issue/issueChange";
import { sameRef, type IssueRef } from "../../core/issue/issueRef";
import type { Clock } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import type { Run } from "../../core/runbook/run";
import { ownerAndName, type Answer, type GithubApi, type Writer } from "./githubApi";
import { toIssue, type RawIssue } from "./githubIssue";
import { tellIgnored } from "./ignored";
import type { Notice } from "./notice";

export interface EditParts {
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly told: (notice: Notice) => void;
  readonly runbookUrl?: (run: Run) => string | undefined;
  /** Milliseconds that another writer may need between reading and writing, at least. */
  readonly settle: number;
  /** Told of the issue as it was found, before anything is written to it. */
  readonly noteTry: (found: Issue) => Promise<Result<unknown>>;
}

const mostOfBody = 65_536;
const rounds = 12;

/** The issue as it is now; an issue that was moved elsewhere is a failure that says where to. */
export async function getIssue(api: GithubApi, ref: IssueRef, told: (notice: Notice) => void): Promise<Result<Issue>> {
  const found = await findIssue(api, ref, told);
  return found.kind === "failed" ? found : ok(found.value.issue);
}

async function findIssue(api: GithubApi, ref: IssueRef, told: (notice: Notice) => void): Promise<Result<Written>> {
  const read = await readIssue(api, ref, undefined, told);
  if (read.kind === "failed") return read;
  if (read.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
  const { data, etag } = read.value;
  return ok({ issue: data, ...(etag === undefined ? {} : { etag }) });
}

/**
 * Applies the change to a fresh copy, writes only what differs, and reads once more until the change is seen to have
 * lasted: the server keeps the last of two texts written at once, so a text is only sure after the time another writer
 * may have needed between reading and writing. So is one that is found written already: by an earlier try, perhaps just now.
 */
export async function editIssue(parts: EditParts, ref: IssueRef, change: IssueChange): Promise<Result<Issue>> {
  const { api, clock, told } = parts;
  const at = clock.now();
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const made = await api.inTurn((writer) => make(parts, writer, ref, change, at));
    if (made.kind === "failed") return made;
    if (made.value.sure) return ok(made.value.issue);
    await clock.wait(Math.max(parts.settle, 2 * (performance.now() - began)));
    const again = await readIssue(api, ref, made.value.etag, told);
    if (again.kind === "failed") return again;
    if (again.value.kind === "same") return ok(made.value.issue);
    const lasting = applyChange(again.value.data, change, at);
    if (lasting.kind === "failed" || lasting.value === again.value.data) return lasting;
  }
  return failed({ kind: "serverTrouble", server: api.server, status: 409 });
}

interface Made {
  readonly issue: Issue;
  /** Whether nobody else's write at the same time can have undone it. */
  readonly sure: boolean;
  readonly etag?: string;
}

async function make(parts: EditParts, writer: Writer, ref: IssueRef, change: IssueChange, at: Instant): Promise<Result<Made>> {
  const found = await findIssue(parts.api, ref, parts.told);
  if (found.kind === "failed") return found;
  const now = found.value.issue;
  const wanted = applyChange(now, change, at, parts.runbookUrl === undefined ? {} : { runbookUrl: parts.runbookUrl });
  if (wanted.kind === "failed") return wanted;
  if (wanted.value === now) return ok({ ...found.value, sure: !isInBody(change) });
  const newBody = wanted.value.body !== now.body;
  if (newBody && wanted.value.body.length > mostOfBody) return failed({ kind: "bodyTooLong", ref, length: wanted.value.body.length });
  const noted = await parts.noteTry(now);
  if (noted.kind === "failed") return noted;
  const written = await write(writer, parts.told, now, wanted.value);
  return written.kind === "failed" ? written : ok({ ...written.value, sure: !newBody });
}

async function readIssue(api: GithubApi, ref: IssueRef, etag: string | undefined, told: (notice: Notice) => void): Promise<Result<Answer<Issue>>> {
  const answer = await api.read({ repository: ref.repository, ref }, (octokit, extras) =>
    octokit.rest.issues.get({ ...ownerAndName(ref.repository), issue_number: ref.number, ...(etag === undefined ? {} : { headers: { "if-none-match": etag } }), ...extras }),
  );
  if (answer.kind === "failed") return answer;
  if (answer.value.kind === "same") return ok({ kind: "same" });
  const issue = toIssue(answer.value.data);
  if (sameRef(issue.ref, ref) || issue.ref.repository.toLowerCase() === ref.repository.toLowerCase()) return ok({ ...answer.value, data: { ...issue, ref } });
  if (issue.ref.number !== ref.number || (await isThere(api, ref.repository))) return failed({ kind: "transferred", ref, to: issue.ref });
  told({ kind: "renamed", from: ref.repository, to: issue.ref.repository });
  return ok({ ...answer.value, data: { ...issue, ref } });
}

/** Whether the repository still has this name: else it was renamed, and the issue with it. */
async function isThere(api: GithubApi, repository: string): Promise<boolean> {
  const answer = await api.read({ repository }, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
  return answer.kind === "ok" && answer.value.kind === "changed" && answer.value.data.full_name.toLowerCase() === repository.toLowerCase();
}

interface Written {
  readonly issue: Issue;
  readonly etag?: string;
}

/** Labels and people are added and taken away one by one, so that what others set meanwhile stays. */
async function write(writer: Writer, told: EditParts["told"], before: Issue, after: Issue): Promise<Result<Written>> {
  const { ref } = after;
  const subject = { repository: ref.repository, ref };
  const at = { ...ownerAndName(ref.repository), issue_number: ref.number };
  const more = (now: readonly string[], old: readonly string[]): string[] => now.filter((name) => !old.includes(name));
  const addLabels = more(after.labels, before.labels);
  const addAssignees = more(after.assignees, before.assignees);
  const dropAssignees = more(before.assignees, after.assignees);
  let issue = after;

  const fields = {
    ...(after.title === before.title ? {} : { title: after.title }),
    ...(after.body === before.body ? {} : { body: after.body }),
    ...(after.state === before.state ? {} : { state: after.state, ...(after.state === "closed" ? { state_reason: "completed" as const } : {}) }),
  };
  for (const name of more(before.labels, after.labels)) {
    const removed = await writer.write(subject, (octokit, extras) => octokit.rest.issues.removeLabel({ ...at, name, ...extras }));
    // Somebody else took it away meanwhile.
    if (removed.kind === "failed" && removed.failure.kind !== "gone") return removed;
  }
  if (addLabels.length > 0) {
    const added = await writer.write(subject, (octokit, extras) => octokit.rest.issues.addLabels({ ...at, labels: addLabels, ...extras }));
    if (added.kind === "failed") return added;
    issue = { ...issue, labels: added.value.map(({ name }) => name) };
    tellIgnored(told, issue, addLabels, []);
  }
  if (addAssignees.length > 0) {
    const added = await writer.write(subject, (octokit, extras) => octokit.rest.issues.addAssignees({ ...at, assignees: addAssignees, ...extras }));
    if (added.kind === "failed") return added;
    issue = { ...issue, assignees: toIssue(added.value).assignees };
    tellIgnored(told, issue, [], addAssignees);
  }
  if (dropAssignees.length > 0) {
    const dropped = await writer.write(subject, (octokit, extras) => octokit.rest.issues.removeAssignees({ ...at, assignees: dropAssignees, ...extras }));
    if (dropped.kind === "failed") return dropped;
    issue = { ...issue, assignees: toIssue(dropped.value).assignees };
  }
  if (Object.keys(fields).length === 0) return ok({ issue });
  return patch(writer, subject, (octokit, extras) => octokit.rest.issues.update({ ...at, ...fields, ...extras }), ref);
}

async function patch(writer: Writer, subject: { readonly repository: string; readonly ref: IssueRef }, call: Parameters<typeof writer.write<RawIssue>>[1], ref: IssueRef): Promise<Result<Written>> {
  let etag: string | undefined;
  const patched = await writer.write<RawIssue>(subject, async (octokit, extras) => {
    const response = await call(octokit, extras);
    etag = response.headers.etag;
    return response;
  });
  return patched.kind === "failed" ? patched : ok({ issue: { ...toIssue(patched.value), ref }, ...(etag === undefined ? {} : { etag }) });
}
