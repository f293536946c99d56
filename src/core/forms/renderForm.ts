import type { DraftInput } from "../issue/draftIssue";
import { oneLine } from "../markup/hiddenMark";
import type { Answers, FormField, IssueForm } from "../model/issueForm";
import { assertNever } from "../model/result";

/** Renders the issue text as GitHub does: a heading for each field, followed by the answer. */
export function renderForm({ fields }: IssueForm, answers: Answers): string {
  return fields.map((field) => `${field.label === "" ? "" : `### ${oneLine(field.label)}\n\n`}${renderAnswer(field, answerOf(field, answers))}`).join("\n\n");
}

/** The answer to a field, or its initial value. Choices are a list. */
export function answerOf(field: FormField, answers: Answers): string | readonly string[] {
  const answer = Object.hasOwn(answers, field.key) ? answers[field.key] : undefined;
  switch (field.kind) {
    case "input":
    case "textarea":
      return typeof answer === "string" ? answer : field.value;
    case "dropdown":
      return typeof answer === "object" ? field.options.filter((option) => answer.includes(option)) : field.chosen === undefined ? [] : [field.chosen];
    case "checkboxes":
      return typeof answer === "object" ? answer : [];
    default:
      return assertNever(field);
  }
}

/**
 * Prefixes a person's title with the form's title if that is a prefix such as `[Bug]:` or `docs: <what>`. A complete form title
 * is only an example, which the person's title replaces.
 */
export function titleWith({ title: first }: IssueForm, title: string): string {
  const beginning = first.replace(/<[^>]*>\s*$|\{[^{}]*\}\s*$/, "").trim();
  const isBeginning = /[\]):>|/\u2013\u2014-]$/.test(beginning) && !/[<{]/.test(beginning);
  return !isBeginning || title.toLowerCase().startsWith(beginning.toLowerCase()) ? title : `${beginning} ${title}`;
}

function renderAnswer(field: FormField, answer: string | readonly string[]): string {
  if (field.kind === "checkboxes") return field.options.map(({ label }) => `- [${answer.includes(label) ? "x" : " "}] ${oneLine(label)}`).join("\n");
  const text = typeof answer === "string" ? answer : answer.join(", ");
  if (field.label === "") return text;
  if (text.trim() === "") return "_No response_";
  return field.kind === "textarea" && field.render !== undefined ? fenced(text, field.render) : text;
}

/** A fenced block whose fence is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${oneLine(language).replaceAll("`", "")}\n${text}\n${fence}`;
}

/** The first field for text of any kind. A field for code or logs is not one. */
function firstText({ fields }: IssueForm): Extract<FormField, { readonly kind: "textarea" }> | undefined {
  return fields.find((field): field is Extract<FormField, { readonly kind: "textarea" }> => field.kind === "textarea" && field.render === undefined);
}

/** The answers of a form that is not filled in yet. Details that were entered before are its first text, above the text that the form has there. */
export function initialAnswers(form: IssueForm, details: string): Answers {
  const field = firstText(form);
  return details.trim() === "" || field === undefined ? {} : { [field.key]: field.value === "" ? details : `${details}\n\n${field.value}` };
}

/**
 * Builds the draft of an issue from a form: its text comes from the answers, and the form's labels, assignees and type are added.
 * Details for which the form has no field come first.
 */
export function formDraft(input: DraftInput, form: IssueForm | undefined, answers: Answers): DraftInput {
  if (form === undefined) return input;
  return {
    ...input,
    title: titleWith(form, input.title),
    details: [...(firstText(form) === undefined && input.details.trim() !== "" ? [input.details] : []), renderForm(form, answers)].join("\n\n"),
    labels: [...(input.labels ?? []), ...form.labels],
    assignees: [...(input.assignees ?? []), ...form.assignees],
    ...(form.type === undefined ? {} : { type: form.type }),
  };
}
