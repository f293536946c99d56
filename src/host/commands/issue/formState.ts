import type { Answers, IssueForm } from "../../../core/model/issueForm";
import { isRecord } from "../../../core/model/record";

/** The answers so far in the forms of a repository. */
export interface FormState {
  /** The text that was entered without a form. */
  readonly details: string;
  /** Path of the selected form, if any. */
  readonly form?: string | undefined;
  /** The answers of each form, by its path. */
  readonly filled?: Readonly<Record<string, Answers>>;
}

/** The answers so far in a form. */
export function answersIn(state: FormState, { path }: IssueForm): Answers {
  const { filled = {} } = state;
  return (Object.hasOwn(filled, path) ? filled[path] : undefined) ?? {};
}

/** Reads saved answers. Values that are not valid are skipped. */
export function readFilled(value: Readonly<Record<string, unknown>>): Readonly<Record<string, Answers>> {
  const forms = Object.entries(value).map(([path, answers]) => {
    const read = Object.entries(isRecord(answers) ? answers : {}).flatMap(([key, answer]): readonly (readonly [string, string | readonly string[]])[] =>
      typeof answer === "string" ? [[key, answer]] : Array.isArray(answer) ? [[key, answer.filter((one) => typeof one === "string")]] : [],
    );
    return [path, Object.fromEntries(read)] as const;
  });
  return Object.fromEntries(forms);
}
