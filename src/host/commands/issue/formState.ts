import type { Answers, IssueForm } from "../../../core/model/issueForm";
import { isRecord } from "../../../core/model/record";

/** What a person has answered so far in the forms of a repository. */
export interface FormState {
  /** A text that was written without a form. */
  readonly details: string;
  /** Path of the form they chose; absent: none. */
  readonly form?: string | undefined;
  /** What they answered in each, by its path. */
  readonly filled?: Readonly<Record<string, Answers>>;
}

/** What was answered in the form so far. */
export function answersIn(state: FormState, { path }: IssueForm): Answers {
  const { filled = {} } = state;
  return (Object.hasOwn(filled, path) ? filled[path] : undefined) ?? {};
}

/** Reads answers that an earlier session kept; what is none is left out. */
export function readFilled(value: Readonly<Record<string, unknown>>): Readonly<Record<string, Answers>> {
  const forms = Object.entries(value).map(([path, answers]) => {
    const read = Object.entries(isRecord(answers) ? answers : {}).flatMap(([key, answer]): readonly (readonly [string, string | readonly string[]])[] =>
      typeof answer === "string" ? [[key, answer]] : Array.isArray(answer) ? [[key, answer.filter((one) => typeof one === "string")]] : [],
    );
    return [path, Object.fromEntries(read)] as const;
  });
  return Object.fromEntries(forms);
}
