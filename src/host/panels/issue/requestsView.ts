import { notChosen } from "../../../core/checklist/marks";
import { missingAt, requestsAt, requestsOf } from "../../../core/checklist/requests";
import { fieldsOf, validValue } from "../../../core/checklist/values";
import { hasApprovalComment, hasQuestions, markedStep } from "../../../core/issue/stepMark";
import type { Checklist, ChecklistStep } from "../../../core/model/checklist";
import type { IssueRef } from "../../../core/model/issueRef";
import type { InlineSpan } from "../../../core/model/markdownDocument";
import { splitFields } from "../../../core/model/stepRequests";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import { fill } from "../../../protocol/fill";
import type { RequestsView } from "../../../protocol/issue";
import type { IssueLabels } from "../../../protocol/issueLabels";

/** What the view of a step's requests is built from. */
interface RequestsContext {
  readonly ref: IssueRef;
  readonly checklist: Checklist;
  readonly labels: IssueLabels;
  readonly readonly: boolean;
  /** Formats logins, any one of which is enough. */
  readonly anyOf: (logins: readonly string[]) => string;
  /** The events of the issue if approvals are comments too, once they are read. */
  readonly approvals?: readonly TimelineEvent[] | undefined;
}

/** The fields of a step with their values, and what the step waits for. Nothing if it asks for nothing. */
export function requestsView(step: ChecklistStep, context: RequestsContext): RequestsView | undefined {
  const { ref, checklist } = context;
  const target = markedStep(ref, checklist, step.id);
  const asks = target !== undefined && hasQuestions(target);
  const [fields, notes] = [fieldViews(step, context), notesOf(step, context)];
  return asks || fields.length > 0 || notes.length > 0 ? { asks, fields, notes } : undefined;
}

function fieldViews(step: ChecklistStep, { checklist, labels, readonly }: RequestsContext): RequestsView["fields"] {
  const { fields } = requestsOf(step);
  if (fields.length === 0) return [];
  const defined = new Map(fieldsOf(checklist).map((field) => [field.name, field]));
  return fields.flatMap(({ name, required }) => {
    const field = defined.get(name);
    if (field === undefined) return [];
    const value = validValue(checklist, field);
    // Later steps show the value in their text.
    if (value !== undefined && firstStepWith(checklist, name) !== step.id) return [];
    const written = checklist.values?.find((each) => each.name === name)?.value ?? "";
    const shown = value ?? (written === "" ? "" : fill(labels.fieldInvalid, written));
    return [{
      name,
      value: shown === "" ? (required ? labels.fieldEmpty : labels.fieldOptional) : shown,
      isFilled: value !== undefined,
      ...(field.type === "link" && value !== undefined ? { open: { kind: "openLink" as const, href: value, runbook: checklist.runbook } } : {}),
      button: {
        label: fill(value === undefined ? labels.fillField : labels.changeField, name),
        icon: value === undefined ? "edit" : "pencil",
        action: { kind: "fillField" as const, run: checklist.id, step: step.id, field: name },
        disabled: readonly,
      },
    }];
  });
}

function firstStepWith({ items }: Checklist, name: string): string | undefined {
  return items.find((item) => item.kind === "step" && item.text.includes(name) && requestsOf(item).fields.some((field) => field.name === name))?.id;
}

function notesOf(step: ChecklistStep, { checklist, labels, anyOf, approvals }: RequestsContext): RequestsView["notes"] {
  const { approval, commentRequired } = requestsAt(checklist, step);
  const by = approval?.by;
  const missing = missingAt(checklist, step).map((each): RequestsView["notes"][number] => {
    switch (each.kind) {
      case "approval":
        return { tone: "warning", icon: "warning", text: fill(labels.notApproved, anyOf(each.by)) };
      case "comment":
        return { tone: "warning", icon: "warning", text: labels.commentMissing };
      case "values":
        return { tone: "warning", icon: "warning", text: fill(labels.valuesMissing, each.names.join(", ")) };
    }
  });
  if (missing.length > 0) return missing;
  if (step.mark.kind === "open") {
    return [
      ...(by === undefined ? [] : [{ tone: "quiet" as const, icon: "verified", text: fill(labels.waitsForApproval, anyOf(by)) }]),
      ...(commentRequired ? [{ tone: "quiet" as const, icon: "comment", text: labels.asksForComment }] : []),
    ];
  }
  const isLeft = step.mark.kind === "skipped" && step.mark.reason === notChosen;
  if (by === undefined || approvals === undefined || step.part === "option" || isLeft) return [];
  const isThere = hasApprovalComment(checklist, step, approvals);
  return [{ tone: isThere ? "quiet" : "warning", icon: isThere ? "verified" : "warning", text: fill(isThere ? labels.approvalComment : labels.noApprovalComment, step.mark.by ?? "") }];
}

/** The text of a step with the values of its fields in bold. A field without a value is shown as its name. */
export function withValues(spans: readonly InlineSpan[], checklist: Checklist): readonly InlineSpan[] {
  return spans.flatMap((span): readonly InlineSpan[] => {
    switch (span.kind) {
      case "text":
        return span.text.includes("{{") ? splitFields(span.text).flatMap((part) => fieldSpan(part, checklist)) : [span];
      case "strong":
      case "emphasis":
      case "struck":
      case "link":
        return [{ ...span, spans: withValues(span.spans, checklist) }];
      default:
        return [span];
    }
  });
}

function fieldSpan(part: ReturnType<typeof splitFields>[number], { values = [] }: Checklist): readonly InlineSpan[] {
  if (typeof part === "string") return part === "" ? [] : [{ kind: "text", text: part }];
  const value = values.find(({ name }) => name === part.name)?.value ?? "";
  return value === "" ? [{ kind: "emphasis", spans: [{ kind: "text", text: part.name }] }] : [{ kind: "strong", spans: [{ kind: "text", text: value.replace(/\s+/g, " ") }] }];
}
