import * as vscode from "vscode";
import { isDate } from "../../../core/model/calendarDate";
import { distinctLogins, hasLogin, sameLogin } from "../../../core/model/names";
import { encodePath } from "../../../core/markup/linkRegion";
import { renderComment } from "../../../core/markup/milestone";
import { assertNever } from "../../../core/model/result";
import { reviewDue } from "../../../core/postmortem/timeline/draftPostmortem";
import type { Postmortem } from "../../../core/postmortem/postmortem";
import {
  closeEdits,
  completionEdits,
  proposedSessions,
  requestEdits,
  returnEdits,
  type ReviewGap,
  reviewGaps,
  type ReviewRequest,
  reviewRequestComment,
  reviewRequestKey,
} from "../../../core/postmortem/review/review";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { showDialog } from "../../ui/dialog";
import { formatDay } from "../../ui/format";
import { type Answer, type FlowStep, next, promptAll } from "../../ui/inputFlow";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { describePerson, enterLogin } from "../input/pickIssue";
import { choosePostmortem, editPostmortem, type PostmortemFile } from "./postmortemTarget";

/** Requests the review of a post-mortem: asks for reviewers and the session date, and mentions the reviewers on the incident. */
export async function requestReview(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Request review");
  const file = await choosePostmortem(session, argument, title);
  if (file?.kind !== "ok") return file;
  const { path, document: { postmortem } } = file.value;
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const answers = await promptAll<ReviewRequest>(title, { reviewers: postmortem.reviewers, session: postmortem.review ?? "" }, [
    { ask: (state, flowStep) => askReviewers(session, flowStep, t("Who will review the post-mortem?"), state, postmortem) },
    { ask: (state, flowStep) => askSession(session, flowStep, state, postmortem) },
  ]);
  if (answers === undefined) return undefined;
  const gaps = reviewGaps({ ...postmortem, reviewers: answers.reviewers, review: answers.session }, "request", session.postmortems.today());
  if (!(await accepts(gaps, t("Request the review even though something is missing?"), t("Request Anyway")))) return undefined;
  const edited = await editPostmortem(session, path, requestEdits(answers));
  if (edited.kind === "failed") return edited;
  runInBackground(notifyRequested(path, answers), session.log);
  const { issue } = postmortem;
  if (issue === undefined || session.issues.find(issue) === undefined) return undefined;
  const comment = reviewRequestComment(postmortem, answers, session.runbooks.urlOf(path) ?? `/${encodePath(path)}`, me);
  return tools.submit(t("Requesting the review…"), { kind: "comment", ref: issue, markdown: renderComment(comment), optional: true }, reviewRequestKey(postmortem, path, answers));
}

/** Records that a post-mortem was reviewed: asks who took part, and when. */
export async function markReviewed(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Mark as reviewed");
  const file = await choosePostmortem(session, argument, title);
  if (file?.kind !== "ok") return file;
  const { path, document: { postmortem } } = file.value;
  const now = session.postmortems.today();
  const answers = await promptAll<ReviewRequest>(title, { reviewers: postmortem.reviewers, session: postmortem.reviewed ?? "" }, [
    { ask: (state, flowStep) => askReviewers(session, flowStep, t("Who took part in the review?"), state, postmortem) },
    { ask: (state, flowStep) => askReviewed(flowStep, state, postmortem, now) },
  ]);
  if (answers === undefined) return undefined;
  const gaps = reviewGaps({ ...postmortem, reviewers: answers.reviewers }, "complete", answers.session);
  if (!(await accepts(gaps, t("Mark the post-mortem as reviewed even though something is missing?"), t("Mark as Reviewed Anyway")))) return undefined;
  const edited = await editPostmortem(session, path, completionEdits(answers.reviewers, answers.session));
  if (edited.kind === "failed") return edited;
  runInBackground(notifyReviewed(path, answers.session), session.log);
  return undefined;
}

/** Returns a post-mortem to its authors. Reviewers and session date stay. */
export async function returnToDraft(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const file = await choosePostmortem(session, argument, t("Return to draft"));
  if (file?.kind !== "ok") return file;
  const edited = await editPostmortem(session, file.value.path, returnEdits);
  if (edited.kind === "failed") return edited;
  void vscode.window.setStatusBarMessage(t("$(edit) “{0}” is a draft again", nameOf(file.value)), 4000);
  return undefined;
}

/** Closes a post-mortem whose actions are done. What is still open is shown first. */
export async function closePostmortem(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const file = await choosePostmortem(session, argument, t("Close post-mortem"));
  if (file?.kind !== "ok") return file;
  const gaps = reviewGaps(file.value.document.postmortem, "close", session.postmortems.today());
  if (!(await accepts(gaps, t("Close the post-mortem even though something is still open?"), t("Close Anyway")))) return undefined;
  const edited = await editPostmortem(session, file.value.path, closeEdits);
  if (edited.kind === "failed") return edited;
  void vscode.window.setStatusBarMessage(t("$(pass) “{0}” is closed", nameOf(file.value)), 4000);
  return undefined;
}

function nameOf({ path, document: { postmortem } }: PostmortemFile): string {
  return plainLabel(postmortem.title === "" ? path : postmortem.title);
}

async function askReviewers(session: DeskSession, flowStep: FlowStep, placeholder: string, state: ReviewRequest, { owner, lead }: Postmortem): Promise<Answer<ReviewRequest>> {
  const t = vscode.l10n.t;
  const logins = distinctLogins([...state.reviewers, ...session.desk.config().people.map(({ login }) => login)]);
  const role = (login: string): readonly string[] => [...(sameLogin(login, owner ?? "") ? [t("owner")] : []), ...(sameLogin(login, lead ?? "") ? [t("incident lead")] : [])];
  const answer = await pickMany<{ readonly login?: string }>({
    flowStep,
    placeholder,
    choices: [
      ...logins.map((login): Choice<{ readonly login?: string }> => ({
        label: plainLabel(login),
        description: [describePerson(session, login), ...role(login)].filter((part) => part !== "").join(" · "),
        value: { login },
        picked: hasLogin(state.reviewers, login),
      })),
      { label: `$(add) ${t("Someone else…")}`, value: {} },
    ],
  });
  if (answer.kind !== "next") return answer;
  const picked = answer.value.flatMap(({ login }) => login ?? []);
  if (answer.value.every(({ login }) => login !== undefined)) return next({ ...state, reviewers: picked });
  const typed = await enterLogin(flowStep);
  return typed.kind === "next" ? next({ ...state, reviewers: distinctLogins([...picked, typed.value]) }) : typed;
}

async function askSession(session: DeskSession, flowStep: FlowStep, state: ReviewRequest, postmortem: Postmortem): Promise<Answer<ReviewRequest>> {
  const t = vscode.l10n.t;
  const now = session.postmortems.today();
  const due = postmortem.review ?? reviewDue({ desk: session.desk.config(), time: session.clocks.time() }, postmortem.instants.resolved ?? session.clock.now(), postmortem.severity, postmortem.priority);
  const dates = proposedSessions(due, now).map((date): Choice<string> => ({ label: formatDay(date, vscode.env.language), description: [...(date === due ? [t("due")] : []), ...(date === now ? [t("today")] : [])].join(" · "), value: date }));
  return askDate(flowStep, t("When is the review session?"), dates, state);
}

async function askReviewed(flowStep: FlowStep, state: ReviewRequest, { review }: Postmortem, now: string): Promise<Answer<ReviewRequest>> {
  const t = vscode.l10n.t;
  const dates = [...new Set([now, ...(review !== undefined && isDate(review) && review < now ? [review] : [])])];
  const choices = dates.map((date): Choice<string> => ({ label: formatDay(date, vscode.env.language), description: [...(date === now ? [t("today")] : []), ...(date === review ? [t("session")] : [])].join(" · "), value: date }));
  return askDate(flowStep, t("When was it reviewed?"), choices, state, now);
}

/** Asks for one of the dates, or another one. It cannot be after `latest`. */
async function askDate(flowStep: FlowStep, placeholder: string, dates: readonly Choice<string>[], state: ReviewRequest, latest?: string): Promise<Answer<ReviewRequest>> {
  const t = vscode.l10n.t;
  const answer = await pickOne({ flowStep, placeholder, choices: [...dates, { label: `$(calendar) ${t("Another Date…")}`, value: "" }], active: (date) => date !== "" && date === state.session });
  if (answer.kind !== "next") return answer;
  if (answer.value !== "") return next({ ...state, session: answer.value });
  const refuse = (text: string): string | undefined => {
    if (!isDate(text)) return t("Enter a date such as 2026-11-30.");
    return latest !== undefined && text > latest ? t("Enter a date that is not in the future.") : undefined;
  };
  const typed = await enterText({ flowStep: { ...flowStep, back: true }, prompt: t("Enter a date"), placeholder: "2026-11-30", value: state.session, needed: t("Enter a date such as 2026-11-30."), refuse });
  return typed.kind === "next" ? next({ ...state, session: typed.value }) : typed;
}

/** Shows what is missing and lets the user override it. True if nothing is. */
async function accepts(gaps: readonly ReviewGap[], question: string, override: string): Promise<boolean> {
  if (gaps.length === 0) return true;
  return (await showDialog("warning", question, gaps.map((gap) => `• ${describeGap(gap)}`).join("\n"), override)) === override;
}

function describeGap(gap: ReviewGap): string {
  const t = vscode.l10n.t;
  switch (gap.code) {
    case "noReviewers":
      return t("It has no reviewers.");
    case "onlyOwner":
      return t("Its owner is the only reviewer.");
    case "noSession":
      return t("The session has no date.");
    case "sessionPast":
      return t("The date of the session has passed.");
    case "sessionAhead":
      return t("The session has not taken place yet.");
    case "noSummary":
      return t("The summary is empty.");
    case "noImpact":
      return t("The impact is not described.");
    case "noTimeline":
      return t("The timeline is empty.");
    case "noFactors":
      return t("No contributing factors are named.");
    case "noActions":
      return t("There are no action items.");
    case "notRequested":
      return t("Its review has not been requested.");
    case "notReviewed":
      return t("It has not been reviewed.");
    case "undecided":
      return gap.count === 1 ? t("1 action item is neither accepted nor declined.") : t("{0} action items are neither accepted nor declined.", gap.count);
    case "unassigned":
      return gap.count === 1 ? t("1 accepted action item has no owner or no due date.") : t("{0} accepted action items have no owner or no due date.", gap.count);
    case "openActions":
      return gap.count === 1 ? t("1 action item is not done.") : t("{0} action items are not done.", gap.count);
    default:
      return assertNever(gap);
  }
}

async function notifyRequested(path: string, { session }: ReviewRequest): Promise<void> {
  const t = vscode.l10n.t;
  const [agenda, publish] = [t("Open Agenda…"), t("Publish…")];
  const chosen = await vscode.window.showInformationMessage(t("The review was requested for {0}.", formatDay(session, vscode.env.language)), agenda, publish);
  if (chosen !== undefined) await vscode.commands.executeCommand(`responseDesk.postmortem.${chosen === agenda ? "agenda" : "publish"}`, { path });
}

async function notifyReviewed(path: string, date: string): Promise<void> {
  const t = vscode.l10n.t;
  const [publish, html] = [t("Publish…"), t("Export as HTML…")];
  const chosen = await vscode.window.showInformationMessage(t("The post-mortem is marked as reviewed on {0}.", formatDay(date, vscode.env.language)), publish, html);
  if (chosen !== undefined) await vscode.commands.executeCommand(`responseDesk.postmortem.${chosen === publish ? "publish" : "exportHtml"}`, { path });
}
