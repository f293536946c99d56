import * as vscode from "vscode";
import { isRecord } from "../../core/isRecord";
import type { Evidence } from "../../core/runbook/run";
import type { CommandEnd, DeskTools } from "./command";
import { readIssueTarget } from "./input/readTarget";

/** Takes a piece of evidence away from the step that an argument names. */
export async function run({ submit }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const target = readIssueTarget(argument);
  const piece = isRecord(argument) ? argument["evidence"] : undefined;
  if (target?.run === undefined || target.step === undefined || !isRecord(piece)) return undefined;
  const { kind, value } = piece;
  if ((kind !== "link" && kind !== "file" && kind !== "text") || typeof value !== "string") return undefined;
  const evidence: Evidence = { kind, value };
  const change = { kind: "showEvidence" as const, run: target.run, step: target.step, add: [], remove: [evidence] };
  return submit(vscode.l10n.t("Taking the evidence away…"), { kind: "edit", ref: target.ref, change });
}
