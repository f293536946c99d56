import { missingValues, requestsOf } from "../checklist/requests";
import { decisionOf, findStep } from "../checklist/checklistSteps";
import { passesOf } from "../checklist/passes";
import { fieldsOf, readableText, validValue } from "../checklist/values";
import { readApproval, renderStepComment } from "../markup/stepComment";
import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { compareInstants, instantAt, isInstant, millisecondsOf } from "../model/instant";
import type { IssueRef } from "../model/issueRef";
import { hasLogin, sameLogin } from "../model/names";
import { batchOf, type Operation } from "../model/operation";
import type { FieldDefinition } from "../model/stepRequests";
import type { TimelineEvent } from "../model/timelineEvent";

/** A step of a checklist that somebody marks. For an option, `step` is its decision. */
export interface MarkedStep {
  readonly ref: IssueRef;
  readonly checklist: Checklist;
  readonly step: ChecklistStep;
  readonly option?: ChecklistStep;
}

/** What was entered for a step. Values by the names of their fields. */
export interface Answers {
  readonly values: Readonly<Record<string, string>>;
  readonly comment?: string;
}

/** A question about a field of a step. */
export interface FieldToFill {
  readonly field: FieldDefinition;
  readonly required: boolean;
}

/** What a person is asked for before a step is done. */
export interface StepQuestions {
  readonly fields: readonly FieldToFill[];
  readonly comment: boolean;
}

/** Finds a step or option by its id. */
export function markedStep(ref: IssueRef, checklist: Checklist, id: string): MarkedStep | undefined {
  const found = findStep(checklist, id);
  if (found === undefined) return undefined;
  const decision = found.part === "option" ? decisionOf(checklist, found) : undefined;
  return decision === undefined ? { ref, checklist, step: found } : { ref, checklist, step: decision, option: found };
}

/** A mark as the page sent it, with what the page showed then. `step` is the decision of an option. */
export interface SentMark {
  readonly step: string;
  /** When the step was marked, as far as the page knew. */
  readonly seen?: string;
  /** The pass of the step, if it was not the first. */
  readonly pass?: number;
  /** Missing for an option, which can be chosen again. */
  readonly mark?: StepMark["kind"];
}

/** Whether another person marked the step since the page showed it, or an earlier attempt to send the same mark did. Then it must not be marked again. */
export function isMarkedSince(checklist: Checklist, { step: id, seen, pass, mark }: SentMark, me: string | undefined): boolean {
  const step = findStep(checklist, id);
  if (step === undefined) return false;
  // The mark led back to the step itself.
  if ((passesOf(checklist).get(step.id)?.pass ?? 1) > (pass ?? 1)) return true;
  if (step.mark.at === seen) return false;
  return !sameLogin(step.mark.by ?? "", me ?? "") || mark === step.mark.kind;
}

/** What to ask for before the step is done: its fields without values if one of them is required, and the comment. */
export function questionsFor({ checklist, step, option }: MarkedStep): StepQuestions {
  const requests = requestsOf(step, option);
  if (missingValues(checklist, requests).length === 0) return { fields: [], comment: requests.commentRequired };
  const defined = new Map(fieldsOf(checklist).map((field) => [field.name, field]));
  const fields = requests.fields.flatMap(({ name, required }): readonly FieldToFill[] => {
    const field = defined.get(name);
    return field === undefined || validValue(checklist, field) !== undefined ? [] : [{ field, required }];
  });
  return { fields, comment: requests.commentRequired };
}

/** Whether anything has to be entered before the step is done. */
export function hasQuestions(step: MarkedStep): boolean {
  const { fields, comment } = questionsFor(step);
  return fields.length > 0 || comment;
}

/** Who can mark the step, if this person cannot. */
export function approversInstead({ step, option }: MarkedStep, login: string): readonly string[] | undefined {
  const by = requestsOf(step, option).approval?.by;
  return by === undefined || hasLogin(by, login) ? undefined : by;
}

/**
 * Marks a step, or chooses an option, with everything that was entered, as one operation. A required comment is also posted on the
 * issue. `approvalComments`: an approval is a comment too, so that the server vouches for who approved.
 */
export function markOperation(target: MarkedStep, mark: StepMark, answers: Answers, { approvalComments }: { readonly approvalComments: boolean }): Operation {
  const { ref, checklist, step, option } = target;
  const approves = approvalComments && mark.kind !== "open" && requestsOf(step, option).approval !== undefined;
  const values = Object.entries(answers.values).map(([name, value]) => ({ name, value, at: "", by: "" }));
  const entered = { ...(values.length === 0 ? {} : { values }), ...(answers.comment === undefined ? {} : { comment: answers.comment }) };
  const change = option === undefined ? ({ kind: "markStep", run: checklist.id, step: step.id, mark, ...entered } as const) : ({ kind: "choose", run: checklist.id, option: option.id, mark, ...entered } as const);
  const edit = { kind: "edit", ref, change } as const;
  if (!approves && answers.comment === undefined) return edit;
  const known = { values: [...(checklist.values ?? []), ...values] };
  const text = [step, ...(option === undefined ? [] : [option])].map((each) => readableText(each.text, known)).join(" ");
  const content = { text: mark.kind === "skipped" ? `${text} (${mark.reason})` : text, mark: mark.kind, approves, ...(answers.comment === undefined ? {} : { comment: answers.comment }) };
  return batchOf([edit, { kind: "comment", ref, markdown: renderStepComment({ run: checklist.id, step: step.id }, content) }]);
}

/** The comment may be written long after the mark, or by a machine whose clock is behind. */
const tolerance = 15 * 60_000;

/** Whether the issue has the comment by which the step was approved: by the same account, and not of an earlier approval. */
export function hasApprovalComment(checklist: Checklist, { id, formerly = [], mark }: ChecklistStep, events: readonly TimelineEvent[]): boolean {
  const { by, at } = mark;
  const earliest = at === undefined || !isInstant(at) ? undefined : instantAt(millisecondsOf(at) - tolerance);
  return events.some((event) => {
    if (event.kind !== "commented" || by === undefined || !sameLogin(event.by, by) || compareInstants(event.at, earliest) < 0) return false;
    const approved = readApproval(event.markdown);
    return approved?.run === checklist.id && [id, ...formerly].includes(approved.step);
  });
}
