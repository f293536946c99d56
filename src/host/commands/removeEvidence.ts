import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../core/parseData";
import { evidenceSchema } from "../../core/runbook/run";
import type { CommandEnd, DeskTools } from "./command";
import { readIssueTarget } from "./input/readTarget";

/** Takes a piece of evidence away from the step that an argument names. */
export async function run({ submit }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const target = readIssueTarget(argument);
  const evidence = parseData(v.object({ evidence: evidenceSchema }), argument)?.evidence;
  if (target?.run === undefined || target.step === undefined || evidence === undefined) return undefined;
  const change = { kind: "showEvidence" as const, run: target.run, step: target.step, add: [], remove: [evidence] };
  return submit(vscode.l10n.t("Taking the evidence away…"), { kind: "edit", ref: target.ref, change });
}
