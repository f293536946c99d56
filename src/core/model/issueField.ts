import { compareTexts } from "./sorting";
import { compareInstants } from "./instant";
import type { Instant } from "./issue";

/**
 * A value that the desk keeps about an issue, who set it and when. The value that was set last counts, whatever the order in which
 * values arrive. An empty value means that it was removed.
 *
 * Names: `started`, `detected`, `mitigated`, `resolved` and `cancelled` have an instant as value, `reopened` when it was reopened;
 * `closed` why it was closed; `role.<role>` the login of its holder; `update.<audience>` when the next update is promised, and is
 * set when one was sent; `prioritized` the name of the priority; `criteria`, `resolution` and `satisfaction` texts; `repositories` those of a
 * record, one a line.
 */
export interface IssueField {
  readonly name: string;
  readonly value: string;
  readonly at: Instant;
  readonly by: string;
}

/** Names that can be stored. Audiences can have names of several words. */
export const fieldNamePattern = /^[a-z]+(?:\.[^\r\n\t<>=]+)?$/;

/** The last value of each field, in the order of their names. The result does not depend on the order of the input. */
export function lastFields(fields: readonly IssueField[]): readonly IssueField[] {
  const last = new Map<string, IssueField>();
  for (const field of fields) {
    const known = last.get(field.name);
    if (known === undefined || compareFields(known, field) < 0) last.set(field.name, field);
  }
  return [...last.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function compareFields(a: IssueField, b: IssueField): number {
  const order = compareInstants(a.at, b.at);
  if (order !== 0) return order;
  const [one, other] = [JSON.stringify([a.value, a.by]), JSON.stringify([b.value, b.by])];
  return compareTexts(one, other);
}

/** The field of a name. Returns `undefined` if it was never set. */
export function fieldNamed(fields: readonly IssueField[], name: string): IssueField | undefined {
  return fields.find((field) => field.name === name);
}
