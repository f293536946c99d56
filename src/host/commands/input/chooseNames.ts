import type { FlowStep } from "../../ui/inputFlow";
import { enterText, pickMany } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";

/** Asks which names, such as labels or logins, an issue has. */
interface NameQuestion {
  readonly flowStep: FlowStep;
  readonly placeholder: string;
  readonly names: readonly string[];
  readonly describe: (name: string) => string;
  /** The current names of the issue. */
  readonly current: readonly string[];
  readonly has: (names: readonly string[], name: string) => boolean;
  /** The choice for a name that is not listed, and the texts of its question. */
  readonly other: { readonly label: string; readonly prompt: string; readonly needed: string };
}

interface NameChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The names that the selection adds and removes. `undefined` if the user leaves. */
export async function chooseNames({ flowStep, placeholder, names, describe, current, has, other }: NameQuestion): Promise<NameChange | undefined> {
  const answer = await pickMany<{ readonly name?: string }>({
    flowStep,
    placeholder,
    choices: [
      ...names.map((name) => ({ label: plainLabel(name), description: describe(name), value: { name }, picked: has(current, name) })),
      { label: `$(add) ${other.label}`, value: {} },
    ],
  });
  if (answer.kind !== "next") return undefined;
  const typed = answer.value.some(({ name }) => name === undefined) ? await enterText({ flowStep, prompt: other.prompt, needed: other.needed }) : undefined;
  if (typed !== undefined && typed.kind !== "next") return undefined;
  const selected = [...answer.value.flatMap(({ name }) => (name === undefined ? [] : [name])), ...(typed === undefined ? [] : [typed.value])];
  return { add: selected.filter((name) => !has(current, name)), remove: current.filter((name) => !has(selected, name)) };
}
