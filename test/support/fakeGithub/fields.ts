import { invalid, refusal } from "./exchange";

type Body = Readonly<Record<string, unknown>>;

/** GitHub's limit for the body of an issue and of a comment, in characters. */
export const longestBody = 65_536;

/** The text of a field, if present. Another type is rejected as on GitHub. */
export function optionalText(body: Body, field: string): string | null | undefined {
  const value = body[field];
  if (value === undefined || value === null || typeof value === "string") return value;
  throw wrongType(field, value, "a string");
}

/** The texts of a list. Objects with a `name` count as that name. */
export function optionalList(body: Body, field: string): readonly string[] | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(field, value, "an array");
  return value.map((one: unknown) => {
    const name = typeof one === "object" && one !== null && "name" in one ? one.name : one;
    if (typeof name !== "string") throw wrongType(`${field}/items`, one, "a string");
    return name;
  });
}

/** A body within the limit. */
export function optionalBody(body: Body, resource: string): string | null | undefined {
  const text = optionalText(body, "body");
  if (text != null && [...text].length > longestBody) throw invalid(resource, "body", "custom", `body is too long (maximum is ${longestBody} characters)`);
  return text;
}

export function requiredBody(body: Body, resource: string): string {
  const text = optionalBody(body, resource);
  if (text === undefined) throw refusal(422, "Invalid request.\n\n\"body\" wasn't supplied.");
  if (text === null || text.trim() === "") throw invalid(resource, "body", "missing_field");
  return text;
}

export function title(body: Body): string | undefined {
  const text = optionalText(body, "title");
  if (text == null) return undefined;
  if (text.trim() === "") throw invalid("Issue", "title", "missing_field");
  if ([...text].length > 256) throw invalid("Issue", "title", "custom", "title is too long (maximum is 256 characters)");
  return text;
}

/** Names of labels within the limit. */
export function labels(body: Body): readonly string[] | undefined {
  const names = optionalList(body, "labels");
  if (names?.some(name => name.trim() === "" || [...name].length > 50) === true) throw invalid("Label", "name", "invalid");
  return names;
}

function wrongType(field: string, value: unknown, wanted: string) {
  return refusal(422, `Invalid request.\n\nFor 'properties/${field}', ${JSON.stringify(value)} is not ${wanted}.`);
}
