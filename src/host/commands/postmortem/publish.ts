import * as vscode from "vscode";
import type { Repository } from "../../../core/model/issueRef";
import { sameLogin } from "../../../core/model/names";
import type { PublishedFile, PublishPlan, PublishRequest } from "../../../core/model/ports";
import { assertNever, type Result } from "../../../core/model/result";
import { publication } from "../../../core/postmortem/review/publication";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { uriIn } from "../../platform/folderFiles";
import { checkoutOf } from "../../platform/gitRemotes";
import { showDialog } from "../../ui/dialog";
import { hostOf } from "../../ui/format";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { choosePostmortem, type PostmortemFile, unsavedDocument } from "./postmortemTarget";

/**
 * Publishes a post-mortem as a pull request after it has shown what will happen. Where that is not possible, shows the changes of
 * the file and what to do next.
 */
export async function publishPostmortem(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const file = await choosePostmortem(session, argument, t("Publish post-mortem"));
  if (file?.kind !== "ok") return file;
  const publisher = session.store.publisher();
  const request = await requestFor(session, file.value);
  if (request === undefined) return undefined;
  if (publisher === undefined || typeof request === "string") return showChanges(session, file.value, typeof request === "string" ? request : "files");
  const plan = await tools.working(t("Reading the repository…"), publisher.plan(request));
  if (plan === undefined) return undefined;
  if (plan.kind === "failed") return isDenied(plan) ? showChanges(session, file.value, "denied") : plan;
  if (plan.value.isPublished) {
    runInBackground(vscode.window.showInformationMessage(t("The branch {0} of {1} already contains this version of the post-mortem.", plainLabel(plan.value.base), plainLabel(request.repository))), session.log);
    return undefined;
  }
  if (!(await confirms(request, plan.value))) return undefined;
  const published = await tools.working(t("Publishing the post-mortem…"), publisher.publish(request));
  if (published === undefined) return undefined;
  if (published.kind === "failed") {
    // The user answered the question about writing with no.
    if (published.failure.kind === "unconfirmed") return undefined;
    return isDenied(published) ? showChanges(session, file.value, "denied") : published;
  }
  runInBackground(notifyPublished(request, published.value), session.log);
  return undefined;
}

/** Why a post-mortem cannot be published as a pull request. */
type Obstacle = "files" | "noRepository" | "signedOut" | "denied";

function isDenied(result: Result<unknown>): boolean {
  return result.kind === "failed" && result.failure.kind === "forbidden" && result.failure.reason === undefined && result.failure.signOn === undefined;
}

/** What is published where. `undefined` if the user leaves the question for the repository, which is asked for a fork. */
async function requestFor(session: DeskSession, { path, document }: PostmortemFile): Promise<PublishRequest | Obstacle | undefined> {
  const now = session.store.now();
  if (now.kind !== "github") return "files";
  const checkout = await checkoutOf(session.folder.uri, now.server);
  if (checkout.repositories.length === 0) return "noRepository";
  if (!now.signedIn) return "signedOut";
  const repository = await chooseRepository(checkout.repositories);
  if (repository === undefined) return undefined;
  const reviewers = document.postmortem.reviewers.map((login) => login.replace(/^@/, "")).filter((login) => !sameLogin(login, now.login ?? "") && isKnown(session, login));
  return { repository, path: checkout.path + path, text: document.text, reviewers, ...publication(document.postmortem, path) };
}

async function chooseRepository(repositories: readonly Repository[]): Promise<Repository | undefined> {
  if (repositories.length < 2) return repositories[0];
  const t = vscode.l10n.t;
  const answer = await pickOne({
    flowStep: { title: t("Publish post-mortem"), back: false },
    placeholder: t("Select the repository for the pull request"),
    choices: repositories.map((repository) => ({ label: plainLabel(repository), value: repository })),
  });
  return answer.kind === "next" ? answer.value : undefined;
}

/** Only logins of the desk are asked, because a file can name anybody. */
function isKnown(session: DeskSession, login: string): boolean {
  return session.desk.config().people.some((person) => sameLogin(person.login, login));
}

async function confirms({ repository, path, branch, title, reviewers }: PublishRequest, plan: PublishPlan): Promise<boolean> {
  const t = vscode.l10n.t;
  const isUpdate = plan.pullRequest !== undefined;
  const action = isUpdate ? t("Update Pull Request") : t("Create Pull Request");
  const question = plan.pullRequest === undefined ? t("Publish the post-mortem as a pull request?") : t("Update pull request #{0} with this version of the post-mortem?", plan.pullRequest.number);
  const detail = [
    t("Repository: {0}", plainLabel(repository)),
    plan.branch === "new" ? t("Branch: {0} (new, from {1})", plainLabel(branch), plainLabel(plan.base)) : t("Branch: {0} (exists)", plainLabel(branch)),
    t("File: {0}", plainLabel(path)),
    t("Title: {0}", plainLabel(title)),
    ...(reviewers.length === 0 ? [] : [t("Reviewers: {0}", plainLabel(reviewers.join(", ")))]),
    "",
    t("Your local checkout is not changed."),
  ];
  return (await showDialog("information", question, detail.join("\n"), action)) === action;
}

async function notifyPublished({ repository }: PublishRequest, { number, url, isNew, notAsked }: PublishedFile): Promise<void> {
  const t = vscode.l10n.t;
  const open = t("Open Pull Request");
  const done = isNew ? t("Pull request #{0} was created in {1}.", number, plainLabel(repository)) : t("Pull request #{0} in {1} is up to date.", number, plainLabel(repository));
  const left = notAsked.length === 0 ? [] : [t("No review was requested from {0}, because the repository does not accept them as reviewers.", plainLabel(notAsked.join(", ")))];
  if ((await vscode.window.showInformationMessage([done, ...left].join(" "), open)) === open) await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** Shows the changes of the file since the last commit, where Git is available, and says what to do next. */
async function showChanges(session: DeskSession, { path }: PostmortemFile, obstacle: Obstacle): Promise<CommandEnd> {
  const uri = uriIn(session.folder.uri, path);
  if (uri === undefined) return { kind: "failed", failure: { kind: "outside", path } };
  await unsavedDocument(session, path)?.save();
  const hasGit = (await vscode.commands.getCommands(true)).includes("git.openChange");
  await (hasGit ? vscode.commands.executeCommand("git.openChange", uri) : vscode.window.showTextDocument(uri));
  runInBackground(offerNext(session, obstacle), session.log);
  return undefined;
}

async function offerNext(session: DeskSession, obstacle: Obstacle): Promise<void> {
  const t = vscode.l10n.t;
  const signIn = t("Sign In");
  const actions = obstacle === "signedOut" || obstacle === "denied" ? [signIn] : [];
  const chosen = await vscode.window.showInformationMessage(`${describeObstacle(session, obstacle)} ${t("Review the changes, commit and push them, then open a pull request.")}`, ...actions);
  if (chosen === signIn) await vscode.commands.executeCommand("responseDesk.github.signIn");
}

function describeObstacle(session: DeskSession, obstacle: Obstacle): string {
  const t = vscode.l10n.t;
  const now = session.store.now();
  const server = now.kind === "github" ? hostOf(now.server) : "";
  switch (obstacle) {
    case "files":
      return t("This desk stores its issues in plain files, so no pull request was created.");
    case "noRepository":
      return t("This folder is not a checkout of a repository on {0}, so no pull request was created.", server);
    case "signedOut":
      return t("You are not signed in to {0}, so no pull request was created.", server);
    case "denied":
      return t("Your account or its token is not allowed to push to the repository, so no pull request was created.");
    default:
      return assertNever(obstacle);
  }
}
