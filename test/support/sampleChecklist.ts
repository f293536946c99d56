import fc from 'fast-check';
import { lastValues } from '../../src/core/checklist/values';
import type { Checklist, ChecklistItem, ChecklistStep, Evidence, FieldValue, StepMark } from '../../src/core/model/checklist';

/** An open step, with other properties if given. */
export function step(id: string, more: Partial<ChecklistStep> = {}): ChecklistStep {
  return { kind: "step", id, part: "step", text: `Do ${id}`, depth: 0, mark: { kind: "open" }, links: [], ...more };
}

export function sampleChecklist(items: readonly ChecklistItem[], id = "run1"): Checklist {
  return { id, runbook: "runbooks/incident.md", title: "Incident response", revision: "1c9e", startedAt: "2026-11-20T16:02:11Z", by: "ana", items };
}

/** Two plain steps, and a decision with a step below each of its options, one of them a decision again. */
export function branchingChecklist(): Checklist {
  return sampleChecklist([
    step("a"),
    step("d", { part: "decision", text: "Restricted?" }),
    step("yes", { part: "option", depth: 1 }),
    step("y1", { depth: 2 }),
    step("y2", { depth: 2, part: "decision" }),
    step("soon", { depth: 3, part: "option" }),
    step("s1", { depth: 4 }),
    step("later", { depth: 3, part: "option" }),
    step("l1", { depth: 4 }),
    step("no", { part: "option", depth: 1 }),
    step("n1", { depth: 2 }),
    step("z"),
  ]);
}

const nasty = ["-->", "<!--", "<\\!--", "<!-- desk:step x -->", "<!-- /desk:run -->", "~~", "~\\~", "~~ skipped: ", "`", "#12", "acme/x#3", "\u202e", "👩‍🚒", " · [runbook](x)", "\\", "[x]", "- [ ] ", "<img onerror=x>", "%20", "\u2028", "\u0000", " "];

/** One line of text as a runbook, a person or an attacker could write it. */
export const anyLine: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 8 })
  .map((parts) => parts.join("").replace(/[\r\n]/g, ""));

export const anyInstant: fc.Arbitrary<string> = fc.integer({ min: 0, max: 59 }).map((second) => `2026-11-20T16:00:${String(second).padStart(2, "0")}Z`);

/** Texts that ask for values, approvals and comments, between texts that an attacker could write. */
const anyAsking: fc.Arbitrary<string> = fc
  .array(fc.oneof(anyLine, fc.constantFrom("{{project}}", "{{ticket: number}}", "{{location: Cloud | Crystal}}", "{{due?: date}}", "(approval by @ana or @qa)", "(comment required)", "{{__proto__}}", "{{constructor}}", "{{x: |}}")), { maxLength: 5 })
  .map((parts) => parts.join(" "));

/** Values as people type them, with line breaks and marks. */
export const anyValue: fc.Arbitrary<FieldValue> = fc.record({
  name: fc.constantFrom("project", "ticket", "location", "constructor", "ticket number", "prénom", "toString"),
  value: fc.oneof(fc.array(fc.oneof(anyLine, fc.constantFrom("\n", "\r\n", "|", "**", "–", "…", "@all")), { maxLength: 4 }).map((parts) => parts.join("")), fc.string({ unit: "binary", minLength: 290, maxLength: 320 })),
  at: anyInstant,
  by: fc.constantFrom("ana", "ben", "o'neil x"),
}, { noNullPrototype: true });

const anyStamp = fc.record({ by: fc.constantFrom("ana", "ben", "o'neil x", "-", "🙂"), at: anyInstant }, { requiredKeys: [], noNullPrototype: true });

const anyMark: fc.Arbitrary<StepMark> = fc.oneof(
  anyStamp.map((stamp): StepMark => ({ kind: "open", ...stamp })),
  anyStamp.map((stamp): StepMark => ({ kind: "done", ...stamp })),
  fc.tuple(anyLine, anyStamp).map(([reason, stamp]): StepMark => ({ kind: "skipped", reason, ...stamp })),
);

const anyId = fc.oneof(fc.stringMatching(/^[a-z0-9]{1,6}$/), anyLine.filter((line) => line !== ""));

const anyRef = fc.record({ repository: fc.constantFrom("acme/desk", "acme/engine", "local"), number: fc.integer({ min: 1, max: 9999 }) }, { noNullPrototype: true });

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({ kind: fc.constantFrom("link" as const, "file" as const, "text" as const), value: anyLine }, { noNullPrototype: true });

const anyItem: fc.Arbitrary<ChecklistItem> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("section" as const), id: anyId, title: anyLine, gate: fc.boolean() }, { noNullPrototype: true }) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.record({
          kind: fc.constant("step" as const),
          id: anyId,
          part: fc.constantFrom("step" as const, "decision" as const, "option" as const),
          text: fc.oneof({ weight: 3, arbitrary: anyLine }, { weight: 1, arbitrary: anyAsking }),
          depth: fc.integer({ min: 0, max: 5 }),
          mark: anyMark,
          links: fc.array(anyRef, { maxLength: 3 }),
        }, { noNullPrototype: true }),
        fc.record(
          { chosen: anyId, own: anyMark, overrode: anyInstant, given: fc.record({ login: fc.constantFrom("ben", "", "x-y"), at: anyInstant }, { noNullPrototype: true }), within: fc.constantFrom("15m", "2h"), formerly: fc.array(anyId, { minLength: 1, maxLength: 2 }), evidence: fc.array(anyEvidence, { minLength: 1, maxLength: 2 }) },
          { requiredKeys: [], noNullPrototype: true },
        ),
      )
      .map(([one, more]) => ({ ...one, ...more })),
  },
);

/** Any checklist, including ones that no runbook could start. */
export const anyChecklist: fc.Arbitrary<Checklist> = fc.tuple(fc.record({
  id: fc.oneof(fc.stringMatching(/^[a-z0-9]{4}$/), anyLine.filter((line) => line !== "")),
  runbook: anyLine,
  title: anyLine,
  revision: fc.stringMatching(/^[a-f0-9]{4,8}$/),
  startedAt: anyInstant,
  by: anyLine,
  items: fc.uniqueArray(anyItem, { selector: (item) => `${item.kind} ${item.id}`, maxLength: 12 }),
}, { noNullPrototype: true }), fc.array(anyValue, { maxLength: 4 })).map(([checklist, values]) => (values.length === 0 ? checklist : { ...checklist, values: lastValues(values) }));
