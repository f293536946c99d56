import * as v from "valibot";

/** The output type of a schema, deeply readonly. */
export type Infer<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Item)[] ? readonly DeepReadonly<Item>[] : T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** Parses data with a schema. Unknown keys are removed. Returns `undefined` for invalid data. */
export function parseData<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Output | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** Like `parseData`, for JSON text. */
export function parseJson<Output>(schema: v.GenericSchema<unknown, Output>, text: string | undefined): Output | undefined {
  if (text === undefined) return undefined;
  try {
    return parseData(schema, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A schema for an object of strings, not an array. */
export const stringMap = v.pipe(v.custom<object>((value) => typeof value === "object" && value !== null && !Array.isArray(value)), v.record(v.string(), v.string()));

/** A schema for any value except `undefined`. */
export const anything = v.nonOptional(v.unknown());

/** A schema for a finite number. */
export const finiteNumber = v.pipe(v.number(), v.finite());
