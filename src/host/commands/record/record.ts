import * as vscode from "vscode";
import { readRepositories, repositoriesField, repositoriesOf } from "../../../core/incident/records";
import { recordStartedComment } from "../../../core/markup/issueTexts";
import { renderMilestone } from "../../../core/markup/milestone";
import { type Issue, opportunityKind, recordKind } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import type { Result } from "../../../core/model/result";
import { enterText } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen, shortReference } from "../input/pickIssue";
import { createNow, startCreating } from "../issue/createIssue";
import { emptyState } from "../issue/createState";
import { raiseRequest } from "../triage/request";

/** Creates a record from an opportunity, with its default runbook. Both link to each other, and the opportunity says so. */
export async function startRecord(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const begun = await startCreating(session, recordKind);
  if (begun?.kind !== "ok") return begun;
  const title = t("Start record");
  const chosen = await choose(tools, argument, opportunityKind, title, t("Select the opportunity"));
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue } = chosen.value;
  const answer = await enterText({ flowStep: { title, back: false }, prompt: t("The title of the record"), value: session.issues.factsOf(issue).name, needed: t("Enter a title.") });
  if (answer.kind !== "next") return undefined;
  const started = { kind: "comment" as const, ref, markdown: renderMilestone("note", recordStartedComment(answer.value)) };
  return createNow(tools, { ...emptyState, title: answer.value }, { ...begun.value, under: { parent: ref, relation: "child" }, also: [started] });
}

/** Creates a request that belongs to a record, with its default runbook. */
export async function requestForRecord(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const chosen = await choose(tools, argument, recordKind, t("Create request"), t("Select the record"));
  return chosen?.kind === "ok" ? raiseRequest(tools, { report: "", record: chosen.value.ref }) : chosen;
}

/** Sets the code repositories that belong to a record. */
export async function setRepositories(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Set repositories");
  const chosen = await choose(tools, argument, recordKind, title, t("Select the record"));
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue } = chosen.value;
  const answer = await enterText({
    flowStep: { title, back: false },
    prompt: t("The code repositories of {0}, separated by commas: owner/name", shortReference(session, ref)),
    placeholder: "acme/portal, acme/reports",
    value: repositoriesOf(issue).join(", "),
    refuse: (typed) => {
      const { invalid } = readRepositories(typed);
      return invalid === undefined ? undefined : t("“{0}” is not a repository. Use the form owner/name.", invalid);
    },
  });
  if (answer.kind !== "next") return undefined;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const field = { name: repositoriesField, value: readRepositories(answer.value).names.join("\n"), at: session.clock.now(), by };
  return tools.submit(t("Setting the repositories…"), { kind: "edit", ref, change: { kind: "setFields", fields: [field] } });
}

function choose({ session }: DeskTools, argument: unknown, kind: string, title: string, placeholder: string): Promise<Result<{ readonly ref: IssueRef; readonly issue: Issue }> | undefined> {
  return chooseKnownIssue(session, argument, { title, placeholder, suits: (issue) => isOpen(issue) && session.issues.factsOf(issue).kind === kind });
}
