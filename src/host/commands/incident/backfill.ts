import * as vscode from "vscode";
import { type BackfilledMilestone, backfilledMilestones, backfillOperation, type BackfillTimes, checkBackfillTime } from "../../../core/incident/backfill";
import type { MilestoneProblem } from "../../../core/incident/milestoneChecks";
import { draftIssue } from "../../../core/issue/draftIssue";
import type { Instant } from "../../../core/model/issue";
import { ok, type Result } from "../../../core/model/result";
import { reportedAt } from "../../../core/response/responseClock";
import type { DeskSession } from "../../app/session";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { openIssuePage } from "../../ui/openPanel";
import { enterText } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { revealIssue } from "../input/show";
import { askWho } from "../issue/createIssue";
import { emptyState, type SavedDraft, savedDraft } from "../issue/createState";
import { describeMilestoneProblem, minuteOf } from "./milestone";
import { milestoneLabel } from "./milestoneLabels";

interface BackfillState {
  readonly title: string;
  readonly times: BackfillTimes;
}

/** Enters an incident that is over or was not recorded when it happened, with its times. It is assigned to the user, and nobody is reminded of it. */
export async function backfillIncident(tools: DeskTools): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const who = await askWho(session);
  if (who?.kind !== "ok") return who;
  const saved = savedDraft(tools.context.workspaceState, "incident.backfill");
  const start: BackfillState = { title: saved.read()?.title ?? "", times: {} };
  const state = await promptAll(t("Backfill incident"), start, [titleQuestion(saved), ...backfilledMilestones.map((milestone) => timeQuestion(session, milestone))]);
  if (state === undefined) return undefined;
  const draft = draftIssue(session.desk.config(), { kind: "incident", title: state.title, details: "", assignees: [who.value] });
  if (draft.kind === "failed") return draft;
  const stamp = { at: session.clock.now(), by: who.value };
  const created = await tools.submit(t("Creating the issue…"), backfillOperation(draft.value, state.times, stamp));
  if (created.kind === "done" || created.kind === "queued") saved.clear();
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  openIssuePage(ref);
  return created;
}

function titleQuestion(saved: SavedDraft): Question<BackfillState> {
  return {
    async ask(state, flowStep) {
      const answer = await enterText({
        flowStep,
        prompt: vscode.l10n.t("What happened? The incident is entered afterwards, so nobody is reminded of it"),
        value: state.title,
        needed: vscode.l10n.t("Enter a title, or press Escape."),
        typed: (title) => saved.save({ ...emptyState, title }),
      });
      return answer.kind === "next" ? next({ ...state, title: answer.value }) : answer;
    },
  };
}

/** When a milestone happened. Only the start is required. */
function timeQuestion(session: DeskSession, milestone: BackfilledMilestone): Question<BackfillState> {
  const required = milestone === "started";
  return {
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const { timezone } = session.desk.config();
      const { [milestone]: before, ...others } = state.times;
      const read = (typed: string): Result<Instant | undefined, MilestoneProblem | "unclear"> => {
        if (typed === "") return ok(undefined);
        const now = session.clock.now();
        const at = reportedAt(typed, now, timezone);
        if (at.kind === "failed") return { kind: "failed", failure: at.failure === "future" ? { code: "future" } : "unclear" };
        return checkBackfillTime(state.times, milestone, at.value, now);
      };
      const answer = await enterText({
        flowStep,
        prompt: t("{0}: enter a time in {1} or how long ago, such as 08:15, 2026-11-20 08:15, 25m or 2h", milestoneLabel(milestone), timezone),
        ...(required ? { needed: t("Enter a time, or press Escape.") } : { placeholder: milestone === "resolved" ? t("Not resolved yet") : t("Unknown") }),
        ...(before === undefined ? {} : { value: minuteOf(before, timezone) }),
        refuse: (typed) => {
          const at = read(typed);
          return at.kind === "ok" ? undefined : describeMilestoneProblem(session, at.failure);
        },
      });
      if (answer.kind !== "next") return answer;
      const at = read(answer.value);
      return next({ ...state, times: at.kind === "failed" || at.value === undefined ? others : { ...others, [milestone]: at.value } });
    },
  };
}
