import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeTexts } from '../../../../../src/core/postmortem/document/mergeTexts';
import type { Postmortem, PostmortemEntry } from '../../../../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../../src/core/postmortem/postmortemTime';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { propertyRuns } from '../../../../support/propertyRuns';
import { action, emptyPostmortem, entry, parse, zone } from '../samples';

function rendered(text: string, edits: readonly PostmortemEdit[]): string {
  const document = parse(text);
  return renderPostmortem(edits.reduce((now, edit) => applyEdit(now, edit, (time) => readEntryTime(time, zone)), document.postmortem), zone, document);
}

const minute = (index: number): string => `2026-11-20T16:${String(index).padStart(2, "0")}:00Z`;

const row = (key: string, index: number): PostmortemEntry => ({ ...entry(key, minute(index), `event ${key}`), source: "comment", origin: { key, hash: "h" } });

const base: Postmortem = {
  ...emptyPostmortem,
  texts: { ...emptyPostmortem.texts, summary: "Down", impact: "Many\n\nall over" },
  own: [{ id: "1 budget", heading: "Budget", text: "None" }],
  impact: [{ id: "i1", measure: "Users", amount: "12", others: [] }],
  timeline: Array.from({ length: 8 }, (_none, index) => row(`k${index}`, index * 5)),
  actions: [action("a1", "Alert"), action("a2", "Test")],
};

const table = renderPostmortem(base, zone);

const list = table.replace(/\| Time \| Event[^]*?\n\n/, `${base.timeline.map(({ time, event, origin }) => `- ${time.kind === "instant" ? time.at : ""}: ${event} · Source: comment <!-- desk:entry ${origin?.key ?? ""} h -->`).join("\n")}\n\n`);

type Side = "ours" | "theirs";

/** Edits of one side: rows and texts that the other does not touch, but new rows anywhere. */
const editsOf = (side: Side, name: string): fc.Arbitrary<readonly PostmortemEdit[]> => {
  const mine = [0, 1, 2, 3, 4, 5, 6, 7].filter((index) => (index % 2 === 0) === (side === "ours")).map((index) => `t${index + 1}`);
  const id = fc.constantFrom(...mine);
  const edit: fc.Arbitrary<PostmortemEdit> = fc.oneof(
    fc.record({ kind: fc.constant("entry" as const), id, column: fc.constantFrom("event" as const, "evidence" as const), value: fc.constant(`changed by ${name}`) }),
    fc.record({ kind: fc.constant("hideEntry" as const), id }),
    fc.record({ kind: fc.constant("entryFlag" as const), id, flag: fc.constantFrom("inferred" as const, "internal" as const), value: fc.constant(true) }),
    fc.tuple(fc.nat(8), fc.nat(59)).map(([index, at]) => ({ kind: "insertEntry" as const, index, entry: { ...entry(`${name}${index}${at}`, minute(at), `new by ${name} ${index} ${at}`), origin: { key: `${name}:${index}:${at}`, hash: "n" } } })),
    fc.constant({ kind: "text" as const, text: side === "ours" ? ("summary" as const) : ("trigger" as const), value: `words of ${name}` }),
    fc.constant({ kind: "insertAction" as const, index: 2, action: action(`${name}a`, `Action of ${name}`) }),
    fc.constant({ kind: "action" as const, id: side === "ours" ? "a1" : "a2", column: "state" as const, value: "done" }),
    fc.constant({ kind: "field" as const, field: side === "ours" ? ("lead" as const) : ("status" as const), value: side === "ours" ? "ana" : "Reviewed" }),
  );
  return fc.array(edit, { maxLength: 5 });
};

describe("Two people who edit a post-mortem at once", () => {
  for (const [kind, text] of Object.entries({ table, list })) {
    it(`lose nothing, and need not decide, if they edit different things: ${kind}`, () => {
      fc.assert(
        fc.property(editsOf("ours", "ana"), editsOf("theirs", "ben"), (mine, other) => {
          const merged = mergeTexts(text, rendered(text, mine), rendered(text, other));
          assert.ok(merged !== undefined, "they must decide");
          const [both, ours, theirs] = [parse(merged).postmortem, parse(rendered(text, mine)).postmortem, parse(rendered(text, other)).postmortem];
          const before = parse(text).postmortem;
          for (const side of [ours, theirs]) {
            for (const one of side.timeline) {
              const old = before.timeline.find(({ origin }) => origin?.key === one.origin?.key);
              const isEdited = old === undefined || JSON.stringify({ ...old, id: "" }) !== JSON.stringify({ ...one, id: "" });
              const found = both.timeline.filter(({ origin }) => origin?.key === one.origin?.key);
              if (isEdited) assert.deepEqual(found.map((each) => ({ ...each, id: "" })), [{ ...one, id: "" }], merged);
            }
            for (const key of side.hidden) assert.ok(both.hidden.includes(key) && both.timeline.every(({ origin }) => origin?.key !== key), merged);
            for (const one of side.actions) assert.ok(both.actions.some(({ action: words }) => words === one.action), merged);
          }
          assert.equal(both.timeline.length, ours.timeline.length + theirs.timeline.length - before.timeline.length);
          assert.deepEqual([both.texts.summary, both.texts.trigger, both.lead, both.status], [ours.texts.summary, theirs.texts.trigger, ours.lead, theirs.status]);
          assert.deepEqual([both.own, both.impact, both.texts.impact], [before.own, before.impact, before.texts.impact]);
        }),
        { numRuns: propertyRuns(400) },
      );
    });
  }
});
