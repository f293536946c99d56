import * as vscode from "vscode";
import type { BrokenReason, Failure } from "../../core/failure";
import { formatRef, type IssueRef } from "../../core/issue/issueRef";
import type { Submission } from "../../core/issue/outbox";
import { assertNever } from "../../core/result";
import { contended } from "../../core/failure";
import { wordOperation } from "../views/operationWords";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import { wordRemoteFailure } from "./remoteFailureWords";

/** What a person reads when something could not be done: what happened, why, and what to do. */
export interface FailureWords {
  readonly message: string;
  readonly actions: readonly FailureAction[];
}

export type FailureAction =
  | { readonly kind: "command"; readonly title: string; readonly command: string; readonly args: readonly unknown[] }
  | { readonly kind: "openFile"; readonly title: string; readonly path: string }
  | { readonly kind: "retry"; readonly title: string }
  | { readonly kind: "showLog"; readonly title: string };

/** The words and buttons for a failure; `fate` is `kept` where it was a change that is stored and may still succeed. */
export function wordFailure(failure: Failure, fate?: "kept"): FailureWords {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "missing":
      return words(t("The file {0} is not there any more. Perhaps it was moved or deleted; refresh to see what is there now.", plainLabel(failure.path)), refresh());
    case "unreadable":
      return words(t("The file {0} could not be read: {1}.", plainLabel(failure.path), reason(failure.reason)), retry(), showLog());
    case "unwritable":
      return words(
        t("The file {0} could not be written: {1}. Nothing was lost: see that the folder can be written to, then try again.", plainLabel(failure.path), reason(failure.reason)),
        retry(),
        showLog(),
      );
    case "outside":
      return words(t("Nothing was read or written at “{0}”: it leads out of the folder, into Git's own files or through a symbolic link, or has a name that a file cannot have on this system. Use a path inside the folder.", plainLabel(failure.path)));
    case "broken":
      return words(
        t("The file {0} was left as it is, because {1}. Open it, mend it and save it, then try again.", plainLabel(failure.path), brokenReason(failure.reason)),
        failure.reason === "mergeConflict" ? openConflict(failure.path) : openFile(failure.path),
        retry(),
      );
    case "gone":
      return words(t("The issue {0} is not there any more. Perhaps it was deleted or moved; refresh to see what is there now.", name(failure.ref)), refresh());
    case "otherIssue":
      return words(
        t("Nothing was written: {0} is now another issue, “{1}”, and the one that was meant is not here. Perhaps it is on another branch; switch to that branch, then do this again.", name(failure.ref), plainLabel(failure.title)),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.open", args: [{ repository: failure.ref.repository, number: failure.ref.number }] },
      );
    case "runGone":
      return words(t("The checklist is no longer on issue {0}: somebody took it out of the text. Start the runbook again to go on.", name(failure.ref)), {
        kind: "command",
        title: t("Start a Runbook"),
        command: "responseDesk.issue.startRun",
        args: [failure.ref],
      });
    case "stepGone":
      return words(t("That step is no longer in the checklist of issue {0}: somebody changed the text. Open the issue to see what it is now.", name(failure.ref)), {
        kind: "command",
        title: t("Open Issue"),
        command: "responseDesk.issue.open",
        args: [failure.ref],
      });
    case "gateShut":
      return words(t("Nothing was ticked: “{0}” in the checklist of issue {1} is not passed yet, and what follows waits for it. Settle what is open there, then do this again.", plainLabel(withoutMarkup(failure.gate)), name(failure.ref)), {
        kind: "command",
        title: t("Open Checklist"),
        command: "responseDesk.issue.openChecklist",
        args: [failure.ref],
      });
    case "bodyTooLong":
      return words(
        t("The text of issue {0} would be {1} characters long, more than an issue can hold (65,536). Shorten it, or put the long part into a comment.", name(failure.ref), failure.length),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.open", args: [failure.ref] },
      );
    case "invalidDraft":
      return words(draftReason(failure.reason), ...(failure.reason === "emptyTitle" ? [retry()] : [openDesk()]));
    case "selfLink":
      return words(t("The issue {0} cannot be linked to itself. Choose another one.", name(failure.ref)), retry());
    case "partRefused": {
      const parts = failure.parts.map((part) => `${wordOperation({ operation: part.operation, home: "" }, t)}: ${wordFailure(part.failure).message}`);
      return words(t("This part of the change could not be made; the rest was. {0}", parts.join(" ")), refresh());
    }
    case "dropped":
      return words(t("This change no longer waits: it was dropped, or another window has written it. Refresh to see what is there now."), refresh());
    case "untrusted":
      return words(t("Nothing is written or run in a folder you have not said you trust. You can read everything; trust the folder to work in it."), {
        kind: "command",
        title: t("Manage Workspace Trust"),
        command: "workbench.trust.manage",
        args: [],
      });
    case "noIdentity":
      return words(t("Nothing was written, because Response Desk does not know who you are. Say it once; your ticks and issues carry that name."), {
        kind: "command",
        title: t("Choose Who I Am"),
        command: "responseDesk.me.choose",
        args: [],
      });
    case "noFolder":
      return words(t("Response Desk keeps its issues in a folder, and none is open. Open the folder that holds your team's runbooks."), {
        kind: "command",
        title: t("Open Folder"),
        command: "vscode.openFolder",
        args: [],
      });
    default:
      return wordRemoteFailure(failure, fate === "kept");
  }
}

/** Why a change is not made yet, or never will be; `kept` where it is stored and will be sent. */
export function wordNotDone(submission: Exclude<Submission, { kind: "done" }>): { readonly text: string; readonly kept: boolean } {
  const kept = submission.kind === "queued";
  const failure = submission.kind === "withdrawn" || submission.failure === undefined ? ({ kind: "dropped" } as const) : submission.failure;
  return { text: wordFailure(failure, kept ? "kept" : undefined).message, kept };
}

/** Why a stored issue could not be understood, as the end of a sentence. */
export function brokenReason(reason: BrokenReason): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case "noFrontMatter":
      return t("it does not begin with the lines between --- that hold its title and state");
    case "badYaml":
      return t("the lines between --- at its beginning are not valid YAML");
    case "tooLarge":
      return t("the lines between --- at its beginning are more, or nested deeper, than Response Desk reads");
    case "badFields":
      return t("a field at its beginning is missing or has a value that cannot be right");
    case "badRegion":
      return t("the hidden marks around its checklist or links do not match");
    case "unreadable":
      return t("its text cannot be read; perhaps it is not saved as UTF-8");
    case "sameNumber":
      return t("an older issue has the same number; the desk gives this one a new number as soon as it may write to the folder");
    case "mergeConflict":
      return t("it has merge conflicts that only you can resolve");
    default:
      return assertNever(reason);
  }
}

function draftReason(why: Extract<Failure, { kind: "invalidDraft" }>["reason"]): string {
  const t = vscode.l10n.t;
  switch (why) {
    case "emptyTitle":
      return t("An issue needs a title. Nothing was created; what you typed is kept.");
    case "unknownKind":
      return t("The desk has no such kind of issue. Add it to desk.yml, or choose another.");
    case "noRepository":
      return t("The desk does not say where issues of this kind are kept. Give the kind a repository in desk.yml.");
    default:
      return assertNever(why);
  }
}

function words(message: string, ...actions: readonly FailureAction[]): FailureWords {
  return { message, actions };
}

function reason(text: string): string {
  if (text === contended) return vscode.l10n.t("other windows keep changing it");
  return plainLabel(text).replace(/\.+$/, "");
}

function name(ref: IssueRef): string {
  return plainLabel(formatRef(ref, ""));
}

function retry(): FailureAction {
  return { kind: "retry", title: vscode.l10n.t("Try Again") };
}

function showLog(): FailureAction {
  return { kind: "showLog", title: vscode.l10n.t("Show Log") };
}

function openFile(path: string): FailureAction {
  return { kind: "openFile", title: vscode.l10n.t("Open File"), path };
}

function openConflict(path: string): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Resolve in Merge Editor"), command: "responseDesk.issue.open", args: [{ kind: "broken", path, reason: "mergeConflict" }] };
}

function refresh(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Refresh"), command: "responseDesk.view.refresh", args: [] };
}

function openDesk(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open desk.yml"), command: "responseDesk.desk.open", args: [] };
}
