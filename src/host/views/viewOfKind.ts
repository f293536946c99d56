import { checklistKind, handoffKind } from "../../core/model/issue";
import type { ViewName } from "./node";

/**
 * The view for issues of a kind, so that every issue is in one: incidents; requests, including issues without a kind; role
 * checklists and handoffs in On Call; all other kinds of the desk in Records.
 */
export function viewOfKind(kind: string | undefined): ViewName {
  switch (kind) {
    case "incident":
      return "incidents";
    case undefined:
    case "request":
    case "issue":
      return "requests";
    case checklistKind:
    case handoffKind:
      return "onCall";
    default:
      return "records";
  }
}
