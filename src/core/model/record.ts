/** Whether a value from outside is an object, so that its fields can be looked at; a list is one too. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
