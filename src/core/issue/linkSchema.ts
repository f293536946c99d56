import * as v from "valibot";

/** A reference as it is stored. */
export const refSchema = v.object({ repository: v.string(), number: v.number(), id: v.exactOptional(v.string()) });

/** One end of a link as it is stored. */
export const linkSchema = v.variant("kind", [
  v.object({ kind: v.picklist(["parent", "child", "related", "blockedBy", "blocks"]), other: refSchema }),
  v.object({ kind: v.literal("postmortem"), path: v.string() }),
]);
