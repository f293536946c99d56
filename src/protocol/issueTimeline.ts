import * as v from "valibot";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { markdownContent } from "./markdown";

const entry = v.object({
  /** Identifies the content: an entry with the same id is the same. */
  id: v.string(),
  at: v.string(),
  /** When it was recorded, if it happened earlier. */
  recorded: v.exactOptional(v.string()),
  by: v.string(),
  icon: v.string(),
  group: v.picklist(["milestone", "comment", "checklist", "change"]),
  /** What happened, in a few words of plain text. */
  text: v.string(),
  body: v.exactOptional(markdownContent),
  /** The web page of what happened. */
  url: v.exactOptional(v.pipe(v.string(), v.regex(/^https?:\/\//i))),
  /** Whether it is part of a pending change. */
  pending: v.boolean(),
});

/** An entry of the timeline as the page shows it. */
export type EntryView = Infer<typeof entry>;

/** The state of the timeline. The page asks for the entries when the revision changes. `failure`: why the last read failed. */
export const timelineState = v.object({
  revision: v.exactOptional(v.string()),
  count: finiteNumber,
  loading: v.boolean(),
  failure: v.exactOptional(v.string()),
});

export type TimelineState = Infer<typeof timelineState>;

/** The ids of all entries in order, and those entries that the page does not have yet. */
export const timelineReply = v.object({ kind: v.literal("timeline"), revision: v.string(), order: v.array(v.string()), entries: v.array(entry) });

export type TimelineReply = Infer<typeof timelineReply>;
