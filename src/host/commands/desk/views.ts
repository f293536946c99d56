import * as vscode from "vscode";
import { issueFacts } from "../../../core/issue/issueFacts";
import { ok } from "../../../core/model/result";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { choiceKey, type Grouping, groupings, type IssueFilter, plainChoice, readChoice } from "../../views/outlineChoice";
import type { BareTools, CommandEnd, DeskTools } from "../input/command";

type Part = { readonly [Name in Exclude<keyof IssueFilter, "text">]?: string } | { readonly text: true };

/** Filters the issues in the views. If two selected choices are for the same field, the last one applies. */
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
    placeholder: t("Select what to show, then press Enter. Select nothing to show all open issues"),
    choices: [
      { label: t("Words in Title or Labels…"), ...(filter.text === undefined ? {} : { description: `“${plainLabel(filter.text)}”` }), value: { text: true }, picked: filter.text !== undefined },
      { label: t("Include Closed"), value: { state: "all" }, picked: filter.state === "all" },
      { label: t("Only Closed"), value: { state: "closed" }, picked: filter.state === "closed" },
      part("assignee", "@me", t("Assigned to Me"), t("Assignee")),
      part("assignee", "@nobody", t("Unassigned")),
      ...people.map((login) => part("assignee", login, plainLabel(login))),
      ...each("priority", desk.priorities.map(({ name }) => name), t("Priority")),
      ...each("stage", desk.stages, t("Stage")),
      ...each("service", services, t("Service")),
    ],
  });
  if (answer.kind !== "next") return undefined;
  const chosen = answer.value.reduce<Record<string, unknown>>((all, one) => ({ ...all, ...one }), {});
  const { text, ...rest } = chosen;
  const typed = text === true ? await enterText({ flowStep: { title: t("Filter issues"), back: false }, prompt: t("Enter words. Issues with all of them are shown"), value: filter.text ?? "" }) : undefined;
  if (typed !== undefined && typed.kind !== "next") return undefined;
  if (rest["assignee"] === "@me" && (await session.account.me()) === undefined) return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, filter: { ...rest, ...(typed === undefined ? {} : { text: typed.value }) } });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Clears the filter. Groups do not change. */
export async function clearFilter({ context }: BareTools): Promise<CommandEnd> {
  await context.workspaceState.update(choiceKey, { ...readChoice(context.workspaceState.get(choiceKey)), filter: plainChoice.filter });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Groups the issues of all views. */
export async function groupViews({ context }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const choice = readChoice(context.workspaceState.get(choiceKey));
  const names: Readonly<Record<Grouping, string>> = {
    none: t("No Groups"),
    stage: t("Stage"),
    priority: t("Priority"),
    assignee: t("Assignee"),
    kind: t("Kind"),
  };
  const answer = await pickOne({
    flowStep: { title: t("Group issues by"), back: false },
    placeholder: t("Select a property"),
    choices: groupings.map((group) => ({ label: names[group], description: group === choice.group ? t("current") : "", value: group })),
    active: (group) => group === choice.group,
  });
  if (answer.kind !== "next") return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, group: answer.value });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}

/** Reloads the desk's issues. */
export async function refreshViews({ session, working }: DeskTools): Promise<CommandEnd> {
  await working(vscode.l10n.t("Refreshing…"), session.refresh());
  return session.store.failure();
}
