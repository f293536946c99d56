import type { FlowStep } from "../../ui/inputFlow";
import { enterText, pickMany } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";

/** Names, as labels or logins, of which a person selects those that an issue is to have. */
interface NameQuestion {
  readonly place: FlowStep;
  readonly placeholder: string;
  readonly names: readonly string[];
  readonly describe: (name: string) => string;
  /** The names that the issue has now. */
  readonly current: readonly string[];
  readonly has: (names: readonly string[], name: string) => boolean;
  /** The choice that asks for a name that is not listed, and the texts of that question. */
  readonly other: { readonly label: string; readonly prompt: string; readonly needed: string };
}

interface NameChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What the selection changes in the current names; `undefined` if the person left. */
export async function chooseNames({ place, placeholder, names, describe, current, has, other }: NameQuestion): Promise<NameChange | undefined> {
  const answer = await pickMany<{ readonly name?: string }>({
    flowStep: place,
    placeholder,
    choices: [
      ...names.map((name) => ({ label: plainLabel(name), description: describe(name), value: { name }, picked: has(current, name) })),
      { label: `$(add) ${other.label}`, value: {} },
    ],
  });
  if (answer.kind !== "next") return undefined;
  const typed = answer.value.some(({ name }) => name === undefined) ? await enterText({ flowStep: place, prompt: other.prompt, needed: other.needed }) : undefined;
  if (typed !== undefined && typed.kind !== "next") return undefined;
  const wanted = [...answer.value.flatMap(({ name }) => (name === undefined ? [] : [name])), ...(typed === undefined ? [] : [typed.value])];
  return { add: wanted.filter((name) => !has(current, name)), remove: current.filter((name) => !has(wanted, name)) };
}
