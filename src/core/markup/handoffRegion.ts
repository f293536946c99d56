import { wallTimeOf } from "../calendar/localTime";
import { type Acceptance, type Handoff, type HandoffItem, type HandoffSection, handoffSections, textsOf } from "../model/handoff";
import { isInstant } from "../model/instant";
import type { Instant } from "../model/issue";
import { formatRef, readRefKey, refKey, type Repository, withId } from "../model/issueRef";
import { escapeComments, formatMark, type MarkContent, readMark, unescapeComments } from "./hiddenMark";
import { inertText, withoutInertMarks } from "./inertText";
import { findRegions, type Region } from "./regions";
import { type BodyLine, joinLines, lineBreakOf, normalField, normalText, splitLines } from "./textLines";

const headings: Readonly<Record<HandoffSection, string>> = {
  timeCritical: "Time-critical",
  toWatch: "To watch",
  resolved: "Resolved during this shift",
  changes: "Changes in the last 7 days",
  known: "Known issues",
  comingUp: "Coming up",
};

const shiftHeading = "**The shift:** ";

/** The same heading as version 0.1 wrote it. */
const oldShiftHeading = "**The turn:** ";

const nextStepHeading = "  - **Next step:** ";

/** Text of a person never contains the start of a comment, so a line that ends with one of these marks is the desk's. */
const ownLine = /^([^]*?) ?<!-- desk:(felt|part|item|accepted)((?: [^<>]*)?) -->[ \t]*$/;

/** Options for rendering a handoff. */
export interface HandoffFormat {
  /** Repository of the handoff issue. */
  readonly home: Repository;
  /** The desk's time zone. */
  readonly timezone: string;
}

/** Renders a handoff as readable text for an issue. `readHandoff` parses it back to the same handoff in normal form. */
export function renderHandoff(handoff: Handoff, format: HandoffFormat): string {
  const { outgoing, incoming, beside, from, to, felt, items, texts, accepted } = handoffInForm(handoff);
  const wall = (at: Instant): string => wallTimeOf(at, format.timezone).slice(0, 16).replace("T", " ");
  const others = beside.length === 0 ? "" : `, with ${beside.map((login) => `@${escapeComments(login)}`).join(" and ")}`;
  return [
    `<!-- desk:handoff ${formatMark([], { outgoing, incoming, beside: beside.length === 0 ? undefined : beside.join(" "), from, to })} -->`,
    `**@${escapeComments(outgoing)}** hands over to **@${escapeComments(incoming)}**${others} · ${wall(from)} to ${wall(to)} (${format.timezone})`,
    "",
    ...(felt === "" ? [] : [`${shiftHeading}${escapeComments(felt)} <!-- desk:felt -->`, ""]),
    "## Open items <!-- desk:part items -->",
    "",
    ...(items.length === 0 ? ["Nothing is open."] : items.flatMap((item) => renderItem(item, format.home, wall))),
    "",
    ...handoffSections.flatMap((name) => (texts[name] === "" ? [] : [`## ${headings[name]} <!-- desk:part ${name} -->`, "", escapeComments(texts[name]), ""])),
    renderAcceptance(incoming, accepted),
    "<!-- /desk:handoff -->",
  ].join("\n");
}

/** The handoff in normal form, as its issue can contain it: fields on one line, sections without surrounding blank lines. */
export function handoffInForm(handoff: Handoff): Handoff {
  return {
    ...handoff,
    felt: normalField(handoff.felt),
    items: handoff.items.map((item) => ({ ...item, title: normalField(item.title), status: normalField(item.status), next: normalField(item.next) })),
    texts: textsOf((name) => normalText(handoff.texts[name])),
  };
}

function renderItem({ ref, title, status, owners, updated, next }: HandoffItem, home: Repository, wall: (at: Instant) => string): readonly string[] {
  const mark = formatMark([refKey(ref)], { status, owners: owners.length === 0 ? undefined : owners.join(" "), updated, id: ref.id });
  const owned = owners.length === 0 ? "nobody" : owners.map(escapeComments).join(", ");
  return [
    `- ${formatRef(ref, home)} ${inertText(escapeComments(title))} <!-- desk:item ${mark} -->`,
    `  - ${escapeComments(status)} · owner: ${owned} · last update: ${wall(updated)}`,
    `${nextStepHeading}${escapeComments(next)}`,
  ];
}

function renderAcceptance(incoming: string, accepted: Acceptance | undefined): string {
  return accepted === undefined
    ? `_Waiting for @${escapeComments(incoming)} to accept._ <!-- desk:accepted -->`
    : `**Accepted** by @${escapeComments(accepted.by)}, ${accepted.at} <!-- desk:accepted ${formatMark([], { by: accepted.by, at: accepted.at })} -->`;
}

/** Parses the handoff in an issue's body, with edits that people made. Returns `undefined` if there is none or its marks are broken. */
export function readHandoff(body: string): Handoff | undefined {
  if (!body.includes("desk:handoff")) return undefined;
  const lines = splitLines(body);
  const region = regionIn(lines);
  const value = (name: string): string => region?.mark.values.get(name) ?? "";
  const [outgoing, incoming, from, to] = [value("outgoing"), value("incoming"), value("from"), value("to")];
  if (region === undefined || outgoing === "" || incoming === "" || !isInstant(from) || !isInstant(to)) return undefined;
  const found = readLines(lines.slice(region.start + 1, region.end).map(({ text }) => text));
  const { accepted, felt, items } = found;
  return { outgoing, incoming, beside: listOf(value("beside")), from, to, felt, items, texts: textsOf((name) => found.texts.get(name) ?? ""), ...(accepted === undefined ? {} : { accepted }) };
}

/** Adds the acceptance to the body; the first acceptance counts. Returns `undefined` if the body contains no handoff. */
export function acceptHandoff(body: string, accepted: Acceptance): string | undefined {
  const handoff = readHandoff(body);
  const lines = splitLines(body);
  const region = regionIn(lines);
  if (handoff === undefined || region === undefined) return undefined;
  if (handoff.accepted !== undefined) return body;
  const text = renderAcceptance(handoff.incoming, accepted);
  const old = lines.findIndex(({ text: line }, index) => region.start < index && index < region.end && ownLine.exec(line)?.[2] === "accepted");
  const at = old < 0 ? region.end : old;
  return joinLines([...lines.slice(0, at), { text, end: lines[old]?.end ?? lineBreakOf(body) }, ...lines.slice(old < 0 ? at : at + 1)]);
}

function regionIn(lines: readonly BodyLine[]): Region | undefined {
  const { regions, broken } = findRegions(lines);
  return broken ? undefined : regions.find(({ name }) => name === "handoff");
}

interface Found {
  felt: string;
  readonly items: HandoffItem[];
  readonly texts: Map<string, string>;
  accepted?: Acceptance;
}

function readLines(lines: readonly string[]): Found {
  const found: Found = { felt: "", items: [], texts: new Map() };
  let section: string | undefined;
  let text: string[] = [];
  const endSection = (): void => {
    if (section !== undefined && !found.texts.has(section)) found.texts.set(section, normalText(unescapeComments(text.join("\n"))));
    section = undefined;
    text = [];
  };
  for (const line of lines) {
    const [, shown = "", name, rest = ""] = ownLine.exec(line) ?? [];
    const mark = readMark(rest);
    if (name === undefined) {
      const item = found.items.at(-1);
      if (section === "items" && item?.next === "" && line.startsWith(nextStepHeading)) found.items.splice(-1, 1, { ...item, next: normalField(unescapeComments(line.slice(nextStepHeading.length))) });
      text.push(line);
      continue;
    }
    if (name !== "item") endSection();
    if (name === "felt") {
      const heading = [shiftHeading, oldShiftHeading].find((text) => shown.startsWith(text)) ?? "";
      found.felt = normalField(unescapeComments(shown.slice(heading.length)));
    }
    if (name === "part") section = mark.words[0];
    const item = name === "item" ? readItem(shown, mark) : undefined;
    if (item !== undefined) found.items.push(item);
    const accepted = name === "accepted" ? readAcceptance(mark) : undefined;
    if (accepted !== undefined) found.accepted ??= accepted;
  }
  endSection();
  return found;
}

function readItem(shown: string, { words, values }: MarkContent): HandoffItem | undefined {
  const ref = readRefKey(words[0] ?? "");
  const updated = values.get("updated") ?? "";
  if (ref === undefined || !isInstant(updated)) return undefined;
  const title = unescapeComments(withoutInertMarks(shown.replace(/^- \S* ?/, "")));
  return { ref: withId(ref, values.get("id")), title: normalField(title), status: values.get("status") ?? "", owners: listOf(values.get("owners") ?? ""), updated, next: "" };
}

function readAcceptance({ values }: MarkContent): Acceptance | undefined {
  const [by = "", at = ""] = [values.get("by"), values.get("at")];
  return by === "" || !isInstant(at) ? undefined : { by, at };
}

function listOf(words: string): readonly string[] {
  return words.split(" ").filter((word) => word !== "");
}
