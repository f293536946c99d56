import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeTemplate } from '../../../../../src/core/desk/deskMessages';
import { checkDeskTemplate, checkTemplate, fillPostmortemTemplate } from '../../../../../src/core/postmortem/document/postmortemTemplate';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { propertyRuns } from '../../../../support/propertyRuns';
import { anyText, emptyPostmortem, entry, normal, parse, zone } from '../samples';

const draft: Postmortem = {
  ...emptyPostmortem,
  title: "Portal: 502 for all",
  severity: "SEV1",
  lead: "ana",
  services: ["Portal", "Ledger"],
  instants: { started: "2026-11-20T16:00:00Z" },
  eventsUntil: "2026-11-20T17:00:00Z",
  texts: { ...emptyPostmortem.texts, impact: "Services: Portal.", resolution: "Rolled back" },
  timeline: [{ ...entry("e1", "2026-11-20T16:00:00Z", "Opened by ana"), origin: { key: "opened", hash: "h" } }],
};

const values = { date: "2026-11-21", team: "Live" };

function filled(template: string, postmortem = draft): string {
  const result = fillPostmortemTemplate(template, postmortem, zone, values);
  return result.kind === "ok" ? result.value : assert.fail(result.failure);
}

const template = `---
# Ask the desk before you change this.
title: {{title}}
issue:
team: "{{team}} desk"
service: [{{services}}]
status: In review
tags: [{{kind}}]
---

# Incident review: {{title}}

_{{date}} · {{incident}} · {{severity}} · {{services}} · {{unknown}}_

## Lessons learned

### What went well

## Root cause

<!-- Ask why, not who. -->

## Timeline

| When | Who | What |
|--|--|--|
| | | |

## Impact

How many users?

## Follow-ups

- [ ] 
`;

describe("A new post-mortem from a team's template", () => {
  it("has the team's headings, order, text and front matter, with variables and known sections filled in", () => {
    assert.equal(
      filled(template),
      template
        .replace("title: {{title}}", 'title: "Portal: 502 for all"')
        .replace("issue:", "issue: acme/live#12")
        .replace("{{team}}", "Live")
        .replace("service: [{{services}}]", "service: [Portal, Ledger]")
        .replace("[{{kind}}]", '["{{kind}}"]')
        .replace("]\n---", "]\nseverity: SEV1\nlead: ana\nstarted: 2026-11-20T16:00:00Z\nevents-until: 2026-11-20T17:00:00Z\n---")
        .replace("{{title}}", "Portal: 502 for all")
        .replace("{{date}} · {{incident}} · {{severity}} · {{services}} ·", "2026-11-21 · acme/live#12 · SEV1 · Portal, Ledger ·")
        .replace("| When | Who | What |\n|--|--|--|\n| | | |", "| When | Who | What | Source |\n| -- | -- | -- | --- |\n| 2026-11-20 08:00:00 -08:00 |  | Opened by ana | <!-- desk:entry opened h --> |")
        .replace("How many users?", "How many users?\n\nServices: Portal."),
    );
  });

  it("can be read as the draft, without what the template has no section for", () => {
    const { postmortem } = parse(filled(template));
    assert.deepEqual(postmortem.timeline.map(({ event, origin }) => [event, origin?.key]), [["Opened by ana", "opened"]]);
    assert.equal(postmortem.texts.resolution, "");
    assert.deepEqual([postmortem.issue, postmortem.title, postmortem.status, postmortem.services], [draft.issue, draft.title, "In review", draft.services]);
  });

  it("has the title of the incident in place of the template's", () => {
    assert.equal(filled("# Postmortem\n\n## Summary\n").includes("\n# Postmortem: Portal: 502 for all\n"), true);
    assert.equal(filled("# [Title]\n\n## Summary\n").includes("\n# Portal: 502 for all\n"), true);
    assert.equal(filled("## Summary\n").includes("\n# Post-mortem: Portal: 502 for all\n"), true);
  });

  it("keeps examples of the template above the rows of the incident", () => {
    const { timeline } = parse(filled("## Timeline\n\n- 00:00 UTC: Example\n")).postmortem;
    assert.deepEqual(timeline.map(({ event }) => event), ["Example", "Opened by ana"]);
  });

  it("contains any title, whatever is around the variable", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom("name: {{title}}", "name: '{{title}}'", 'name: "{{title}}"', "name: [{{title}}]", "name:\n  - {{title}}", "name: It is {{title}} today", "name: {{title}} # ours"), (title, line) => {
        const result = fillPostmortemTemplate(`---\nother: 1\n${line}\n---\n\n# {{title}}\n\n## Summary\n`, { ...draft, title }, zone, {});
        assert.equal(result.kind, "ok", line);
        if (result.kind === "ok" && !line.includes("today")) assert.equal(parse(result.value).postmortem.title, normal({ ...draft, title }).title);
      }),
      { numRuns: propertyRuns(200), examples: [[":", "name: It is {{title}} today"], ["#", "name: It is {{title}} today"]] },
    );
  });

  it("is not created from a template that cannot be used, and the reason says what to do", () => {
    assert.equal(checkTemplate("---\na: [\n---\n\n## Summary\n"), "badYaml");
    assert.equal(checkTemplate("+++\na = 1\n+++\n\n## Summary\n"), "toml");
    assert.equal(checkTemplate("# Title\n\n## Budget\n"), "noSection");
    assert.equal(checkTemplate("## Summary\n\n{{#title}}\n"), "badVariables");
    assert.equal(checkTemplate("## Summary\n\n{{unknown}} {{title}}\n"), undefined);
    const told = ["badYaml", "toml", "noSection", "badVariables", "missing"].map((reason) => describeTemplate("a.md", reason, (sentence, path) => sentence.replace("{0}", path ?? "")));
    assert.equal(new Set(told).size, 5);
    assert.ok(told.every((text) => text.includes("a.md") && text.split(". ").length >= 2), told.join("\n"));
  });

  it("is checked where desk.yml names it", async () => {
    const check = async (yaml: string, text?: string): Promise<readonly unknown[]> => (await checkDeskTemplate(yaml, () => Promise.resolve(text))).map(({ code, details, range }) => [code, details["reason"], range.startLine]);
    assert.deepEqual(await check("team: x\npostmortem:\n  template: docs/t.md\n"), [["badTemplate", "missing", 2]]);
    assert.deepEqual(await check("postmortem:\n  template: docs/t.md\n", "# T\n"), [["badTemplate", "noSection", 1]]);
    assert.deepEqual(await check("postmortem:\n  template: docs/t.md\n", "## Summary\n"), []);
    assert.deepEqual(await check("postmortem:\n  template: ../t.md\n"), []);
    assert.deepEqual(await check("postmortem: [\n"), []);
  });
});
