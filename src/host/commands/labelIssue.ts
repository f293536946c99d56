import * as vscode from "vscode";
import { kindLabel } from "../../core/issue/issueFacts";
import { distinctNames, hasName } from "../../core/sameName";
import { failed, ok } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { pickMany } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Adds labels to an issue and takes them away: any the desk or its issues know, or a new one. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Label issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?") });
  if (ref === undefined) return undefined;
  const issue = session.issue(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const { desk } = session.desk();
  const meaning = new Map([
    ...desk.kinds.map((kind) => [kindLabel(kind), t("kind")] as const),
    ...desk.priorities.map((priority) => [priority.label, t("priority")] as const),
  ]);
  const seen = (session.issues()?.issues ?? []).flatMap((other) => other.labels);
  const labels = distinctNames([...issue.labels, ...[...meaning.keys(), ...seen].sort()]);
  const answer = await pickMany<{ readonly label?: string }>({
    place: { title, back: false },
    placeholder: t("Labels of {0}: tick any, then press Enter", sayRef(session, ref)),
    choices: [
      ...labels.map((label) => ({ label: plainLabel(label), description: meaning.get(label) ?? "", value: { label }, picked: hasName(issue.labels, label) })),
      { label: `$(add) ${t("New label…")}`, value: {} },
    ],
  });
  if (answer.kind !== "next") return undefined;
  const chosen = answer.value.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const fresh = answer.value.some(({ label }) => label === undefined)
    ? await enterText({ place: { title, back: false }, prompt: t("The new label"), needed: t("Type a label, or press Escape.") })
    : undefined;
  if (fresh !== undefined && fresh.kind !== "next") return undefined;
  const wanted = [...chosen, ...(fresh === undefined ? [] : [fresh.value])];
  const add = wanted.filter((label) => !hasName(issue.labels, label));
  const remove = issue.labels.filter((label) => !hasName(wanted, label));
  if (add.length === 0 && remove.length === 0) return ok(undefined);
  return tools.submit(t("Labelling…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}
