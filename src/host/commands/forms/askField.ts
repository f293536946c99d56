import * as vscode from "vscode";
import type { Answers, FormField } from "../../../core/forms/issueForm";
import { answerOf } from "../../../core/forms/renderForm";
import { assertNever } from "../../../core/result";
import { plainLabel } from "../../views/plainLabel";
import type { DeskTools } from "../command";
import { next, type Answer, type Place } from "../input/answer";
import { askDetails } from "../input/askDetails";
import { enterText } from "../input/enterText";
import { pickMany, pickOne } from "../input/pick";

/** Asks for one field of a form, as the form wants it; what was answered before is there already. */
export async function askField({ editors }: DeskTools, field: FormField, answers: Answers, place: Place, typed: (text: string) => void): Promise<Answer<string | readonly string[]>> {
  const t = vscode.l10n.t;
  const name = plainLabel(field.label);
  const words = [field.required || name === "" ? name : t("{0} (optional)", name), plainLabel(field.description)].filter((part) => part !== "").join(": ");
  const needed = field.required ? { needed: t("“{0}” needs an answer.", name) } : {};
  const known = answerOf(field, answers);
  switch (field.kind) {
    case "input":
      return enterText({ place, prompt: words, placeholder: plainLabel(field.placeholder), value: text(known), typed, ...needed });
    case "textarea": {
      const kept = Object.hasOwn(answers, field.key) ? text(known) : undefined;
      return askDetails(place, editors, kept, words || t("What the issue says"), { initial: field.value, hint: field.placeholder, ...needed });
    }
    case "dropdown": {
      const choices = field.options.map((option) => ({ label: plainLabel(option), value: option, picked: known.includes(option) }));
      if (field.multiple) return pickMany({ place, placeholder: words, choices, refuse: (chosen) => (chosen.length === 0 ? needed.needed : undefined) });
      const answer = await pickOne({
        place,
        placeholder: words,
        choices: [...choices, ...(field.required ? [] : [{ label: `$(dash) ${t("No answer")}`, value: "" }])],
        active: (option) => known.includes(option),
      });
      return answer.kind === "next" ? next(answer.value === "" ? [] : [answer.value]) : answer;
    }
    case "checkboxes":
      return pickMany({
        place,
        placeholder: words || t("Tick what holds, then press Enter"),
        choices: field.options.map(({ label, required }) => ({ label: plainLabel(label), value: label, picked: known.includes(label), ...(required ? { description: t("needed") } : {}) })),
        refuse(chosen) {
          const missing = field.options.find(({ label, required }) => required && !chosen.includes(label));
          return missing && t("Tick “{0}” to go on.", plainLabel(missing.label));
        },
      });
    default:
      return assertNever(field);
  }
}

function text(answer: string | readonly string[]): string {
  return typeof answer === "string" ? answer : "";
}
