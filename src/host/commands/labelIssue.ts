import * as vscode from "vscode";
import { kindLabel } from "../../core/issue/issueFacts";
import { distinctNames, hasName } from "../../core/sameName";
import { failed, ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseNames } from "./input/chooseNames";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Adds labels to an issue and takes them away: any the desk or its issues know, or a new one. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Label issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?") });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const desk = session.desk.config();
  const meaning = new Map([
    ...desk.kinds.map((kind) => [kindLabel(kind), t("kind")] as const),
    ...desk.priorities.map((priority) => [priority.label, t("priority")] as const),
  ]);
  const seen = (session.issues.snapshot()?.issues ?? []).flatMap((other) => other.labels);
  const labels = distinctNames([...issue.labels, ...[...meaning.keys(), ...seen].sort()]);
  const change = await chooseNames({
    place: { title, back: false },
    placeholder: t("Labels of {0}: tick any, then press Enter", sayRef(session, ref)),
    names: labels,
    describe: (label) => meaning.get(label) ?? "",
    current: issue.labels,
    has: hasName,
    other: { label: t("New label…"), prompt: t("The new label"), needed: t("Type a label, or press Escape.") },
  });
  if (change === undefined) return undefined;
  if (change.add.length === 0 && change.remove.length === 0) return ok(undefined);
  return tools.submit(t("Labelling…"), { kind: "edit", ref, change: { kind: "label", ...change } });
}
