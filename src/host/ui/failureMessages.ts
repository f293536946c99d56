import * as vscode from "vscode";
import { contended, type Failure, incomplete, type RemoteFailure } from "../../core/model/failure";
import type { BrokenReason } from "../../core/model/issue";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { Submission } from "../../core/sync/outbox";
import { formatAnyOf, hostOf } from "./format";
import { describeOperation } from "./operationLabels";
import { plainLabel, withoutMarkup } from "./safeText";

/** The message for a failure, and its buttons. The message states what happened, why, and what to do. */
export interface FailureMessage {
  readonly message: string;
  readonly actions: readonly FailureAction[];
}

export type FailureAction =
  | { readonly kind: "command"; readonly title: string; readonly command: string; readonly args: readonly unknown[] }
  | { readonly kind: "openFile"; readonly title: string; readonly path: string }
  | { readonly kind: "retry"; readonly title: string }
  | { readonly kind: "showLog"; readonly title: string };

/** The message and buttons for a failure. `fate` is `kept` for a change that is stored and will be retried. */
export function describeFailure(failure: Failure, fate?: "kept"): FailureMessage {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "missing":
      return labels(t("The file {0} no longer exists. It may have been moved or deleted. Refresh to see the current files.", plainLabel(failure.path)), refresh());
    case "unreadable":
      return labels(t("The file {0} could not be read: {1}.", plainLabel(failure.path), reason(failure.reason)), retry(), showLog());
    case "unwritable":
      return labels(
        t("The file {0} could not be written: {1}. Nothing was lost. Check that you can write to the folder, then try again.", plainLabel(failure.path), reason(failure.reason)),
        retry(),
        showLog(),
      );
    case "outside":
      return labels(t("The path “{0}” was not read or written. It leads outside the folder, into Git's own files or through a symbolic link, or it is not a valid file name on this system. Use a path inside the folder.", plainLabel(failure.path)));
    case "broken":
      return labels(
        t("The file {0} was not changed, because {1}. Open it, fix it and save it, then try again.", plainLabel(failure.path), brokenReason(failure.reason)),
        failure.reason === "mergeConflict" ? openConflict(failure.path) : openFile(failure.path),
        retry(),
      );
    case "gone":
      return labels(t("The issue {0} no longer exists. It may have been deleted or moved. Refresh to see the current issues.", name(failure.ref)), refresh());
    case "otherIssue":
      return labels(
        t("Nothing was written. {0} is now a different issue, “{1}”. The original issue may be on another branch. Switch to that branch, then try again.", name(failure.ref), plainLabel(failure.title)),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.open", args: [{ repository: failure.ref.repository, number: failure.ref.number }] },
      );
    case "runGone":
      return labels(t("Issue {0} no longer has this checklist. It was removed from the text of the issue. Start the runbook again to continue.", name(failure.ref)), {
        kind: "command",
        title: t("Start Runbook"),
        command: "responseDesk.issue.startChecklist",
        args: [failure.ref],
      });
    case "stepGone":
      return labels(t("The checklist of issue {0} no longer has this step. The text of the issue was changed. Open the issue to see the current checklist.", name(failure.ref)), {
        kind: "command",
        title: t("Open Issue"),
        command: "responseDesk.issue.open",
        args: [failure.ref],
      });
    case "gateShut":
      return labels(t("The step was not changed. It is locked until the gate “{0}” in the checklist of issue {1} is passed. Complete the open steps of the gate, then try again.", plainLabel(withoutMarkup(failure.gate)), name(failure.ref)), {
        kind: "command",
        title: t("Open Checklist"),
        command: "responseDesk.issue.openChecklist",
        args: [failure.ref],
      });
    case "notApprover":
      return labels(t("Only {0} can approve “{1}” in the checklist of issue {2}. The step was not changed. Assign the step to one of them, or ask them to mark it.", formatAnyOf(failure.approvers, vscode.env.language), plainLabel(withoutMarkup(failure.step)), name(failure.ref)), {
        kind: "command",
        title: t("Open Checklist"),
        command: "responseDesk.issue.openChecklist",
        args: [failure.ref],
      });
    case "bodyTooLong":
      return labels(
        t("The text of issue {0} would be {1} characters long. The limit is 65,536. Shorten it, or move part of it to a comment.", name(failure.ref), failure.length),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.openSource", args: [failure.ref] },
      );
    case "commentTooLong":
      return labels(t("Nothing was written, because the comment on issue {0} would be {1} characters long. The server accepts {2}. Shorten the text, or write several comments.", name(failure.ref), failure.length, failure.limit));
    case "invalidDraft":
      return labels(draftReason(failure.reason), ...(failure.reason === "emptyTitle" ? [retry()] : [openDesk()]));
    case "selfLink":
      return labels(t("Issue {0} cannot be linked to itself. Select another issue.", name(failure.ref)), retry());
    case "partRefused": {
      const parts = failure.parts.map((part) => `${describeOperation({ operation: part.operation, home: "" }, t)}: ${describeFailure(part.failure).message}`);
      return labels(t("Part of the change could not be made. The rest was made. {0}", parts.join(" ")), refresh());
    }
    case "discarded":
      return labels(t("This change is no longer pending. It was discarded, or another window has written it. Refresh to see the current state."), refresh());
    case "untrusted":
      return labels(t("Response Desk does not write or run anything in an untrusted folder. Trust the folder to make changes."), {
        kind: "command",
        title: t("Manage Workspace Trust"),
        command: "workbench.trust.manage",
        args: [],
      });
    case "noIdentity":
      return labels(t("Nothing was written, because your login is not set. Set your login. It is recorded with your steps and issues."), {
        kind: "command",
        title: t("Set My Login"),
        command: "responseDesk.login.set",
        args: [],
      });
    case "noFolder":
      return labels(t("Response Desk needs an open folder. Open the folder that contains your team's runbooks."), {
        kind: "command",
        title: t("Open Folder"),
        command: "vscode.openFolder",
        args: [],
      });
    default:
      return describeRemoteFailure(failure, fate === "kept");
  }
}

/** Why a change is not made yet, or will not be made. `kept` is true if it is stored and will be retried. */
export function describeNotDone(submission: Exclude<Submission, { kind: "done" }>): { readonly text: string; readonly kept: boolean } {
  const kept = submission.kind === "queued";
  const failure = submission.kind === "withdrawn" || submission.failure === undefined ? ({ kind: "discarded" } as const) : submission.failure;
  return { text: describeFailure(failure, kept ? "kept" : undefined).message, kept };
}

/** Why a stored issue cannot be read, as the end of a sentence. */
export function brokenReason(reason: BrokenReason): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case "noFrontMatter":
      return t("it does not start with a block between --- that contains its title and state");
    case "toml":
      return t("the block between +++ at its start is TOML, which Response Desk does not change");
    case "badYaml":
      return t("the block between --- at its start is not valid YAML");
    case "tooLarge":
      return t("the block between --- at its start is too long or too deeply nested");
    case "badFields":
      return t("a field at its start is missing or has a value that is not valid");
    case "badRegion":
      return t("the hidden marks around its checklist or links do not match");
    case "unreadable":
      return t("its text cannot be read (it may not be saved as UTF-8)");
    case "sameNumber":
      return t("an older issue has the same number (this issue gets a new number when the folder can be written to)");
    case "mergeConflict":
      return t("it has merge conflicts that you must resolve");
    default:
      return assertNever(reason);
  }
}

function draftReason(why: Extract<Failure, { kind: "invalidDraft" }>["reason"]): string {
  const t = vscode.l10n.t;
  switch (why) {
    case "emptyTitle":
      return t("An issue needs a title. Nothing was created. Your input is saved.");
    case "unknownKind":
      return t("The desk does not have this kind of issue. Add it to desk.yml, or select another kind.");
    case "noRepository":
      return t("desk.yml has no repository for this kind of issue. Add a repository to the kind in desk.yml.");
    default:
      return assertNever(why);
  }
}

function labels(message: string, ...actions: readonly FailureAction[]): FailureMessage {
  return { message, actions };
}

function reason(text: string): string {
  if (text === contended) return vscode.l10n.t("other windows keep changing it");
  if (text === incomplete) return vscode.l10n.t("only a part of it was written to the disk");
  return plainLabel(text).replace(/\.+$/, "");
}

function name(ref: IssueRef): string {
  return plainLabel(formatRef(ref, ""));
}

function retry(): FailureAction {
  return { kind: "retry", title: vscode.l10n.t("Retry") };
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

/** The message and buttons for a server failure. `kept` is true for a change that is stored and will be retried. */
function describeRemoteFailure(failure: RemoteFailure, kept: boolean): FailureMessage {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "signedOut":
      return labels(
        failure.reason === "nobody"
          ? t("You are not signed in to {0}. Sign in to continue.", hostOf(failure.server))
          : t("Your sign-in to {0} has expired or was revoked. Sign in again to continue.", hostOf(failure.server)),
        signIn(),
      );
    case "otherAccount":
      return labels(t("{0} made this change, but {1} is signed in now. Sign in as {0}, or send it as {1} from Pending Changes.", plainLabel(failure.by), plainLabel(failure.login)), signIn(), pending());
    case "offline":
      if (failure.answeredBy !== undefined) {
        return kept
          ? labels(t("Another server, such as a proxy or a network sign-in page, responded instead of {0}. Your change is stored on this machine and will be sent when {0} responds again.", hostOf(failure.server)), pending())
          : labels(t("Another server, such as a proxy or a network sign-in page, responded instead of {0}. Sign in to your network, or check your proxy settings, then try again.", hostOf(failure.server)), retry());
      }
      return kept
        ? labels(t("{0} does not respond. Your change is stored on this machine and will be sent when it responds again.", hostOf(failure.server)), pending())
        : labels(t("{0} does not respond. Check that this machine is online, then try again.", hostOf(failure.server)), retry());
    case "serverError":
      if (failure.status < 300) {
        return kept
          ? labels(t("The response from {0} is not valid. Your change is stored on this machine and will be retried automatically.", hostOf(failure.server)), pending())
          : labels(t("The response from {0} is not valid. Try again later. If this happens again, check whether a proxy modifies the traffic.", hostOf(failure.server)), retry());
      }
      return kept
        ? labels(t("{0} reported a server error (status {1}). Your change is stored on this machine and will be retried automatically.", hostOf(failure.server), failure.status), pending())
        : labels(t("{0} reported a server error (status {1}). Try again later.", hostOf(failure.server), failure.status), retry());
    case "limited":
      return kept
        ? labels(t("{0} is rate-limiting requests until {1}. Your change is stored on this machine and will be sent after that.", hostOf(failure.server), time(failure.until)), pending())
        : labels(t("{0} is rate-limiting requests until {1}. The data cannot be updated until then.", hostOf(failure.server), time(failure.until)));
    case "forbidden":
      if (failure.signOn !== undefined) {
        return labels(
          t("Your sign-in is not authorized for the organization of {0}. Open the single sign-on page, then sign in again and retry.", plainLabel(failure.repository)),
          { kind: "command", title: t("Open Single Sign-On"), command: "vscode.open", args: [vscode.Uri.parse(failure.signOn, true)] },
          signInAgain(),
        );
      }
      if (failure.reason !== undefined) {
        return labels(t("{0} denied access to your account: {1}.", plainLabel(failure.repository), plainLabel(failure.reason).replace(/\.+$/, "")), signInAgain(), pending());
      }
      return labels(
        failure.scope === undefined
          ? t("Your account does not have permission to do this in {0}. Ask the owner for permission to write issues, or sign in with another account.", plainLabel(failure.repository))
          : t("Your sign-in does not have the scope “{1}”, which is required in {0}. Sign in with a token that has this scope.", plainLabel(failure.repository), plainLabel(failure.scope)),
        signIn(),
        pending(),
      );
    case "noRepository":
      return labels(t("The repository {0} does not exist, or your account does not have access to it. Check its name in desk.yml and the account that you are signed in with.", plainLabel(failure.repository)), openDesk(), signIn());
    case "archived":
      return labels(t("The repository {0} is archived and cannot be changed. Unarchive it, or use another repository in desk.yml.", plainLabel(failure.repository)), openDesk(), pending());
    case "issuesOff":
      return labels(t("Issues are disabled in {0}. Enable them in its settings, or use another repository in desk.yml.", plainLabel(failure.repository)), openDesk(), pending());
    case "locked":
      return labels(t("The conversation of {0} is locked. Only collaborators can comment. Unlock it, or discard the change.", name(failure.ref)), open(failure.ref), pending());
    case "transferred":
      return labels(t("Issue {0} was transferred and is now {1}. Repeat the change there.", name(failure.ref), name(failure.to)), open(failure.to));
    case "unconfirmed":
      return labels(t("Nothing was written to {0}, because you have not allowed this workspace to write there. Your change is stored.", plainLabel(failure.repository)), pending());
    case "badServer":
      return labels(
        t("The setting responseDesk.github.server is “{0}”, which is not a valid server URL. Use the form https://github.com. Plain http is allowed only for this machine. Nothing was sent.", plainLabel(failure.setting)),
        { kind: "command", title: t("Open Setting"), command: "workbench.action.openSettings", args: ["responseDesk.github.server"] },
      );
    case "refused":
      return labels(t("{0} rejected the request: {1}.", hostOf(failure.server), plainLabel(failure.reason).replace(/\.+$/, "")), { kind: "showLog", title: t("Show Log") });
    default:
      return assertNever(failure);
  }
}

function time(instant: string): string {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function signIn(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Sign In"), command: "responseDesk.github.signIn", args: [] };
}

function signInAgain(): FailureAction {
  return { ...signIn(), title: vscode.l10n.t("Sign In Again") };
}

function pending(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Pending Changes"), command: "responseDesk.pending.focus", args: [] };
}

function open(ref: IssueRef): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open Issue"), command: "responseDesk.issue.open", args: [ref] };
}
