import * as vscode from "vscode";
import { millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import { wordFailure } from "../commands/failureWords";
import type { DeskSession } from "../session";

/** What stands above issues that are not as they are now on their server, and why; empty when they are, or are files. */
export function storeMessage(session: DeskSession): string {
  if (session.store().kind === "files") return "";
  const t = vscode.l10n.t;
  const failure = session.failure();
  const asOf = session.asOf();
  if (failure === undefined && asOf === undefined) return session.issues() === undefined ? t("Reading the issues for the first time…") : "";
  const age = asOf === undefined ? "" : t("As of {0}", sayAgo(asOf, session.clock.now(), vscode.env.language));
  return [age, failure === undefined ? t("reading what is new…") : wordFailure(failure.failure).message].filter((part) => part !== "").join(" · ");
}

/** How long ago something was, in the language's own words: `10 min. ago`. */
export function sayAgo(at: Instant, now: Instant, language: string): string {
  const minutes = Math.max(Math.floor((millisecondsOf(now) - millisecondsOf(at)) / 60_000), 0);
  const [amount, unit] = minutes < 60 ? ([minutes, "minute"] as const) : minutes < 48 * 60 ? ([Math.floor(minutes / 60), "hour"] as const) : ([Math.floor(minutes / (24 * 60)), "day"] as const);
  return new Intl.RelativeTimeFormat(language, { style: "short" }).format(-amount, unit);
}
