import { templateVariables } from "../../../core/runbook/fillTemplate";
import type { FormState } from "../forms/formState";
import type { IssueRef } from "../../../core/issue/issueRef";
import type { IssueTemplate } from "../../../core/runbook/runbook";

/** What a person has answered so far about a linked issue. */
export interface LinkedState extends FormState {
  /** `none`: it stands alone. */
  readonly parent: IssueRef | "none" | undefined;
  readonly kind?: string;
  readonly template?: IssueTemplate;
  readonly repository?: string;
  /** Values of variables that were asked for. */
  readonly values: Readonly<Record<string, string>>;
  readonly title?: string | undefined;
  /** An issue that exists and is to be linked instead of creating one. */
  readonly existing?: IssueRef;
}

/** A variable whose value nobody knows, and the templates that name it. */
export interface OpenVariable {
  readonly name: string;
  readonly of: readonly IssueTemplate[];
}

/** The variables of these templates whose values nobody knows, each once, in their order. */
export function openVariables(templates: readonly IssueTemplate[], known: Readonly<Record<string, string>>): readonly OpenVariable[] {
  const names = new Set(templates.flatMap(templateVariables));
  return [...names].filter((name) => !Object.hasOwn(known, name)).map((name) => ({ name, of: templates.filter((template) => templateVariables(template).includes(name)) }));
}

/** A first title from the words of a step: without emphasis, kinds in brackets and the verb that asks for them. */
export function titleFromWords(words: string, kinds: readonly string[]): string {
  const bracketed = kinds.map((kind) => kind.replace(/[^\w-]/g, "")).filter((kind) => kind !== "");
  const asks = new RegExp(`^\\s*(?:\\w+\\s+(?:an?\\s+|the\\s+|new\\s+)*)?\\[(?:${bracketed.join("|")})\\]\\s*(?:for|about|that|with|to|:|—|-)?\\s*`, "i");
  const plain = words.replace(/\*\*|__|`/g, "");
  const rest = bracketed.length === 0 ? plain : plain.replace(asks, "");
  return rest.replace(/[\s.:;]+$/, "").trim();
}
