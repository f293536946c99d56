import type { Failure } from "../../core/model/failure";
import { assertNever } from "../../core/model/result";
import type { Translate } from "../ui/operationLabels";
import { plainLabel } from "../ui/safeText";
import type { PendingChangeNode } from "./node";

/** Why a change waits, how often it was tried and when it is tried next, on one line beside its name. */
export function formatPendingState(node: Pick<PendingChangeNode, "state" | "behind" | "failure" | "attempts" | "next" | "undoable">, t: Translate): string {
  if (node.state === "sending") return t("being written…");
  if (node.behind) return t("after the change before it");
  if (node.undoable) return t("sent in a moment; drop it to take it back");
  return [
    node.failure === undefined ? t("not written yet") : formatShortFailure(node.failure, t),
    ...(node.attempts > 1 ? [t("tried {0} times", node.attempts)] : []),
    ...(node.next === undefined ? [] : [t("next at {0}", node.next)]),
  ].join(" · ");
}

/** A failure in a few words, for a line that has no room for the whole story. */
function formatShortFailure(failure: Failure, t: Translate): string {
  switch (failure.kind) {
    case "signedOut":
      return t("not signed in");
    case "otherAccount":
      return t("asked for by {0}", plainLabel(failure.by));
    case "offline":
      return failure.answeredBy === undefined ? t("no answer") : t("another server answered");
    case "serverError":
      return failure.status < 300 ? t("the answer could not be understood") : t("the server has trouble ({0})", failure.status);
    case "limited":
      return t("the server asks for a pause");
    case "forbidden":
      return t("not allowed");
    case "noRepository":
      return t("no such repository");
    case "archived":
      return t("the repository is archived");
    case "issuesOff":
      return t("issues are switched off");
    case "locked":
      return t("the conversation is locked");
    case "unconfirmed":
      return t("not confirmed by you yet");
    case "badServer":
      return t("the server's address is wrong");
    case "transferred":
      return t("the issue was moved");
    case "refused":
      return t("refused");
    case "unwritable":
      return t("the file cannot be written");
    case "missing":
    case "unreadable":
      return t("the file cannot be read");
    case "outside":
      return t("the path leads out of the folder");
    case "broken":
      return t("the file has to be mended");
    case "gone":
      return t("the issue is gone");
    case "otherIssue":
      return t("its number belongs to another issue");
    case "runGone":
      return t("the checklist is gone");
    case "stepGone":
      return t("the step is gone");
    case "gateShut":
      return t("a gate before it is not passed");
    case "bodyTooLong":
      return t("the text is too long");
    case "invalidDraft":
      return t("something is missing");
    case "selfLink":
      return t("an issue cannot be linked to itself");
    case "partRefused":
      return t("a part of it is refused");
    case "discarded":
      return t("discarded");
    case "untrusted":
      return t("the folder is not trusted");
    case "noIdentity":
      return t("nobody said who you are");
    case "noFolder":
      return t("no folder is open");
    default:
      return assertNever(failure);
  }
}
