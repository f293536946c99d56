import type { PostmortemAction, PostmortemEntry } from "./postmortem";
import { actionStates, actionTypes } from "./postmortem";
import { readIssue, writeIssue } from "./issueName";
import { formatEntryTime, readDate, readEntryTime } from "./postmortemTime";
import type { Repository } from "../issue/issueRef";
import { normalCell } from "./tableCell";

/** How rows of one kind stand in a table. */
export interface RowColumns<Row> {
  readonly headings: readonly string[];
  /** The columns without which a table is not ours. */
  readonly required: readonly string[];
  /** The row that cells tell; `cell` gives the text under a heading in lower case, empty when there is none. */
  read(id: string, cell: (column: string) => string, others: readonly string[]): Row;
  /** The text under a heading. */
  write(row: Row, column: string): string;
}

export interface RowContext {
  readonly timezone: string;
  readonly home: Repository;
}

/** The timeline's columns. */
export function entryColumns({ timezone }: RowContext): RowColumns<PostmortemEntry> {
  return {
    headings: ["Time", "Event", "Evidence"],
    required: ["time", "event"],
    read: (id, cell, others) => ({ id, time: readEntryTime(normalCell(cell("time")), timezone), event: cell("event"), evidence: cell("evidence"), others }),
    write(row, column) {
      switch (column) {
        case "time":
          return formatEntryTime(row.time, timezone);
        case "event":
          return row.event;
        default:
          return row.evidence;
      }
    },
  };
}

/** The columns of the table of action items. */
export function actionColumns({ home }: RowContext): RowColumns<PostmortemAction> {
  return {
    headings: ["Action", "Type", "Owner", "Priority", "Due", "Issue", "State"],
    required: ["action"],
    read(id, cell, others) {
      const type = actionTypes.find((one) => one === cell("type").toLowerCase());
      const due = readDate(cell("due"));
      const issue = readIssue(cell("issue"), home);
      return {
        id,
        action: cell("action"),
        owner: cell("owner"),
        priority: cell("priority"),
        state: actionStates.find((one) => one === cell("state").toLowerCase()) ?? "proposed",
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
