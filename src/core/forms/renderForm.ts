import type { DraftInput } from "../issue/draftIssue";
import { oneLine } from "../markup/hiddenMark";
import type { Answers, FormField, IssueForm } from "../model/issueForm";
import { assertNever } from "../model/result";

/** The issue's text as GitHub makes it from a form: a heading for each field, and below it what was answered. */
export function renderForm({ fields }: IssueForm, answers: Answers): string {
  return fields.map((field) => `${field.label === "" ? "" : `### ${oneLine(field.label)}\n\n`}${renderAnswer(field, answerOf(field, answers))}`).join("\n\n");
}

/** What was answered, or what the form has there at first; choices are a list. */
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
 * The title a person wrote, behind the form's where that is only a beginning, such as `[Bug]:` or `docs: <what>`. A form's
 * whole title is what GitHub's field holds at first, for the person to replace: it is not put before what they wrote.
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

/** A block that ends only where it shall, whatever is in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${oneLine(language).replaceAll("`", "")}\n${text}\n${fence}`;
}

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
