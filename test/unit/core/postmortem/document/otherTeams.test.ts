import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../../src/core/postmortem/postmortemTime';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { propertyRuns } from '../../../../support/propertyRuns';
import { parse, zone } from '../samples';

const read = (text: string): Postmortem => parse(text).postmortem;

function edited(text: string, ...edits: readonly PostmortemEdit[]): string {
  const document = parse(text);
  return renderPostmortem(edits.reduce((now, edit) => applyEdit(now, edit, (time) => readEntryTime(time, zone)), document.postmortem), zone, document);
}

const times = (text: string): readonly string[] => read(text).timeline.map(({ time, event }) => `${time.kind === "instant" ? time.at : time.words}|${event}`);

describe("The sections of another team's post-mortem", () => {
  const names = (text: string): string => [...parse(text).layout.sections.map(({ name, heading }) => `${name}=${heading}`), ...read(text).own.map(({ heading }) => `own=${heading}`)].join(", ");

  for (const [name, headings] of [
    ["factors", ["Root cause", "Root Cause(s)", "3. Root Causes", "**Contributing Factors**", "Root cause analysis:"]],
    ["timeline", ["Timeline (UTC)", "Incident timeline", "⏱ Timeline", "Timeline of events", "Timeline (all times PST) 4/21. All times approximate"]],
    ["actions", ["Actions", "Follow-ups", "Follow Ups", "Followup actions", "Remediation", "Next steps", "Corrective and Preventative Measures"]],
    ["resolution", ["Recovery", "Resolution and recovery", "Resolution & Recovery", "Resolution / Recovery"]],
    ["wentWrong", ["What went poorly", "What didn’t go well?", "What went wrong / what we missed"]],
    ["lucky", ["Where did we get lucky?", "Where we got lucky"]],
    ["summary", ["Executive Summary", "TL;DR", "Overview", "Issue summary"]],
  ] as const) {
    it(`have other headings: ${headings.join(", ")}`, () => {
      for (const heading of headings) assert.equal(parse(`# Title\n\n## ${heading}\n\nText\n`).layout.sections[0]?.name, name, heading);
    });
  }

  it("prefer the usual heading to others, wherever it is", () => {
    assert.equal(names("## Root cause\n## Contributing factors\n## Mitigation\n## Resolution\n"), "factors=Contributing factors, resolution=Resolution, own=Root cause, own=Mitigation");
  });

  it("may be below a heading of the team's own, whose other parts stay sections", () => {
    const text = "# T\n\n## Lessons learned\n\nWe learned.\n\n### What went well\n\nA\n\n### What went wrong\n\nB\n\n### Odd\n\nC\n\n## Timeline\n\n### Day one\n";
    assert.equal(names(text), "wentWell=What went well, wentWrong=What went wrong, timeline=Timeline, own=Lessons learned, own=Odd");
    assert.deepEqual(read(text).own.map(({ text: words }) => words), ["We learned.", "C"]);
    assert.equal(edited(text, { kind: "text", text: "wentWell", value: "A\n\n### Deeper" }), text.replace("\n\nA\n", "\n\nA\n\n#### Deeper\n"));
    assert.equal(edited(text, { kind: "text", text: "trigger", value: "A deploy" }), `${text}`.replace("### What went well", "### Trigger\n\nA deploy\n\n### What went well"));
  });

  it("are not read out of the text of another section", () => {
    assert.equal(names("## Summary\n\n### Impact\n\n### Timeline\n\n## Notes\n"), "summary=Summary, own=Notes");
  });

  it("may have headings of the first level, or of the third", () => {
    const first = "# Outage of the portal\n\n# Summary\n\nDown\n\n## Detail\n\n# Impact\n";
    assert.equal(names(first), "summary=Summary, impact=Impact");
    assert.equal(read(first).title, "Outage of the portal");
    assert.equal(read(first).texts.summary, "Down\n\n## Detail");
    assert.equal(edited(first, { kind: "text", text: "trigger", value: "# Deploy" }), `${first}\n# Trigger\n\n## Deploy\n`);
    const third = "## Postmortem: portal\n\n### Summary\n\nDown\n\n### Impact\n";
    assert.equal(names(third), "summary=Summary, impact=Impact");
    assert.equal(read(third).title, "portal");
    assert.equal(edited(third, { kind: "field", field: "title", value: "Portal" }), third.replace(": portal", ": Portal"));
  });

  it("may have headings that are underlined", () => {
    const text = "The outage\n==========\n\nSummary\n-------\n\nDown\n\nOdd\n---\n\nTimeline\n--------\n\n- 14:02 Down\n";
    assert.equal(names(text), "summary=Summary, timeline=Timeline, own=Odd");
    assert.equal(read(text).title, "The outage");
    assert.equal(edited(text, { kind: "text", text: "summary", value: "Up\n\nImpact\n---\nAll" }), text.replace("Down", "Up\n\n### Impact\nAll"));
    assert.equal(edited(text, { kind: "field", field: "title", value: "An outage" }), text.replace("The outage", "An outage"));
  });

  it("contain a heading of the first level that names a section, but no other", () => {
    assert.equal(names("# T\n\n## Summary\n\n# a comment\n\n# Action items\n\n- Do it\n"), "summary=Summary, actions=Action items");
    assert.equal(read("# T\n\n## Summary\n\n# a comment\n\n# Action items\n").texts.summary, "# a comment");
  });
});

describe("The fields of another team's post-mortem", () => {
  const text = "---\nTitle: Portal down\ndate: 2024-05-01\nincident_id: INC-7\nseverity: SEV2\nauthors: [ana, ben]\nservice: Portal, Ledger\ntags:\n  - deployment\nstatus: Complete, actions in progress\nstart_time: 2024-05-01 10:00 UTC\n---\n\n# Postmortem\n\n## Summary\n";

  it("have other names and values", () => {
    const found = read(text);
    assert.deepEqual([found.title, found.issue, found.severity, found.owner, found.services, found.factors, found.status, found.instants], ["Portal down", undefined, "SEV2", "ana, ben", ["Portal", "Ledger"], ["deployment"], "Reviewed", { started: "2024-05-01T10:00:00Z" }]);
  });

  it("change where they are", () => {
    assert.equal(edited(text, { kind: "field", field: "status", value: "Closed" }), text.replace("Complete, actions in progress", "Closed"));
    assert.equal(edited(text, { kind: "list", list: "services", value: ["Portal"] }), text.replace("Portal, Ledger", "Portal"));
    assert.equal(edited(text, { kind: "list", list: "factors", value: ["deployment", "capacity"] }), text.replace("  - deployment\n", "  - deployment\n  - capacity\n"));
    assert.equal(edited(text, { kind: "field", field: "owner", value: "ana, cy" }), text.replace("[ana, ben]", "[ana, cy]"));
    assert.equal(edited(text, { kind: "field", field: "title", value: "Ledger down" }), text.replace("Portal down", "Ledger down"));
  });

  it("can refer to the issue by its address or a link", () => {
    const issue = { repository: "acme/live", number: 12 };
    for (const value of ["acme/live#12", "https://github.com/acme/live/issues/12", "https://git.acme.test/acme/live/issues/12#issuecomment-4", "'[INC-12](https://github.com/acme/live/issues/12)'", "'[acme/live#12](x)'"]) {
      assert.deepEqual(read(`---\nincident: ${value}\n---\n`).issue, issue, value);
    }
    assert.equal(read("---\nincident: INC-12\n---\n").issue, undefined);
  });

  it("have a status that is read for what it means", () => {
    const status = (value: string): string => read(`---\nstatus: ${value}\n---\n`).status;
    assert.deepEqual(["final", "resolved", "Published", "done", "in-review", "pending review", "closed", "open", "wip"].map(status), ["Reviewed", "Reviewed", "Reviewed", "Reviewed", "In review", "In review", "Closed", "Draft", "Draft"]);
  });
});

describe("The timeline of another team's post-mortem", () => {
  const table = "## Timeline\n\n| When (UTC) | Who | What |\n|---|---|---|\n| 2024-05-01 9:05 | ana | Down |\n| 14:10 | ben | Up |\n";
  const list = "## Timeline (UTC)\n\nAll times are exact.\n\n* **14:02** Alert fires\n* **14:10 - 14:20 UTC:** Portal is slow,\n  users call.\n  - ana\n* then it was quiet\n\nThat is all.\n";
  const headings = "## Timeline\n\nAll times in CEST (UTC+2)\n\n### 2018-07-08 ca. 18:30\n\nLaunches drop.\n\n```\n# x\n```\n\n### 22:48\nRestarted.\n\n## Impact\n";
  const lines = "## Timeline\n\n07:31 PM - Outage begins.\n\n07:33 PM - We notice,\nfinally.\n\nThe end.\n";

  it("may be a table with other columns, in the time zone of its heading", () => {
    assert.deepEqual(times(table), ["2024-05-01T09:05:00Z|Down", "14:10|Up"]);
    assert.deepEqual(read(table).timeline.map(({ others }) => others), [["ana"], ["ben"]]);
    assert.equal(edited(table, { kind: "entry", id: "t2", column: "event", value: "Up | fast" }), table.replace("| Up |", "| Up \\| fast |"));
    assert.equal(edited(table, { kind: "entryFlag", id: "t2", flag: "inferred", value: true }).includes("| 14:10 | ben | Up | inferred |"), true);
  });

  it("may be a list, a sequence of headings, or of lines", () => {
    assert.deepEqual(times(list), ["14:02|Alert fires", "14:10 - 14:20 UTC|Portal is slow,\nusers call.\n- ana", "|then it was quiet"]);
    assert.deepEqual(times(headings), ["2018-07-08 ca. 18:30|Launches drop.\n\n```\n# x\n```", "22:48|Restarted."]);
    assert.deepEqual(times(lines), ["07:31 PM|Outage begins.", "07:33 PM|We notice,\nfinally."]);
    assert.deepEqual(times("## Timeline\n\n- 2024-05-01 14:02 UTC: Down\n- Day 2, 9:00am – Up\n"), ["2024-05-01T14:02:00Z|Down", "Day 2, 9:00am|Up"]);
    assert.deepEqual(times("## Timeline\n\n- all times are UTC\n- 3 users called at 14:02\n"), []);
  });

  it("has times as texts if its time zone is not known", () => {
    assert.deepEqual(times("## Timeline (all times in MYT)\n\n- 2024-05-01 14:02: Down\n"), ["2024-05-01 14:02|Down"]);
    assert.deepEqual(times("## Timeline (PST)\n\n- 2024-05-01 14:02: Down\n"), ["2024-05-01T22:02:00Z|Down"]);
  });

  const event = { kind: "entry", id: "t2", column: "event", value: "Something else\n\nMore" } as const;
  const time = { kind: "entry", id: "t2", column: "time", value: "about 3" } as const;
  const added = { kind: "insertEntry", index: 1, entry: { id: "n", time: { kind: "words", words: "15:00" }, event: "New", evidence: "", source: "", others: [] } } as const;

  it("is edited in place: a list", () => {
    assert.equal(edited(list, event), list.replace("Portal is slow,\n  users call.\n  - ana", "Something else\n\n  More"));
    assert.equal(edited(list, time), list.replace("14:10 - 14:20 UTC", "about 3"));
    assert.equal(edited(list, added), list.replace("Alert fires\n", "Alert fires\n* **15:00** New\n"));
    assert.equal(edited(list, { kind: "removeEntry", id: "t2" }), list.replace(/\* \*\*14:10[^]*- ana\n/, ""));
    assert.equal(edited(list, { kind: "removeEntry", id: "t3" }), list.replace("* then it was quiet\n", ""));
  });

  it("is edited in place: headings and lines", () => {
    assert.equal(edited(headings, { ...event, id: "t1" }), headings.replace("Launches drop.\n\n```\n# x\n```", "Something else\n\nMore"));
    assert.equal(edited(headings, { ...time, value: "about 3 pm" }), headings.replace("22:48", "about 3 pm"));
    // Without a time, it would be no row any more.
    for (const value of ["", "in the evening"]) assert.deepEqual([edited(headings, { ...time, value }), edited(lines, { ...time, value })], [headings, lines]);
    assert.equal(edited(headings, added), headings.replace("### 22:48", "### 15:00\n\nNew\n\n### 22:48"));
    assert.equal(edited(lines, event), lines.replace("We notice,\nfinally.", "Something else<br><br>More"));
    assert.equal(edited(lines, added), lines.replace("begins.\n", "begins.\n\n15:00 - New\n"));
  });

  it("keeps all rows when one gets a text with a table or a line", () => {
    const file = "## Timeline\n\n- 2024-05-01 10:00: A\n- 2024-05-01 11:00: B\n\n## Action items\n\n- One\n- Two\n";
    for (const value of ["See\n\n| Time | Event | Action |\n| --- | --- | --- |\n| 10:00 | x | y |", "---", "***", "- - -"]) {
      const after = read(edited(edited(file, { kind: "action", id: "a1", column: "action", value }), { kind: "entry", id: "t1", column: "event", value }));
      assert.deepEqual([after.actions.length, after.timeline.length, after.actions[1]?.action, after.timeline[1]?.event], [2, 2, "Two", "B"], value);
    }
  });

  it("keeps its sections when a custom one gets the heading of a standard one", () => {
    const file = "# X\n\n## Budget\n\nOld.\n\n## Timeline\n\n- 2024-05-01 10:00: A\n";
    for (const value of ["a\n## Impact\nb", "a\n\r## Impact\rb", "### Detection", "Impact\n---\nb"]) {
      const text = edited(file, { kind: "own", id: "1 budget", value });
      const after = read(text);
      assert.deepEqual([after.own.length, after.texts.impact, after.texts.detection, after.timeline.length], [1, "", "", 1], value);
      assert.equal(renderPostmortem(after, zone, parse(text)), text);
    }
  });

  it("keeps all rows when one gets a text with a fence", () => {
    const file = "## Timeline\n\n- 2024-05-01 10:00: A\n- 2024-05-01 11:00: B\n\n## Action items\n\n- [ ] One\n- [ ] Two\n\n## Supporting information\n\nText.\n";
    for (const value of ["```", "``` x", "```\ncode\n```", "~~~\na", "a\n```\nb", "a ``` b"]) {
      const after = read(edited(edited(file, { kind: "action", id: "a1", column: "action", value }), { kind: "entry", id: "t1", column: "event", value }));
      assert.deepEqual([after.actions[0]?.action, after.timeline[0]?.event].map((text) => text?.startsWith(value)), [true, true]);
      assert.deepEqual([after.actions.map(({ action }) => action)[1], after.timeline.map(({ event }) => event)[1], after.texts.supporting], ["Two", "B", "Text."]);
    }
  });

  for (const [kind, text] of Object.entries({ list, headings, lines })) {
    it(`states sources, evidence and origins at the end of a row: ${kind}`, () => {
      const document = parse(text);
      const rows = document.postmortem.timeline.map((row, index) => (index === 0 ? { ...row, source: "comment", internal: true as const, evidence: "#4", origin: { key: "c:1", hash: "h" } } : row));
      const after = renderPostmortem({ ...document.postmortem, timeline: rows }, zone, document);
      assert.deepEqual(read(after).timeline, rows);
      assert.ok(after.includes(" · Source: comment, internal · Evidence: #4 <!-- desk:entry c:1 h -->"), after);
      assert.equal(edited(after, { kind: "entry", id: "t1", column: "source", value: "" }, { kind: "entryFlag", id: "t1", flag: "internal", value: false }, { kind: "entry", id: "t1", column: "evidence", value: "" }).replace(" <!-- desk:entry c:1 h -->", ""), text);
    });
  }

  it("contains any words of an edited row, and keeps the rest of the file", () => {
    const word = fc.constantFrom("a", "14:02", "- b", "## Impact", "```", "| x |", "> q", "1. c", "**d**", "\n", "\n\n", "<br>", "e · f", "# g");
    fc.assert(
      fc.property(fc.constantFrom(list, headings, lines, table), fc.array(word, { minLength: 1, maxLength: 5 }), (text, words) => {
        const value = words.join(" ");
        const result = edited(text, { kind: "entry", id: "t2", column: "event", value });
        const [before, after] = [read(text), read(result)];
        assert.deepEqual([after.texts, after.own, after.timeline[0], after.actions], [before.texts, before.own, before.timeline[0], before.actions], result);
        const plain = (words: string): string => words.replace(/<br>|\\(?=#)|\s/g, "");
        assert.ok(plain(result).includes(plain(value).replaceAll("|", text === table ? "\\|" : "|")) || value.includes("#") || value.includes("```"), result);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe("The action items of another team's post-mortem", () => {
  const tasks = "## Action items\n\n- [x] Roll back\n- [ ] Add an alert\n- [ ]\n\n### Later\n\n1. Write it down\n";
  const actions = (text: string): readonly string[] => read(text).actions.map(({ action, state, owner }) => [action, state, owner].join("|"));

  it("may be a table with other columns", () => {
    const table = "## Action items\n\n| Action Item | Type | Owner | Bug | Status | Due date |\n|--|--|--|--|--|--|\n| Alert | prevention | ana | [#4](https://github.com/acme/live/issues/4) | **DONE** | 2024-06-01 |\n| Test | | | n/a | Won't fix | soon |\n";
    assert.deepEqual(read(table).actions, [
      { id: "a1", action: "Alert", type: "prevent", owner: "ana", priority: "", due: "2024-06-01", issue: { repository: "local", number: 4 }, state: "done", others: [] },
      { id: "a2", action: "Test", owner: "", priority: "", state: "not planned", others: [] },
    ]);
    assert.equal(edited(table, { kind: "action", id: "a2", column: "owner", value: "ben" }), table.replace("| Test | | |", "| Test | | ben |"));
  });

  it("may be tasks and lists", () => {
    assert.deepEqual(actions(tasks), ["Roll back|done|", "Add an alert|proposed|", "|proposed|", "Write it down|proposed|"]);
    assert.equal(edited(tasks, { kind: "action", id: "a2", column: "state", value: "done" }), tasks.replace("[ ] Add", "[x] Add"));
    assert.equal(edited(tasks, { kind: "action", id: "a1", column: "state", value: "proposed" }), tasks.replace("[x]", "[ ]"));
    const accepted = edited(tasks, { kind: "action", id: "a2", column: "state", value: "accepted" }, { kind: "action", id: "a2", column: "owner", value: "ana" }, { kind: "action", id: "a2", column: "issue", value: "acme/live#4" });
    assert.equal(accepted, tasks.replace("an alert", "an alert · Owner: ana · Issue: acme/live#4 · State: accepted"));
    assert.deepEqual(actions(accepted)[1], "Add an alert|accepted|ana");
    assert.deepEqual(actions(accepted.replace("[ ] Add", "[x] Add"))[1], "Add an alert|done|ana");
    assert.equal(edited(tasks, { kind: "action", id: "a3", column: "action", value: "Test" }), tasks.replace("- [ ]\n", "- [ ] Test\n"));
    assert.equal(edited(tasks, { kind: "insertAction", index: 4, action: { id: "n", action: "Tell", owner: "", priority: "", state: "proposed", others: [] } }), `${tasks}2. Tell\n`);
  });

  it("keep their file when nothing is edited, and change one line for one state", () => {
    assert.equal(edited(tasks), tasks);
    for (const state of ["accepted", "not planned", "declined", "done"] as const) {
      const after = edited(tasks, { kind: "action", id: "a4", column: "state", value: state });
      assert.equal(after.split("\n").filter((line, index) => line !== tasks.split("\n")[index]).length, 1);
      assert.equal(read(after).actions[3]?.state, state);
    }
  });
});
