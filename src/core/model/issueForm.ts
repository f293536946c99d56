import type { IssueLocation } from "./issue";

/** The issue forms and templates of a repository, in GitHub's order. */
export interface RepositoryForms {
  readonly forms: readonly IssueForm[];
  readonly broken: readonly BrokenForm[];
  readonly links: readonly ContactLink[];
  /** Who can open an issue without a form. */
  readonly blank: "everybody" | "maintainers" | "nobody";
}

/** An issue form. A Markdown template is a form with one text field without a label. */
export interface IssueForm {
  /** Path of its file. It identifies the form within its repository. */
  readonly path: string;
  readonly name: string;
  readonly about: string;
  /** The initial title: a prefix such as `[Bug]:`, or a complete example. */
  readonly title: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly type?: string;
  readonly fields: readonly FormField[];
}

export type FormField = FieldHead & FieldKind;

interface FieldHead {
  /** Identifies the field within its form. */
  readonly key: string;
  readonly label: string;
  /** Its description, and any text that precedes the field in the form. */
  readonly description: string;
  readonly required: boolean;
}

type FieldKind =
  | { readonly kind: "input"; readonly placeholder: string; readonly value: string }
  | { readonly kind: "textarea"; readonly placeholder: string; readonly value: string; /** The language its text is code of. */ readonly render?: string }
  | { readonly kind: "dropdown"; readonly options: readonly string[]; readonly multiple: boolean; readonly chosen?: string }
  | { readonly kind: "checkboxes"; readonly options: readonly { readonly label: string; readonly required: boolean }[] };

/** Answers by field key: a text, or the selected options. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** What was entered so far as the text of a new issue, with or without the forms of its repository. */
export interface FormState {
  /** The text that was entered without a form. */
  readonly details?: string | undefined;
  /** Path of the selected form, if any. */
  readonly form?: string | undefined;
  /** The answers of each form, by its path. */
  readonly filled?: Readonly<Record<string, Answers>> | undefined;
}

/** The answers so far in a form. */
export function answersIn({ filled = {} }: FormState, { path }: IssueForm): Answers {
  return (Object.hasOwn(filled, path) ? filled[path] : undefined) ?? {};
}

/** A page that is offered instead of opening an issue. */
export interface ContactLink {
  readonly name: string;
  readonly about: string;
  readonly url: string;
}

/** A form that is invalid. */
export interface BrokenForm extends FormFlaw {
  readonly path: string;
  readonly location: IssueLocation;
}

/** What is wrong with a form, and the zero-based line if known. */
export interface FormFlaw {
  readonly reason: FormReason;
  readonly line?: number;
}

/** `noField`: the form has no field. `badField`: a field has an unknown type. */
export type FormReason = "unreadable" | "badYaml" | "noName" | "noField" | "badField" | "noLabel" | "noOptions";
