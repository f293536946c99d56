import fc from 'fast-check';
import { normalField, normalText } from '../../../../src/core/markup/textLines';
import { readSource, writeSource } from '../../../../src/core/postmortem/document/entrySource';
import { parsePostmortem, type PostmortemDocument } from '../../../../src/core/postmortem/document/parsePostmortem';
import {
  actionStates,
  actionTypes,
  emptyPostmortem as nothingWritten,
  type ImpactRow,
  noTexts,
  type OwnSection,
  type Postmortem,
  type PostmortemAction,
  type PostmortemEntry,
  type PostmortemInstant,
  postmortemInstants,
  postmortemLists,
  postmortemStatuses,
  type PostmortemText,
  postmortemTexts,
} from '../../../../src/core/postmortem/postmortem';
import { readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { normalCell } from '../../../../src/core/postmortem/document/table';
import { normalTitle } from '../../../../src/core/postmortem/document/titleHeading';

export const zone = "America/Los_Angeles";

export function parse(text: string): PostmortemDocument {
  return parsePostmortem(text, zone);
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
    ...Object.fromEntries(postmortemLists.map((name) => [name, postmortem[name].map(normalField).filter((value) => value !== "")])),
    own: normalOwn(postmortem.own),
    impact: postmortem.impact.map((row, index) => ({ ...row, id: `i${index + 1}`, measure: normalCell(row.measure), amount: normalCell(row.amount) })),
    timeline: postmortem.timeline.map(({ source, inferred, internal, origin, ...row }, index) => ({
      ...row,
      ...readSource(normalCell(writeSource({ source, ...inferred === undefined ? {} : { inferred }, ...internal === undefined ? {} : { internal }, ...origin === undefined ? {} : { origin } }))),
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

/** Custom sections have ids that count those with the same heading. */
export function normalOwn(own: readonly OwnSection[]): readonly OwnSection[] {
  const headings = own.map(({ heading }) => normalTitle(heading).toLowerCase());
  return own.map(({ heading, text }, index) => ({
    id: `${headings.slice(0, index + 1).filter((other) => other === headings[index]).length} ${headings[index] ?? ''}`,
    heading: normalTitle(heading),
    text: normalText(text),
  }));
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
  source: fc.oneof(fc.constantFrom("", "comment", "commit", "step, skipped", "inferred"), anyText),
  inferred: fc.constant(true as const),
  internal: fc.constant(true as const),
  origin: fc.record({ key: fc.oneof(fc.constantFrom("comment:12", "acme/live#12", "a b", "x--", "<!-->|\\%"), anyText.filter((text) => text !== "")), hash: fc.oneof(fc.constantFrom("", "abc123"), anyText) }, { noNullPrototype: true }),
  others: fc.constant([]),
}, { requiredKeys: ["id", "time", "event", "evidence", "source", "others"], noNullPrototype: true });

const anyImpact: fc.Arbitrary<ImpactRow> = fc.record({ id: fc.uuid(), measure: anyText, amount: anyText, others: fc.constant([]) }, { noNullPrototype: true });

const anyNames = fc.array(fc.oneof(fc.constantFrom("Portal", "a, b", "[x]", "null", "- y", "it's", "{z: 1}", "#4", "12"), anyText), { maxLength: 4 });

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

const anyOwn: fc.Arbitrary<readonly OwnSection[]> = fc
  .array(fc.record({ heading: fc.constantFrom("Budget", "Background", "Timeline", "budget", "Q & A"), text: anyText }, { noNullPrototype: true }), { maxLength: 3 })
  .map((sections) => normalOwn(sections.map((section) => ({ id: "", ...section }))));

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
    reviewed: anyDate,
    services: anyNames,
    factors: anyNames,
    reviewers: anyNames,
    hidden: fc.uniqueArray(anyText.filter((text) => text !== ""), { maxLength: 3 }),
    own: anyOwn,
    impact: fc.array(anyImpact, { maxLength: 3 }),
    instants: anyInstants,
    eventsUntil: anyInstant,
    texts: anyTexts,
    timeline: fc.array(anyEntry, { maxLength: 5 }),
    actions: fc.array(anyAction, { maxLength: 5 }),
  },
  { requiredKeys: ["issue", "title", "status", "services", "factors", "reviewers", "hidden", "own", "impact", "instants", "texts", "timeline", "actions"], noNullPrototype: true },
);
