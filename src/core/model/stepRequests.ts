import { isDate } from "./calendarDate";
import { outsideCode } from "./markdownText";
import { hasName, loginPattern } from "./names";
import { roleMention } from "./roleMentions";

/** The types of values that a step can ask for. */
export const fieldTypes = ["text", "number", "date", "choice", "person", "link"] as const;

export type FieldType = (typeof fieldTypes)[number];

/** A field as one step writes it. Without a type, it has that of another step with the same name, otherwise it is a text. */
export interface StepField {
  readonly name: string;
  readonly type?: FieldType;
  readonly choices?: readonly string[];
  readonly required: boolean;
}

/** A field of a whole runbook or checklist. */
export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  /** The values to select from, if the type is `choice`. */
  readonly choices?: readonly string[];
}

/** What a step asks for before it is done. `by`: logins and roles, one of which approves the step. */
export interface StepRequests {
  readonly fields: readonly StepField[];
  readonly approval?: { readonly by: readonly string[] };
  readonly commentRequired: boolean;
}

const nothing: StepRequests = { fields: [], commentRequired: false };

const fieldPattern = /(?<!\{)\{\{[ \t]*([\p{L}\p{N}](?:[\p{L}\p{N} _-]*[\p{L}\p{N}])?)[ \t]*(\?)?[ \t]*(?::([^{}]*))?\}\}(?!\})/gu;

const approvalPattern = /\((?:[^()]*,)?\s*approval by\b([^()]*)\)/gi;

const commentPattern = /\((?:[^()]*,)?\s*comment required\s*(?:,[^()]*)?\)/gi;

const longestName = 60;

/** Variables that templates fill in anyway. They are not asked for. */
const ownVariables: ReadonlySet<string> = new Set(["date", "team", "me", "title", "priority", "services", "reporter"]);

/** Whether a field cannot have this name, because templates fill in a variable of that name. */
export function isOwnVariable(name: string): boolean {
  return ownVariables.has(name);
}

/** Names of fields that can be stored. */
export const fieldNamePattern = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,58}[\p{L}\p{N}])?$/u;

/**
 * What the text of a step asks for, outside of code: `{{name}}` or `{{name: type}}` for a value, which is optional as `{{name?}}`
 * and selected as `{{name: one | other}}`; `(approval by @ana or @qa)`; and `(comment required)`.
 */
export function readRequests(text: string): StepRequests {
  if (!text.includes("{{") && !text.includes("(")) return nothing;
  const plain = outsideCode(text);
  const by = distinct([...plain.matchAll(approvalPattern)].flatMap(([, names = ""]) => [...names.matchAll(roleMention)].map(([, name = ""]) => name)));
  const fields = writtenFields(plain).flatMap(({ field }) => (isOwnVariable(field.name) ? [] : [field]));
  return { fields: oncePerName(fields), ...(by.length === 0 ? {} : { approval: { by } }), commentRequired: plain.search(commentPattern) >= 0 };
}

/** A field at its place in a text. `source` is what follows the colon, if anything. */
export interface WrittenField {
  readonly field: StepField;
  readonly source: string | undefined;
  readonly column: number;
  readonly endColumn: number;
}

/** All fields of a text in which code is hidden, including those with the name of a variable that templates fill in. */
export function writtenFields(plain: string): readonly WrittenField[] {
  if (!plain.includes("{{")) return [];
  return [...plain.matchAll(fieldPattern)].flatMap((match) => {
    const [written, name = "", optional, source] = match;
    if (name.length > longestName) return [];
    return [{ field: { name, ...readType(source), required: optional === undefined }, source, column: match.index, endColumn: match.index + written.length }];
  });
}

function readType(source: string | undefined): Pick<StepField, "type" | "choices"> {
  const text = source?.trim() ?? "";
  if (text === "") return {};
  if (text.includes("|")) return { type: "choice", choices: distinct(text.split("|").map((choice) => choice.trim()).filter((choice) => choice !== "")) };
  return { type: fieldTypes.find((type) => type !== "choice" && type === text.toLowerCase()) ?? "text" };
}

function oncePerName(fields: readonly StepField[]): readonly StepField[] {
  const byName = new Map<string, StepField>();
  for (const field of fields) {
    const first = byName.get(field.name);
    byName.set(field.name, first === undefined ? field : { ...(first.type === undefined ? field : first), required: first.required || field.required });
  }
  return [...byName.values()];
}

function distinct(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => !hasName(names.slice(0, index), name));
}

/** The names of fields that one of these texts gives a type. They are fields also where they have the name of a role. */
export function typedNames(texts: readonly string[]): ReadonlySet<string> {
  const withFields = texts.filter((text) => text.includes("{{"));
  return new Set(withFields.flatMap((text) => readRequests(text).fields.flatMap(({ name, type }) => (type === undefined ? [] : [name]))));
}

/** The fields of several steps, in order. Of several types for one name, the first counts. */
export function defineFields(steps: readonly Pick<StepRequests, "fields">[]): readonly FieldDefinition[] {
  const defined = new Map<string, StepField>();
  for (const field of steps.flatMap(({ fields }) => fields)) {
    const first = defined.get(field.name);
    if (first === undefined || (first.type === undefined && field.type !== undefined)) defined.set(field.name, field);
  }
  return [...defined.values()].map(({ name, type = "text", choices }) => ({ name, type, ...(choices === undefined ? {} : { choices }) }));
}

/** Why a value is not valid for a field. */
export type ValueFlaw = "empty" | "notNumber" | "notDate" | "notChoice" | "notLogin" | "notLink";

/** Checks a value. Returns `undefined` if it is valid. */
export function valueFlaw({ type, choices = [] }: Omit<FieldDefinition, "name">, value: string): ValueFlaw | undefined {
  if (value.trim() === "") return "empty";
  switch (type) {
    case "text":
      return undefined;
    case "number":
      return /^[+-]?\d+(?:\.\d+)?$/.test(value) ? undefined : "notNumber";
    case "date":
      return isDate(value) ? undefined : "notDate";
    case "choice":
      return choices.includes(value) ? undefined : "notChoice";
    case "person":
      return loginPattern.test(value) ? undefined : "notLogin";
    case "link":
      return /^https?:\/\/[^\s<>]+$/i.test(value) ? undefined : "notLink";
  }
}

/** The text without the parts that ask for an approval or a comment, as the end of a question. */
export function withoutRequests(text: string): string {
  return text.includes("(") ? text.replace(approvalPattern, "").replace(commentPattern, "").trimEnd() : text;
}

/** Replaces fields by their values, and those without a value by their names. */
export function fillFields(text: string, values: Readonly<Record<string, string>>): string {
  return splitFields(text).map((part) => (typeof part === "string" ? part : (Object.hasOwn(values, part.name) && values[part.name] !== "" ? values[part.name] : undefined) ?? part.name)).join("");
}

/** The parts of a text: texts, and the fields between them. */
export function splitFields(text: string): readonly (string | StepField)[] {
  const parts: (string | StepField)[] = [];
  let kept = 0;
  for (const { field, column, endColumn } of writtenFields(outsideCode(text))) {
    if (isOwnVariable(field.name)) continue;
    parts.push(text.slice(kept, column), field);
    kept = endColumn;
  }
  return [...parts, text.slice(kept)];
}

/** Replaces each variable with the name of a role, such as `{{primary}}`, by the login of its holder. Variables with a type are fields. */
export function fillRoleVariables(text: string, holders: Readonly<Record<string, string>>): string {
  if (!text.includes("{{")) return text;
  return writtenFields(outsideCode(text)).toReversed().reduce((filled, { field: { name, type, required }, column, endColumn }) => {
    const login = Object.hasOwn(holders, name) && type === undefined && required ? holders[name] : undefined;
    return login === undefined ? filled : `${filled.slice(0, column)}@${login}${filled.slice(endColumn)}`;
  }, text);
}

/** Replaces roles by the logins of all people who have them, only where the text asks for an approval. */
export function fillApprovers(text: string, people: Readonly<Record<string, readonly string[]>>): string {
  if (!text.includes("(")) return text;
  const logins = new Map(Object.entries(people).map(([role, all]) => [role.toLowerCase(), all]));
  return text.replace(approvalPattern, (part) => part.replace(roleMention, (mention, name: string) => {
    const all = logins.get(name.toLowerCase()) ?? [];
    return all.length === 0 ? mention : all.map((login) => `@${login}`).join(" or ");
  }));
}
