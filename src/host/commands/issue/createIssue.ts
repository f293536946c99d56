import * as vscode from "vscode";
import { startChecklist } from "../../../core/checklist/startChecklist";
import { formDraft, initialAnswers } from "../../../core/forms/renderForm";
import { keepDecision } from "../../../core/incident/criteria";
import { draftIssue, draftWithChecklist } from "../../../core/issue/draftIssue";
import { kindLabel } from "../../../core/issue/issueFacts";
import { environmentLabel, testLabel } from "../../../core/markup/labels";
import { findKind, type Kind, rolePeople } from "../../../core/model/desk";
import type { Answers, IssueForm } from "../../../core/model/issueForm";
import type { IssueRef, Repository } from "../../../core/model/issueRef";
import { batchOf, type LinkTarget, type SingleOperation } from "../../../core/model/operation";
import { failed, ok, type Result } from "../../../core/model/result";
import type { Runbook } from "../../../core/model/runbook";
import { firstRoleOnCall } from "../../../core/oncall/rotation";
import type { Submission } from "../../../core/sync/outbox";
import type { DeskSession } from "../../app/session";
import { openIssuePage } from "../../ui/openPanel";
import type { DeskTools } from "../input/command";
import { askProcedure } from "../input/pickRunbook";
import { revealIssue } from "../input/show";
import { suggestRunbooks } from "../input/suggestions";
import type { CreateState } from "./createState";
import { formOfKind, formReading, type FormReading, shortWait } from "./formQuestions";

/** A form with its answers. */
interface FilledForm {
  readonly form: IssueForm;
  readonly answers: Answers;
}

/** The kind of a new issue and the login of the user. Whoever is on call is assigned, otherwise the user. */
export interface NewIssue {
  readonly kind: Kind;
  readonly by: string;
}

/** What a new issue is created from, in addition to the answers. */
interface IssueParts extends NewIssue {
  readonly filled?: FilledForm;
  readonly under?: LinkTarget;
  /** Changes of other issues that belong to the same command. */
  readonly also?: readonly SingleOperation[];
}

/** An issue that was created, and the id of its checklist if it has one. */
interface CreatedIssue {
  readonly ref: IssueRef;
  readonly checklist?: string;
}

type Creation = Result<CreatedIssue> | Exclude<Submission, { readonly kind: "done" }>;

/** Finds a kind of the desk, and asks the user who they are if that is not known. Returns `undefined` if they leave the question. */
export async function startCreating(session: DeskSession, name: string): Promise<Result<NewIssue> | undefined> {
  const kind = findKind(session.desk.config(), name);
  if (kind === undefined) return failed({ kind: "invalidDraft", reason: "unknownKind" });
  const who = await askWho(session);
  return who?.kind === "ok" ? ok({ kind, by: who.value }) : who;
}

/** The login of the user. Asks who they are if it is not known. Fails if it cannot be determined; `undefined` if they leave the question. */
export async function askWho({ account }: Pick<DeskSession, "account">): Promise<Result<string> | undefined> {
  const login = await account.login();
  return login.kind === "failed" && (login.failure.kind === "noIdentity" || login.failure.kind === "signedOut") ? undefined : login;
}

/** Creates an issue with its checklist in one operation, and shows it in its view. */
export async function createIssue(tools: DeskTools, state: CreateState, { kind, by, filled, under, also = [] }: IssueParts): Promise<Creation> {
  const { session } = tools;
  const desk = session.desk.config();
  const found = state.runbook === undefined ? undefined : await session.runbooks.get(state.runbook);
  const holders = session.clocks.holders();
  const role = firstRoleOnCall(desk, holders) ?? "";
  const repository = repositoryOf(kind, state, found);
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
    ...(repository === undefined ? {} : { repository }),
  };
  const draft = draftIssue(desk, formDraft(input, filled?.form, filled?.answers ?? {}));
  if (draft.kind === "failed") return draft;
  const at = session.clock.now();
  const { draft: decided, then } = keepDecision(draft.value, state, { at, by });
  const checklist = found === undefined || found.steps.length === 0 ? undefined : startChecklist(found, { id: session.ids.next(), startedAt: at, by, holders, people: rolePeople(desk) });
  const fullDraft = checklist === undefined ? decided : draftWithChecklist(decided, checklist, session.runbooks.urlOf(checklist.runbook));
  const created = await tools.submit(
    vscode.l10n.t("Creating the issue…"),
    batchOf([{ kind: "create", draft: fullDraft, ...(under === undefined ? {} : { under }), ...(then.length === 0 ? {} : { then }) }, ...also]),
  );
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  return ok({ ref, ...(checklist === undefined ? {} : { checklist: checklist.id }) });
}

/**
 * Creates an issue without further questions, and opens its page: with the default runbook of its kind, and with the text and the
 * labels of the issue form that sets the kind's label, without answers. If the runbook is a handbook, the user selects a procedure.
 * Returns `undefined` if they do not.
 */
export async function createNow(tools: DeskTools, state: CreateState, { reading, ...parts }: Omit<IssueParts, "filled"> & { readonly reading?: FormReading }): Promise<Creation | undefined> {
  const { kind } = parts;
  const suggested = await runbookFor(tools.session, kind, state);
  const procedure = suggested && (await askProcedure(tools.session, suggested, { title: state.title, back: false }));
  if (procedure !== undefined && procedure.kind !== "next") return undefined;
  const runbook = procedure?.value;
  const repository = repositoryOf(kind, state, runbook) ?? kind.repositories[0] ?? "";
  const forms = reading ?? formReading(tools, [repository], shortWait);
  await forms.ready([repository]);
  const form = formOfKind(forms.of(repository), kindLabel(kind));
  const priority = state.priority ?? runbook?.details.priority;
  const created = await createIssue(
    tools,
    { ...state, ...(runbook === undefined ? {} : { runbook: runbook.path }), ...(priority === undefined ? {} : { priority }) },
    { ...parts, ...(form === undefined ? {} : { filled: { form, answers: initialAnswers(form, state.details) } }) },
  );
  if (created.kind === "ok") openIssuePage(created.value.ref);
  return created;
}

/** The selected runbook, otherwise the default one of the kind, otherwise one whose front matter matches the text. */
async function runbookFor(session: DeskSession, kind: Kind, state: CreateState): Promise<Runbook | undefined> {
  if (state.runbook !== undefined) return session.runbooks.get(state.runbook);
  const { title, details, services } = state;
  const suggested = suggestRunbooks(await session.runbooks.all(), session.desk.config(), session.desk.folder(), { kind: kind.name, title, details, services, labels: [] });
  const found = suggested.find(({ why }) => why === "kind") ?? suggested.find(({ why }) => why === "match");
  return found === undefined ? undefined : session.runbooks.get(found.runbook.path);
}

/** The selected repository, or that of the runbook, if it is one of the kind's. */
function repositoryOf(kind: Kind, state: CreateState, runbook: Runbook | undefined): Repository | undefined {
  const repository = state.repository ?? runbook?.details.repository;
  return repository !== undefined && kind.repositories.includes(repository) ? repository : undefined;
}
