import * as vscode from "vscode";
import { answerOf, initialAnswers } from "../../../core/forms/renderForm";
import { type Answers, answersIn, type BrokenForm, type FormField, type FormFlaw, type FormReason, type FormState, type IssueForm, type RepositoryForms } from "../../../core/model/issueForm";
import type { Repository } from "../../../core/model/issueRef";
import { hasName } from "../../../core/model/names";
import { assertNever, type Result } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { describeFailure } from "../../ui/failureMessages";
import { type Answer, type FlowStep, next, type Question } from "../../ui/inputFlow";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { showFile } from "../input/show";

/** What the questions of issue forms depend on. */
export interface FormContext<State> {
  readonly tools: DeskTools;
  readonly reading: FormReading;
  /** Whether the flow creates an issue whose text is not given yet. */
  readonly creates: (state: State) => boolean;
  readonly repository: (state: State) => Repository | undefined;
  /** The label of the issue's kind. A form that sets this label is selected first. */
  readonly label: (state: State) => string | undefined;
  /** Saves the input so far. */
  readonly save: (state: State) => void;
}

/** The selected form, if the repository still has it. */
export function chosenForm<State extends FormState>({ creates, reading, repository }: FormContext<State>, state: State): IssueForm | undefined {
  return creates(state) ? reading.of(repository(state))?.forms.find(({ path }) => path === state.form) : undefined;
}

/** The form of a repository that sets the label of a kind, if there is one. */
export function formOfKind(offered: RepositoryForms | undefined, label: string | undefined): IssueForm | undefined {
  return label === undefined ? undefined : offered?.forms.find(({ labels }) => hasName(labels, label));
}

type Choosable = { readonly form: string | undefined } | { readonly url: string } | { readonly broken: BrokenForm };

/** Which of the repository's forms to fill in. Not asked if it has none. */
export function formQuestion<State extends FormState>(context: FormContext<State>): Question<State> {
  const { tools, reading, creates, repository, label } = context;
  const ask: Question<State>["ask"] = async (state, flowStep): Promise<Answer<State>> => {
    const offered = reading.of(repository(state));
    const first = formOfKind(offered, label(state))?.path;
    const answer = await pickOne<Choosable>({
      flowStep,
      placeholder: vscode.l10n.t("Select a form of {0}", plainLabel(repository(state) ?? "")),
      choices: offered === undefined ? [] : choicesOf(offered),
      active: (value) => "form" in value && value.form !== undefined && value.form === (state.form ?? first),
    });
    if (answer.kind !== "next") return answer;
    const { value } = answer;
    if ("url" in value) {
      await vscode.env.openExternal(vscode.Uri.parse(value.url, true));
      return { kind: "left" };
    }
    if ("broken" in value) {
      const { location, line } = value.broken;
      if (location.kind === "web") await vscode.env.openExternal(vscode.Uri.parse(location.url, true));
      else await showFile(tools.session.folder, location.path, line);
      return ask(state, flowStep);
    }
    return next({ ...state, form: value.form });
  };
  return {
    ready: async (state) => {
      const wanted = repository(state);
      if (creates(state) && wanted !== undefined) await reading.ready([wanted]);
    },
    applies: (state) => creates(state) && reading.of(repository(state)) !== undefined,
    ask,
  };
}

function choicesOf({ forms, broken, links, blank }: RepositoryForms): readonly Choice<Choosable>[] {
  const t = vscode.l10n.t;
  const about = (text: string): { readonly description?: string } => (text === "" ? {} : { description: plainLabel(text) });
  return [
    ...forms.map((form) => ({ label: `$(note) ${plainLabel(form.name)}`, ...about(form.about), value: { form: form.path } })),
    ...(blank !== "nobody" || forms.length === 0 ? [{ label: `$(dash) ${t("Blank Issue")}`, ...about(blank === "everybody" ? "" : t("for maintainers only")), value: { form: undefined } }] : []),
    ...links.map(({ name, about: words, url }) => ({ label: `$(link-external) ${plainLabel(name)}`, ...about(words), detail: plainLabel(url), value: { url } })),
    ...broken.map((one) => ({ label: `$(warning) ${plainLabel(one.path)}`, description: describeFlaw(one), value: { broken: one } })),
  ];
}

/** One question per field of the selected form. */
export function fieldQuestions<State extends FormState>(context: FormContext<State>, state: State): readonly Question<State>[] {
  const form = chosenForm(context, state);
  return (form?.fields ?? []).map((field): Question<State> => ({
    async ask(now, flowStep) {
      if (form === undefined) return next(now);
      const answers = answersIn(now, form);
      const known = { ...initialAnswers(form, now.details ?? ""), ...answers };
      const filled = (answer: string | readonly string[]): State => ({ ...now, filled: { ...now.filled, [form.path]: { ...answers, [field.key]: answer } } });
      const answer = await askField(context.tools, field, known, { ...flowStep, title: `${flowStep.title} \u00b7 ${plainLabel(form.name)}` }, (typed) => context.save(filled(typed)));
      return answer.kind === "next" ? next(filled(answer.value)) : answer;
    },
  }));
}

/** Asks for one field of a form, with the earlier answer filled in. */
async function askField({ editors }: DeskTools, field: FormField, answers: Answers, flowStep: FlowStep, typed: (text: string) => void): Promise<Answer<string | readonly string[]>> {
  const t = vscode.l10n.t;
  const name = plainLabel(field.label);
  const prompt = [field.required || name === "" ? name : t("{0} (optional)", name), plainLabel(field.description)].filter((part) => part !== "").join(": ");
  const needed = field.required ? { needed: t("“{0}” is required.", name) } : {};
  const known = answerOf(field, answers);
  switch (field.kind) {
    case "input":
      return enterText({ flowStep, prompt, placeholder: plainLabel(field.placeholder), value: text(known), typed, ...needed });
    case "textarea": {
      const kept = Object.hasOwn(answers, field.key) ? text(known) : undefined;
      return askDetails(flowStep, editors, kept, prompt || t("The text of the issue"), { initial: field.value, hint: field.placeholder, ...needed });
    }
    case "dropdown": {
      const choices = field.options.map((option) => ({ label: plainLabel(option), value: option, picked: known.includes(option) }));
      if (field.multiple) return pickMany({ flowStep, placeholder: prompt, choices, refuse: (chosen) => (chosen.length === 0 ? needed.needed : undefined) });
      const answer = await pickOne({
        flowStep,
        placeholder: prompt,
        choices: [...choices, ...(field.required ? [] : [{ label: `$(dash) ${t("No Answer")}`, value: "" }])],
        active: (option) => known.includes(option),
      });
      return answer.kind === "next" ? next(answer.value === "" ? [] : [answer.value]) : answer;
    }
    case "checkboxes":
      return pickMany({
        flowStep,
        placeholder: prompt || t("Select all that apply, then press Enter"),
        choices: field.options.map(({ label, required }) => ({ label: plainLabel(label), value: label, picked: known.includes(label), ...(required ? { description: t("required") } : {}) })),
        refuse(chosen) {
          const missing = field.options.find(({ label, required }) => required && !chosen.includes(label));
          return missing && t("Select “{0}” to continue.", plainLabel(missing.label));
        },
      });
    default:
      return assertNever(field);
  }
}

function text(answer: string | readonly string[]): string {
  return typeof answer === "string" ? answer : "";
}

/** Why a form cannot be used, with the line. */
function describeFlaw({ reason, line }: FormFlaw): string {
  const t = vscode.l10n.t;
  const reasons: Readonly<Record<FormReason, string>> = {
    unreadable: t("its text cannot be read"),
    badYaml: t("it is not valid YAML"),
    noName: t("it has no name"),
    noField: t("it has no fields"),
    badField: t("it has a field of an unknown type"),
    noLabel: t("it has a field without a label"),
    noOptions: t("it has a choice without options"),
  };
  return line === undefined ? reasons[reason] : t("{0} (line {1})", reasons[reason], line + 1);
}

/** The forms of repositories, read in the background while the user answers other questions. */
export interface FormReading {
  /** Resolves when the forms are read or the user stops waiting. Shows a warning for forms that cannot be read, and continues without them. */
  ready(repositories: readonly Repository[]): Promise<void>;
  /** The forms to offer. `undefined` if there are none or they are not known. */
  of(repository: Repository | undefined): RepositoryForms | undefined;
}

/** Maximum waiting time in milliseconds of a flow that asks for everything. */
const longWait = 8000;

/** Maximum waiting time in milliseconds if a title alone must be enough. */
export const shortWait = 3000;

/** Starts reading the forms. */
export function formReading({ session, working }: DeskTools, repositories: readonly Repository[], timeoutMilliseconds = longWait): FormReading {
  const readings = new Map<Repository, Promise<Result<RepositoryForms>>>();
  const known = new Map<Repository, RepositoryForms | undefined>();
  const startReading = (repository: Repository): Promise<Result<RepositoryForms>> => {
    const reading = readings.get(repository) ?? session.store.tracker.forms(repository);
    readings.set(repository, reading);
    return reading;
  };
  for (const repository of repositories) runInBackground(startReading(repository), session.log);

  return {
    async ready(wanted) {
      const left = wanted.filter((repository) => !known.has(repository));
      const names = plainLabel(left.join(", "));
      if (left.length === 0) return;
      const late = session.clock.wait(timeoutMilliseconds).then(() => "late" as const);
      const results = await working(vscode.l10n.t("Reading the issue forms of {0}…", names), Promise.race([Promise.all(left.map(startReading)), late]));
      if (results === "late") runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("Reading the issue forms of {0} takes too long. The form is skipped.", names)), session.log);
      left.forEach((repository, index) => {
        const result = results === "late" ? undefined : results?.[index];
        known.set(repository, result?.kind === "ok" ? result.value : undefined);
        if (result?.kind !== "failed") return;
        session.log.info(`The forms of ${repository} could not be read: ${result.failure.kind}`);
        runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("The issue forms of {0} could not be read. The form is skipped. {1}", plainLabel(repository), describeFailure(result.failure).message)), session.log);
      });
    },
    of(repository = "") {
      const forms = known.get(repository);
      return forms === undefined || forms.forms.length + forms.broken.length + forms.links.length === 0 ? undefined : forms;
    },
  };
}
