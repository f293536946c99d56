import * as vscode from "vscode";
import { dateTextOf } from "../../core/duty/localTime";
import { ok } from "../../core/result";
import { newRunbook, type RunbookForm } from "../../core/runbook/newRunbook";
import { deskRoles } from "../../core/desk/roles";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { askAll, next, type Question } from "./input/answer";
import { enterText } from "./input/enterText";
import { openDraft } from "./input/openDraft";
import { pickOne, type Choice } from "./input/pick";
import type { DeskSession } from "../app/session";

/** Begins a runbook from one of a few forms, in an editor that is not saved yet. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  const answers = await askAll<Answers>(vscode.l10n.t("New runbook"), { form: "plain", title: "" }, questions(session));
  if (answers === undefined) return undefined;
  const desk = session.desk.config();
  const { form, title, kind, role } = answers;
  const today = dateTextOf(session.clock.now(), desk.timezone);
  await openDraft(session, title, newRunbook({ form, title, today, ...(kind === undefined || kind === "" ? {} : { kind }), ...(role === undefined ? {} : { role }) }));
  return ok(undefined);
}

interface Answers {
  readonly form: RunbookForm;
  readonly title: string;
  /** Empty: starting it creates nothing. */
  readonly kind?: string;
  readonly role?: string;
}

function questions(session: DeskSession): readonly Question<Answers>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  return [
    {
      async ask(state, place) {
        const answer = await pickOne({ place, placeholder: t("What is it for?"), choices: forms(), active: (form) => form === state.form });
        return answer.kind === "next" ? next({ ...state, form: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form !== "checklist",
      async ask(state, place) {
        const choices: readonly Choice<string>[] = [...desk.kinds.map(({ name }) => ({ label: plainLabel(name), value: name })), { label: t("Nothing"), value: "" }];
        const answer = await pickOne({ place, placeholder: t("What does starting it create?"), choices, active: (kind) => kind === state.kind });
        return answer.kind === "next" ? next({ ...state, kind: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form === "checklist",
      async ask(state, place) {
        const choices = deskRoles(desk).map((role) => ({ label: plainLabel(role), value: role }));
        const answer = await pickOne({ place, placeholder: t("Whose checklist is it?"), choices, active: (role) => role === state.role });
        return answer.kind === "next" ? next({ ...state, role: answer.value }) : answer;
      },
    },
    {
      async ask(state, place) {
        const answer = await enterText({ place, prompt: t("The runbook's title"), value: state.title, needed: t("A runbook needs a title.") });
        return answer.kind === "next" ? next({ ...state, title: answer.value }) : answer;
      },
    },
  ];
}

function forms(): readonly Choice<RunbookForm>[] {
  const t = vscode.l10n.t;
  return [
    { label: `$(checklist) ${t("Steps")}`, detail: t("An empty procedure"), value: "plain" },
    { label: `$(flame) ${t("Response")}`, detail: t("Answer, mend and close, with a decision"), value: "response" },
    { label: `$(milestone) ${t("Stages with gates")}`, detail: t("Nothing goes on before each gate's items are done"), value: "gates" },
    { label: `$(calendar) ${t("Checklist of a role")}`, detail: t("What somebody on duty goes through every day"), value: "checklist" },
  ];
}
