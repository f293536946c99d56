import * as vscode from "vscode";
import { contended, type Failure, type RemoteFailure } from "../../core/model/failure";
import type { BrokenReason } from "../../core/model/issue";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { Submission } from "../../core/sync/outbox";
import { hostOf } from "./format";
import { describeOperation } from "./operationLabels";
import { plainLabel, withoutMarkup } from "./safeText";

/** What a person reads when something could not be done: what happened, why, and what to do. */
export interface FailureMessage {
  readonly message: string;
  readonly actions: readonly FailureAction[];
}

export type FailureAction =
  | { readonly kind: "command"; readonly title: string; readonly command: string; readonly args: readonly unknown[] }
  | { readonly kind: "openFile"; readonly title: string; readonly path: string }
  | { readonly kind: "retry"; readonly title: string }
  | { readonly kind: "showLog"; readonly title: string };

/** The words and buttons for a failure; `fate` is `kept` where it was a change that is stored and may still succeed. */
export function describeFailure(failure: Failure, fate?: "kept"): FailureMessage {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "missing":
      return labels(t("The file {0} is not there any more. Perhaps it was moved or deleted; refresh to see what is there now.", plainLabel(failure.path)), refresh());
    case "unreadable":
      return labels(t("The file {0} could not be read: {1}.", plainLabel(failure.path), reason(failure.reason)), retry(), showLog());
    case "unwritable":
      return labels(
        t("The file {0} could not be written: {1}. Nothing was lost: see that the folder can be written to, then try again.", plainLabel(failure.path), reason(failure.reason)),
        retry(),
        showLog(),
      );
    case "outside":
      return labels(t("Nothing was read or written at “{0}”: it leads out of the folder, into Git's own files or through a symbolic link, or has a name that a file cannot have on this system. Use a path inside the folder.", plainLabel(failure.path)));
    case "broken":
      return labels(
        t("The file {0} was left as it is, because {1}. Open it, mend it and save it, then try again.", plainLabel(failure.path), brokenReason(failure.reason)),
        failure.reason === "mergeConflict" ? openConflict(failure.path) : openFile(failure.path),
        retry(),
      );
    case "gone":
      return labels(t("The issue {0} is not there any more. Perhaps it was deleted or moved; refresh to see what is there now.", name(failure.ref)), refresh());
    case "otherIssue":
      return labels(
        t("Nothing was written: {0} is now another issue, “{1}”, and the one that was meant is not here. Perhaps it is on another branch; switch to that branch, then do this again.", name(failure.ref), plainLabel(failure.title)),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.open", args: [{ repository: failure.ref.repository, number: failure.ref.number }] },
      );
    case "runGone":
      return labels(t("The checklist is no longer on issue {0}: somebody took it out of the text. Start the runbook again to go on.", name(failure.ref)), {
        kind: "command",
        title: t("Start a Runbook"),
        command: "responseDesk.issue.startChecklist",
        args: [failure.ref],
      });
    case "stepGone":
      return labels(t("That step is no longer in the checklist of issue {0}: somebody changed the text. Open the issue to see what it is now.", name(failure.ref)), {
        kind: "command",
        title: t("Open Issue"),
        command: "responseDesk.issue.open",
        args: [failure.ref],
      });
    case "gateShut":
      return labels(t("Nothing was ticked: “{0}” in the checklist of issue {1} is not passed yet, and what follows waits for it. Settle what is open there, then do this again.", plainLabel(withoutMarkup(failure.gate)), name(failure.ref)), {
        kind: "command",
        title: t("Open Checklist"),
        command: "responseDesk.issue.openChecklist",
        args: [failure.ref],
      });
    case "bodyTooLong":
      return labels(
        t("The text of issue {0} would be {1} characters long, more than an issue can hold (65,536). Shorten it, or put the long part into a comment.", name(failure.ref), failure.length),
        { kind: "command", title: t("Open Issue"), command: "responseDesk.issue.open", args: [failure.ref] },
      );
    case "invalidDraft":
      return labels(draftReason(failure.reason), ...(failure.reason === "emptyTitle" ? [retry()] : [openDesk()]));
    case "selfLink":
      return labels(t("The issue {0} cannot be linked to itself. Choose another one.", name(failure.ref)), retry());
    case "partRefused": {
      const parts = failure.parts.map((part) => `${describeOperation({ operation: part.operation, home: "" }, t)}: ${describeFailure(part.failure).message}`);
      return labels(t("This part of the change could not be made; the rest was. {0}", parts.join(" ")), refresh());
    }
    case "discarded":
      return labels(t("This change no longer waits: it was dropped, or another window has written it. Refresh to see what is there now."), refresh());
    case "untrusted":
      return labels(t("Nothing is written or run in a folder you have not said you trust. You can read everything; trust the folder to work in it."), {
        kind: "command",
        title: t("Manage Workspace Trust"),
        command: "workbench.trust.manage",
        args: [],
      });
    case "noIdentity":
      return labels(t("Nothing was written, because Response Desk does not know who you are. Say it once; your ticks and issues carry that name."), {
        kind: "command",
        title: t("Choose Who I Am"),
        command: "responseDesk.login.set",
        args: [],
      });
    case "noFolder":
      return labels(t("Response Desk keeps its issues in a folder, and none is open. Open the folder that holds your team's runbooks."), {
        kind: "command",
        title: t("Open Folder"),
        command: "vscode.openFolder",
        args: [],
      });
    default:
      return describeRemoteFailure(failure, fate === "kept");
  }
}

/** Why a change is not made yet, or never will be; `kept` where it is stored and will be sent. */
export function describeNotDone(submission: Exclude<Submission, { kind: "done" }>): { readonly text: string; readonly kept: boolean } {
  const kept = submission.kind === "queued";
  const failure = submission.kind === "withdrawn" || submission.failure === undefined ? ({ kind: "discarded" } as const) : submission.failure;
  return { text: describeFailure(failure, kept ? "kept" : undefined).message, kept };
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

function labels(message: string, ...actions: readonly FailureAction[]): FailureMessage {
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

/** The words and buttons for what went wrong with a server; `kept`: it was a change, which is stored and may still succeed. */
function describeRemoteFailure(failure: RemoteFailure, kept: boolean): FailureMessage {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "signedOut":
      return remoteMessages(
        failure.reason === "nobody"
          ? t("You are not signed in to {0}. Sign in to go on where this stopped.", hostOf(failure.server))
          : t("{0} no longer takes your sign-in: it has expired or was revoked. Sign in again to go on where this stopped.", hostOf(failure.server)),
        signIn(),
      );
    case "otherAccount":
      return remoteMessages(t("{0} asked for this, and {1} is signed in now. Sign in as {0}, or send it as {1} from Pending Changes.", plainLabel(failure.by), plainLabel(failure.login)), signIn(), pending());
    case "offline":
      if (failure.answeredBy !== undefined) {
        return kept
          ? remoteMessages(t("A page of another server answered in the place of {0}, such as a proxy or a network that asks you to sign in. What you changed is kept on this machine and sent once {0} answers again.", hostOf(failure.server)), pending())
          : remoteMessages(t("A page of another server answered in the place of {0}, such as a proxy or a network that asks you to sign in. Sign in to your network, or check your proxy settings, then try again.", hostOf(failure.server)), retryRemote());
      }
      return kept
        ? remoteMessages(t("{0} does not answer. What you changed is kept on this machine and sent once it answers again.", hostOf(failure.server)), pending())
        : remoteMessages(t("{0} does not answer. See that this machine is online, then try again.", hostOf(failure.server)), retryRemote());
    case "serverError":
      if (failure.status < 300) {
        return kept
          ? remoteMessages(t("The answer of {0} could not be understood. What you changed is kept on this machine and tried again by itself.", hostOf(failure.server)), pending())
          : remoteMessages(t("The answer of {0} could not be understood. Try again in a moment; if it happens again, check whether a proxy changes what is sent.", hostOf(failure.server)), retryRemote());
      }
      return kept
        ? remoteMessages(t("{0} has trouble of its own (status {1}). What you changed is kept on this machine and tried again by itself.", hostOf(failure.server), failure.status), pending())
        : remoteMessages(t("{0} has trouble of its own (status {1}). Try again in a moment.", hostOf(failure.server), failure.status), retryRemote());
    case "limited":
      return kept
        ? remoteMessages(t("{0} asks for a pause until {1}. What you changed is kept on this machine and sent after that.", hostOf(failure.server), time(failure.until)), pending())
        : remoteMessages(t("{0} asks for a pause until {1}. Until then, nothing new can be read.", hostOf(failure.server), time(failure.until)));
    case "forbidden":
      if (failure.signOn !== undefined) {
        return remoteMessages(
          t("Your sign-in may not be used in {0} before you sign on to its organization. Open the single sign-on page, then sign in again and retry.", remoteName(failure.repository)),
          { kind: "command", title: t("Open Single Sign-On"), command: "vscode.open", args: [vscode.Uri.parse(failure.signOn, true)] },
          signInAgain(),
        );
      }
      if (failure.reason !== undefined) {
        return remoteMessages(t("{0} is closed to your account: {1}.", remoteName(failure.repository), plainLabel(failure.reason).replace(/\.+$/, "")), signInAgain(), pending());
      }
      return remoteMessages(
        failure.scope === undefined
          ? t("Your account may not do this in {0}. Ask its owner for the right to write issues, or sign in with another account.", remoteName(failure.repository))
          : t("Your sign-in lacks “{1}”, which this needs in {0}. Sign in with a token that has it.", remoteName(failure.repository), plainLabel(failure.scope)),
        signIn(),
        pending(),
      );
    case "noRepository":
      return remoteMessages(t("There is no repository {0}, or your account may not see it. See that desk.yml names it rightly, and that you are signed in with the right account.", remoteName(failure.repository)), openRemoteDesk(), signIn());
    case "archived":
      return remoteMessages(t("The repository {0} is archived: nothing in it can be changed. Name another one in desk.yml, or have it unarchived.", remoteName(failure.repository)), openRemoteDesk(), pending());
    case "issuesOff":
      return remoteMessages(t("Issues are switched off in {0}. Switch them on in its settings, or name another repository in desk.yml.", remoteName(failure.repository)), openRemoteDesk(), pending());
    case "locked":
      return remoteMessages(t("The conversation of {0} is locked: only those who may write into its repository can comment. Have it unlocked, or drop the change.", issue(failure.ref)), open(failure.ref), pending());
    case "transferred":
      return remoteMessages(t("The issue {0} was moved and is now {1}. Do it there once more.", issue(failure.ref), issue(failure.to)), open(failure.to));
    case "unconfirmed":
      return remoteMessages(t("Nothing was written into {0}, because you have not said yet that this workspace may. What you changed is kept.", remoteName(failure.repository)), pending());
    case "badServer":
      return remoteMessages(
        t("The setting responseDesk.github.server is “{0}”, which is not the address of a server. Write it as in https://github.com; plain http is only for this machine. Nothing was sent.", plainLabel(failure.setting)),
        { kind: "command", title: t("Open Setting"), command: "workbench.action.openSettings", args: ["responseDesk.github.server"] },
      );
    case "refused":
      return remoteMessages(t("{0} refused this: {1}.", hostOf(failure.server), plainLabel(failure.reason).replace(/\.+$/, "")), { kind: "showLog", title: t("Show Log") });
    default:
      return assertNever(failure);
  }
}

function remoteMessages(message: string, ...actions: readonly FailureAction[]): FailureMessage {
  return { message, actions };
}

function remoteName(repository: string): string {
  return plainLabel(repository);
}

function issue(ref: IssueRef): string {
  return plainLabel(formatRef(ref, ""));
}

function time(instant: string): string {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function retryRemote(): FailureAction {
  return { kind: "retry", title: vscode.l10n.t("Try Again") };
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

function openRemoteDesk(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open desk.yml"), command: "responseDesk.desk.open", args: [] };
}

function open(ref: IssueRef): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open Issue"), command: "responseDesk.issue.open", args: [ref] };
}
