import type { IssueLocation } from "./issue";

/** What a repository asks of people who open an issue there: its forms and templates in the order GitHub lists them. */
export interface RepositoryForms {
  readonly forms: readonly IssueForm[];
  readonly broken: readonly BrokenForm[];
  readonly links: readonly ContactLink[];
  /** Who may open an issue without a form. */
  readonly blank: "everybody" | "maintainers" | "nobody";
}

/** A form, or a Markdown template: that is a form with one text that has no label. */
export interface IssueForm {
  /** Path of its file, which names it among the forms of its repository. */
  readonly path: string;
  readonly name: string;
  readonly about: string;
  /** What the field for the title holds at first: a beginning such as `[Bug]:`, or a whole title as an example. */
  readonly title: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly type?: string;
  readonly fields: readonly FormField[];
}

export type FormField = FieldHead & FieldKind;

interface FieldHead {
  /** Names the field within its form. */
  readonly key: string;
  readonly label: string;
  /** Its description, and what the form says before it. */
  readonly description: string;
  readonly required: boolean;
}

type FieldKind =
  | { readonly kind: "input"; readonly placeholder: string; readonly value: string }
  | { readonly kind: "textarea"; readonly placeholder: string; readonly value: string; /** The language its text is code of. */ readonly render?: string }
  | { readonly kind: "dropdown"; readonly options: readonly string[]; readonly multiple: boolean; readonly chosen?: string }
  | { readonly kind: "checkboxes"; readonly options: readonly { readonly label: string; readonly required: boolean }[] };

/** What was answered, by the keys of the fields: a text, or the options that were chosen. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** A page to go to instead of opening an issue. */
export interface ContactLink {
  readonly name: string;
  readonly about: string;
  readonly url: string;
}

/** A form that cannot be used. */
export interface BrokenForm extends FormFlaw {
  readonly path: string;
  readonly location: IssueLocation;
}

/** What is wrong in a form, and on which line from 0, if it is on one. */
export interface FormFlaw {
  readonly reason: FormReason;
  readonly line?: number;
}

/** `noField`: it asks for nothing; `badField`: a field of no known type. */
export type FormReason = "unreadable" | "badYaml" | "noName" | "noField" | "badField" | "noLabel" | "noOptions";
