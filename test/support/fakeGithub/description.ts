import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { jsonSchema } from "./jsonSchema";

type Node = Readonly<Record<string, unknown>>;

/** Reports what in a request or response differs from GitHub's description. Paths are templates of the description. */
export interface Description {
  request(method: string, template: string, request: { readonly query: URLSearchParams; readonly body: unknown; readonly byId: boolean }): readonly string[];
  answer(method: string, template: string, status: number, body: unknown): readonly string[];
}

/** Status codes that every operation can return, although the description does not list them for each. */
const anywhere = [301, 304, 307, 400, 401, 403, 404, 410, 422, 429];

const once: { description?: Description } = {};

/** Reads the committed part of GitHub's description once, because compiling its checks is slow. Unknown fields count as errors. */
export function readDescription(): Description {
  once.description ??= makeDescription();
  return once.description;
}

function makeDescription(): Description {
  const whole = JSON.parse(readFileSync(path.join(__dirname, "openapi.json"), "utf8")) as Node;
  // Most checks run only a few times, so optimizing them does not pay off.
  const ajv = new Ajv({ strict: false, code: { optimize: false } });
  addFormats.default(ajv);
  ajv.addFormat("repo.nwo", true);
  const compiled = new Map<unknown, ValidateFunction>();
  const components = get(whole, "components") as Node;
  // Schemas are added by name, so that shared ones are compiled once.
  for (const [name, schema] of Object.entries(get(components, "schemas") as Node)) ajv.addSchema({ ...named(jsonSchema(schema, whole)), $id: address(name) });

  const wrong = (what: string, schema: unknown, value: unknown): readonly string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(named(jsonSchema(schema, whole)));
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(-3).map(({ instancePath, message, params }) => `${what}${instancePath} ${message ?? ""} ${JSON.stringify(params)}`);
  };
  const resolve = (node: unknown): Node => {
    const ref = get(node, "$ref");
    return typeof ref === "string" ? get(components, ...ref.split("/").slice(2)) as Node : node as Node;
  };
  const operation = (method: string, template: string) => get(whole, "paths", template, method.toLowerCase());
  const schemaOf = (content: unknown) => get(content, "content", "application/json", "schema");

  return {
    request: (method, template, { query, body, byId }) => {
      const described = operation(method, template);
      if (described === undefined) return [`${method} ${template} is not in the description`];
      const parameters = (get(described, "parameters") as readonly unknown[] | undefined ?? []).map(resolve).filter(parameter => parameter["in"] === "query");
      const known = new Map(parameters.map(parameter => [parameter["name"], parameter["schema"]]));
      const missing = parameters.filter(parameter => parameter["required"] === true && !query.has(String(parameter["name"]))).map(parameter => `the query has no ${String(parameter["name"])}`);
      const named = [...query].flatMap(([name, value]) => {
        if (byId && (name === "after" || name === "before")) return [];
        if (name === "per_page" && Number(value) > 100) return ["per_page is more than 100"];
        return known.has(name) ? wrong(`query ${name}`, known.get(name), typed(resolve(known.get(name)), value)) : [`the query's ${name} is not in the description`];
      });
      const schema = schemaOf(get(described, "requestBody"));
      const required = get(described, "requestBody", "required") === true;
      const inBody = body === undefined ? (required ? ["there is no body"] : []) : schema === undefined ? ["a body is not in the description"] : wrong("body", schema, body);
      return [...missing, ...named, ...inBody];
    },
    answer: (method, template, status, body) => {
      const described = get(operation(method, template), "responses", String(status));
      if (described === undefined && !anywhere.includes(status) && status < 500) return [`status ${status} is not in the description`];
      // The description leaves out the body of some errors, which is sent for all of them.
      const schema = (described === undefined ? undefined : schemaOf(resolve(described))) ?? (described === undefined || status >= 400 ? { $ref: "#/components/schemas/basic-error" } : undefined);
      if (body === undefined) return schema === undefined || status === 304 ? [] : ["there is no body"];
      if (schema === undefined) return ["a body is not in the description"];
      if (template.endsWith("/timeline") && status === 200 && Array.isArray(body)) return body.flatMap((event: unknown) => wrong("event", get(components, "schemas", eventName(event)), event));
      if (template.endsWith("/{issue_number}/events") && status === 200 && Array.isArray(body)) return body.flatMap((event: unknown) => wrong("event", get(components, "schemas", issueEventName(event)), event));
      return wrong("answer", schema, body);
    },
  };
}

const events: Readonly<Record<string, string>> = {
  "labeled": "labeled-issue-event", "unlabeled": "unlabeled-issue-event", "assigned": "timeline-assigned-issue-event", "unassigned": "timeline-unassigned-issue-event",
  "renamed": "renamed-issue-event", "locked": "locked-issue-event", "commented": "timeline-comment-event", "cross-referenced": "timeline-cross-referenced-event",
};

/** The schema of one event, because the description's list of them accepts anything. */
function eventName(event: unknown): string {
  return events[String(get(event, "event"))] ?? "state-change-issue-event";
}

/** The description's list of an issue's events does not contain closing and reopening, which are in it. */
function issueEventName(event: unknown): string {
  return eventName(event).replace("timeline-", "");
}

/** Converts a query value to the type in its schema. */
function typed(schema: Node, value: string): unknown {
  if (schema["type"] === "integer" && /^\d+$/.test(value)) return Number(value);
  return schema["type"] === "boolean" && /^(?:true|false)$/.test(value) ? value === "true" : value;
}

function address(name: string): string {
  return `https://github.example/${name}`;
}

/** Replaces references by the names under which the schemas were added. */
function named(schema: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll("\"$ref\":\"#/components/schemas/", `"$ref":"${address("")}`)) as Record<string, unknown>;
}

function get(node: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => typeof inner === "object" && inner !== null && key in inner ? (inner as Node)[key] : undefined, node);
}
