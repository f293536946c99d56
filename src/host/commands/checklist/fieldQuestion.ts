import * as vscode from "vscode";
import type { FieldToFill } from "../../../core/issue/stepMark";
import { distinctLogins } from "../../../core/model/names";
import { type FieldDefinition, type ValueFlaw, valueFlaw } from "../../../core/model/stepRequests";
import type { DeskSession } from "../../app/session";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { describePerson } from "../input/pickIssue";

interface FieldQuestion extends FieldToFill {
  /** The value that it has now. */
  readonly value: string;
}

/** Asks for the value of a field. The answer is valid for its type, or empty if no value is required. */
export function askValue(session: DeskSession, question: FieldQuestion, flowStep: FlowStep): Promise<Answer<string>> {
  const { field } = question;
  if (field.type === "choice") return pick(question, (field.choices ?? []).map((value) => ({ label: plainLabel(value), value })), flowStep);
  const people = field.type === "person" ? peopleOf(session) : [];
  return people.length > 0 ? pick(question, people, flowStep) : type(question, flowStep);
}

interface ValueChoice {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
}

function peopleOf(session: DeskSession): readonly ValueChoice[] {
  const me = session.account.knownMe();
  const logins = distinctLogins([...session.desk.config().people.map(({ login }) => login), ...(me === undefined ? [] : [me])]);
  return logins.map((login) => ({ label: plainLabel(login), description: describePerson(session, login), value: login }));
}

function pick({ field, required, value }: FieldQuestion, choices: readonly ValueChoice[], flowStep: FlowStep): Promise<Answer<string>> {
  return pickOne({
    flowStep,
    placeholder: vscode.l10n.t("Select a value for “{0}”", plainLabel(field.name)),
    choices: [...choices, ...(required ? [] : [{ label: `$(circle-slash) ${vscode.l10n.t("No Value")}`, value: "" }])],
    active: (each) => each === value,
  });
}

function type({ field, required, value }: FieldQuestion, flowStep: FlowStep): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const name = plainLabel(field.name);
  return enterText({
    flowStep,
    prompt: required ? t("Enter a value for “{0}”", name) : t("Enter a value for “{0}”, or leave it empty", name),
    placeholder: { text: name, number: "12", date: t("year-month-day, for example 2026-11-21"), choice: name, person: t("a login"), link: "https://" }[field.type],
    value,
    ...(required ? { needed: t("This step needs a value for “{0}”.", name) } : {}),
    refuse: (text) => (text === "" ? undefined : describeFlaw(valueFlaw(field, text), field)),
  }).then((answer) => (answer.kind === "next" ? next(answer.value) : answer));
}

function describeFlaw(flaw: ValueFlaw | undefined, { choices = [] }: FieldDefinition): string | undefined {
  const t = vscode.l10n.t;
  switch (flaw) {
    case undefined:
      return undefined;
    case "empty":
      return t("Enter a value.");
    case "notNumber":
      return t("Enter a number, such as 12 or 0.5.");
    case "notDate":
      return t("Enter a date as year-month-day, such as 2026-11-21.");
    case "notChoice":
      return t("Enter one of {0}.", choices.map(plainLabel).join(", "));
    case "notLogin":
      return t("A login has no spaces, @, commas or slashes.");
    case "notLink":
      return t("A URL starts with https:// and has no spaces.");
  }
}
