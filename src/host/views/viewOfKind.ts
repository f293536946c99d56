import { checklistKind, handoffKind } from "../../core/model/issue";
import type { ViewName } from "./node";

/**
 * The view an issue of a kind stands in, so that nothing on the desk is invisible: incidents; requests with issues and
 * whatever has no kind; role checklists and hand-offs on duty; all other kinds of the desk among the records.
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
