import * as vscode from "vscode";
import type { RemoteFailure } from "../../core/failure";
import { formatRef, type IssueRef } from "../../core/issue/issueRef";
import { assertNever } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import { hostOf } from "../views/sayServer";
import type { FailureAction, FailureWords } from "./failureWords";

/** The words and buttons for what went wrong with a server; `kept`: it was a change, which is stored and may still succeed. */
export function wordRemoteFailure(failure: RemoteFailure, kept: boolean): FailureWords {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "signedOut":
      return words(
        failure.reason === "nobody"
          ? t("You are not signed in to {0}. Sign in to go on where this stopped.", hostOf(failure.server))
          : t("{0} no longer takes your sign-in: it has expired or was revoked. Sign in again to go on where this stopped.", hostOf(failure.server)),
        signIn(),
      );
    case "otherAccount":
      return words(t("{0} asked for this, and {1} is signed in now. Sign in as {0}, or send it as {1} from Pending Changes.", plainLabel(failure.by), plainLabel(failure.login)), signIn(), pending());
    case "offline":
      if (failure.answeredBy !== undefined) {
        return kept
          ? words(t("A page of another server answered in the place of {0}, such as a proxy or a network that asks you to sign in. What you changed is kept on this machine and sent once {0} answers again.", hostOf(failure.server)), pending())
          : words(t("A page of another server answered in the place of {0}, such as a proxy or a network that asks you to sign in. Sign in to your network, or check your proxy settings, then try again.", hostOf(failure.server)), retry());
      }
      return kept
        ? words(t("{0} does not answer. What you changed is kept on this machine and sent once it answers again.", hostOf(failure.server)), pending())
        : words(t("{0} does not answer. See that this machine is online, then try again.", hostOf(failure.server)), retry());
    case "serverTrouble":
      if (failure.status < 300) {
        return kept
          ? words(t("The answer of {0} could not be understood. What you changed is kept on this machine and tried again by itself.", hostOf(failure.server)), pending())
          : words(t("The answer of {0} could not be understood. Try again in a moment; if it happens again, check whether a proxy changes what is sent.", hostOf(failure.server)), retry());
      }
      return kept
        ? words(t("{0} has trouble of its own (status {1}). What you changed is kept on this machine and tried again by itself.", hostOf(failure.server), failure.status), pending())
        : words(t("{0} has trouble of its own (status {1}). Try again in a moment.", hostOf(failure.server), failure.status), retry());
    case "limited":
      return kept
        ? words(t("{0} asks for a pause until {1}. What you changed is kept on this machine and sent after that.", hostOf(failure.server), time(failure.until)), pending())
        : words(t("{0} asks for a pause until {1}. Until then, nothing new can be read.", hostOf(failure.server), time(failure.until)));
    case "forbidden":
      if (failure.signOn !== undefined) {
        return words(
          t("Your sign-in may not be used in {0} before you sign on to its organization. Open the single sign-on page, then sign in again and retry.", name(failure.repository)),
          { kind: "command", title: t("Open Single Sign-On"), command: "vscode.open", args: [vscode.Uri.parse(failure.signOn, true)] },
          signInAgain(),
        );
      }
      if (failure.reason !== undefined) {
        return words(t("{0} is closed to your account: {1}.", name(failure.repository), plainLabel(failure.reason).replace(/\.+$/, "")), signInAgain(), pending());
      }
      return words(
        failure.scope === undefined
          ? t("Your account may not do this in {0}. Ask its owner for the right to write issues, or sign in with another account.", name(failure.repository))
          : t("Your sign-in lacks “{1}”, which this needs in {0}. Sign in with a token that has it.", name(failure.repository), plainLabel(failure.scope)),
        signIn(),
        pending(),
      );
    case "noRepository":
      return words(t("There is no repository {0}, or your account may not see it. See that desk.yml names it rightly, and that you are signed in with the right account.", name(failure.repository)), openDesk(), signIn());
    case "archived":
      return words(t("The repository {0} is archived: nothing in it can be changed. Name another one in desk.yml, or have it unarchived.", name(failure.repository)), openDesk(), pending());
    case "issuesOff":
      return words(t("Issues are switched off in {0}. Switch them on in its settings, or name another repository in desk.yml.", name(failure.repository)), openDesk(), pending());
    case "locked":
      return words(t("The conversation of {0} is locked: only those who may write into its repository can comment. Have it unlocked, or drop the change.", issue(failure.ref)), open(failure.ref), pending());
    case "transferred":
      return words(t("The issue {0} was moved and is now {1}. Do it there once more.", issue(failure.ref), issue(failure.to)), open(failure.to));
    case "unconfirmed":
      return words(t("Nothing was written into {0}, because you have not said yet that this workspace may. What you changed is kept.", name(failure.repository)), pending());
    case "badServer":
      return words(
        t("The setting responseDesk.github.server is “{0}”, which is not the address of a server. Write it as in https://github.com; plain http is only for this machine. Nothing was sent.", plainLabel(failure.setting)),
        { kind: "command", title: t("Open Setting"), command: "workbench.action.openSettings", args: ["responseDesk.github.server"] },
      );
    case "refused":
      return words(t("{0} refused this: {1}.", hostOf(failure.server), plainLabel(failure.reason).replace(/\.+$/, "")), { kind: "showLog", title: t("Show Log") });
    default:
      return assertNever(failure);
  }
}

function words(message: string, ...actions: readonly FailureAction[]): FailureWords {
  return { message, actions };
}

function name(repository: string): string {
  return plainLabel(repository);
}

function issue(ref: IssueRef): string {
  return plainLabel(formatRef(ref, ""));
}

function time(instant: string): string {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function retry(): FailureAction {
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

function openDesk(): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open desk.yml"), command: "responseDesk.desk.open", args: [] };
}

function open(ref: IssueRef): FailureAction {
  return { kind: "command", title: vscode.l10n.t("Open Issue"), command: "responseDesk.issue.open", args: [ref] };
}
