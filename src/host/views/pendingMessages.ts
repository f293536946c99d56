import type { Failure } from "../../core/model/failure";
import { assertNever } from "../../core/model/result";
import type { Translate } from "../ui/operationLabels";
import { plainLabel } from "../ui/safeText";
import type { PendingChangeNode } from "./node";

/** Why a change is pending, how often it was tried and when it is tried next, on one line. */
export function formatPendingState(node: Pick<PendingChangeNode, "state" | "behind" | "failure" | "attempts" | "next" | "undoable">, t: Translate): string {
  if (node.state === "sending") return t("sending…");
  if (node.behind) return t("after an earlier change");
  if (node.undoable) return t("sending soon; discard to undo");
  return [
    node.failure === undefined ? t("not sent yet") : formatShortFailure(node.failure, t),
    ...(node.attempts > 1 ? [t("tried {0} times", node.attempts)] : []),
    ...(node.next === undefined ? [] : [t("next try {0}", node.next)]),
  ].join(" · ");
}

/** A failure in a few words, for the description of a row. */
function formatShortFailure(failure: Failure, t: Translate): string {
  switch (failure.kind) {
    case "signedOut":
      return t("not signed in");
    case "otherAccount":
      return t("requested by {0}", plainLabel(failure.by));
    case "offline":
      return failure.answeredBy === undefined ? t("no response") : t("another server answered");
    case "serverError":
      return failure.status < 300 ? t("unreadable response") : t("server error ({0})", failure.status);
    case "limited":
      return t("rate-limited");
    case "forbidden":
      return t("no permission");
    case "noRepository":
      return t("repository not found");
    case "archived":
      return t("repository is archived");
    case "issuesOff":
      return t("issues are disabled");
    case "locked":
      return t("conversation is locked");
    case "unconfirmed":
      return t("needs your confirmation");
    case "badServer":
      return t("invalid server address");
    case "transferred":
      return t("issue was moved");
    case "refused":
      return t("rejected");
    case "unwritable":
      return t("file cannot be written");
    case "missing":
    case "unreadable":
      return t("file cannot be read");
    case "outside":
      return t("path is outside the folder");
    case "broken":
      return t("file must be fixed");
    case "gone":
      return t("issue not found");
    case "otherIssue":
      return t("number is used by another issue");
    case "runGone":
      return t("checklist not found");
    case "stepGone":
      return t("step not found");
    case "gateShut":
      return t("an earlier gate is open");
    case "notApprover":
      return t("needs an approval by {0}", failure.approvers.join(", "));
    case "bodyTooLong":
    case "commentTooLong":
      return t("text is too long");
    case "invalidDraft":
      return t("required value missing");
    case "selfLink":
      return t("issue linked to itself");
    case "partRefused":
      return t("a part was rejected");
    case "discarded":
      return t("discarded");
    case "untrusted":
      return t("folder is not trusted");
    case "noIdentity":
      return t("your login is not set");
    case "noFolder":
      return t("no folder is open");
    default:
      return assertNever(failure);
  }
}
