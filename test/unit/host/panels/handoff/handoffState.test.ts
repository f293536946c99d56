import assert from 'node:assert/strict';
import { handoffDraft } from '../../../../../src/core/handoff/draftHandoff';
import type { Desk } from '../../../../../src/core/model/desk';
import { textsOf } from '../../../../../src/core/model/handoff';
import { parseData } from '../../../../../src/core/model/parseData';
import { handoffContent, type HandoffContext } from '../../../../../src/host/panels/handoff/handoffState';
import { handoffLabelNames, type HandoffLabels, handoffProtocol, type HandoffView } from '../../../../../src/protocol/handoff';
import { fillForm, loginsIn, messagesOnly, missingField, toForm } from '../../../../../src/webview/handoff/form';
import { customerMessage, pairAddresses, pairMessage, reporterAddress } from '../../../../../src/webview/handoff/messages';
import { sampleDesk } from '../../../../support/sampleDesk';
import { sampleIssue } from '../../../../support/sampleIssue';

const desk: Desk = {
  ...sampleDesk,
  people: [
    { login: "ana", name: "Ana Ruiz", email: "ana@example.org", experienced: true, roles: [], away: [] },
    { login: "ben", name: "Ben Li", email: "ben@example.org", phone: "555-0101", experienced: false, roles: [], away: [] },
    { login: "cho", experienced: false, roles: [], away: [] },
  ],
  rotation: { starts: "2026-11-16", every: { amount: 1, unit: "w" }, dayStarts: "00:00", roles: ["primary", "backup"], people: ["ana", "ben", "cho"], planned: [], overrides: [] },
};

const mine = sampleIssue({ ref: { repository: "acme/live", number: 1 }, title: "[INCIDENT] Portal", assignees: ["ana"], author: "dan" });

const theirs = sampleIssue({ ref: { repository: "acme/live", number: 2 }, title: "[INCIDENT] Ledger", assignees: ["cho"], author: "cho" });

function isWhole(all: Readonly<Record<string, string>>): all is HandoffLabels {
  return handoffLabelNames.every((name) => name in all);
}

const labels = Object.fromEntries(handoffLabelNames.map((name) => [name, `${name} {0}|{1}|{2}|{3}|{4}`]));

assert.ok(isWhole(labels));

function context(more: Partial<HandoffContext> = {}): HandoffContext {
  return { desk, outgoing: "ana", now: "2026-11-20T16:00:00Z", issues: [mine, theirs], pending: [], failure: undefined, formatInstant: (at) => at, ...more };
}

function view(more: Partial<HandoffContext> = {}): HandoffView {
  const content = handoffContent(context(more));
  const state = { language: "en", labels, readonly: false, content };
  assert.deepEqual(parseData(handoffProtocol.state, state), state);
  return content.kind === "shift" ? content : assert.fail(content.kind);
}

const handoff = {
  outgoing: "ana", incoming: "ben", beside: ["cho"], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z", felt: "", texts: textsOf(() => ""),
  items: [{ ref: mine.ref, title: "Portal as it was", status: "To do", owners: ["ana"], updated: "2026-11-20T16:00:00Z", next: "Look at it" }],
};

const draft = handoffDraft(desk, handoff);

if (draft.kind === "failed") assert.fail(draft.failure.kind);

const kept = sampleIssue({ ref: { repository: "acme/live", number: 3 }, title: draft.value.title, body: draft.value.body, labels: ["handoff"] });

describe("the handoff page", () => {
  it("is a draft of the shift from the open issues", () => {
    const { stage, incoming, beside, from, to, items } = view();
    assert.deepEqual({ stage, incoming, beside, from, to }, { stage: { kind: "draft" }, incoming: "ben", beside: ["cho"], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z" });
    assert.deepEqual(items.map(({ reference, taken, reporter }) => [reference, taken, reporter]), [["acme/live#1", true, "dan"], ["acme/live#2", false, "cho"]]);
  });

  it("shows a handoff that is being written, then the created one until it is accepted", () => {
    const operation = { kind: "handOff", draft: draft.value, outgoing: "ana", incoming: "ben", items: [] } as const;
    assert.equal(view({ pending: [{ key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation }] }).stage.kind, "writing");
    const pendingHandoff = view({ issues: [mine, theirs, kept] });
    assert.deepEqual(pendingHandoff.stage, { kind: "waiting", ref: kept.ref, reference: "acme/live#3" });
    assert.deepEqual(pendingHandoff.items.map(({ title, next, reporter }) => [title, next, reporter]), [["Portal as it was", "Look at it", "dan"]]);
    assert.equal(view({ outgoing: "cho", issues: [mine, theirs, kept] }).stage.kind, "draft");
  });

  it("waits for the issues, and shows why they cannot be read", () => {
    assert.deepEqual(handoffContent(context({ issues: undefined })), { kind: "loading" });
    assert.deepEqual(handoffContent(context({ issues: undefined, failure: "No network." })), { kind: "unavailable", text: "No network." });
  });
});

describe("the form of a handoff", () => {
  it("applies the user's edits to the initial state, and requires the next step of selected items", () => {
    const content = view();
    assert.equal(missingField(fillForm(content, {})), "next-acme/live#1");
    assert.equal(missingField(fillForm(content, { "take-acme/live#1": "no" })), undefined);
    const filled = fillForm(content, { incoming: " cho ", beside: "@ben, ana", "next-acme/live#1": "Restart", "text-toWatch": "The queue" });
    assert.equal(missingField(filled), undefined);
    const { incoming, beside, items, texts } = toForm(filled);
    assert.deepEqual([incoming, beside, items, texts.toWatch], ["cho", ["ben", "ana"], [{ ref: mine.ref, next: "Restart" }], "The queue"]);
  });

  it("requires exactly one incoming login", () => {
    for (const text of ["", " ", "ben cho", "ben,cho"]) assert.equal(missingField(fillForm(view(), { incoming: text })), "incoming", text);
    assert.deepEqual(loginsIn("  "), []);
  });

  it("keeps only the messages after the handoff is created", () => {
    const drafts = { felt: "Calm", "next-acme/live#1": "x", "to-acme/live#1": "dan@example.org", "message-acme/live#1": "Hello", pair: "Hi" };
    assert.deepEqual(Object.keys(messagesOnly(drafts)), ["to-acme/live#1", "message-acme/live#1", "pair"]);
  });
});

describe("messages of a handoff", () => {
  it("contain a customer's own issue only, and who to contact", () => {
    const content = view();
    const form = fillForm(content, { "next-acme/live#1": "Restart" });
    const [item] = form.items;
    assert.ok(item !== undefined);
    const { subject, body } = customerMessage(item, form, content, labels);
    assert.equal(subject, "customerSubject Portal|acme/live#1|Ben Li|{3}|{4}");
    assert.equal(body, [
      "customerBody 2026-11-23T00:00:00Z|Ben Li|Portal|acme/live#1|To do",
      "customerNext Restart|{1}|{2}|{3}|{4}",
      "customerContact Ben Li|ben@example.org, 555-0101|{2}|{3}|{4}",
      "customerEnd Ana Ruiz|{1}|{2}|{3}|{4}",
    ].join("\n\n"));
    assert.ok(!body.includes("Ledger"));
  });

  it("contain for the incoming team what is open, and how to reach everyone", () => {
    const content = view({ issues: [mine, theirs, kept] });
    const form = fillForm(content, {});
    const { body } = pairMessage(form, content, labels, (item) => (item.reporter === "dan" ? "dan@example.org" : ""));
    for (const part of ["pairBody Ben Li, cho|Ana Ruiz", "pairHandoff acme/live#3", "- acme/live#1 Portal as it was: Look at it", "- Ben Li, ben@example.org, 555-0101\n- cho\n- Ana Ruiz, ana@example.org", "- acme/live#1: dan@example.org"]) assert.ok(body.includes(part), `${part} in ${body}`);
    assert.deepEqual(pairAddresses(form, content), ["ben@example.org"]);
  });

  it("mention nobody by the title of an issue", () => {
    const content = view({ issues: [{ ...mine, title: "Help @all" }] });
    const form = fillForm(content, { incoming: "ben" });
    const [item] = form.items;
    assert.ok(item);
    for (const { body } of [customerMessage(item, form, content, labels), pairMessage({ ...form, items: form.items.map((one) => ({ ...one, taken: true })) }, content, labels, () => "")]) {
      assert.ok(body.includes("Help @\u2060all"), body);
    }
  });

  it("use the address of a person of the desk who filed an issue", () => {
    const content = view({ issues: [{ ...mine, author: "Ana" }, theirs] });
    const [first, second] = fillForm(content, {}).items.map((item) => reporterAddress(item, content.people));
    assert.deepEqual([first, second], ["ana@example.org", ""]);
  });
});
