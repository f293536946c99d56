import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { ok } from "../../core/result";
import { choiceKey, readChoice, type IssueFilter } from "../views/outlineChoice";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { pickMany, type Choice } from "./input/pick";

type Part = { readonly [Name in Exclude<keyof IssueFilter, "text">]?: string } | { readonly text: true };

/** Says which issues the views show. Several parts may be ticked; of two for the same field the last one counts. */
export async function run({ session, context }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const choice = readChoice(context.workspaceState.get(choiceKey));
  const { filter } = choice;
  const desk = session.desk.config();
  const issues = session.issues.snapshot()?.issues ?? [];
  const services = [...new Set([...desk.services, ...issues.flatMap((issue) => issueFacts(issue, desk).services)])];
  const people = [...new Set(issues.flatMap((issue) => issue.assignees))].sort();
  const part = (name: Exclude<keyof IssueFilter, "text" | "state">, value: string, label: string, heading?: string): Choice<Part> => ({
    label,
    value: { [name]: value },
    picked: filter[name] === value,
    ...(heading === undefined ? {} : { heading }),
  });
  const each = (name: "priority" | "stage" | "service" | "assignee", values: readonly string[], heading: string): Choice<Part>[] =>
    values.map((value, index) => part(name, value, plainLabel(value), index === 0 ? heading : undefined));
  const answer = await pickMany<Part>({
    place: { title: t("Filter issues"), back: false },
    placeholder: t("Tick what to show, then press Enter; nothing ticked shows all open issues"),
    choices: [
      { label: t("Words in title or labels…"), ...(filter.text === undefined ? {} : { description: `“${plainLabel(filter.text)}”` }), value: { text: true }, picked: filter.text !== undefined },
      { label: t("Closed too"), value: { state: "all" }, picked: filter.state === "all" },
      { label: t("Only closed"), value: { state: "closed" }, picked: filter.state === "closed" },
      part("assignee", "@me", t("Assigned to me"), t("Assignee")),
      part("assignee", "@nobody", t("Assigned to nobody")),
      ...people.map((login) => part("assignee", login, plainLabel(login))),
      ...each("priority", desk.priorities.map(({ name }) => name), t("Priority")),
      ...each("stage", desk.stages, t("Stage")),
      ...each("service", services, t("Service")),
    ],
  });
  if (answer.kind !== "next") return undefined;
  const chosen = answer.value.reduce<Record<string, unknown>>((all, one) => ({ ...all, ...one }), {});
  const { text, ...rest } = chosen;
  const words = text === true ? await enterText({ place: { title: t("Filter issues"), back: false }, prompt: t("Show issues with all of these words"), value: filter.text ?? "" }) : undefined;
  if (words !== undefined && words.kind !== "next") return undefined;
  if (rest["assignee"] === "@me" && (await session.account.me()) === undefined) return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, filter: { ...rest, ...(words === undefined ? {} : { text: words.value }) } });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}
