import fc from 'fast-check';
import { renderMilestone } from '../../../src/core/markup/milestone';
import type { IssueRef } from '../../../src/core/model/issueRef';
import type { Operation } from '../../../src/core/model/operation';
import type { OperationRequest } from '../../../src/core/sync/outbox';
import type { Fate } from '../../support/fakeGithub/fakeFetch';
import type { FaultKind } from '../../support/fakeGithub/faults';

export const [home, away] = ["acme/desk", "acme/engine"];

export const parent: IssueRef = { repository: home, number: 1 };

/** Of an outsider, and nothing is kept of it at first. */
export const outside: IssueRef = { repository: home, number: 2 };

export const start = "2026-11-20T16:00:00Z";

export const people = ["ana", "ben", "cho"];

export const outsider = "mallory";

export const steps = ["a", "b", "c", "d", "e", "f"];

export const written = "Nobody can sign in.  \r\n\r\nSee `log`.";

/** The longest a request takes on either side of its effect. */
export const slowest = 150;

export type Action =
  | { readonly kind: "tick" | "skip"; readonly step: string }
  | { readonly kind: "child" | "set"; readonly step: string }
  | { readonly kind: "create" | "comment" | "label" | "batch" | "restart" | "window" | "close" | "web" | "outsider" | "acknowledge" };

export interface Schedule {
  /** Whether an outsider reported the incident, so that a comment keeps its checklist. */
  readonly stranger?: boolean;
  /** Whether the incident's text is so long that its checklist moves to a comment. */
  readonly full: boolean;
  readonly actions: readonly { readonly who: number; readonly wait: number; readonly action: Action }[];
  readonly fates: readonly Fate[];
}

const gone: fc.Arbitrary<FaultKind> = fc.oneof(
  fc.constant({ kind: "dropBefore" as const }),
  fc.constant({ kind: "dropAfter" as const }),
  fc.constant({ kind: "cut" as const }),
  fc.constant({ kind: "hang" as const }),
  fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(500, 502, 503), after: fc.boolean() }),
  fc.record({ kind: fc.constant("stale" as const), ms: fc.constantFrom(300, 2000) }),
  fc.constant({ kind: "status" as const, status: 429, headers: { "Retry-After": "3" }, body: { message: "Slow down" } }),
  fc.constant({ kind: "status" as const, status: 403, body: { message: "You have exceeded a secondary rate limit." } }),
);

const time_ = fc.nat(slowest);

export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  stranger: fc.boolean(),
  full: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  actions: fc.array(
    fc.record({
      who: fc.nat(people.length - 1),
      wait: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(4000)),
      action: fc.oneof(
        { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("tick" as const, "skip" as const), step: fc.constantFrom(...steps) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("child" as const, "set" as const), step: fc.constantFrom(...steps) }) },
        { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom("create" as const, "comment" as const, "label" as const, "batch" as const, "batch" as const, "close" as const, "restart" as const, "outsider" as const, "outsider" as const, "restart" as const, "restart" as const, "restart" as const, "restart" as const, "restart" as const, "window" as const, "web" as const, "outsider" as const, "outsider" as const, "acknowledge" as const, "acknowledge" as const) }) },
      ),
    }),
    { minLength: 2, maxLength: 7 },
  ),
  fates: fc.array(fc.oneof({ weight: 3, arbitrary: fc.record({ before: time_, after: time_ }) }, { weight: 2, arbitrary: fc.record({ before: time_, after: time_, fault: gone }) }), { maxLength: 24 }),
});

/** Schedules that once came to harm. */
export const harmful: readonly Schedule[] = [
  // A window that closes made a second comment of the desk, and died before it saw the one of the window after it.
  {
    full: false,
    actions: [
      { who: 1, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 1, wait: 0, action: { kind: "acknowledge" } },
      { who: 0, wait: 1052, action: { kind: "tick", step: "a" } },
      { who: 1, wait: 0, action: { kind: "batch" } },
      { who: 1, wait: 67, action: { kind: "close" } },
    ],
    fates: [],
  },
  // A window that closes sent a comment, and died before it saw the one of the window after it.
  {
    full: true,
    actions: [
      { who: 2, wait: 0, action: { kind: "child", step: "a" } },
      { who: 2, wait: 2, action: { kind: "acknowledge" } },
      { who: 2, wait: 0, action: { kind: "close" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [],
  },
  { full: true, actions: Array.from({ length: 7 }, () => ({ who: 0, wait: 0, action: { kind: "set", step: "a" } })), fates: [] },
  {
    full: false,
    actions: [
      { who: 0, wait: 0, action: { kind: "tick", step: "b" } },
      { who: 2, wait: 0, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "c" } },
      { who: 2, wait: 65, action: { kind: "restart" } },
    ],
    fates: [{ before: 0, after: 68 }],
  },
  {
    full: false,
    actions: [
      { who: 0, wait: 0, action: { kind: "child", step: "a" } },
      { who: 0, wait: 9, action: { kind: "restart" } },
      { who: 0, wait: 5, action: { kind: "tick", step: "a" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [{ before: 10, after: 0, fault: { kind: "stale", ms: 300 } }, { before: 0, after: 0 }, { before: 1, after: 0 }, { before: 0, after: 0, fault: { kind: "dropAfter" } }],
  },
  {
    full: true,
    actions: [
      { who: 1, wait: 0, action: { kind: "skip", step: "a" } },
      { who: 0, wait: 0, action: { kind: "skip", step: "d" } },
      { who: 0, wait: 0, action: { kind: "tick", step: "a" } },
    ],
    fates: [...Array.from({ length: 7 }, () => ({ before: 0, after: 0 })), { before: 0, after: 0, fault: { kind: "dropBefore" as const } }],
  },
];

/** An operation that an action asks for, with the issue or text it makes. */
export type Wanted = OperationRequest & { readonly name: string; readonly repository: string };

/** What an action asks to be written, under keys that every window of the test would give it. */
export function requestsOf(action: Action, index: number): readonly Wanted[] {
  const one = (operation: Operation, repository = home): readonly Wanted[] => [{ key: `key${index}`, operation, name: String(index), repository }];
  const draft = (repository: string, name = String(index)) => ({ repository, kind: "request", title: `Issue ${name}`, body: "As it was asked.  \r\n", labels: ["request"], assignees: [] });
  const under = (step: string) => ({ parent, relation: "child" as const, step: { run: "run1", step } });
  switch (action.kind) {
    case "tick":
      return one({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: action.step, mark: { kind: "done" } } });
    case "skip":
      return one({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: action.step, mark: { kind: "skipped", reason: "no need" } } });
    case "child":
      return one({ kind: "create", draft: draft(away), under: under(action.step) }, away);
    case "set":
      return [home, away, away].map((repository, member) => {
        const name = `${index}.${member}`;
        return { key: `key${name}`, name, repository, operation: { kind: "create", draft: draft(repository, name), under: under(action.step) } };
      });
    case "create":
      return one({ kind: "create", draft: draft(home) });
    case "comment":
      return one({ kind: "comment", ref: parent, markdown: `Comment ${index}.` });
    case "acknowledge":
      return one({ kind: "comment", ref: outside, markdown: renderMilestone("acknowledged", `Acknowledged ${index}.`) });
    case "label":
      return one({ kind: "edit", ref: parent, change: { kind: "label", add: [`label ${index}`], remove: [] } });
    case "batch":
      return one({
        kind: "batch",
        operations: [
          { kind: "comment", ref: parent, markdown: `Comment ${index}.` },
          { kind: "edit", ref: parent, change: { kind: "label", add: [`label ${index}`], remove: [] } },
        ],
      });
    case "restart":
    case "window":
    case "close":
    case "web":
    case "outsider":
      return [];
  }
}
