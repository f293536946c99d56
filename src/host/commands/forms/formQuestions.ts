import * as vscode from "vscode";
import { hasName } from "../../../core/sameName";
import type { BrokenForm, IssueForm, RepositoryForms } from "../../../core/forms/issueForm";
import type { Repository } from "../../../core/issue/issueRef";
import { plainLabel } from "../../views/plainLabel";
import type { DeskTools } from "../command";
import { next, type Answer, type Question } from "../input/answer";
import { pickOne, type Choice } from "../input/pick";
import { showFile } from "../input/showFile";
import { askField } from "./askField";
import { sayFlaw } from "./flawWords";
import type { FormReading } from "./formReading";
import { answersIn, type FormState } from "./formState";

/** Where forms are asked for. */
export interface FormScene<State> {
  readonly tools: DeskTools;
  readonly reading: FormReading;
  /** Whether an issue is created, without another text for it. */
  readonly creates: (state: State) => boolean;
  readonly repository: (state: State) => Repository | undefined;
  /** The label of the issue's kind: a form that sets it is the first choice. */
  readonly label: (state: State) => string | undefined;
  /** Takes note of what is being typed. */
  readonly keep: (state: State) => void;
}

/** The form that was chosen, if the repository still has it. */
export function chosenForm<State extends FormState>({ creates, reading, repository }: FormScene<State>, state: State): IssueForm | undefined {
  return creates(state) ? reading.of(repository(state))?.forms.find(({ path }) => path === state.form) : undefined;
}

type Choosable = { readonly form: string | undefined } | { readonly url: string } | { readonly broken: BrokenForm };

/** Which of the repository's forms to fill in; not asked where it has none. */
export function formQuestion<State extends FormState>(scene: FormScene<State>): Question<State> {
  const { tools, reading, creates, repository, label } = scene;
  const ask: Question<State>["ask"] = async (state, place): Promise<Answer<State>> => {
    const offered = reading.of(repository(state));
    const first = offered?.forms.find(({ labels }) => hasName(labels, label(state) ?? ""))?.path;
    const answer = await pickOne<Choosable>({
      place,
      placeholder: vscode.l10n.t("Which form of {0}?", plainLabel(repository(state) ?? "")),
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
      return ask(state, place);
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
    ...(blank !== "nobody" || forms.length === 0 ? [{ label: `$(dash) ${t("Blank issue")}`, ...about(blank === "everybody" ? "" : t("for maintainers only")), value: { form: undefined } }] : []),
    ...links.map(({ name, about: words, url }) => ({ label: `$(link-external) ${plainLabel(name)}`, ...about(words), detail: plainLabel(url), value: { url } })),
    ...broken.map((one) => ({ label: `$(warning) ${plainLabel(one.path)}`, description: sayFlaw(one), value: { broken: one } })),
  ];
}

/** One question for each field of the form that was chosen. */
export function fieldQuestions<State extends FormState>(scene: FormScene<State>, state: State): readonly Question<State>[] {
  const form = chosenForm(scene, state);
  const text = form?.fields.find(({ kind }) => kind === "textarea");
  return (form?.fields ?? []).map((field): Question<State> => ({
    async ask(now, place) {
      if (form === undefined) return next(now);
      const answers = answersIn(now, form);
      // What was written before the form was chosen becomes its text.
      const known = field === text && now.details !== "" ? { [field.key]: now.details, ...answers } : answers;
      const filled = (answer: string | readonly string[]): State => ({ ...now, filled: { ...now.filled, [form.path]: { ...answers, [field.key]: answer } } });
      const answer = await askField(scene.tools, field, known, { ...place, title: `${place.title} \u00b7 ${plainLabel(form.name)}` }, (typed) => scene.keep(filled(typed)));
      return answer.kind === "next" ? next(filled(answer.value)) : answer;
    },
  }));
}
