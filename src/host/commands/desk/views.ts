import * as vscode from "vscode";
import { issueFacts } from "../../../core/issue/issueFacts";
import { ok } from "../../../core/model/result";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { choiceKey, type Grouping, groupings, type IssueFilter, plainChoice, readChoice } from "../../views/outlineChoice";
import type { BareTools, CommandEnd, DeskTools } from "../input/command";

type Part = { readonly [Name in Exclude<keyof IssueFilter, "text">]?: string } | { readonly text: true };

/** Says which issues the views show. Several parts may be ticked; of two for the same field the last one counts. */
export async function filterViews({ session, context }: DeskTools): Promise<CommandEnd> {
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
    flowStep: { title: t("Filter issues"), back: false },
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
  const words = text === true ? await enterText({ flowStep: { title: t("Filter issues"), back: false }, prompt: t("Show issues with all of these words"), value: filter.text ?? "" }) : undefined;
  if (words !== undefined && words.kind !== "next") return undefined;
  if (rest["assignee"] === "@me" && (await session.account.me()) === undefined) return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, filter: { ...rest, ...(words === undefined ? {} : { text: words.value }) } });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Shows all open issues again; groups stay. */
export async function clearFilter({ context }: BareTools): Promise<CommandEnd> {
  await context.workspaceState.update(choiceKey, { ...readChoice(context.workspaceState.get(choiceKey)), filter: plainChoice.filter });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Groups the issues of all views by what a person picks. */
export async function groupViews({ context }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const choice = readChoice(context.workspaceState.get(choiceKey));
  const names: Readonly<Record<Grouping, string>> = {
    none: t("No groups"),
    stage: t("Stage"),
    priority: t("Priority"),
    assignee: t("Assignee"),
    kind: t("Kind"),
  };
  const answer = await pickOne({
    flowStep: { title: t("Group issues by"), back: false },
    placeholder: t("By what?"),
    choices: groupings.map((group) => ({ label: names[group], description: group === choice.group ? t("now") : "", value: group })),
    active: (group) => group === choice.group,
  });
  if (answer.kind !== "next") return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, group: answer.value });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Reads the desk's issues again. */
export async function refreshViews({ session, working }: DeskTools): Promise<CommandEnd> {
  await working(vscode.l10n.t("Reading the desk…"), session.refresh());
  return session.store.failure();
}
