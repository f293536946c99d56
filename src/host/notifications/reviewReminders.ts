import * as vscode from "vscode";
import { incidentState } from "../../core/incident/incidentState";
import { leadRole } from "../../core/incident/roles";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { type IssueRef, refIndex, refKey, sameRef } from "../../core/model/issueRef";
import { missingReview } from "../../core/postmortem/timeline/draftPostmortem";
import { type ReviewedFile, type ReviewReminder, reviewReminders as remindersOf } from "../../core/postmortem/library/reminders";
import type { DeskSession } from "../app/session";
import { formatDay } from "../ui/format";
import { openPostmortem, openPostmortemFile } from "../ui/openPanel";
import { plainLabel } from "../ui/safeText";
import { scheduleReminders } from "./reminders";

const mutedKey = "responseDesk.mutedReviews";

const maxMuted = 200;

/**
 * Reminds owner, lead and reviewers of a review on the day of its session, and on each working day afterwards until the post-mortem
 * is reviewed; also if there is no post-mortem, although the desk asks for one. Each is shown once per day and machine. The user
 * can turn off the reminders of one session. There are no reminders before the post-mortems were read.
 */
export function reviewReminders(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  const muted = (): readonly string[] => {
    const stored: unknown = context.workspaceState.get(mutedKey);
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  };
  const muteSession = (reminder: ReviewReminder): Thenable<void> => context.workspaceState.update(mutedKey, [...muted(), sessionName(reminder)].slice(-maxMuted));

  async function notify(reminder: ReviewReminder, missing: IssueRef | undefined): Promise<void> {
    const t = vscode.l10n.t;
    if (missing !== undefined) return notifyMissing(reminder, missing);
    const [act, open, mute] = [reminder.isDraft ? t("Request Review…") : t("Mark as Reviewed…"), t("Open Post-mortem"), t("Stop Reminding")];
    const chosen = await vscode.window.showInformationMessage(describeReview(reminder), act, open, mute);
    if (chosen === act) await vscode.commands.executeCommand(`responseDesk.postmortem.${reminder.isDraft ? "requestReview" : "markReviewed"}`, { path: reminder.path });
    if (chosen === open) openPostmortemFile(reminder.path);
    if (chosen === mute) await muteSession(reminder);
  }

  async function notifyMissing(reminder: ReviewReminder, ref: IssueRef): Promise<void> {
    const t = vscode.l10n.t;
    // Somebody may have written it since the folder was read.
    const { postmortems } = await session.postmortems.read();
    if (postmortems.some(({ issue }) => issue !== undefined && sameRef(issue, ref))) return;
    const [write, mute] = [t("Write Post-mortem"), t("Stop Reminding")];
    const name = plainLabel(reminder.title);
    const text = reminder.late === 0 ? t("The review of “{0}” is due today, but there is no post-mortem yet.", name) : t("The review of “{0}” was due {1}, but there is no post-mortem yet.", name, formatDay(reminder.session, vscode.env.language));
    const chosen = await vscode.window.showInformationMessage(text, write, mute);
    if (chosen === write) openPostmortem(ref);
    if (chosen === mute) await muteSession(reminder);
  }

  return scheduleReminders("reviews", session, (me, issues, now) => {
    const missing = missingPostmortems(session, issues, now);
    const files = [...(session.postmortems.known()?.postmortems ?? []), ...missing.map(({ file }) => file)];
    const off = muted();
    return remindersOf(files, me, now, session.desk.config().timezone, session.clocks.time())
      .filter((reminder) => !off.includes(sessionName(reminder)))
      .map((reminder) => {
        const ref = missing.find(({ file }) => file.path === reminder.path)?.ref;
        return { name: `${sessionName(reminder)}/${reminder.date}`, subject: sessionName(reminder), at: millisecondsOf(reminder.at), notify: () => notify(reminder, ref) };
      });
  }, session.postmortems.onDidChange);
}

/** Incidents that have ended without the post-mortem that the desk asks for, as drafts of their lead, else of their assignee. */
function missingPostmortems(session: DeskSession, issues: readonly Issue[], now: Instant): readonly { readonly ref: IssueRef; readonly file: ReviewedFile }[] {
  const desk = session.desk.config();
  const written = session.postmortems.known()?.postmortems;
  if (written === undefined || desk.postmortem.for.length === 0) return [];
  // A post-mortem can name an incident that does not link to it.
  const hasFile = refIndex(written.flatMap(({ issue }) => issue ?? []), (ref) => ref);
  return issues.flatMap((issue) => {
    const facts = session.issues.factsOf(issue);
    if (issue.state === "open" || facts.kind !== "incident" || facts.postmortem !== undefined || hasFile(issue.ref) !== undefined) return [];
    const state = incidentState(desk, issue);
    const review = missingReview({ desk, time: session.clocks.time() }, facts, state, issue.closedAt ?? now);
    const owner = state.roles.find(({ role }) => role === leadRole)?.login ?? issue.assignees[0];
    if (review === undefined || owner === undefined) return [];
    return [{ ref: issue.ref, file: { path: refKey(issue.ref), title: facts.name, status: "Draft", review, reviewers: [], owner } }];
  });
}

function sessionName({ path, session }: ReviewReminder): string {
  return `review/${path}/${session}`;
}

function describeReview({ title, session, late, isDraft }: ReviewReminder): string {
  const t = vscode.l10n.t;
  const name = plainLabel(title);
  if (late === 0) return isDraft ? t("The review of “{0}” is due today, but has not been requested yet.", name) : t("The review session of “{0}” takes place today.", name);
  const date = formatDay(session, vscode.env.language);
  return isDraft ? t("The review of “{0}” was due {1}, but has not been requested yet.", name, date) : t("The review of “{0}” was due {1}. Mark it as reviewed, or set another date.", name, date);
}
