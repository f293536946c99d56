import * as v from "valibot";
import { linkStep } from "../checklist/marking";
import type { Checklist, ChecklistItem } from "../model/checklist";
import type { Issue } from "../model/issue";
import type { IssueLink, LinkKind } from "../model/issueChange";
import { formatRef, type IssueRef, readRefs, type Repository, sameRef, withId } from "../model/issueRef";
import { finiteNumber } from "../model/parseData";
import type { IssueRelations, LinkedPullRequest, RelatedIssue } from "../model/relations";
import { appendBlock, readChecklists, replaceChecklist } from "./checklistRegion";
import { formatMark, readMark } from "./hiddenMark";
import { findRegions } from "./regions";
import { joinLines, splitLines } from "./textLines";

const linkLine = /^[ \t]*(?:[-*+] )?(Parent|Child|Related|Blocked by|Blocks|Duplicate of|Duplicate|Post-mortem): ([^]*)$/;

const linkMark = /<!-- desk:link((?: [^<>]*)?) -->/;

const words: Readonly<Record<LinkKind, string>> = { parent: "Parent", child: "Child", related: "Related", blockedBy: "Blocked by", blocks: "Blocks", duplicateOf: "Duplicate of", hasDuplicate: "Duplicate" };

const kinds = ["parent", "child", "related", "blockedBy", "blocks", "duplicateOf", "hasDuplicate"] as const satisfies readonly LinkKind[];

/** Parses the links in the body of an issue of `home`, in order and without duplicates. */
export function readLinks(body: string, home: Repository): readonly IssueLink[] {
  if (!body.includes("desk:links")) return [];
  const lines = splitLines(body);
  const links: IssueLink[] = [];
  for (const region of findRegions(lines).regions) {
    if (region.name !== "links") continue;
    for (const { text } of lines.slice(region.start + 1, region.end)) {
      const link = readLink(text, home);
      if (link !== undefined && !links.some((other) => sameLink(other, link))) links.push(link);
    }
  }
  return links;
}

/** Combines the links in the issue's text with its native links. A link in both is listed once, in its native form. */
export function relationsOf(issue: Issue, native: readonly RelatedIssue[] = [], pullRequests: readonly LinkedPullRequest[] = []): IssueRelations {
  const recorded = readLinks(issue.body, issue.ref.repository).flatMap((link) => (link.kind === "postmortem" ? [] : [{ kind: link.kind, ref: link.other }]));
  const isNative = ({ kind, ref }: RelatedIssue): boolean => native.some((other) => sameRef(other.ref, ref) && (other.kind === kind || kind === "related"));
  return { issues: [...native, ...recorded.filter((link) => !isNative(link))], pullRequests };
}

/** Whether the issue's text contains the link. */
export function carriesLink({ body, ref }: Pick<Issue, "body" | "ref">, link: IssueLink): boolean {
  return readLinks(body, ref.repository).some((other) => sameLink(other, link));
}

/** Adds a link to the body's link region, which is added at the end if there is none. */
export function addLink(body: string, link: IssueLink, home: Repository): string {
  if (readLinks(body, home).some((other) => sameLink(other, link))) return body;
  const lines = splitLines(body);
  const region = findRegions(lines).regions.find(({ name }) => name === "links");
  const text = renderLink(link, home);
  if (region === undefined) return appendBlock(body, `<!-- desk:links -->\n${text}\n<!-- /desk:links -->`);
  const end = lines[region.start]?.end ?? "\n";
  return joinLines([...lines.slice(0, region.end), { text, end }, ...lines.slice(region.end)]);
}

/** Redirects links from one issue to another. */
function moveLinks(body: string, from: IssueRef, to: IssueRef, home: Repository): string {
  if (!body.includes("desk:links")) return body;
  const lines = splitLines(body);
  const inside = findRegions(lines).regions.filter(({ name }) => name === "links");
  const known = readLinks(body, home);
  return joinLines(
    lines.flatMap((line, index) => {
      const link = inside.some(({ start, end }) => start < index && index < end) ? readLink(line.text, home) : undefined;
      if (link === undefined || link.kind === "postmortem" || !sameRef(link.other, from)) return [line];
      const moved = { ...link, other: to };
      return known.some((other) => sameLink(other, moved) && !sameLink(other, link)) ? [] : [{ ...line, text: renderLink(moved, home) }];
    }),
  );
}

function sameLink(a: IssueLink, b: IssueLink): boolean {
  if (a.kind === "postmortem" || b.kind === "postmortem") return a.kind === "postmortem" && b.kind === "postmortem" && a.path === b.path;
  return a.kind === b.kind && sameRef(a.other, b.other);
}

function renderLink(link: IssueLink, home: Repository): string {
  if (link.kind !== "postmortem") {
    const { id } = link.other;
    return `- ${words[link.kind]}: ${formatRef(link.other, home)}${id === undefined ? "" : ` <!-- ${formatMark(["desk:link"], { id })} -->`}`;
  }
  const url = encodePath(link.path);
  return `- Post-mortem: [${url}](/${url})`;
}

function readLink(line: string, home: Repository): IssueLink | undefined {
  const found = linkLine.exec(line);
  const [word, rest = ""] = [found?.[1], found?.[2]];
  if (word === "Post-mortem") {
    const url = /\]\(\/?([^()\s]+)\)/.exec(rest)?.[1];
    return url === undefined ? undefined : { kind: "postmortem", path: decode(url) };
  }
  const shown = readRefs(rest, home)[0];
  const other = shown && withId(shown, readMark(linkMark.exec(rest)?.[1] ?? "").values.get("id"));
  const kind = kinds.find((each) => words[each] === word);
  return kind === undefined || other === undefined ? undefined : { kind, other };
}

/** Encodes a path of the workspace so that it can be the target of a link in Markdown. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

function encodeSegment(segment: string): string {
  return segment.replace(/[^\p{L}\p{N}._~-]|\p{Cs}/gu, (found) => (/\p{Cs}/u.test(found) ? "%EF%BF%BD" : encodeURIComponent(found).replace(/[!'()*]/g, hex)));
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The stored form of a reference. */
export const refSchema = v.object({ repository: v.string(), number: finiteNumber, id: v.exactOptional(v.string()) });

/** The stored form of one end of a link. */
export const linkSchema = v.variant("kind", [
  v.object({ kind: v.picklist(kinds), other: refSchema }),
  v.object({ kind: v.literal("postmortem"), path: v.string() }),
]);

/** Redirects links and step references in the body of an issue of `home` from one issue to another. */
export function relink(body: string, from: IssueRef, to: IssueRef, home: Repository): string {
  return readChecklists(body, home).reduce((text, checklist) => {
    const moved = relinkChecklist(checklist, from, to);
    return moved === checklist ? text : replaceChecklist(text, moved, home);
  }, moveLinks(body, from, to, home));
}

function relinkChecklist(checklist: Checklist, from: IssueRef, to: IssueRef): Checklist {
  const linked = checklist.items.flatMap((item) => (item.kind === "step" && item.links.some((link) => sameRef(link, from)) ? [item.id] : []));
  if (linked.length === 0) return checklist;
  const without = (item: ChecklistItem): ChecklistItem => (item.kind === "step" && linked.includes(item.id) ? { ...item, links: item.links.filter((link) => !sameRef(link, from)) } : item);
  return linked.reduce<Checklist>((result, step) => linkStep(result, step, to) ?? result, { ...checklist, items: checklist.items.map(without) });
}
