import * as vscode from "vscode";
import { describeTemplate } from "../../../core/desk/deskMessages";
import { formatRef } from "../../../core/model/issueRef";
import { assertNever } from "../../../core/model/result";
import type { PostmortemButton, PostmortemContent, PostmortemSubject, PostmortemView } from "../../../protocol/postmortem";
import type { DeskSession } from "../../app/session";
import { brokenReason, describeFailure } from "../../ui/failureMessages";
import { plainLabel } from "../../ui/safeText";
import type { EditorState } from "./postmortemEditor";
import type { EventNotice } from "./postmortemEvents";
import type { LoadedPostmortem } from "./postmortemFile";

/** The save state. A draft has no file yet. */
export function savingOf({ saved, problem }: EditorState, file: boolean): PostmortemView["saving"] {
  if (!file) return "draft";
  return problem !== undefined ? "trouble" : saved ? "saved" : "saving";
}

/** Why edits are not saved or fields not read, and what the user can do. */
export function problemOf({ base, problem }: EditorState, path: string): PostmortemView["problem"] {
  const t = vscode.l10n.t;
  const file = plainLabel(path);
  const open: PostmortemButton = { label: t("Open File"), message: { kind: "openFile" } };
  if (problem === undefined) {
    if (base.problem === undefined) return undefined;
    return { text: t("The fields at the start of {0} cannot be read, because {1}. They are left as they are. You can edit all other parts.", file, brokenReason(base.problem)), buttons: [open] };
  }
  switch (problem.kind) {
    case "clash":
      return {
        text: t("Someone else changed the same part of {0}. Nothing was overwritten. Select which version to keep.", file),
        buttons: [
          { label: t("Compare"), message: { kind: "compare" } },
          { label: t("Keep Mine"), message: { kind: "resolve", choice: "mine" } },
          { label: t("Keep Theirs"), message: { kind: "resolve", choice: "theirs" } },
        ],
      };
    case "broken":
      if (problem.reason === "mergeConflict") return { text: t("The file {0} has merge conflicts, and may not be shown completely. Open the file, resolve the conflicts, and save it. Your changes are stored and will be written then.", file), buttons: [open] };
      return {
        text: t("The fields at the start of {0} cannot be changed, because {1}. Open the file, correct the fields, and save it. Your changes are stored and will be written then.", file, brokenReason(problem.reason)),
        buttons: [open],
      };
    case "deleted":
      return { text: t("The file {0} was deleted or moved. Your text is still on this page.", file), buttons: [{ label: t("Create File Again"), message: { kind: "resolve", choice: "mine" } }] };
    case "failed":
      return { text: describeFailure(problem.failure).message, buttons: [{ label: t("Retry"), message: { kind: "retry" } }] };
    default:
      return assertNever(problem);
  }
}

/** Why the post-mortem gets no new events. */
export function noticeOf(notice: EventNotice | undefined): PostmortemView["problem"] {
  if (notice === undefined) return undefined;
  const { text, action } = notice;
  return { text, buttons: [{ label: action.label, message: action.kind === "retry" ? { kind: "retry" } : { kind: "useIssue", ref: action.to } }] };
}

/** What the page shows if there is no post-mortem. */
export function unavailable(session: DeskSession, subject: PostmortemSubject, loaded: LoadedPostmortem | undefined): PostmortemContent {
  const t = vscode.l10n.t;
  const ref = "ref" in subject ? subject.ref : undefined;
  const retry: PostmortemButton = { label: t("Retry"), message: { kind: "retry" } };
  const issue: readonly PostmortemButton[] = ref === undefined ? [] : [{ label: t("Open Issue"), message: { kind: "openIssue", ref } }];
  const failure = session.store.failure()?.failure;
  if (loaded === undefined) {
    if (ref === undefined) return { kind: "loading" };
    if (session.issues.find(ref) !== undefined || (session.issues.snapshot() === undefined && failure === undefined)) return { kind: "loading" };
    if (failure !== undefined) return { kind: "unavailable", title: t("The issues could not be loaded"), text: describeFailure(failure).message, buttons: [retry] };
    return { kind: "unavailable", title: t("Issue {0} was not found", formatRef(ref, "")), text: t("It may have been deleted or moved. Retry to load the current issues."), buttons: [retry] };
  }
  switch (loaded.kind) {
    case "gone":
      if (ref === undefined) return { kind: "unavailable", title: t("The post-mortem was not found"), text: t("The file {0} does not exist. If it was moved, move it back, then retry.", plainLabel(loaded.path)), buttons: [retry] };
      return {
        kind: "unavailable",
        title: t("The post-mortem was not found"),
        text: t("The issue links to {0}, but the file does not exist. If it was moved, move it back or change the link in the issue. Otherwise, create it again from the issue.", plainLabel(loaded.path)),
        buttons: [...(session.account.writable() ? [{ label: t("Create Again"), message: { kind: "writeAgain" } } as const] : []), ...issue, retry],
      };
    case "unsafe":
      if (ref === undefined) return { kind: "unavailable", title: t("The post-mortem cannot be opened"), text: t("{0} is not a Markdown file in this folder.", plainLabel(loaded.path)), buttons: [] };
      return {
        kind: "unavailable",
        title: t("The post-mortem cannot be opened"),
        text: t("The issue links to {0}, which is not a Markdown file in this folder. Change the link in the issue, then retry.", plainLabel(loaded.path)),
        buttons: [...issue, retry],
      };
    case "badTemplate":
      return {
        kind: "unavailable",
        title: t("The post-mortem was not created"),
        text: t("{0} Then retry. You can also create this post-mortem with the standard structure.", describeTemplate(plainLabel(loaded.path), loaded.reason, t)),
        buttons: [...(loaded.reason === "missing" ? [] : [{ label: t("Open Template"), message: { kind: "openFile" } } as const]), { label: t("Use Standard Structure"), message: { kind: "useStandard" } }, ...issue, retry],
      };
    case "failed":
      return { kind: "unavailable", title: t("The post-mortem could not be opened"), text: describeFailure(loaded.failure).message, buttons: [retry] };
    case "document":
      return { kind: "loading" };
    default:
      return assertNever(loaded);
  }
}
