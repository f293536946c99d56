import type { DraftInput } from "../issue/draftIssue";
import type { Answers, IssueForm } from "./issueForm";
import { renderForm, titleWith } from "./renderForm";

/** What a person said with what they answered in a form: its text is the form's, its labels, people and type come on top. */
export function formDraft(input: DraftInput, form: IssueForm | undefined, answers: Answers): DraftInput {
  if (form === undefined) return input;
  return {
    ...input,
    title: titleWith(form, input.title),
    details: renderForm(form, answers),
    labels: [...(input.labels ?? []), ...form.labels],
    assignees: [...(input.assignees ?? []), ...form.assignees],
    ...(form.type === undefined ? {} : { type: form.type }),
  };
}
