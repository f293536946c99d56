import * as vscode from "vscode";
import { progress } from "../../core/checklist/marking";
import { type StepState, stepStates } from "../../core/checklist/stepStates";
import { walkedPath } from "../../core/checklist/walkedPath";
import { type CurrentChecklist, currentChecklists, openChecklists } from "../../core/issue/currentChecklist";
import type { IssueSnapshot } from "../../core/model/issue";
import { fileOfProcedure, splitProcedurePath } from "../../core/model/procedurePath";
import type { ShownChecklist } from "../../markdown/previewParts";
import type { DeskSession } from "../app/session";
import { shortReference } from "../commands/input/pickIssue";
import { formatInstant } from "../ui/format";
import { plainLabel } from "../ui/safeText";

const known = new WeakMap<IssueSnapshot, readonly CurrentChecklist[]>();

/** The open checklists of the desk. Cached for each version of the issues, because editor and preview need them on each key. */
export function openChecklistsNow(session: DeskSession): readonly CurrentChecklist[] {
  const snapshot = session.issues.snapshot();
  if (snapshot === undefined) return [];
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const checklists = openChecklists(snapshot.issues);
  known.set(snapshot, checklists);
  return checklists;
}

/** The states of the checklists in a runbook's preview: one for the file and one for each section that an open issue uses. */
export function previewChecklists(session: DeskSession, path: string): readonly ShownChecklist[] {
  const found = currentChecklists(openChecklistsNow(session), session.account.knownMe());
  return [...found.values()].filter(({ checklist }) => fileOfProcedure(checklist.runbook) === path).map((one) => shown(session, one));
}

function shown(session: DeskSession, { issue, checklist }: CurrentChecklist): ShownChecklist {
  const { slug } = splitProcedurePath(checklist.runbook);
  const { done, total } = progress(checklist);
  const words = vscode.l10n.t("Checklist of {0} {1}: {2}/{3}", shortReference(session, issue.ref), plainLabel(issue.title), done, total);
  const steps = [...stepStates(checklist)].map(([id, state]) => [id, { kind: state.kind, words: wordsOf(state, session) }] as const);
  return { issue: issue.ref, run: checklist.id, ...(slug === undefined ? {} : { section: slug }), words, steps: new Map(steps), edges: walkedPath(checklist).edges };
}

function wordsOf(state: StepState, session: DeskSession): string {
  const t = vscode.l10n.t;
  switch (state.kind) {
    case "open":
      return t("Step, not done");
    case "current":
      return t("Current step, not done");
    case "left":
      return t("Not selected");
    case "locked":
      return t("Locked until every step of the gate “{0}” is done or skipped.", plainLabel(state.gate));
    case "done": {
      const who = whoAndWhen(state, session);
      return who === "" ? t("Marked as done in the issue's text") : t("Done by {0}", who);
    }
    case "skipped": {
      const who = whoAndWhen(state, session);
      const what = who === "" ? t("Skipped") : t("Skipped by {0}", who);
      return state.reason === "" ? what : `${what}: ${plainLabel(state.reason)}`;
    }
  }
}

/** For example `ana, 16:02`. Issues can contain any text in these fields. */
function whoAndWhen({ by, at }: Extract<StepState, { readonly kind: "done" | "skipped" }>, session: DeskSession): string {
  const isInstant = at !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(at) && !Number.isNaN(Date.parse(at));
  const time = isInstant ? [formatInstant(at, session.clock.now(), session.desk.config().timezone, vscode.env.language)] : [];
  return [...(by === undefined ? [] : [plainLabel(by)]), ...time].join(", ");
}
