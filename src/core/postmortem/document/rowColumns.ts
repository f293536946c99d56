import type { Repository } from "../../model/issueRef";
import { readSource, writeSource } from "./entrySource";
import { actionStates, actionTypes, type ImpactRow, type PostmortemAction, type PostmortemEntry, readIssue, writeIssue } from "../postmortem";
import { formatEntryTime, readDate, readEntryTime } from "../postmortemTime";
import { normalCell } from "./table";

/** The columns of one type of row, in a table or a list. */
export interface RowColumns<Row> {
  readonly headings: readonly string[];
  /** Other headings of these columns, in lower case without brackets. Best first. */
  readonly others: Readonly<Record<string, readonly string[]>>;
  /** The columns that a table must have. */
  readonly required: readonly string[];
  /** How list items are read, if lists can contain these rows: the column of the text, and what may be in front of it. */
  readonly list?: { readonly main: string; readonly before: "time" | "checkbox" };
  /** Parses a row. `cell` returns the text of the column with a lower case heading, or an empty text. `zone` is the time zone that the heading states. */
  read(id: string, cell: (column: string) => string, others: readonly string[], zone?: string): Row;
  /** The text of a column. */
  write(row: Row, column: string): string;
}

export interface RowContext {
  readonly timezone: string;
  readonly home: Repository;
}

/** The names of a table's columns in lower case: standard ones by their usual heading. All others, and duplicates, are empty. */
export function columnNames<Row>(headings: readonly string[], columns: RowColumns<Row>): readonly string[] {
  const plain = headings.map(plainName);
  const names = headings.map(() => "");
  for (const usual of columns.headings.map((heading) => heading.toLowerCase())) {
    const found = [usual, ...(columns.others[usual] ?? [])].map((name) => plain.findIndex((one, index) => one === name && names[index] === "")).find((index) => index >= 0);
    if (found !== undefined) names[found] = usual;
  }
  return names;
}

function plainName(heading: string): string {
  if (heading.length > 100) return "";
  const words = heading.toLowerCase().replace(/[*_`~]/g, "").replace(/\([^()]*\)/g, " ").replace(/ ?\/ ?/g, "/").replace(/[^\p{L}\p{N})#]+$/u, "").replace(/^[^\p{L}\p{N}(#]+/u, "");
  return words.replace(/\s+/g, " ").replace(/ in [a-z]{2,5}$| (?:utc|gmt|[pmce][sd]?t)$/, "").trim();
}

/** The columns of the timeline. */
export function entryColumns({ timezone }: RowContext): RowColumns<PostmortemEntry> {
  return {
    headings: ["Time", "Event", "Source", "Evidence"],
    others: {
      time: ["when", "date/time", "date and time", "datetime", "timestamp", "utc", "utc time", "date & time", "time/date", "date", "at", "start time", "start", "t"],
      event: ["what", "what happened", "description", "details", "event description", "event/action", "action/event", "action/impact", "action", "activity", "update", "comment", "notes", "note", "entry", "happening", "item", "message", "detail", "summary", "status"],
      evidence: ["link", "links", "reference", "references", "proof"],
    },
    required: ["time", "event"],
    list: { main: "event", before: "time" },
    read: (id, cell, others, zone = timezone) => ({ id, time: readEntryTime(normalCell(cell("time")), zone), event: cell("event"), evidence: cell("evidence"), ...readSource(cell("source")), others }),
    write(row, column) {
      switch (column) {
        case "time":
          return formatEntryTime(row.time, timezone);
        case "event":
          return row.event;
        case "source":
          return writeSource(row);
        default:
          return row.evidence;
      }
    },
  };
}

/** The columns of the impact. */
export const impactColumns: RowColumns<ImpactRow> = {
  headings: ["Measure", "Amount"],
  others: { measure: ["metric", "what", "kind", "indicator", "category", "item"], amount: ["value", "number", "count", "figure", "total", "impact"] },
  required: ["measure", "amount"],
  read: (id, cell, others) => ({ id, measure: cell("measure"), amount: cell("amount"), others }),
  write: (row, column) => (column === "measure" ? row.measure : row.amount),
};

/** The columns of the action items. */
export function actionColumns({ home }: RowContext): RowColumns<PostmortemAction> {
  return {
    headings: ["Action", "Type", "Owner", "Priority", "Due", "Issue", "State"],
    others: {
      action: ["action item", "action items", "actions", "item", "items", "task", "tasks", "description", "what", "todo", "to do", "follow-up", "follow-up item", "followup", "remediation", "recommendation", "improvement", "title", "summary", "name"],
      type: ["category", "kind", "action type"],
      owner: ["owners", "owner/team", "assignee", "assignees", "assigned to", "assigned", "who", "responsible", "responsible party", "dri", "person", "poc", "team", "lead"],
      priority: ["prio", "p"],
      due: ["due date", "due by", "deadline", "target date", "target", "eta", "by when", "when", "by", "timeline", "date"],
      issue: ["issue link", "github issue", "issue/pr", "bug", "ticket", "jira", "jira ticket", "jira issue", "tracking issue", "tracking bug", "tracking", "issues", "tickets", "bug id", "ticket #", "link", "links", "pr", "reference"],
      state: ["status", "done", "progress", "completed", "complete"],
    },
    required: ["action"],
    list: { main: "action", before: "checkbox" },
    read(id, cell, others) {
      const type = readType(cell("type"));
      const due = readDate(cell("due"));
      const issue = readIssue(cell("issue"), home);
      return {
        id,
        action: cell("action"),
        owner: cell("owner"),
        priority: cell("priority"),
        state: readState(cell("state")),
        others,
        ...(type === undefined ? {} : { type }),
        ...(due === undefined ? {} : { due }),
        ...(issue === undefined ? {} : { issue }),
      };
    },
    write(row, column) {
      switch (column) {
        case "action":
          return row.action;
        case "type":
          return row.type ?? "";
        case "owner":
          return row.owner;
        case "priority":
          return row.priority;
        case "due":
          return row.due ?? "";
        case "issue":
          return row.issue === undefined ? "" : writeIssue(row.issue);
        default:
          return row.state;
      }
    },
  };
}

const typeWords: readonly (readonly [NonNullable<PostmortemAction["type"]>, RegExp])[] = [
  ["prevent", /^prevent/],
  ["mitigate", /^mitigat/],
  ["detect", /^(?:detect|monitor|alert)/],
  ["process", /^process/],
];

function readType(text: string): PostmortemAction["type"] {
  const words = plainName(text);
  return actionTypes.find((one) => one === words) ?? typeWords.find(([, pattern]) => pattern.test(words))?.[0];
}

const stateWords: readonly (readonly [PostmortemAction["state"], RegExp])[] = [
  ["not planned", /^(?:not planned|won'?t (?:do|fix)|wontfix|cancel|abandoned|dropped|obsolete)/],
  ["declined", /^(?:declined|rejected)/],
  ["done", /^(?:done|complete|closed|fixed|finished|resolved|merged|shipped|implemented|deployed|yes$|x$)/],
  ["accepted", /^(?:accepted|in progress|in-progress|ongoing|started|planned|scheduled|assigned|wip|doing|in review|tracked)/],
];

/** The state that a text means. Other texts mean that the action is proposed. */
function readState(text: string): PostmortemAction["state"] {
  if (/^\s*(?:✅|✔|☑|:white_check_mark:|\[x\])/iu.test(text)) return "done";
  const words = plainName(text);
  return actionStates.find((one) => one === words) ?? stateWords.find(([, pattern]) => pattern.test(words))?.[0] ?? "proposed";
}
