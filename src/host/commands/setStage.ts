import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { stageLabel, stageLabels } from "../../core/issue/stageLabel";
import { failed, ok } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { pickOne } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Moves an issue to another stage of the desk. The last stage is reached by closing. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Set stage");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const desk = session.desk.config();
  const now = issueFacts(issue, desk).stage;
  const last = desk.stages.at(-1);
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: t("Where is {0} now?", sayRef(session, ref)),
    choices: desk.stages.map((stage) => ({
      label: plainLabel(stage),
      description: [...(stage === now ? [t("now")] : []), ...(stage === last ? [t("closes the issue")] : [])].join(" · "),
      value: stage,
    })),
    active: (stage) => stage === now,
  });
  if (answer.kind !== "next" || (answer.value === now && answer.value !== last)) return undefined;
  if (answer.value === last) {
    await vscode.commands.executeCommand("responseDesk.issue.close", ref);
    return ok(undefined);
  }
  const add = [stageLabel(answer.value)];
  const remove = stageLabels(issue.labels).filter((label) => !add.includes(label));
  return tools.submit(t("Moving…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}
