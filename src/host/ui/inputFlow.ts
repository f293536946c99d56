import { assertNever } from "../../core/model/result";

/** What a person did with a question: answered it, went back, or left the whole flow. */
export type Answer<T> = { readonly kind: "next"; readonly value: T } | { readonly kind: "back" } | { readonly kind: "left" };

/** The answer of somebody who goes on. */
export function next<T>(value: T): Answer<T> {
  return { kind: "next", value };
}

/** Where a question stands in its flow. */
export interface FlowStep {
  readonly title: string;
  readonly step?: number;
  readonly total?: number;
  /** Whether there is a question before it to go back to. */
  readonly back: boolean;
}

/** A question of a flow: takes what is known, gives what is known afterwards. */
export interface Question<State> {
  /** Whether it needs asking; absent: always. */
  readonly applies?: (state: State) => boolean;
  /** What has to end before `applies` knows. */
  readonly ready?: (state: State) => Promise<void>;
  readonly ask: (state: State, flowStep: FlowStep) => Promise<Answer<State>>;
}

/**
 * Asks the questions in order and gives the final state, or `undefined` when the person leaves. Going back returns to the
 * question asked before, with what was answered there still known. An answer may change the questions that come after it.
 */
export async function promptAll<State>(
  title: string,
  start: State,
  questions: readonly Question<State>[] | ((state: State) => readonly Question<State>[]),
  changed: (state: State) => void = () => undefined,
): Promise<State | undefined> {
  const asked: number[] = [];
  let state = start;
  let index = 0;
  for (;;) {
    const all = typeof questions === "function" ? questions(state) : questions;
    const question = all[index];
    if (question === undefined) return state;
    await question.ready?.(state);
    if (!applies(question, state)) {
      index++;
      continue;
    }
    const left = all.slice(index).filter((later) => applies(later, state)).length;
    const answer = await question.ask(state, { title, step: asked.length + 1, total: asked.length + left, back: asked.length > 0 });
    switch (answer.kind) {
      case "left":
        return undefined;
      case "back":
        index = asked.pop() ?? index;
        break;
      case "next":
        asked.push(index);
        state = answer.value;
        changed(state);
        index++;
        break;
      default:
        return assertNever(answer);
    }
  }
}

/** Whether the question needs asking. */
export function applies<State>(question: Question<State>, state: State): boolean {
  return question.applies?.(state) ?? true;
}
