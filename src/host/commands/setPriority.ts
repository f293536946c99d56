import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { failed } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { pickOne } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Sets or takes away an issue's priority. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Set priority");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Of which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const desk = session.desk.config();
  const now = issueFacts(issue, desk).priority;
  const answer = await pickOne<{ readonly label?: string; readonly name?: string }>({
    place: { title, back: false },
    placeholder: t("How urgent is {0}?", sayRef(session, ref)),
    choices: [
      ...desk.priorities.map(({ name, label, criteria }) => ({
        label: plainLabel(name),
        description: name === now ? t("now") : "",
        ...(criteria.length === 0 ? {} : { detail: plainLabel(criteria.join(" · ")) }),
        value: { label, name },
      })),
      { label: `$(dash) ${t("No priority")}`, value: {} },
    ],
    active: (value) => value.name === now,
  });
  if (answer.kind !== "next" || answer.value.name === now) return undefined;
  const known = desk.priorities.map(({ label }) => label.toLowerCase());
  const add = answer.value.label === undefined ? [] : [answer.value.label];
  const remove = issue.labels.filter((label) => known.includes(label.toLowerCase()) && !add.includes(label));
  return tools.submit(t("Setting the priority…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}
