import * as v from "valibot";
import { parseData } from "../parseData";
import { linkSchema as link, refSchema as ref } from "./linkSchema";
import { evidenceSchema, stepParts } from "../runbook/run";
import type { PendingOperation } from "./operation";
import type { PlacedOperation } from "./storeTogether";

const texts = v.array(v.string());
const stamp = { by: v.exactOptional(v.string()), at: v.exactOptional(v.string()) };
const mark = v.variant("kind", [
  v.object({ kind: v.literal("open"), ...stamp }),
  v.object({ kind: v.literal("done"), ...stamp }),
  v.object({ kind: v.literal("skipped"), reason: v.string(), ...stamp }),
]);
const item = v.variant("kind", [
  v.object({ kind: v.literal("section"), id: v.string(), title: v.string(), gate: v.boolean() }),
  v.object({
    kind: v.literal("step"),
    id: v.string(),
    part: v.picklist(stepParts),
    text: v.string(),
    depth: v.number(),
    mark,
    links: v.array(ref),
    chosen: v.exactOptional(v.string()),
    own: v.exactOptional(mark),
    overrode: v.exactOptional(v.string()),
    given: v.exactOptional(v.object({ login: v.string(), at: v.string() })),
    within: v.exactOptional(v.string()),
    formerly: v.exactOptional(texts),
    evidence: v.exactOptional(v.array(evidenceSchema)),
  }),
]);
const run = v.object({
  id: v.string(),
  runbook: v.string(),
  title: v.string(),
  revision: v.string(),
  startedAt: v.string(),
  by: v.string(),
  items: v.array(item),
});
const instant = v.exactOptional(v.string());
const clock = v.object({ reported: instant, acknowledged: instant, by: instant, later: v.exactOptional(v.array(v.object({ at: v.string(), by: instant }))), withdrawn: instant, updated: instant, resolved: instant });
const stepPlace = v.object({ run: v.string(), step: v.string() });
const change = v.variant("kind", [
  v.object({ kind: v.literal("close") }),
  v.object({ kind: v.literal("reopen") }),
  v.object({ kind: v.literal("retitle"), title: v.string() }),
  v.object({ kind: v.literal("assign"), add: texts, remove: texts }),
  v.object({ kind: v.literal("label"), add: texts, remove: texts }),
  v.object({ kind: v.literal("startRun"), run }),
  v.object({ kind: v.literal("markStep"), run: v.string(), step: v.string(), mark }),
  v.object({ kind: v.literal("choose"), run: v.string(), option: v.string(), mark }),
  v.object({ kind: v.literal("linkStep"), run: v.string(), step: v.string(), child: ref }),
  v.object({ kind: v.literal("giveStep"), run: v.string(), step: v.string(), login: v.string(), at: v.string() }),
  v.object({ kind: v.literal("showEvidence"), run: v.string(), step: v.string(), add: v.array(evidenceSchema), remove: v.array(evidenceSchema) }),
  v.object({ kind: v.literal("reopenSection"), run: v.string(), section: v.string(), by: v.string(), at: v.string() }),
  v.object({ kind: v.literal("takeOver"), fresh: run }),
  v.object({ kind: v.literal("noteClock"), marks: clock }),
  v.object({ kind: v.literal("acceptHandoff"), by: v.string(), at: v.string() }),
  v.object({ kind: v.literal("addLink"), link, step: v.exactOptional(stepPlace) }),
  v.object({ kind: v.literal("relink"), from: ref, to: ref }),
]);
const draft = v.object({ repository: v.string(), kind: v.string(), title: v.string(), body: v.string(), labels: texts, assignees: texts, type: v.exactOptional(v.string()) });
const under = v.object({
  parent: ref,
  relation: v.picklist(["child", "related", "blockedBy"]),
  step: v.exactOptional(stepPlace),
});
const place = v.object({ id: v.string(), title: v.string() });
const single = v.variant("kind", [
  v.object({ kind: v.literal("create"), draft, under: v.exactOptional(under) }),
  v.object({ kind: v.literal("link"), child: ref, under }),
  v.object({ kind: v.literal("edit"), ref, change }),
  v.object({ kind: v.literal("comment"), ref, markdown: v.string() }),
  v.object({ kind: v.literal("close"), ref, resolution: v.string() }),
  v.object({ kind: v.literal("sendBack"), ref, run: v.string(), gate: v.string(), section: place, reason: v.string(), at: v.string() }),
  v.object({ kind: v.literal("handOff"), draft, outgoing: v.string(), incoming: v.string(), items: v.array(v.object({ ref, next: v.string() })) }),
  v.object({ kind: v.literal("acceptHandoff"), ref, outgoing: v.string(), items: v.array(ref), at: v.string() }),
]);
const operation = v.variant("kind", [single, v.object({ kind: v.literal("batch"), operations: v.array(single) })]);
const pending = v.object({ key: v.string(), at: v.string(), by: v.string(), operation, notBefore: v.exactOptional(v.string()) });
const together = v.object({ operations: v.array(v.object({ place: v.string(), pending })) });

/** A stored operation as it was written; `undefined` when it is none, or one of a version that knows more. */
export function readPending(value: unknown): PendingOperation | undefined {
  return parseData(pending, value);
}

/** Operations that were being stored together; `undefined` when it is none of that. */
export function readTogether(value: unknown): readonly PlacedOperation[] | undefined {
  return parseData(together, value)?.operations;
}
