import type { BrokenReason } from "../failure";
import { failed, ok, type Result } from "../result";
import { readIssue } from "./issueName";
import { readLayout, type Layout } from "./layout";
import { normalTitle, splitTitle } from "./titleHeading";
import { headingText } from "./markdownLines";
import { normalField, normalText } from "./normalText";
import { noTexts, postmortemInstants, postmortemStatuses, postmortemTexts, type Postmortem, type PostmortemInstant, type PostmortemText } from "./postmortem";
import { readDate, readInstant } from "./postmortemTime";
import { readRows } from "./readRows";
import { actionColumns, entryColumns, type RowContext } from "./rowColumns";
import { findTable } from "./table";

/** A post-mortem together with the file it was read from, so that a change of one touches only its place in the other. */
export interface PostmortemDocument {
  readonly text: string;
  readonly layout: Layout;
  readonly postmortem: Postmortem;
}

/**
 * Reads a post-mortem file. Times without a zone are meant in `timezone`. What is not understood stays in the text and is
 * not an error; only without readable front matter that names the issue there is no post-mortem.
 */
export function parsePostmortem(text: string, timezone: string): Result<PostmortemDocument, BrokenReason> {
  const layout = readLayout(text);
  if (layout.kind === "failed") return layout;
  const issue = readIssue(fieldOf(layout.value, "issue"));
  if (issue === undefined) return failed("badFields");
  return ok({ text, layout: layout.value, postmortem: readPostmortem(layout.value, text, issue, { timezone, home: issue.repository }) });
}

function readPostmortem(layout: Layout, text: string, issue: Postmortem["issue"], context: RowContext): Postmortem {
  const { timezone } = context;
  const status = fieldOf(layout, "status").toLowerCase();
  const eventsUntil = readInstant(fieldOf(layout, "events-until"), timezone);
  const review = readDate(fieldOf(layout, "review"));
  const instants: Partial<Record<PostmortemInstant, string>> = {};
  for (const name of postmortemInstants) {
    const at = readInstant(fieldOf(layout, name), timezone);
    if (at !== undefined) instants[name] = at;
  }
  const texts: Record<PostmortemText, string> = { ...noTexts };
  for (const name of postmortemTexts) {
    const place = layout.sections.find((section) => section.name === name);
    if (place !== undefined) texts[name] = normalText(text.slice(place.start, place.end));
  }
  const linesOf = (name: "timeline" | "actions"): Layout["sections"][number]["lines"] => layout.sections.find((section) => section.name === name)?.lines ?? [];
  const [entries, actions] = [entryColumns(context), actionColumns(context)];
  return {
    issue,
    title: readTitle(layout),
    status: postmortemStatuses.find((one) => one.toLowerCase() === status) ?? "Draft",
    ...optional("severity", fieldOf(layout, "severity")),
    ...optional("priority", fieldOf(layout, "priority")),
    ...optional("lead", fieldOf(layout, "lead")),
    ...optional("owner", fieldOf(layout, "owner")),
    ...(review === undefined ? {} : { review }),
    instants,
    ...(eventsUntil === undefined ? {} : { eventsUntil }),
    texts,
    timeline: readRows(findTable(linesOf("timeline"), entries.required), entries, "t"),
    actions: readRows(findTable(linesOf("actions"), actions.required), actions, "a"),
  };
}

function optional<Key extends "severity" | "priority" | "lead" | "owner">(key: Key, value: string): Partial<Record<"severity" | "priority" | "lead" | "owner", string>> {
  return value === "" ? {} : { [key]: value };
}

function fieldOf(layout: Layout, key: string): string {
  return normalField(layout.front.fields.get(key)?.value ?? "");
}

function readTitle(layout: Layout): string {
  const words = layout.title === undefined ? "" : (headingText(layout.title, 1) ?? "");
  return normalTitle(splitTitle(words).title);
}
