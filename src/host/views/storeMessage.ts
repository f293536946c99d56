import * as vscode from "vscode";
import type { Failure } from "../../core/failure";
import { wordFailure } from "../commands/failureWords";
import type { DeskSession } from "../app/session";
import { sayAgo } from "./sayAgo";
import { hostOf } from "./sayServer";

/** What stands above issues that are not as they are now on their server, and why; empty when they are, or are files. */
export function storeMessage(session: DeskSession): string {
  if (session.store.now().kind === "files") return "";
  const t = vscode.l10n.t;
  const failure = session.store.failure();
  const asOf = session.issues.asOf();
  if (failure === undefined && asOf === undefined) return session.issues.snapshot() === undefined ? t("Reading the issues for the first time…") : "";
  // Where nothing is shown, the empty view itself has the button to sign in, unless a message stands there.
  if (failure?.failure.kind === "signedOut" && (session.issues.snapshot()?.issues ?? []).length === 0) return "";
  const age = asOf === undefined ? "" : t("As of {0}", sayAgo(asOf, session.clock.now(), vscode.env.language));
  return [age, failure === undefined ? t("reading what is new…") : sayTrouble(failure.failure)].filter((part) => part !== "").join(" · ");
}

/** Why nothing newer is shown; what becomes of changes is said where they wait. */
function sayTrouble(failure: Failure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "offline":
      return failure.answeredBy === undefined ? t("{0} does not answer.", hostOf(failure.server)) : t("A page of another server answers in the place of {0}.", hostOf(failure.server));
    case "serverTrouble":
      return failure.status < 300 ? t("The answer of {0} could not be understood.", hostOf(failure.server)) : t("{0} has trouble of its own (status {1}).", hostOf(failure.server), failure.status);
    case "limited":
      return t("{0} asks for a pause until {1}.", hostOf(failure.server), new Date(failure.until).toLocaleTimeString(vscode.env.language, { hour: "2-digit", minute: "2-digit" }));
    default:
      return wordFailure(failure).message;
  }
}
