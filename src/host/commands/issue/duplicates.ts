import * as vscode from "vscode";
import { duplicateNotices, duplicateOperations, duplicatesOf, findOriginal } from "../../../core/incident/duplicates";
import { expectingAudiences } from "../../../core/incident/ending";
import { incidentState, milestoneTime } from "../../../core/incident/incidentState";
import type { Desk } from "../../../core/model/desk";
import type { Issue } from "../../../core/model/issue";
import { refKey, sameRef } from "../../../core/model/issueRef";
import { batchOf, type SingleOperation } from "../../../core/model/operation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { plainLabel } from "../../ui/safeText";
import { confirmUninformed } from "../../ui/uninformed";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen, likeliestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { searchKnown } from "../input/suggestions";

const maxSimilar = 8;

/** Links an issue as a duplicate of another one and closes it. Its reporter is informed when the other one is resolved or closed. */
export async function markDuplicate(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Mark as duplicate");
  const chosen = await chooseKnownIssue(session, argument, { title, placeholder: t("Select the duplicate"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference, flowStep } = chosen.value;
  const found = await tools.working(t("Looking for similar issues…"), searchKnown(tools, facts.name));
  if (found === undefined) return undefined;
  // An issue that stays for this one cannot be its duplicate at the same time.
  const all = session.issues.snapshot()?.issues ?? [];
  const excluded = new Set([ref, ...duplicatesOf(issue, all).map((other) => other.ref)].map(refKey));
  const similar = found.filter((other) => !excluded.has(refKey(other.ref))).slice(0, maxSimilar);
  const similarKeys = new Set(similar.map((other) => refKey(other.ref)));
  const others = likeliestFirst(session, all).filter((other) => !excluded.has(refKey(other.ref)) && !similarKeys.has(refKey(other.ref)));
  if (similar.length + others.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no other issue that {0} can be a duplicate of.", reference)), session.log);
    return undefined;
  }
  const answer = await pickIssue(session, {
    flowStep,
    placeholder: t("Which issue is {0} a duplicate of?", plainLabel(`${reference} ${issue.title}`)),
    issues: [...similar, ...others],
    ...(similar.length === 0 ? {} : { first: { heading: t("Similar issues"), otherwise: t("Other issues"), belongs: (other: Issue) => similarKeys.has(refKey(other.ref)) } }),
  });
  const picked = answer.kind === "next" ? [...similar, ...others].find((other) => sameRef(other.ref, answer.value)) : undefined;
  const latest = picked && (await tools.working(t("Reading the issue…"), findOriginal(session.store.tracker, picked)));
  if (picked === undefined || latest === undefined) return undefined;
  const original = sameRef(latest.ref, ref) ? picked : latest;
  const desk = session.desk.config();
  const end = issue.state === "closed" ? "end" : await confirmUninformed(title, expectingAudiences(desk, facts, incidentState(desk, issue)));
  if (end === undefined) return undefined;
  const submission = await tools.submit(t("Marking as a duplicate…"), batchOf(duplicateOperations(issue, original.ref, all, endOf(desk, original))));
  if (submission.kind === "done") void vscode.window.setStatusBarMessage(t("{0} is closed as a duplicate of {1}", reference, shortReference(session, original.ref)), 4000);
  if (end === "send" && submission.kind !== "failed") runInBackground(vscode.commands.executeCommand("responseDesk.issue.sendUpdate", ref), session.log);
  return submission;
}

function endOf(desk: Desk, original: Issue): "resolved" | "closed" | undefined {
  return original.state === "closed" ? "closed" : isResolved(desk, original) ? "resolved" : undefined;
}

/**
 * The comments that inform the reporters of the issue's duplicates that it was resolved or closed. They belong into the batch
 * that resolves or closes it. Empty if it was resolved before, because the reporters were informed then.
 */
export function noticesToDuplicates(session: DeskSession, issue: Issue, event: "resolved" | "closed", resolution: string): readonly SingleOperation[] {
  if (event === "closed" && isResolved(session.desk.config(), issue)) return [];
  return duplicateNotices(issue, session.issues.snapshot()?.issues ?? [], { event, resolution, mentions: session.store.now().kind === "github" });
}

function isResolved(desk: Desk, issue: Issue): boolean {
  return milestoneTime(incidentState(desk, issue), "resolved") !== undefined;
}
