import * as vscode from "vscode";
import { startChecklist } from "../../../core/checklist/startChecklist";
import { formDraft } from "../../../core/forms/renderForm";
import { draftIssue, draftWithChecklist } from "../../../core/issue/draftIssue";
import { environmentLabel, testLabel } from "../../../core/markup/labels";
import type { Kind } from "../../../core/model/desk";
import type { Answers, IssueForm } from "../../../core/model/issueForm";
import type { IssueRef } from "../../../core/model/issueRef";
import type { LinkTarget } from "../../../core/model/operation";
import { ok, type Result } from "../../../core/model/result";
import { firstRoleOnCall } from "../../../core/oncall/rotation";
import type { Submission } from "../../../core/sync/outbox";
import type { DeskSession } from "../../app/session";
import type { DeskTools } from "../input/command";
import { revealIssue } from "../input/show";
import type { CreateState } from "./createState";

/** A form with its answers. */
interface FilledForm {
  readonly form: IssueForm;
  readonly answers: Answers;
}

/** What a new issue is created from, in addition to the answers. */
interface NewIssue {
  readonly kind: Kind;
  /** The login of the user. Whoever is on call is assigned, otherwise the user. */
  readonly by: string;
  readonly filled?: FilledForm;
  readonly under?: LinkTarget;
}

/** An issue that was created, and the id of its checklist if it has one. */
interface CreatedIssue {
  readonly ref: IssueRef;
  readonly checklist?: string;
}

/** Creates an issue with its checklist in one operation, and shows it in its view. */
export async function createIssue(tools: DeskTools, state: CreateState, { kind, by, filled, under }: NewIssue): Promise<Result<CreatedIssue> | Exclude<Submission, { readonly kind: "done" }>> {
  const { session } = tools;
  const desk = session.desk.config();
  const found = state.runbook === undefined ? undefined : await session.runbooks.get(state.runbook);
  const holders = session.clocks.holders();
  const role = firstRoleOnCall(desk, holders) ?? "";
  const repository = state.repository ?? found?.details.repository;
  const input = {
    kind: kind.name,
    title: state.title,
    details: state.details,
    services: state.services,
    labels: [
      ...(state.severity === undefined ? [] : [state.severity]),
      ...state.environments.map(environmentLabel),
      ...(found?.details.labels ?? []),
      ...(state.isTest === true ? [testLabel] : []),
    ],
    assignees: [holders[found?.details.assign ?? role] ?? holders[role] ?? by],
    ...(state.priority === undefined ? {} : { priority: state.priority }),
    ...(repository !== undefined && kind.repositories.includes(repository) ? { repository } : {}),
  };
  const draft = draftIssue(desk, formDraft(input, filled?.form, filled?.answers ?? {}));
  if (draft.kind === "failed") return draft;
  const checklist = found === undefined || found.steps.length === 0 ? undefined : startChecklist(found, { id: session.ids.next(), startedAt: session.clock.now(), by, holders });
  const fullDraft = checklist === undefined ? draft.value : draftWithChecklist(draft.value, checklist, session.runbooks.urlOf(checklist.runbook));
  const created = await tools.submit(vscode.l10n.t("Creating the issue…"), { kind: "create", draft: fullDraft, ...(under === undefined ? {} : { under }) });
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  return ok({ ref, ...(checklist === undefined ? {} : { checklist: checklist.id }) });
}

/** The login of the user. Asks who they are if it is not known. Fails if it cannot be determined; `undefined` if they leave the question. */
export async function askWho({ account }: Pick<DeskSession, "account">): Promise<Result<string> | undefined> {
  const login = await account.login();
  return login.kind === "failed" && (login.failure.kind === "noIdentity" || login.failure.kind === "signedOut") ? undefined : login;
}
