import { findStep } from "../checklist/checklistSteps";
import { assignStep, choose, gateBefore, linkStep, markStep, reopenSection, showEvidence } from "../checklist/marking";
import { refusedApproval } from "../checklist/requests";
import { updateFromRunbook } from "../checklist/updateFromRunbook";
import { readableText, setValues } from "../checklist/values";
import { appendChecklist, type ChecklistFormat, isBroken, readChecklists, replaceChecklist } from "../markup/checklistRegion";
import { noteClock } from "../markup/clockRegion";
import { readFields, setFields } from "../markup/fieldRegion";
import { acceptHandoff } from "../markup/handoffRegion";
import { oneLine } from "../markup/hiddenMark";
import { stageLabels } from "../markup/labels";
import { addLink, relink } from "../markup/linkRegion";
import type { Checklist, StepMark } from "../model/checklist";
import type { Failure } from "../model/failure";
import { compareInstants } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import type { CloseChange, IssueChange, ReopenChange, StepAnswers } from "../model/issueChange";
import { fieldNamed } from "../model/issueField";
import { refKey, sameRef } from "../model/issueRef";
import { hasName } from "../model/names";
import { assertNever, failed, ok, type Result } from "../model/result";

/** What is not part of the issue. */
interface ChangeOptions {
  /** Link target of a new checklist's title. */
  readonly runbookUrl?: (checklist: Checklist) => string | undefined;
  /** Whether the items of a new checklist are separated by empty lines, for Git. */
  readonly spaced?: boolean;
  /** When it is written to the store. Fields of a clock that is far ahead of that are replaced. */
  readonly writtenAt?: Instant;
}

/**
 * Applies a change made at `at`. Returns the same issue when it contains the change already. Changes of several people can be
 * applied in any order, with two exceptions that fail: marks after a gate that was locked when they were made, and a body with
 * a broken mark.
 */
export function applyChange(issue: Issue, change: IssueChange, at: Instant, options: ChangeOptions = {}): Result<Issue> {
  switch (change.kind) {
    case "close":
      return ok(closeIssue(issue, change, at));
    case "reopen":
      return ok(reopenIssue(issue, change, at));
    case "retitle": {
      const title = oneLine(change.title).trim();
      if (title === "") return failed({ kind: "invalidDraft", reason: "emptyTitle" });
      return ok(title === issue.title ? issue : { ...issue, title, updatedAt: at });
    }
    case "assign": {
      const assignees = addAndRemove(issue.assignees, change.add, change.remove);
      return ok(assignees === issue.assignees ? issue : { ...issue, assignees, updatedAt: at });
    }
    case "label": {
      const labels = addAndRemove(issue.labels, change.add, change.remove);
      return ok(labels === issue.labels ? issue : { ...issue, labels, updatedAt: at });
    }
    case "startRun":
      return editBody(issue, at, (body, home) =>
        ok(readChecklists(body, home).some((checklist) => checklist.id === change.run.id) ? body : appendChecklist(body, change.run, home, formOf(change.run, options))),
      );
    case "markStep":
      return updateStep(issue, at, change.run, change.step, change.mark, (checklist) => answered(markStep(checklist, change.step, change.mark), change.step, change));
    case "choose":
      return updateStep(issue, at, change.run, change.option, change.mark, (checklist) => answered(choose(checklist, change.option, change.mark), change.option, change));
    case "setValues":
      return editChecklist(issue, at, change.run, "", (checklist) => setValues(checklist, change.values));
    case "linkStep":
      return editChecklist(issue, at, change.run, change.step, (checklist) => linkStep(checklist, change.step, change.child));
    case "giveStep":
      return editChecklist(issue, at, change.run, change.step, (checklist) => assignStep(checklist, change.step, change.login, change.at));
    case "showEvidence":
      return editChecklist(issue, at, change.run, change.step, (checklist) => showEvidence(checklist, change.step, change.add, change.remove));
    case "reopenSection":
      return editChecklist(issue, at, change.run, change.section, (checklist) => reopenSection(checklist, change.section, { by: change.by, at: change.at }));
    case "takeOver":
      return editChecklist(issue, at, change.fresh.id, "", (checklist) => updateFromRunbook(checklist, change.fresh));
    case "noteClock":
      return editBody(issue, at, (body) => ok(noteClock(body, change.marks)));
    case "setFields":
      return editBody(issue, at, (body) => ok(setFields(change.clock === undefined ? body : noteClock(body, change.clock), change.fields, options.writtenAt)));
    case "acceptHandoff":
      return editBody(issue, at, (body) => {
        const accepted = acceptHandoff(body, { by: change.by, at: change.at });
        return accepted === undefined ? brokenBody(issue) : ok(accepted);
      });
    case "addLink":
      if (change.link.kind !== "postmortem" && sameRef(change.link.other, issue.ref)) return failed({ kind: "selfLink", ref: issue.ref });
      return showAtStep(editBody(issue, at, (body, home) => ok(addLink(body, change.link, home))), change, at, options);
    case "relink":
      return editBody(issue, at, (body, home) => ok(relink(body, change.from, change.to, home)));
    default:
      return assertNever(change);
  }
}

/** Closes the issue unless it contains this closing already, or was reopened later. */
function closeIssue(issue: Issue, { reason = "completed", stamp, fields = [], clock = {} }: CloseChange, at: Instant): Issue {
  if (stamp === undefined) return closed(issue, at);
  const counts = compareInstants(stamp.at, lastAt(issue, "closed")) > 0 && compareInstants(stamp.at, lastAt(issue, "reopened")) > 0;
  const noted = note(issue, at, (body) => setFields(noteClock(body, clock), [...fields, { name: "closed", value: reason, ...stamp }]));
  return counts ? closed(noted, at) : noted;
}

/** Reopens the issue unless it contains this reopening already, or was closed later. */
function reopenIssue(issue: Issue, { stamp }: ReopenChange, at: Instant): Issue {
  if (stamp === undefined) return reopened(issue, at);
  const counts = compareInstants(stamp.at, lastAt(issue, "reopened")) > 0 && compareInstants(stamp.at, lastAt(issue, "closed")) >= 0;
  const noted = note(issue, at, (body) => setFields(body, [{ name: "reopened", value: stamp.at, ...stamp }]));
  return counts ? reopened(noted, at) : noted;
}

function lastAt({ body }: Issue, name: "closed" | "reopened"): Instant | undefined {
  return fieldNamed(readFields(body), name)?.at;
}

/** Edits the body. A broken body stays as it is, because an issue can be closed and reopened without it. */
function note(issue: Issue, at: Instant, edit: (body: string) => string): Issue {
  const edited = editBody(issue, at, (body) => ok(edit(body)));
  return edited.kind === "ok" ? edited.value : issue;
}

function closed(issue: Issue, at: Instant): Issue {
  return issue.state === "closed" ? issue : { ...issue, state: "closed", closedAt: at, updatedAt: at, labels: without(issue.labels, stageLabels(issue.labels)) };
}

function reopened(issue: Issue, at: Instant): Issue {
  if (issue.state === "open") return issue;
  const { closedAt: _closedAt, closeReason: _closeReason, ...rest } = issue;
  return { ...rest, state: "open", updatedAt: at };
}

function formOf(checklist: Checklist, { runbookUrl, spaced = false }: ChangeOptions): ChecklistFormat {
  const url = runbookUrl?.(checklist);
  return { spaced, ...(url === undefined ? {} : { runbookUrl: url }) };
}

/** Shows the linked issue at the step. If the step or checklist no longer exists, only the link is added. */
function showAtStep(linked: Result<Issue>, { link, step }: Extract<IssueChange, { kind: "addLink" }>, at: Instant, options: ChangeOptions): Result<Issue> {
  if (linked.kind === "failed" || step === undefined || link.kind === "postmortem") return linked;
  const shown = applyChange(linked.value, { kind: "linkStep", ...step, child: link.other }, at, options);
  return shown.kind === "failed" && (shown.failure.kind === "stepGone" || shown.failure.kind === "runGone") ? linked : shown;
}

function editBody(issue: Issue, at: Instant, edit: (body: string, home: string) => Result<string>): Result<Issue> {
  if (isBroken(issue.body, issue.ref.repository)) return brokenBody(issue);
  const edited = edit(issue.body, issue.ref.repository);
  if (edited.kind === "failed") return edited;
  return ok(edited.value === issue.body ? issue : { ...issue, body: edited.value, updatedAt: at });
}

function brokenBody(issue: Issue): Result<never> {
  return failed({ kind: "broken", path: issue.location.kind === "file" ? issue.location.path : refKey(issue.ref), reason: "badRegion" });
}

/** Adds what the person was asked for. */
function answered(checklist: Checklist | undefined, step: string, { values = [], comment }: StepAnswers): Checklist | undefined {
  const valued = checklist && setValues(checklist, values);
  return valued === undefined || comment === undefined ? valued : showEvidence(valued, step, [{ kind: "text", value: comment }], []);
}

/**
 * Steps after a locked gate cannot be marked as done, nor those that somebody else has to approve. Steps that are already done
 * there, for example by hand on the web, stay done and can be reopened.
 */
function updateStep(issue: Issue, at: Instant, id: string, step: string, mark: StepMark, edit: (checklist: Checklist) => Checklist | undefined): Result<Issue> {
  return editChecklist(issue, at, id, step, edit, (checklist) => {
    const gate = mark.kind === "open" ? undefined : gateBefore(checklist, step, mark.at ?? at);
    if (gate !== undefined) return { kind: "gateShut", ref: issue.ref, gate: gate.title };
    const approvers = refusedApproval(checklist, step, mark);
    return approvers && { kind: "notApprover", ref: issue.ref, step: readableText(findStep(checklist, step)?.text ?? step, checklist), approvers };
  });
}

function editChecklist(issue: Issue, at: Instant, id: string, step: string, edit: (checklist: Checklist) => Checklist | undefined, refuse?: (checklist: Checklist) => Failure | undefined): Result<Issue> {
  return editBody(issue, at, (body, home) => {
    const checklist = readChecklists(body, home).find((found) => found.id === id);
    if (checklist === undefined) return failed({ kind: "runGone", ref: issue.ref, run: id });
    const edited = edit(checklist);
    if (edited === undefined) return failed({ kind: "stepGone", ref: issue.ref, step });
    const refusal = edited === checklist ? undefined : refuse?.(checklist);
    if (refusal !== undefined) return failed(refusal);
    return ok(edited === checklist ? body : replaceChecklist(body, edited, home));
  });
}

function addAndRemove(now: readonly string[], add: readonly string[], remove: readonly string[]): readonly string[] {
  const kept = without(now, without(remove, add));
  const fresh = add.map((name) => oneLine(name).trim()).filter((name, index, all) => name !== "" && !hasName(kept, name) && !hasName(all.slice(0, index), name));
  const result = [...kept, ...fresh];
  return result.length === now.length && result.every((name, index) => name === now[index]) ? now : result;
}

function without(names: readonly string[], removed: readonly string[]): readonly string[] {
  return names.filter((name) => !hasName(removed, name));
}
