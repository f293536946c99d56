import * as vscode from "vscode";
import { next, type Answer, type Place } from "./answer";
import { dress, settle } from "./pick";

export interface TextQuestion {
  readonly place: Place;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** What is said when the text is empty; absent: it may be. */
  readonly needed?: string;
  /** What is said of a text that will not do. */
  readonly refuse?: (text: string) => string | undefined;
  readonly typed?: (text: string) => void;
}

/** Asks for one line of text. */
export function enterText(question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  dress(box, question.place);
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? "";
  const check = (): boolean => {
    const empty = question.needed !== undefined && box.value.trim() === "";
    box.validationMessage = empty ? question.needed : question.refuse?.(box.value.trim());
    return box.validationMessage === undefined;
  };
  return settle(box, question.place, (accept) => [
    box.onDidChangeValue((text) => {
      box.validationMessage = undefined;
      question.typed?.(text);
    }),
    box.onDidAccept(() => {
      if (check()) accept(next(box.value.trim()));
    }),
  ]);
}
