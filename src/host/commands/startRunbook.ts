import * as vscode from "vscode";
import { findKind } from "../../core/desk/kindOf";
import { isWork } from "../../core/issue/ownKinds";
import type { IssueRef } from "../../core/issue/issueRef";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { createFlow } from "./create/createFlow";
import { beginRun } from "./input/beginRun";
import type { Choice } from "./input/pick";
import { newestFirst, pickIssue } from "./input/pickIssue";
import { chooseRunbook } from "./input/pickRunbook";
import { beginChecklist } from "./input/beginChecklist";

/** Starts a runbook: on a new issue of its kind, or on an open one. A role checklist starts as today's. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const runbook = await chooseRunbook(session, args, t("Start run"), t("Which runbook?"));
  if (runbook === undefined) return undefined;
  if (runbook.details.when !== undefined) return beginChecklist(tools, runbook);
  const desk = session.desk.config();
  const kind = findKind(desk, runbook.details.kind ?? "");
  const kinds = kind === undefined ? desk.kinds : [kind, ...desk.kinds.filter((other) => other !== kind)];
  const fresh = kinds.map((each): Choice<IssueRef | string> => ({ label: `$(add) ${t("On a new {0}", plainLabel(each.name))}`, value: each.name }));
  const open = newestFirst((session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && isWork(session.issues.factsOf(issue).kind)));
  const answer = await pickIssue<string>(session, {
    place: { title: t("Start “{0}”", plainLabel(runbook.title)), back: false },
    placeholder: t("What is it followed for?"),
    before: fresh,
    issues: open,
    first: {
      heading: t("Open, without this checklist"),
      otherwise: t("Open, already following it"),
      belongs: (issue) => !session.issues.factsOf(issue).runs.some((each) => each.runbook === runbook.path),
    },
  });
  if (answer.kind !== "next") return undefined;
  if (typeof answer.value === "string") {
    const title = answer.value === "incident" ? t("Declare incident") : t("New {0}", plainLabel(answer.value));
    return createFlow(tools, { kind: answer.value, title, runbook: runbook.path });
  }
  return beginRun(tools, answer.value, runbook, session.ids.next());
}
