import * as v from "valibot";
import { finiteNumber } from "../parseData";

/** A reference as it is stored and sent. */
export const refSchema = v.object({ repository: v.string(), number: finiteNumber, id: v.exactOptional(v.string()) });

/** One end of a link as it is stored. */
export const linkSchema = v.variant("kind", [
  v.object({ kind: v.picklist(["parent", "child", "related", "blockedBy", "blocks"]), other: refSchema }),
  v.object({ kind: v.literal("postmortem"), path: v.string() }),
]);
