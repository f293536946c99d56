import assert from "node:assert/strict";
import fc from "fast-check";
import type { Postmortem } from "../../../../../src/core/postmortem/postmortem";
import type { PostmortemEdit } from "../../../../../src/core/postmortem/postmortemEdit";
import { renderPostmortem } from "../../../../../src/core/postmortem/document/renderPostmortem";
import { createPostmortemEditor, type PostmortemEditor } from "../../../../../src/host/panels/postmortem/postmortemEditor";
import { countingIds } from "../../../../support/countingIds";
import { memoryFiles } from "../../../../support/memoryFiles";
import { propertyRuns } from "../../../../support/propertyRuns";
import { action, emptyPostmortem, entry, parse, zone } from "../../../core/postmortem/samples";

const path = "postmortems/a.md";

const at = (minute: number): string => `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`;

const start = renderPostmortem(
  {
    ...emptyPostmortem,
    services: ["Portal"],
    texts: { ...emptyPostmortem.texts, summary: "It was down.", impact: "Many." },
    impact: [{ id: "i1", measure: "Users", amount: "10", others: [] }],
    timeline: [0, 10, 20, 30, 40].map((minute) => ({ ...entry(`e${minute}`, at(minute), `Event ${minute}`), ...(minute % 20 === 0 ? { source: "comment", origin: { key: `k${minute}`, hash: "h" } } : {}) })),
    actions: [action("a1", "Add an alert"), action("a2", "Test it")],
  },
  zone,
);

/** An edit by somebody, with the text that it adds. `undefined` if there is nothing to edit. */
type Doing = (postmortem: Postmortem, text: string) => readonly PostmortemEdit[];

const rowOf = ({ timeline }: Postmortem, index: number): Postmortem["timeline"][number] | undefined => timeline[index % Math.max(1, timeline.length)];

const anyDoing: fc.Arbitrary<Doing> = fc.oneof(
  fc.constantFrom("summary", "impact", "factors", "wentWell").map((text): Doing => (postmortem, words) => [{ kind: "text", text, value: `${postmortem.texts[text]}\n\n${words}`.trim() }]),
  fc.nat(9).map((index): Doing => (postmortem, words) => { const row = rowOf(postmortem, index); return row === undefined ? [] : [{ kind: "entry", id: row.id, column: "event", value: `${row.event} ${words}` }]; }),
  fc.nat(9).map((index): Doing => (postmortem, words) => { const row = rowOf(postmortem, index); return row === undefined ? [] : [{ kind: "entry", id: row.id, column: "evidence", value: `${row.evidence} ${words}` }]; }),
  fc.tuple(fc.nat(9), fc.constantFrom("inferred", "internal")).map(([index, flag]): Doing => (postmortem) => { const row = rowOf(postmortem, index); return row === undefined ? [] : [{ kind: "entryFlag", id: row.id, flag, value: true }]; }),
  fc.nat(9).map((index): Doing => (_postmortem, words) => [{ kind: "insertEntry", index, entry: { ...entry(words, at(index), words), source: "note" } }]),
  fc.nat(9).map((index): Doing => (postmortem, words) => [{ kind: "insertAction", index: index % (postmortem.actions.length + 1), action: action(words, words) }]),
  fc.nat(9).map((index): Doing => (_postmortem, words) => [{ kind: "insertImpact", index, row: { id: words, measure: words, amount: "1", others: [] } }]),
  fc.constant<Doing>((postmortem, words) => [{ kind: "list", list: "services", value: [...postmortem.services, words] }]),
);

const anyMove = fc.tuple(fc.nat(9), fc.nat(9)).map(([index, to]): Doing => (postmortem) => { const row = rowOf(postmortem, index); return row === undefined ? [] : [{ kind: "moveEntry", id: row.id, index: to }]; });

interface Step {
  readonly who: 0 | 1;
  readonly doing: Doing;
  readonly saves: boolean;
}

const steps = (doing: fc.Arbitrary<Doing>): fc.Arbitrary<readonly Step[]> => fc.array(fc.record({ who: fc.constantFrom(0 as const, 1 as const), doing, saves: fc.boolean() }), { maxLength: 8 });

/** What two people do in two windows on one file, and what is in the file in the end. */
async function play(all: readonly Step[]): Promise<{ readonly editors: readonly PostmortemEditor[]; readonly typed: readonly string[]; readonly text: string }> {
  const { files, texts } = memoryFiles({ [path]: start });
  const editors = [0, 1].map((who) => createPostmortemEditor({ files, ids: countingIds(`n${who}-`), timezone: () => zone, saveSoon: () => undefined, changed: () => undefined, pause: () => Promise.resolve() }, path, parse(start)));
  const typed: string[] = [];
  for (const [index, { who, doing, saves }] of all.entries()) {
    const editor = editors[who];
    assert.ok(editor !== undefined);
    const text = `typed${index}by${who}`;
    for (const edit of doing(editor.now().mine, text)) {
      editor.edit(edit);
      if (JSON.stringify(edit).includes(text)) typed.push(text);
    }
    if (saves) await editor.save();
  }
  for (const editor of editors) await editor.save();
  // Each window reads the file when the other wrote it.
  for (let before = "", rounds = 0; before !== texts.get(path); rounds += 1) {
    assert.ok(rounds < 6, "they go on to write");
    before = texts.get(path) ?? "";
    for (const editor of editors) await editor.reread();
  }
  return { editors, typed, text: texts.get(path) ?? "" };
}

describe("Two editors of one post-mortem", () => {
  it("lose nothing that either of them typed, or report a conflict and write nothing more", async () => {
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(steps(fc.oneof({ weight: 4, arbitrary: anyDoing }, { weight: 1, arbitrary: anyMove })), async (all) => {
        const { editors, typed, text } = await play(all);
        const problems = editors.flatMap((editor) => editor.now().problem ?? []);
        if (problems.length > 0) {
          for (const { kind } of problems) assert.equal(kind, "clash");
          return;
        }
        merged += 1;
        for (const minute of [0, 10, 20, 30, 40]) assert.ok(text.includes(`Event ${minute} `));
        for (const words of typed) assert.ok(text.includes(words), words);
        const shown = editors.map((editor) => editor.now().mine);
        assert.deepEqual(shown.map(({ timeline }) => timeline.map(({ event }) => event)), [0, 1].map(() => parse(text).postmortem.timeline.map(({ event }) => event)));
        for (const editor of editors) assert.equal(editor.now().saved, true);
      }),
      { numRuns: propertyRuns(200) },
    );
    assert.ok(merged > 5);
  });
});
