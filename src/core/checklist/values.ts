import type { Checklist, FieldValue } from "../model/checklist";
import { compareInstants, isInstant } from "../model/instant";
import { defineFields, type FieldDefinition, fieldNamePattern, fillFields, readRequests, valueFlaw, withoutRequests } from "../model/stepRequests";

/** Every step of a checklist needs the fields of all of them, so they are read once for the same steps. */
const known = new WeakMap<Checklist["items"], readonly FieldDefinition[]>();

/** The fields that the steps of a checklist ask for, in order. */
export function fieldsOf({ items }: Checklist): readonly FieldDefinition[] {
  const found = known.get(items) ?? defineFields(items.flatMap((item) => (item.kind === "step" ? [readRequests(item.text)] : [])));
  known.set(items, found);
  return found;
}

/** The field with a name. */
export function fieldNamed(checklist: Checklist, name: string): FieldDefinition | undefined {
  return fieldsOf(checklist).find((field) => field.name === name);
}

/** Sets values. A value that was set later stays. An empty value means that there is none any more. What could not be read again is ignored. */
export function setValues(checklist: Checklist, values: readonly FieldValue[]): Checklist {
  const before = checklist.values ?? [];
  const after = lastValues([...before, ...values.filter(({ name, at }) => fieldNamePattern.test(name) && isInstant(at))]);
  const isSame = after.length === before.length && after.every((value, index) => isEqual(value, before[index]));
  return isSame ? checklist : { ...checklist, values: after };
}

/** The last of the values of each name, sorted by name. The result does not depend on the order of the input. */
export function lastValues(values: readonly FieldValue[]): readonly FieldValue[] {
  const last = new Map<string, FieldValue>();
  for (const value of values) {
    const known = last.get(value.name);
    if (known === undefined || compare(known, value) < 0) last.set(value.name, value);
  }
  return [...last.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A value that a person changed by hand has no author, and is later than the one that it replaces. */
function compare(a: FieldValue, b: FieldValue): number {
  const rank = ({ by, value }: FieldValue): string => JSON.stringify([by === "" ? 1 : 0, value, by]);
  return compareInstants(a.at, b.at) || (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0);
}

function isEqual(a: FieldValue, b: FieldValue | undefined): boolean {
  return a.name === b?.name && a.value === b.value && a.at === b.at && a.by === b.by;
}

/** The value of a field, if it has one that is valid. */
export function validValue(checklist: Pick<Checklist, "values">, field: FieldDefinition): string | undefined {
  const value = checklist.values?.find(({ name }) => name === field.name)?.value ?? "";
  return valueFlaw(field, value) === undefined ? value : undefined;
}

/** The text of a step with the values of its fields, and without what it asks for. */
export function readableText(text: string, { values = [] }: Pick<Checklist, "values">): string {
  return withoutRequests(fillFields(text, Object.fromEntries(values.map(({ name, value }) => [name, value.replace(/\s+/g, " ")]))));
}

/** The same as Markdown in which the values have no formatting. */
export function readableMarkdown(text: string, { values = [] }: Pick<Checklist, "values">): string {
  return readableText(text, { values: values.map((each) => ({ ...each, value: each.value.replace(/[\\`*_[\]<>~&]/g, "\\$&") })) });
}

/** All values of checklists as variables of templates. Of the same name, the value of the last checklist counts. */
export function variablesOf(checklists: readonly Pick<Checklist, "values">[]): Readonly<Record<string, string>> {
  return Object.fromEntries(checklists.flatMap(({ values = [] }) => values.flatMap(({ name, value }) => (value === "" ? [] : [[name, value]]))));
}
