import assert from "node:assert/strict";
import fc from "fast-check";
import { postmortemTexts, type Postmortem } from "../../../../../src/core/postmortem/postmortem";
import { renderPostmortem } from "../../../../../src/core/postmortem/document/renderPostmortem";
import { action, anyAction, anyEntry, anyPostmortem, anyText, emptyPostmortem, entry, normal, normalOwn, parse, zone } from "../samples";
import { propertyRuns } from "../../../../support/propertyRuns";

describe("A post-mortem's file", function () {

  it("can be parsed back to the post-mortem", () => {
    fc.assert(
      fc.property(anyPostmortem, (postmortem) => {
        assert.deepEqual(parse(renderPostmortem(postmortem, zone)).postmortem, normal(postmortem));
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  it("keeps every byte when nothing was changed, whatever people wrote into it", () => {
    const mess = fc.array(fc.oneof(anyText, fc.constantFrom("## Summary", "## Timeline", "## Action items", "| Time | Event |\n| --- | --- |\n| 9 | b |", "| Action | Type | Mood |\n|:--|--|--|\n| x | Prevention | 🙂 |", "## Budget", "# Title")), { maxLength: 10 });
    fc.assert(
      fc.property(mess, fc.constantFrom("\n", "\r\n"), (parts, lineBreak) => {
        const text = `---\nissue: acme/live#1 # ours\nmood: { good: 1 }\nstatus: in REVIEW\n---\n${parts.join("\n")}`.replace(/\r?\n/g, lineBreak);
        const document = parse(text);
        assert.equal(renderPostmortem(document.postmortem, zone, document), text);
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  it("contains any edits of any file, and can be parsed back", () => {
    const mess = fc.array(fc.oneof(anyText, fc.constantFrom("## Summary", "## Timeline", "## Impact", "## Action items", "| Time | Event |\n| --- | --- |\n| 9 | b |", "| Mood | Action |\n|--|:-:|\n| 🙂 | x |", "## Budget", "# Title")), { maxLength: 8 });
    fc.assert(
      fc.property(mess, anyPostmortem, (parts, wanted) => {
        // A heading in a custom section can name a section that is missing, so it does there. Rows in lists are tested for themselves: their events cannot contain every text.
        const document = parse(`---\nissue: acme/live#12\n---\n${parts.join("\n").replaceAll("- [ ]", "tasks")}`);
        const custom = (rows: readonly { readonly others: readonly string[] }[]): number => rows[0]?.others.length ?? 0;
        const { issue: _other, ...others } = wanted;
        const { issue, own } = document.postmortem;
        const rest = { ...others, own: normalOwn([...own.map((section, index) => ({ ...section, text: wanted.own[index]?.text.replace(/Impact|Timeline/g, "Other") ?? section.text })), ...wanted.own.slice(own.length).filter(({ heading }) => heading !== "Timeline")]) };
        const edited: Postmortem = issue === undefined ? rest : { ...rest, issue };
        const after = parse(renderPostmortem(edited, zone, document)).postmortem;
        const bare = (postmortem: Postmortem): Postmortem => ({
          ...postmortem,
          // Headings of standard sections are escaped in custom ones.
          own: postmortem.own.map((section) => ({ ...section, text: section.text.replace(/^( *)\\(?=#|[-=]+ *$)/gm, "$1") })),
          timeline: postmortem.timeline.map((row) => ({ ...row, others: [] })),
          actions: postmortem.actions.map((row) => ({ ...row, others: [] })),
        });
        assert.deepEqual(bare(after), bare(normal(edited)));
        assert.ok(custom(after.timeline) <= 1 && custom(after.actions) <= 1);
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  it("changes only what was edited", () => {
    fc.assert(
      fc.property(anyPostmortem, fc.constantFrom(...postmortemTexts), anyText, (postmortem, name, words) => {
        const before = renderPostmortem(postmortem, zone);
        const document = parse(before);
        const edited = { ...document.postmortem, texts: { ...document.postmortem.texts, [name]: words } };
        const after = parse(renderPostmortem(edited, zone, document));
        assert.deepEqual(after.postmortem, normal(edited));
        const range = document.layout.sections.find((section) => section.name === name);
        assert.ok(range !== undefined);
        assert.equal(after.text.slice(0, range.start), before.slice(0, range.start));
        assert.ok(after.text.endsWith(before.slice(range.end)));
      }),
    );
  });

  it("changes one line when one row is edited, added or removed", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 5 }), fc.array(anyAction, { maxLength: 4 }), anyEntry, fc.nat(), (timeline, actions, other, seed) => {
        const document = parse(renderPostmortem({ ...emptyPostmortem, timeline, actions }, zone));
        const index = seed % timeline.length;
        const lines = document.text.split("\n");
        const rows = document.postmortem.timeline;
        const edited = renderPostmortem({ ...document.postmortem, timeline: rows.with(index, { ...other, id: "n" }) }, zone, document).split("\n");
        assert.ok(edited.filter((line, at) => line !== lines[at]).length <= 1);
        const removed = renderPostmortem({ ...document.postmortem, timeline: rows.toSpliced(index, 1) }, zone, document).split("\n");
        assert.equal(removed.length, lines.length - 1);
        const added = renderPostmortem({ ...document.postmortem, timeline: rows.toSpliced(index, 0, { ...other, id: "n" }) }, zone, document).split("\n");
        assert.equal(added.length, lines.length + 1);
      }),
    );
  });

  it("is readable", () => {
    const text = renderPostmortem(
      {
        ...emptyPostmortem,
        priority: "high",
        lead: "ana",
        instants: { started: "2026-11-20T16:02:11Z" },
        texts: { ...emptyPostmortem.texts, summary: "The portal was down\n\nfor an hour." },
        timeline: [entry("x", "2026-11-20T16:02:11Z", "Opened by ana", "#12"), entry("y", "2026-11-20T16:04:40Z", "a | b\nc")],
        actions: [action("z", "Add an alert", { type: "detect", owner: "ben", due: "2026-11-27", issue: { repository: "acme/engine", number: 8 }, state: "accepted" })],
      },
      zone,
    );
    assert.equal(text.slice(0, text.indexOf("## Contributing")), reading);
    assert.ok(text.endsWith(`| Add an alert | detect | ben |  | 2026-11-27 | acme/engine#8 | accepted |\n\n## Communications sent\n\n## Supporting information\n`), text);
  });

  it("keeps custom content beside edits", () => {
    const document = parse(byHand);
    const [first, second] = document.postmortem.timeline;
    const [fix] = document.postmortem.actions;
    assert.ok(first !== undefined && second !== undefined && fix !== undefined);
    const after = renderPostmortem(
      {
        ...document.postmortem,
        lead: "ben",
        status: "Reviewed",
        texts: { ...document.postmortem.texts, impact: "All users." },
        timeline: [first, { ...second, event: "Back | again" }, entry("n", "2026-11-20T17:00:00Z", "Told everybody")],
        actions: [{ ...fix, state: "accepted", issue: { repository: "acme/engine", number: 9 } }],
      },
      zone,
      document,
    );
    assert.equal(
      after,
      byHand
        .replace("lead: ana # until noon", "lead: ben # until noon")
        .replace("status:   'In review'", "status:   Reviewed")
        .replace("Nobody knows.", "All users.")
        .replace("| about five|Back up|calm |", "| about five|Back \\| again|calm |\n| 2026-11-20 09:00:00 -08:00 | Told everybody |  |  |")
        .replace("| 1 | Fix it | Prevention | soon |", "| 1 | Fix it | Prevention | soon | acme/engine#9 | accepted |")
        .replace("|--:|---|---|---|", "| --: | --- | --- | --- | --- | --- |")
        .replace("| Rank | Action | Type | Due |", "| Rank | Action | Type | Due | Issue | State |")
        .replace("| 2026-11-20 09:00:00 -08:00 | Told everybody |  |  |", "| 2026-11-20 09:00:00 -08:00 | Told everybody |  |"),
    );
  });

  it("clears the first cell of a row that has no outer bars", () => {
    const document = parse("---\nissue: acme/live#12\n---\n## Action items\nMood|Action\n--|--\nbad|Fix it\n");
    const [fix] = document.postmortem.actions;
    assert.ok(fix !== undefined);
    const after = parse(renderPostmortem({ ...document.postmortem, actions: [{ ...fix, others: [""] }] }, zone, document)).postmortem;
    assert.deepEqual(after.actions.map(({ action, others }) => [action, others]), [["Fix it", [""]]]);
  });

  it("is read whatever its front matter is, and tells when fields cannot be changed", () => {
    const problem = (text: string): string => parse(text).problem ?? "none";
    assert.equal(problem("# Post-mortem"), "none");
    assert.equal(problem("---\nissue: acme/live#1\n"), "none");
    assert.equal(problem("---\n- issue\n---\n"), "none");
    assert.equal(problem("---\nlead: ana\n---\n"), "none");
    assert.equal(problem("---\nissue: acme/live#1\n---"), "none");
    assert.equal(problem("---\nissue: [\n---\n"), "badYaml");
    assert.equal(problem("+++\ntitle = 'x'\n+++\n"), "toml");
  });
});

const reading = `---
issue: acme/live#12
severity:
priority: high
lead: ana
owner:
status: Draft
review:
reviewed:
services:
factors:
reviewers:
started: 2026-11-20T16:02:11Z
detected:
acknowledged:
mitigated:
resolved:
events-until:
---

# Post-mortem: Portal is down

## Summary

The portal was down

for an hour.

## Impact

## Detection

## Timeline

| Time | Event | Source | Evidence |
| --- | --- | --- | --- |
| 2026-11-20 08:02:11 -08:00 | Opened by ana |  | #12 |
| 2026-11-20 08:04:40 -08:00 | a \\| b<br>c |  |  |

`;

const byHand = `---
# Ask Ana before you change this.
issue: acme/live#12
lead: ana # until noon
status:   'In review'
cost: { usd: 12 }
---
Some words above.

# The day the portal fell

## Impact
Nobody knows.


## Budget

| Time | Event |
| --- | --- |
| never | spent |

## timeline ##

All times as we remember them.

| Time |Event| Mood |
|:--|:-:|---|
|  2026-11-20 08:02 | Down  |  sad |
| about five|Back up|calm |
And that was it.

## Action items

| Rank | Action | Type | Due |
|--:|---|---|---|
| 1 | Fix it | Prevention | soon |
`;
