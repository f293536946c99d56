import * as vscode from "vscode";
import { currentRuns } from "../../core/issue/currentRun";
import { progress } from "../../core/runbook/marking";
import { stepStates, type StepState } from "../../core/runbook/stepStates";
import type { ShownRun } from "../../markdown/previewParts";
import { sayRef } from "../commands/input/pickIssue";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { sayInstant } from "../views/sayInstant";
import { openRunsNow } from "./openRunsNow";

/** The run that a preview of the runbook shows, in words; `undefined` when no open issue follows it. */
export function runShown(session: DeskSession, path: string): ShownRun | undefined {
  const found = currentRuns(openRunsNow(session), session.account.knownMe()).get(path);
  if (found === undefined) return undefined;
  const { issue, run } = found;
  const { settled, total } = progress(run);
  const words = vscode.l10n.t("Checklist of {0} {1}: {2}/{3}", sayRef(session, issue.ref), plainLabel(issue.title), settled, total);
  const steps = [...stepStates(run)].map(([id, state]) => [id, { kind: state.kind, words: wordsOf(state, session) }] as const);
  return { issue: issue.ref, run: run.id, words, steps: new Map(steps) };
}

function wordsOf(state: StepState, session: DeskSession): string {
  const t = vscode.l10n.t;
  switch (state.kind) {
    case "open":
      return t("Step, not done");
    case "current":
      return t("Current step, not done");
    case "left":
      return t("Not chosen");
    case "locked":
      return t("Locked until every step of the gate “{0}” is settled.", plainLabel(state.gate));
    case "done": {
      const who = whoAndWhen(state, session);
      return who === "" ? t("Ticked in the issue's text") : t("Done by {0}", who);
    }
    case "skipped": {
      const who = whoAndWhen(state, session);
      const what = who === "" ? t("Skipped") : t("Skipped by {0}", who);
      return state.reason === "" ? what : `${what}: ${plainLabel(state.reason)}`;
    }
  }
}

/** As in `ana, 16:02`; people may have written anything into an issue. */
function whoAndWhen({ by, at }: Extract<StepState, { readonly kind: "done" | "skipped" }>, session: DeskSession): string {
  const isInstant = at !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(at) && !Number.isNaN(Date.parse(at));
  const time = isInstant ? [sayInstant(at, session.clock.now(), session.desk.config().timezone, vscode.env.language)] : [];
  return [...(by === undefined ? [] : [plainLabel(by)]), ...time].join(", ");
}
