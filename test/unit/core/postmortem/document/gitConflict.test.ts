import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { resolveConflict } from "../../../../../src/core/postmortem/document/gitConflict";
import { renderPostmortem } from "../../../../../src/core/postmortem/document/renderPostmortem";
import type { Postmortem, PostmortemEntry } from "../../../../../src/core/postmortem/postmortem";
import { propertyRuns } from "../../../../support/propertyRuns";
import { emptyPostmortem, entry, parse, zone } from "../samples";

const row = (key: string, minute: number, event = `Event ${key}`): PostmortemEntry => ({ ...entry(key, `2026-11-20T16:${String(minute).padStart(2, "0")}:00Z`, event), source: "comment", origin: { key, hash: "h1" } });

/** What Git leaves after two branches changed the file. `undefined` if it merged them itself. */
function conflict(base: string, ours: string, theirs: string, ...options: readonly string[]): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), "conflict-"));
  try {
    const [mine, common, other] = [["ours", ours], ["base", base], ["theirs", theirs]].map(([name, text]) => {
      const file = path.join(folder, name ?? "");
      writeFileSync(file, text ?? "");
      return file;
    });
    try {
      execFileSync("git", ["merge-file", ...options, mine ?? "", common ?? "", other ?? ""], { stdio: "ignore" });
      return undefined;
    } catch {
      return readFileSync(mine ?? "", "utf8");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const file = (more: Partial<Postmortem>): string => renderPostmortem({ ...emptyPostmortem, ...more }, zone);

const rowsIn = (text: string): readonly string[] => parse(text).postmortem.timeline.map(({ event }) => event);

describe("A Git conflict in the file of a post-mortem", () => {
  const base = file({ eventsUntil: "2026-11-20T16:10:00Z", timeline: [row("a", 10)] });
  const ours = file({ eventsUntil: "2026-11-20T16:20:00Z", timeline: [row("a", 10), row("b", 15), row("d", 20)] });
  const theirs = file({ eventsUntil: "2026-11-20T16:30:00Z", timeline: [row("a", 10), row("b", 15), row("c", 18), row("e", 30)], hidden: ["x"] });

  for (const options of [[], ["--diff3"], ["--zdiff3"]]) {
    it(`is resolved if both branches added rows ${options.join("")}`, () => {
      const text = conflict(base, ours, theirs, ...options);
      assert.ok(text !== undefined && text.includes("<<<<<<<"));
      const resolved = resolveConflict(text);
      assert.ok(resolved.kind === "resolved");
      assert.deepEqual(new Set(rowsIn(resolved.text)), new Set(["Event a", "Event b", "Event c", "Event d", "Event e"]));
      const { postmortem } = parse(resolved.text);
      assert.deepEqual([postmortem.eventsUntil, postmortem.hidden, postmortem.timeline.length], ["2026-11-20T16:30:00Z", ["x"], 5]);
    });

    it(`stays one if both wrote another sentence ${options.join("")}`, () => {
      const summary = (text: string): string => file({ texts: { ...emptyPostmortem.texts, summary: text } });
      assert.deepEqual(resolveConflict(conflict(summary("One"), summary("Two"), summary("Three"), ...options) ?? ""), { kind: "conflict" });
    });
  }

  it("is none in an example in a fenced block, or without all of its markers", () => {
    for (const text of ["```\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n```\n", "<<<<<<< a\nx\n", "Title\n=======\n", ""]) assert.deepEqual(resolveConflict(text), { kind: "none" });
  });

  it("loses no row and no text when it is resolved", () => {
    let resolutions = 0;
    const side = fc.record({ rows: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }), reworded: fc.boolean(), summary: fc.constantFrom("", "One", "Two"), impact: fc.constantFrom("", "Many"), until: fc.integer({ min: 10, max: 59 }) });
    fc.assert(
      fc.property(side, side, fc.constantFrom("", "--diff3", "--zdiff3"), (mine, other, option) => {
        const start = [row("k0", 0), row("k41", 41)];
        const text = ({ rows, reworded, summary, impact, until }: typeof mine): string =>
          file({
            eventsUntil: `2026-11-20T16:${until}:00Z`,
            texts: { ...emptyPostmortem.texts, summary, impact },
            timeline: [...start, ...rows.map((number) => row(`k${number}`, number, reworded ? `Words ${number}` : `Event ${number}`))].toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1))),
          });
        const left = conflict(file({ timeline: start }), text(mine), text(other), ...(option === "" ? [] : [option]));
        if (left === undefined) return;
        const resolved = resolveConflict(left);
        assert.notEqual(resolved.kind, "none");
        if (resolved.kind !== "resolved") return;
        resolutions += 1;
        const [result, first, second] = [resolved.text, text(mine), text(other)].map((one) => parse(one).postmortem);
        assert.ok(result !== undefined && first !== undefined && second !== undefined);
        const events = result.timeline.map(({ event }) => event);
        for (const { event } of [...first.timeline, ...second.timeline]) assert.ok(events.includes(event), event);
        for (const name of ["summary", "impact"] as const) for (const words of [first.texts[name], second.texts[name]]) assert.ok(result.texts[name].includes(words));
        assert.equal(result.eventsUntil, [first.eventsUntil ?? "", second.eventsUntil ?? ""].toSorted().at(-1));
      }),
      { numRuns: propertyRuns(200) },
    );
    assert.ok(resolutions > 5, `${resolutions} resolutions`);
  });
});
