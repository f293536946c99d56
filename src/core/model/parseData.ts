import * as v from "valibot";

/** The data that a schema accepts, readonly in all its parts. */
export type Infer<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Item)[] ? readonly DeepReadonly<Item>[] : T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** The data if the schema accepts it, without keys that the schema does not know; `undefined` for anything else. */
export function parseData<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Output | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

/** As `parseData`, for data that is stored as JSON text. */
export function parseJson<Output>(schema: v.GenericSchema<unknown, Output>, text: string | undefined): Output | undefined {
  if (text === undefined) return undefined;
  try {
    return parseData(schema, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A schema for an object of strings; an array is none. */
export const stringMap = v.pipe(v.custom<object>((value) => typeof value === "object" && value !== null && !Array.isArray(value)), v.record(v.string(), v.string()));

/** A schema for any value but `undefined`. */
export const anything = v.nonOptional(v.unknown());

/** A schema for a number that is neither `NaN` nor infinite. */
export const finiteNumber = v.pipe(v.number(), v.finite());
