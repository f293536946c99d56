import * as v from "valibot";
import { refSchema } from "../core/markup/linkRegion";
import { alertKinds, columnAlignments, type ContentBlock, type MarkdownContent, type MarkdownSpan, type MarkdownSpans } from "../core/model/markdownBlocks";
import { finiteNumber, type Infer } from "../core/model/parseData";

const spans: v.GenericSchema<unknown, MarkdownSpans> = v.array(v.lazy((): v.GenericSchema<unknown, MarkdownSpan> => span));

// The model has no other schemes; a page must not depend on that.
const href = v.pipe(v.string(), v.regex(/^(?:https?:|mailto:|(?![a-z][a-z0-9+.-]*:|\/\/|[\u0000-\u0020]))/i));

const span: v.GenericSchema<unknown, MarkdownSpan> = v.variant("kind", [
  v.object({ kind: v.picklist(["text", "code"]), text: v.string() }),
  v.object({ kind: v.picklist(["strong", "emphasis", "struck"]), spans }),
  v.object({ kind: v.literal("link"), href, spans }),
  v.object({ kind: v.literal("break") }),
  v.object({ kind: v.literal("mention"), login: v.string() }),
  v.object({ kind: v.literal("issue"), ref: refSchema, text: v.string() }),
  v.object({ kind: v.literal("image"), source: v.picklist(["web", "file"]), address: v.pipe(v.string(), v.regex(/^https:/i)), alt: v.string() }),
]);

const blocks: v.GenericSchema<unknown, MarkdownContent> = v.array(v.lazy((): v.GenericSchema<unknown, ContentBlock> => block));

const block: v.GenericSchema<unknown, ContentBlock> = v.variant("kind", [
  v.object({ kind: v.literal("heading"), level: finiteNumber, spans }),
  v.object({ kind: v.literal("paragraph"), spans }),
  v.object({
    kind: v.literal("list"),
    start: v.exactOptional(finiteNumber),
    tight: v.boolean(),
    items: v.array(v.object({ checked: v.exactOptional(v.boolean()), blocks })),
  }),
  v.object({ kind: v.literal("code"), language: v.string(), text: v.string() }),
  v.object({ kind: v.literal("quote"), alert: v.exactOptional(v.picklist(alertKinds)), blocks }),
  v.object({ kind: v.literal("table"), align: v.array(v.picklist(columnAlignments)), head: v.array(spans), rows: v.array(v.array(spans)) }),
  v.object({ kind: v.literal("html"), text: v.string() }),
  v.object({ kind: v.literal("rule") }),
  v.object({ kind: v.literal("shortened") }),
]);

/** The schema of a Markdown text in the state of a panel. */
export const markdownContent = blocks;

/** The schema of the texts around it. */
export const markdownLabels = v.object(v.entriesFromList(["code", "table", "done", "open", "loadImage", "image", "imageFailed", "showMore", "showLess", "shortened", ...alertKinds], v.string()));

export type MarkdownLabels = Infer<typeof markdownLabels>;
