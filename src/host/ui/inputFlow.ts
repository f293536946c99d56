import { assertNever } from "../../core/model/result";

/** The result of a question: an answer, Back, or Escape, which leaves the flow. */
export type Answer<T> = { readonly kind: "next"; readonly value: T } | { readonly kind: "back" } | { readonly kind: "left" };

/** An answer that continues the flow. */
export function next<T>(value: T): Answer<T> {
  return { kind: "next", value };
}

/** The position of a question in its flow. */
export interface FlowStep {
  readonly title: string;
  readonly step?: number;
  readonly total?: number;
  /** Whether there is an earlier question to go back to. */
  readonly back: boolean;
}

/** A question of a flow: takes the answers so far and returns them with its own. */
export interface Question<State> {
  /** Whether the question is asked. Default: always. */
  readonly applies?: (state: State) => boolean;
  /** Work that must finish before `applies` is called. */
  readonly ready?: (state: State) => Promise<void>;
  readonly ask: (state: State, flowStep: FlowStep) => Promise<Answer<State>>;
}

/**
 * Asks the questions in order and returns the final state, or `undefined` when the user leaves. Going back returns to the
 * previous question with its answer. An answer can change the questions that follow.
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

/** Whether the question is asked. */
export function applies<State>(question: Question<State>, state: State): boolean {
  return question.applies?.(state) ?? true;
}
