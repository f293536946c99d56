import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { hasLogin } from "../model/names";
import { readRequests, type StepRequests } from "../model/stepRequests";
import { decisionOf, findStep } from "./checklistSteps";
import { notChosen } from "./marks";
import { fieldNamed, validValue } from "./values";

/** What is missing at a step that is marked as done or skipped, so that it does not count as done. */
export type Missing =
  | { readonly kind: "approval"; /** Who can approve. */ readonly by: readonly string[] }
  | { readonly kind: "comment" }
  | { readonly kind: "values"; readonly names: readonly string[] };

/** What a step asks for. A decision also asks for what its option asks for. Approvals of both are needed. */
export function requestsOf(step: ChecklistStep, option?: ChecklistStep): StepRequests {
  const own = readRequests(step.text);
  if (option === undefined) return own;
  const other = readRequests(option.text);
  const by = own.approval === undefined ? other.approval?.by : other.approval === undefined ? own.approval.by : own.approval.by.filter((login) => hasLogin(other.approval?.by ?? [], login));
  return {
    fields: [...own.fields, ...other.fields.filter(({ name }) => !own.fields.some((field) => field.name === name))],
    ...(by === undefined ? {} : { approval: { by } }),
    commentRequired: own.commentRequired || other.commentRequired,
  };
}

/** What a step asks for, with what the chosen option of a decision asks for. */
export function requestsAt(checklist: Checklist, step: ChecklistStep): StepRequests {
  return requestsOf(step, step.part === "decision" ? chosenOption(checklist, step) : undefined);
}

/** Names of the required fields without a valid value. */
export function missingValues(checklist: Checklist, { fields }: StepRequests): readonly string[] {
  const required = fields.filter((field) => field.required);
  if (required.length === 0) return [];
  return required.flatMap(({ name }) => {
    const field = fieldNamed(checklist, name);
    return field !== undefined && validValue(checklist, field) === undefined ? [name] : [];
  });
}

/** What is missing at a step or decision. Empty for open steps, and for those whose option was not chosen. */
export function missingAt(checklist: Checklist, step: ChecklistStep): readonly Missing[] {
  if (step.part === "option") return [];
  const option = step.part === "decision" ? chosenOption(checklist, step) : undefined;
  const mark = step.mark.kind === "open" && option !== undefined ? option.mark : step.mark;
  if (mark.kind === "open" || (mark.kind === "skipped" && mark.reason === notChosen)) return [];
  const requests = requestsOf(step, option);
  const { approval, commentRequired } = requests;
  const isApproved = approval === undefined || isBy(mark, approval.by);
  if (mark.kind === "skipped") return isApproved ? [] : [{ kind: "approval", by: approval.by }];
  const names = missingValues(checklist, requests);
  const hasComment = !commentRequired || [step, option].some((one) => one?.evidence?.some(({ kind }) => kind === "text") === true);
  return [...(isApproved ? [] : [{ kind: "approval" as const, by: approval.by }]), ...(hasComment ? [] : [{ kind: "comment" as const }]), ...(names.length === 0 ? [] : [{ kind: "values" as const, names }])];
}

/** Who can mark a step in this way, if its author cannot. A step can be opened again by anybody. */
export function refusedApproval(checklist: Checklist, id: string, mark: StepMark): readonly string[] | undefined {
  if (mark.kind === "open") return undefined;
  const named = findStep(checklist, id);
  if (named === undefined) return undefined;
  const decision = named.part === "option" ? decisionOf(checklist, named) : undefined;
  const { approval } = requestsOf(decision ?? named, decision === undefined ? undefined : named);
  return approval === undefined || isBy(mark, approval.by) ? undefined : approval.by;
}

function isBy({ by }: StepMark, logins: readonly string[]): boolean {
  return by !== undefined && hasLogin(logins, by);
}

/** The option that was chosen, or that was ticked by hand. */
function chosenOption({ items }: Checklist, decision: ChecklistStep): ChecklistStep | undefined {
  for (let index = items.indexOf(decision) + 1; index < items.length; index += 1) {
    const item = items[index];
    if (item?.kind !== "step" || item.depth <= decision.depth) return undefined;
    if (item.part === "option" && item.depth === decision.depth + 1 && item.mark.kind === "done") return item;
  }
  return undefined;
}
