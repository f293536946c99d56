import Mustache from "mustache";
import { dateTextOf } from "../calendar/localTime";
import { variablesOf } from "../checklist/values";
import { inertText } from "../markup/inertText";
import type { Checklist } from "../model/checklist";
import { type Desk, deskRoles } from "../model/desk";
import type { Instant, Issue } from "../model/issue";
import { formatRef } from "../model/issueRef";
import type { IssueTemplate } from "../model/runbook";
import type { Holders } from "../model/shift";

/** The texts of a template with variables filled in. */
export type FilledTemplate = Omit<IssueTemplate, "id" | "line" | "endLine" | "step">;

/** Names of all variables in a template without duplicates, in the order of title, labels, assignee, priority, repository, body. */
export function templateVariables(template: FilledTemplate): readonly string[] {
  const texts = [template.title, ...template.labels, template.assign ?? "", template.priority ?? "", template.repository ?? "", template.body];
  return [...new Set(texts.flatMap((text) => namesIn(parse(text) ?? [])))];
}

/** Replaces variables by their values without HTML escaping. A variable without a value stays as written. Titles of issues mention nobody. */
export function fillTemplate(template: FilledTemplate, values: Readonly<Record<string, string>>): FilledTemplate {
  const fill = (text: string): string => fillText(text, values);
  return {
    kind: template.kind,
    title: fill(template.title).replace(/\s+/g, " ").trim(),
    labels: template.labels.map(fill).map((label) => label.trim()).filter((label) => label !== ""),
    body: fillText(template.body, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isTitle.test(name) ? inertText(value) : value]))),
    ...(template.repository === undefined ? {} : { repository: fill(template.repository) }),
    ...(template.assign === undefined ? {} : { assign: fill(template.assign) }),
    ...(template.priority === undefined ? {} : { priority: fill(template.priority) }),
  };
}

const isTitle = /(?:^|\.)title$/;

/** Replaces the variables of one text, as `fillTemplate` does. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  const tokens = parse(text);
  return tokens === undefined ? text : render(tokens, text, values);
}

/** Whether all variables and sections of a text are closed. */
export function isWellFormed(text: string): boolean {
  return parse(text) !== undefined;
}

type Token = readonly [kind: string, name: string, start: number, end: number, inner: readonly Token[]];

function parse(text: string): readonly Token[] | undefined {
  if (!text.includes("{{")) return [["text", text, 0, text.length, []]];
  try {
    return Mustache.parse(text).map(readToken);
  } catch {
    return undefined;
  }
}

function readToken(token: readonly unknown[]): Token {
  const [kind, name, start, end, inner] = token;
  return [String(kind), String(name), Number(start), Number(end), Array.isArray(inner) ? inner.map((one: unknown) => readToken(Array.isArray(one) ? one : [])) : []];
}

function namesIn(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(([kind, name, , , inner]) => {
    const isVariable = (kind === "name" || kind === "&" || kind === "{" || kind === "#" || kind === "^") && name !== ".";
    return [...(isVariable ? [name] : []), ...namesIn(inner)];
  });
}

function render(tokens: readonly Token[], source: string, values: Readonly<Record<string, string>>): string {
  return tokens
    .map(([kind, name, start, end, inner]) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      switch (kind) {
        case "text":
          return name;
        case "!":
        case "=":
          return "";
        case "#":
          return value === undefined || value === "" ? "" : render(inner, source, values);
        case "^":
          return value === undefined || value === "" ? render(inner, source, values) : "";
        default:
          return value ?? source.slice(start, end);
      }
    })
    .join("");
}

/** Where the value of a variable comes from. `asked`: the person who creates the issue enters it. */
export type VariableSource = "date" | "team" | "me" | "role" | "parent" | "asked";

/** A variable with a known value. */
interface KnownVariable {
  readonly name: string;
  readonly source: Exclude<VariableSource, "asked">;
}

/** Every variable with a known value on this desk, most common first. */
export function knownVariables(desk: Desk): readonly KnownVariable[] {
  const own = (["date", "team", "me"] as const).map((name) => ({ name, source: name }));
  const roles = deskRoles(desk).map((name) => ({ name, source: "role" as const }));
  const parents = ["parent", ...desk.kinds.map((kind) => kind.name)].flatMap((prefix) => ["number", "ref", "title", "author"].map((part) => `${prefix}.${part}`));
  const parent = ["title", "priority", "services", "reporter", ...parents].map((name) => ({ name, source: "parent" as const }));
  return [...own, ...roles, ...parent];
}

/** Where the value of a variable comes from. */
export function variableSource(name: string, desk: Desk): VariableSource {
  return knownVariables(desk).find((known) => known.name === name)?.source ?? "asked";
}

interface TemplateContext {
  readonly desk: Desk;
  readonly now: Instant;
  readonly holders: Holders;
  readonly me?: string | undefined;
  readonly parent?: { readonly issue: Issue; readonly facts: ParentFacts } | undefined;
}

/** The facts about a parent issue that templates can use. */
interface ParentFacts {
  readonly kind?: string;
  readonly name: string;
  readonly priority?: string;
  readonly services: readonly string[];
  readonly checklists: readonly Checklist[];
}

/**
 * The values of template variables that are known: `date`, `team`, `me`, each on-call role, and from the parent `title`,
 * `priority`, `services`, `reporter`, the values of its checklists, and `number`, `ref`, `title` and `author` under `parent` and
 * under the name of its kind.
 */
export function templateValues({ desk, now, holders, me, parent }: TemplateContext): Readonly<Record<string, string>> {
  const date = dateTextOf(now, desk.timezone);
  const roles = Object.fromEntries(Object.entries(holders).map(([role, login]) => [role, `@${login}`]));
  const own = { date, team: desk.team, ...(me === undefined ? {} : { me: `@${me}` }) };
  if (parent === undefined) return { ...roles, ...own };
  const { issue, facts } = parent;
  const prefixes = ["parent", ...(facts.kind === undefined ? [] : [facts.kind])];
  const of = { number: String(issue.ref.number), ref: formatRef(issue.ref, ""), title: facts.name, author: `@${issue.author}` };
  return {
    ...roles,
    ...variablesOf(facts.checklists),
    ...own,
    title: facts.name,
    reporter: `@${issue.author}`,
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(facts.services.length === 0 ? {} : { services: facts.services.join(", ") }),
    ...Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(of).map(([name, value]) => [`${prefix}.${name}`, value]))),
  };
}

/** A variable without a known value, and the templates that use it. */
interface OpenVariable {
  readonly name: string;
  readonly templates: readonly IssueTemplate[];
}

/** The variables of these templates without a known value, each once, in order. */
export function openVariables(templates: readonly IssueTemplate[], known: Readonly<Record<string, string>>): readonly OpenVariable[] {
  const names = new Set(templates.flatMap(templateVariables));
  return [...names].filter((name) => !Object.hasOwn(known, name)).map((name) => ({ name, templates: templates.filter((template) => templateVariables(template).includes(name)) }));
}
