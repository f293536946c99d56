import { inertText } from "../markup/inertText";
import type { Desk } from "../model/desk";
import { distinctNames, hasName, sameName } from "../model/names";

/** The parameters of a link that declares an incident. `service` and `environment` can be given several times. */
export const linkParameters = ["title", "runbook", "service", "environment", "priority", "severity", "details"] as const;

export type LinkParameter = (typeof linkParameters)[number];

/** What a link fills into the form. */
export interface DeclareLink {
  /** One line. Empty if the link has none. */
  readonly title: string;
  readonly details: string;
  /** Workspace path of a runbook. */
  readonly runbook?: string;
  readonly priority?: string;
  readonly severity?: string;
  readonly services: readonly string[];
  readonly environments: readonly string[];
}

/** A part of a link that is not used as it was sent. */
export type LinkProblem =
  | { readonly kind: "unknown"; readonly text: string }
  | { readonly kind: "repeated"; readonly parameter: LinkParameter }
  | { readonly kind: "shortened"; readonly parameter: LinkParameter }
  | { readonly kind: "hidden"; readonly parameter: LinkParameter }
  | { readonly kind: "notOnDesk"; readonly parameter: LinkParameter; readonly value: string };

/** A link and the parts of it that are not used. */
export interface ReadLink {
  readonly link: DeclareLink;
  readonly problems: readonly LinkProblem[];
}

const maxQuery = 40_000;

const maxNames = 20;

const maxLength: Readonly<Record<LinkParameter, number>> = { title: 200, runbook: 1000, service: 100, environment: 100, priority: 100, severity: 100, details: 10_000 };

/** Characters that are invisible or reorder text. Joiners, which some scripts need, are not among them. */
const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E007F}]/gu;

/**
 * Parses the query of a link as VS Code passes it: percent-encoding is already decoded, so a value may contain `&`. A parameter
 * starts only at the name of one. Anybody can create such a link: values are shortened, and invisible characters removed.
 * Returns `undefined` if the query is far too long.
 */
export function parseDeclareLink(query: string): ReadLink | undefined {
  if (query.length > maxQuery) return undefined;
  const problems: LinkProblem[] = [];
  const values = new Map<LinkParameter, string[]>();
  for (const part of query === "" ? [] : query.split(nextParameter)) {
    const [, name = "", raw = ""] = /^([a-z]*)=([^]*)$/.exec(part) ?? [];
    const parameter = linkParameters.find((one) => one === name);
    if (parameter === undefined) {
      problems.push({ kind: "unknown", text: shorten(part.replace(hidden, ""), 60) });
      continue;
    }
    const text = parameter === "details" ? lines(raw) : raw.replace(/[\s\p{Zl}\p{Zp}]+/gu, " ");
    const visible = (parameter === "details" ? text.split("\n").map(withoutHidden).join("\n") : withoutHidden(text)).trim();
    if (visible !== text.trim()) problems.push({ kind: "hidden", parameter });
    const value = shorten(visible, maxLength[parameter]);
    if (value !== visible) problems.push({ kind: "shortened", parameter });
    const before = values.get(parameter) ?? [];
    if (value === "") continue;
    if (before.length < (isList(parameter) ? maxNames : 1)) values.set(parameter, [...before, value]);
    else problems.push({ kind: "repeated", parameter });
  }
  const first = (parameter: LinkParameter): string => values.get(parameter)?.[0] ?? "";
  const given = (parameter: "runbook" | "priority" | "severity"): Partial<DeclareLink> => (first(parameter) === "" ? {} : { [parameter]: first(parameter) });
  return {
    link: {
      title: first("title"),
      details: first("details"),
      ...given("runbook"),
      ...given("priority"),
      ...given("severity"),
      services: distinctNames(values.get("service") ?? []),
      environments: distinctNames(values.get("environment") ?? []),
    },
    problems,
  };
}

const nextParameter = new RegExp(`&(?=(?:${linkParameters.join("|")})=)`);

function isList(parameter: LinkParameter): boolean {
  return parameter === "service" || parameter === "environment";
}

function withoutHidden(text: string): string {
  return text.replace(hidden, "");
}

function lines(text: string): string {
  return text.replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, "\n").replaceAll("\t", " ");
}

/** At most so many characters. */
function shorten(text: string, max: number): string {
  return text.length <= max ? text : [...text].slice(0, max).join("").trimEnd();
}

/**
 * What of a link can be filled in on a desk: the names of priority, severity, services and environments in the desk's spelling,
 * and one of the `runbooks`. Other names are dropped and added to the problems. The details mention nobody and
 * hide nothing.
 */
export function fitDeclareLink({ link, problems }: ReadLink, desk: Desk, runbooks: readonly string[]): ReadLink {
  const priority = desk.priorities.find(({ name, label }) => hasName([name, label], link.priority ?? ""))?.name;
  const severity = desk.severities.find((name) => sameName(name, link.severity ?? ""));
  const runbook = runbooks.find((path) => path === link.runbook);
  const known = (names: readonly string[], wanted: readonly string[]): readonly string[] => names.filter((name) => hasName(wanted, name));
  const missing = (parameter: LinkParameter, names: readonly string[], wanted: readonly string[]): readonly LinkProblem[] =>
    wanted.filter((value) => !hasName(names, value)).map((value) => ({ kind: "notOnDesk", parameter, value }));
  const dropped = (parameter: "runbook" | "priority" | "severity", found: string | undefined): readonly LinkProblem[] => {
    const value = link[parameter];
    return value === undefined || found !== undefined ? [] : [{ kind: "notOnDesk", parameter, value }];
  };
  return {
    link: {
      title: link.title,
      details: inertText(link.details),
      ...(runbook === undefined ? {} : { runbook }),
      ...(priority === undefined ? {} : { priority }),
      ...(severity === undefined ? {} : { severity }),
      services: known(desk.services, link.services),
      environments: known(desk.environments, link.environments),
    },
    problems: [
      ...problems,
      ...dropped("runbook", runbook),
      ...dropped("priority", priority),
      ...dropped("severity", severity),
      ...missing("service", desk.services, link.services),
      ...missing("environment", desk.environments, link.environments),
    ],
  };
}

/** Formats a link to the URI handler of the extension, such as `vscode://publisher.name`. The title is last, so that it can be appended. */
export function formatDeclareLink(handler: string, { title, details, runbook, priority, severity, services, environments }: DeclareLink): string {
  const values: readonly (readonly [LinkParameter, string])[] = [
    ...(runbook === undefined ? [] : [["runbook", runbook] as const]),
    ...services.map((service) => ["service", service] as const),
    ...environments.map((environment) => ["environment", environment] as const),
    ...(priority === undefined ? [] : [["priority", priority] as const]),
    ...(severity === undefined ? [] : [["severity", severity] as const]),
    ...(details === "" ? [] : [["details", details] as const]),
    ["title", title],
  ];
  return `${handler}/declare?${values.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
