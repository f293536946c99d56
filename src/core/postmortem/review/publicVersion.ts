import { splitYamlFrontMatter } from "../../markup/frontMatter";
import { type MarkdownLine, markdownLines, normalField } from "../../markup/textLines";
import type { Repository } from "../../model/issueRef";
import { commentRanges } from "../../model/markdownText";
import { decodeUri } from "../../model/paths";
import { factSheet, type FactSheet } from "./factSheet";
import type { PostmortemDocument } from "../document/parsePostmortem";
import { type Postmortem, postmortemInstants } from "../postmortem";
import { nameFilter, type NameFilter, type PublicPeople } from "./publicNames";
import { renderPostmortem } from "../document/renderPostmortem";

/** What a public version leaves out. */
export interface PublicContext extends PublicPeople {
  readonly timezone: string;
  /** Whether everybody can read a repository. */
  readonly isPublic: (repository: Repository) => boolean;
  /** The repository of `#12`, and of relative links. */
  readonly home: Repository;
  /** The web addresses of servers with repositories, such as `https://github.com`. */
  readonly servers: readonly string[];
}

/** One kind of thing that was removed or replaced: what was there, what replaces it (nothing if empty), and how often. */
export interface PublicChange {
  readonly kind: "row" | "owner" | "name" | "link" | "issue" | "comment" | "field";
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** A post-mortem for readers outside the team. It is derived from the file and stored nowhere. */
export interface PublicVersion extends FactSheet {
  readonly title: string;
  /** Markdown without front matter. */
  readonly body: string;
  readonly changes: readonly PublicChange[];
  /** Addresses of the pictures that stay. Only a person can see whether they show something internal. */
  readonly pictures: readonly string[];
}

/**
 * Derives the public version: without rows that are marked as internal, owners of actions, hidden marks and comments, with roles
 * instead of names, and without links that only the team can open.
 */
export function publicVersion(document: PostmortemDocument, context: PublicContext): PublicVersion {
  const changes = createChanges();
  const projected = projectRows(document.postmortem, context, changes.add);
  const text = renderPostmortem(projected, context.timezone, document);
  const filter = nameFilter(context);
  const clean = (part: string): string => withoutNames(withoutLinks(part, context, filter, changes.add), filter, changes.add);
  const body = clean(withoutHidden(splitYamlFrontMatter(text)?.body ?? text, changes.add)).replace(/^\s+/, "");
  for (const [, key = "", value = ""] of (splitYamlFrontMatter(document.text)?.source ?? "").matchAll(/^([\w -]{1,60}):[ \t]*(\S.*)?$/gm)) {
    if (value !== "" && !publicFields.includes(key)) changes.add("field", `${key}: ${value}`, "");
  }
  const sheet = factSheet(document.postmortem, context.timezone);
  const quiet = (part: string): string => withoutNames(withoutLinks(part, context, filter, ignore), filter, ignore);
  return {
    title: quiet(projected.title),
    body,
    facts: sheet.facts.filter(([label]) => publicFacts.includes(label)).map(([label, value]) => [label, quiet(value)]),
    tables: sheet.tables,
    changes: changes.all(),
    pictures: [...new Set([...body.matchAll(inlineLink)].flatMap(([, sign, , pointed, plain]) => (sign === "!" ? [pointed ?? plain ?? ""] : [])))],
  };
}

function ignore(): void {
  return undefined;
}

const publicFacts = ["Severity", "Services"];

const publicFields: readonly string[] = ["severity", "services", ...postmortemInstants];

/** The public version as one Markdown text. Its facts are below the title. */
export function renderPublicVersion({ title, body, facts, tables }: PublicVersion): string {
  const heading = /^# .*(?:\r\n|\n|\r|$)/.exec(body)?.[0];
  const rows = tables.flatMap(({ rows: cells }) => cells.map(([name = "", value = "", more = ""]) => `- ${[`${name}: ${value}`, more].filter((part) => part !== "").join(" ")}`));
  const sheet = [...facts.map(([label, value]) => `- ${label}: ${value}`), ...rows];
  const rest = heading === undefined ? body : body.slice(heading.length).replace(/^\s+/, "");
  return [heading?.trimEnd() ?? `# ${title}`, ...(sheet.length === 0 ? [] : ["", ...sheet]), "", rest.trimEnd(), ""].join("\n");
}

type AddChange = (kind: PublicChange["kind"], from: string, to: string) => void;

function createChanges(): { readonly add: AddChange; all(): readonly PublicChange[] } {
  const found = new Map<string, PublicChange>();
  return {
    add(kind, from, to) {
      const text = normalField(from);
      const key = JSON.stringify([kind, text.toLowerCase(), to]);
      const known = found.get(key);
      found.set(key, { kind, from: known?.from ?? text, to, count: (known?.count ?? 0) + 1 });
    },
    all: () => [...found.values()],
  };
}

/** The post-mortem without internal rows, marks, owners, and issues that only the team can read. */
function projectRows(postmortem: Postmortem, context: PublicContext, add: AddChange): Postmortem {
  for (const { event } of postmortem.timeline.filter(({ internal }) => internal === true)) add("row", event, "");
  for (const { owner } of postmortem.actions) if (owner.trim() !== "") add("owner", owner, "");
  const { lead: _lead, owner: _owner, ...rest } = postmortem;
  return {
    ...rest,
    reviewers: [],
    hidden: [],
    timeline: postmortem.timeline.filter(({ internal }) => internal !== true).map(({ origin: _origin, ...entry }) => entry),
    actions: postmortem.actions.map(({ issue, ...action }) => {
      const isShown = issue !== undefined && context.isPublic(issue.repository);
      if (issue !== undefined && !isShown) add("issue", `${issue.repository}#${issue.number}`, "");
      return { ...action, owner: "", ...(isShown ? { issue } : {}) };
    }),
  };
}

/** The text without HTML comments outside code. A line that contains nothing else is removed. */
function withoutHidden(text: string, add: AddChange): string {
  const { lines } = markdownLines(text);
  const parts: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const fenced = lines[index]?.fenced;
    const end = lines.findIndex((line, at) => at > index && line.fenced !== fenced);
    const run = lines.slice(index, end < 0 ? lines.length : end);
    const source = run.map(written).join("");
    parts.push(fenced === true ? source : withoutComments(source, add));
    index += run.length;
  }
  return parts.join("");
}

function written({ text, end }: MarkdownLine): string {
  return text + end;
}

function withoutComments(text: string, add: AddChange): string {
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of commentRanges(text)) {
    add("comment", text.slice(start, end), "");
    const before = /[^\S\r\n]*$/.exec(text.slice(from, start))?.[0] ?? "";
    const isAtStart = start - before.length === 0 || /[\r\n]/.test(text[start - before.length - 1] ?? "");
    const after = /^[^\S\r\n]*(?:\r\n|\n|\r)/.exec(text.slice(end, end + 1000))?.[0];
    parts.push(text.slice(from, start - before.length), isAtStart && after === undefined ? before : "");
    from = isAtStart && after !== undefined ? end + after.length : end;
  }
  parts.push(text.slice(from));
  return parts.join("").replace(/[^\S\r\n]*<!-- desk:(?:(?!-->)[^\r\n])*(?=[\r\n]|$)/g, (mark) => (add("comment", mark, ""), ""));
}

function withoutNames(text: string, filter: NameFilter, add: AddChange): string {
  return filter.replace(text, (from, to) => add("name", from, to));
}

const anInternalIssue = "an internal issue";

const anInternalLink = "an internal link";

const linkText = String.raw`\[((?:[^[\]\\\n]|\\.|\[[^[\]\n]{0,200}\]){0,500})\]`;

const inlineLink = new RegExp(String.raw`(!?)${linkText}\([ \t]*(?:<([^<>\n]{0,2000})>|([^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,3}))(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?[ \t]*\)`, "g");

const definition = /^( {0,3})\[([^[\]\n]{1,200})\]:[ \t]*<?([^\s<>]+)>?[^\r\n]*(?:\r\n|\n|\r|$)/gm;

const webAddress = /<?https?:\/\/[^\s<>"'`|\\]+[^\s<>"'`|\\.,;:!?)\]*_]>?/gi;

const issueReference = /(?<![\w./#&-])((?:[\w-][\w.-]{0,99}\/[\w.-]{1,100})?)#([1-9]\d{0,9})(?![\w-])/g;

/** The text without links and references that only the team can open, or that name somebody. */
function withoutLinks(text: string, context: PublicContext, filter: NameFilter, add: AddChange): string {
  const isHidden = (href: string): boolean => isInternal(href, context) || filter.names(decodeUri(href) ?? href) || filter.names(href);
  const gone = new Set<string>();
  const withoutInline = replaceUntilStable(text, inlineLink, (whole, isPicture: string, words: string, pointed: string | undefined, plain: string | undefined) => {
    const href = pointed ?? plain ?? "";
    // A picture belongs to the text, and is embedded where the text is published.
    const isKept = href.startsWith("#") || (isPicture === "!" && !/^[a-z][a-z\d+.-]*:/i.test(href)) ? !filter.names(decodeUri(href) ?? href) : !isHidden(href);
    if (href === "" || isKept) return whole;
    add("link", href, words);
    return words;
  });
  const withoutDefinitions = withoutInline.replace(definition, (whole, _indent: string, label: string, href: string) => {
    if (label.startsWith("^") || !isHidden(href)) return whole;
    gone.add(label.toLowerCase());
    add("link", href, "");
    return "";
  });
  const withoutReferences = gone.size === 0 ? withoutDefinitions : withoutDefinitions.replace(new RegExp(String.raw`${linkText}\[([^[\]\n]{0,200})\]`, "g"), (whole, words: string, label: string) => (gone.has((label === "" ? words : label).toLowerCase()) ? words : whole));
  return withoutReferences
    .replace(webAddress, (url) => {
      if (!isHidden(url.replace(/^<|>$/g, ""))) return url;
      const to = isIssueAddress(url) ? anInternalIssue : anInternalLink;
      add("link", url, to);
      return to;
    })
    .replace(issueReference, (whole, repository: string) => {
      const of = repository === "" ? context.home : repository;
      if (context.isPublic(of) && !filter.names(repository)) return whole;
      add("issue", whole, anInternalIssue);
      return anInternalIssue;
    });
}

/** Replaces until nothing changes, because what is left of one link can be part of another. */
function replaceUntilStable(text: string, pattern: RegExp, replace: (whole: string, ...groups: string[]) => string): string {
  const next = text.replace(pattern, replace);
  return next === text || next.length >= text.length ? next : replaceUntilStable(next, pattern, replace);
}

function isIssueAddress(url: string): boolean {
  return /\/(?:issues|pull|pulls|discussions)\/\d+/.test(url);
}

/** Whether only the team can open an address: a file of a repository, a private repository, or a host that has no public name. */
function isInternal(href: string, context: PublicContext): boolean {
  const [, host = "", path = ""] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(href) ?? [];
  if (host === "") return /^[a-z][a-z\d+.-]*:/i.test(href) || !context.isPublic(context.home);
  if (isInternalHost(host.toLowerCase())) return true;
  if (!context.servers.some((server) => hostOf(server) === host.toLowerCase())) return false;
  const [owner, name] = path.split("/").filter((part) => part !== "");
  return owner !== undefined && name !== undefined && !context.isPublic(`${owner}/${name}`);
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//i, "").replace(/[/:].*$/, "").toLowerCase();
}

function isInternalHost(host: string): boolean {
  return !host.includes(".") || /\.(?:internal|intern|intranet|local|localdomain|lan|corp|home|private|test)$/.test(host) || /^(?:10|127)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
}

/** The repositories that a text refers to, by reference or address. */
export function repositoriesIn(text: string, servers: readonly string[]): readonly Repository[] {
  const referenced = [...text.matchAll(issueReference)].flatMap(([, repository = ""]) => (repository === "" ? [] : [repository]));
  const linked = [...text.matchAll(/https?:\/\/([^/?#\s]+)\/([\w-][\w.-]{0,99})\/([\w.-]{1,100})/gi)].flatMap(([, host = "", owner = "", name = ""]) =>
    servers.some((server) => hostOf(server) === host.toLowerCase()) ? [`${owner}/${name}`] : [],
  );
  return [...new Set([...referenced, ...linked].map((name) => name.toLowerCase()))];
}
