import fc from 'fast-check';
import { normalField, normalText } from '../../../../src/core/markup/textLines';
import { parsePostmortem, type PostmortemDocument } from '../../../../src/core/postmortem/parsePostmortem';
import {
  actionStates,
  actionTypes,
  emptyPostmortem as nothingWritten,
  noTexts,
  type Postmortem,
  type PostmortemAction,
  type PostmortemEntry,
  type PostmortemInstant,
  postmortemInstants,
  postmortemStatuses,
  type PostmortemText,
  postmortemTexts,
} from '../../../../src/core/postmortem/postmortem';
import { readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { normalCell } from '../../../../src/core/postmortem/table';
import { normalTitle } from '../../../../src/core/postmortem/titleHeading';

export const zone = "America/Los_Angeles";

export function parse(text: string): PostmortemDocument {
  const document = parsePostmortem(text, zone);
  if (document.kind === "failed") throw new Error(`not a post-mortem: ${document.failure}\n${text}`);
  return document.value;
}

export const emptyPostmortem = {
  ...nothingWritten,
  issue: { repository: "acme/live", number: 12 },
  title: "Portal is down",
} satisfies Postmortem;

export function entry(id: string, at: string, event: string, evidence = ""): PostmortemEntry {
  return { id, time: { kind: "instant", at }, event, evidence, source: "", others: [] };
}

export function action(id: string, words: string, more: Partial<PostmortemAction> = {}): PostmortemAction {
  return { id, action: words, owner: "", priority: "", state: "proposed", others: [], ...more };
}

/** The post-mortem as its file can hold it, with the ids that reading gives. */
export function normal(postmortem: Postmortem): Postmortem {
  const texts: Record<PostmortemText, string> = { ...noTexts };
  for (const name of postmortemTexts) texts[name] = normalText(postmortem.texts[name]);
  const { severity, priority, lead, owner, ...rest } = postmortem;
  const fields = Object.entries({ severity, priority, lead, owner }).flatMap(([name, value]) => (normalField(value ?? "") === "" ? [] : [[name, normalField(value ?? "")]]));
  return {
    ...rest,
    ...Object.fromEntries(fields),
    title: normalTitle(postmortem.title),
    texts,
    timeline: postmortem.timeline.map((row, index) => ({
      ...row,
      id: `t${index + 1}`,
      time: row.time.kind === "words" ? readEntryTime(normalCell(row.time.words), zone) : row.time,
      event: normalCell(row.event),
      evidence: normalCell(row.evidence),
    })),
    actions: postmortem.actions.map((row, index) => ({
      ...row,
      id: `a${index + 1}`,
      action: normalCell(row.action),
      owner: normalCell(row.owner),
      priority: normalCell(row.priority),
    })),
  };
}

/** Pieces that are likely to break a Markdown or YAML file. */
const piece = fc.oneof(
  fc.constantFrom("|", "\\", "\\|", "\n", "\r\n", "\r", "<br>", "&#124;", "&#92;", "## Timeline", "\n## Impact\n", "# ", "\n# ", "```", "\n```\n", "~~~", "---", "\n---\n", ": ", " #", "'", '"', "- [ ] ", "<img src=x onerror=alert(1)>", "<!--", "-->", "🚒", "\u202e", "\u2028", "\t", "   ", "| a | b |", "| --- | --- |", "#12", "acme/x#3", "null", "true", "12", "~", "&a", "*a", "{{x}}", "[a](b)"),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);

export const anyText = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")).map((text) => text.toWellFormed());

const anyInstant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);

const anyDate = anyInstant.map((instant) => instant.slice(0, 10));

const anyRef = fc.record({ repository: fc.constantFrom("acme/live", "acme/engine", "local"), number: fc.integer({ min: 1, max: 9999 }) }, { noNullPrototype: true });

export const anyEntry: fc.Arbitrary<PostmortemEntry> = fc.record({
  id: fc.uuid(),
  time: fc.oneof(
    anyInstant.map((at) => ({ kind: "instant" as const, at })),
    anyText.map((words) => ({ kind: "words" as const, words })),
  ),
  event: anyText,
  evidence: anyText,
  source: fc.constant(""),
  others: fc.constant([]),
}, { noNullPrototype: true });

export const anyAction: fc.Arbitrary<PostmortemAction> = fc.record(
  {
    id: fc.uuid(),
    action: anyText,
    type: fc.constantFrom(...actionTypes),
    owner: anyText,
    priority: anyText,
    due: anyDate,
    issue: anyRef.filter((ref) => ref.repository !== "local"),
    state: fc.constantFrom(...actionStates),
    others: fc.constant([]),
  },
  { requiredKeys: ["id", "action", "owner", "priority", "state", "others"], noNullPrototype: true },
);

const anyTexts = fc.record(Object.fromEntries(postmortemTexts.map((name) => [name, anyText])), { noNullPrototype: true }) as fc.Arbitrary<Record<PostmortemText, string>>;

const anyInstants = fc.record(Object.fromEntries(postmortemInstants.map((name) => [name, anyInstant])), { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Partial<Record<PostmortemInstant, string>>>;

export const anyPostmortem: fc.Arbitrary<Postmortem> = fc.record(
  {
    issue: anyRef,
    title: anyText,
    status: fc.constantFrom(...postmortemStatuses),
    severity: anyText,
    priority: anyText,
    lead: anyText,
    owner: anyText,
    review: anyDate,
    instants: anyInstants,
    eventsUntil: anyInstant,
    texts: anyTexts,
    timeline: fc.array(anyEntry, { maxLength: 5 }),
    actions: fc.array(anyAction, { maxLength: 5 }),
  },
  { requiredKeys: ["issue", "title", "status", "instants", "texts", "timeline", "actions"], noNullPrototype: true },
).map((postmortem) => ({ ...nothingWritten, ...postmortem }));
