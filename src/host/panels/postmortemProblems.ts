import * as vscode from "vscode";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { PostmortemButton, PostmortemContent, PostmortemLabels, PostmortemView } from "../../protocol/postmortem";
import type { DeskSession } from "../app/session";
import { brokenReason, describeFailure } from "../ui/failureMessages";
import { plainLabel } from "../ui/safeText";
import type { EditorState } from "./postmortemEditor";
import type { LoadedPostmortem } from "./postmortemFile";

/** How the file fares; a draft is one that has no file yet. */
export function savingOf({ saved, problem }: EditorState, file: boolean): PostmortemView["saving"] {
  if (!file) return "draft";
  return problem !== undefined ? "trouble" : saved ? "saved" : "saving";
}

/** Why the file does not have what the person wrote, and what they can do. */
export function problemOf({ problem }: EditorState, path: string): PostmortemView["problem"] {
  const t = vscode.l10n.t;
  if (problem === undefined) return undefined;
  const file = plainLabel(path);
  const open: PostmortemButton = { label: t("Open File"), message: { kind: "openFile" } };
  switch (problem.kind) {
    case "clash":
      return {
        text: t("Somebody changed {0} in the same place as you. Nothing was written over: say which is to stay.", file),
        buttons: [
          { label: t("Compare"), message: { kind: "compare" } },
          { label: t("Keep Mine"), message: { kind: "resolve", choice: "mine" } },
          { label: t("Take Theirs"), message: { kind: "resolve", choice: "theirs" } },
        ],
      };
    case "broken":
      return {
        text: t("The file {0} was left as it is, because {1}. Open it, mend it and save it; what you wrote here is kept and written then.", file, brokenReason(problem.reason)),
        buttons: [open],
      };
    case "deleted":
      return { text: t("The file {0} was deleted or moved. What you wrote is still here.", file), buttons: [{ label: t("Write It Again"), message: { kind: "resolve", choice: "mine" } }] };
    case "failed":
      return { text: describeFailure(problem.failure).message, buttons: [{ label: t("Try Again"), message: { kind: "retry" } }] };
    default:
      return assertNever(problem);
  }
}

/** What there is to see while there is no post-mortem. */
export function unavailable(session: DeskSession, ref: IssueRef, loaded: LoadedPostmortem | undefined, labels: PostmortemLabels): PostmortemContent {
  const t = vscode.l10n.t;
  const name = formatRef(ref, "");
  const retry: PostmortemButton = { label: t("Try Again"), message: { kind: "retry" } };
  const issue: PostmortemButton = { label: t("Open Issue"), message: { kind: "openIssue", ref } };
  const failure = session.store.failure()?.failure;
  if (loaded === undefined) {
    if (session.issues.find(ref) !== undefined || (session.issues.snapshot() === undefined && failure === undefined)) return { kind: "loading" };
    if (failure !== undefined) return { kind: "unavailable", title: t("The issues could not be read"), text: describeFailure(failure).message, buttons: [retry] };
    return { kind: "unavailable", title: t("Issue {0} is not there", name), text: t("Perhaps it was deleted or moved. Try again to see what is there now."), buttons: [retry] };
  }
  switch (loaded.kind) {
    case "broken":
      return {
        kind: "unavailable",
        title: t("The post-mortem can not be read"),
        text: t("The file {0} was left as it is, because {1}. Open it, mend it and save it, then try again.", plainLabel(loaded.path), brokenReason(loaded.reason)),
        buttons: [{ label: labels.openFile, message: { kind: "openFile" } }, retry],
      };
    case "gone":
      return {
        kind: "unavailable",
        title: t("The post-mortem is not there any more"),
        text: t("The issue names {0}, but there is no such file. If it was moved, put it back or change the link in the issue; else begin it again from the issue.", plainLabel(loaded.path)),
        buttons: [...(session.account.writable() ? [{ label: t("Begin Again"), message: { kind: "writeAgain" } } as const] : []), issue, retry],
      };
    case "unsafe":
      return {
        kind: "unavailable",
        title: t("The post-mortem can not be opened"),
        text: t("The issue names {0}, which is not a Markdown file inside this folder. Change the link in the issue, then try again.", plainLabel(loaded.path)),
        buttons: [issue, retry],
      };
    case "failed":
      return { kind: "unavailable", title: t("The post-mortem could not be opened"), text: describeFailure(loaded.failure).message, buttons: [retry] };
    case "document":
      return { kind: "loading" };
    default:
      return assertNever(loaded);
  }
}
