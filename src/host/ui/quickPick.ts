import * as vscode from "vscode";
import { type Answer, type FlowStep, next } from "./inputFlow";

/** A choice in a list. Its texts must be plain labels. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
  readonly picked?: boolean;
  /** Heading of the group that starts with this choice. */
  readonly heading?: string;
}

interface PickQuestion<T> {
  readonly flowStep: FlowStep;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that has the focus initially. */
  readonly active?: (value: T) => boolean;
  /** The message if this selection is not allowed. */
  readonly refuse?: (chosen: readonly T[]) => string | undefined;
}

interface Entry<T> extends vscode.QuickPickItem {
  readonly choice?: Choice<T>;
}

/** Asks for one choice. */
export function pickOne<T>(question: PickQuestion<T>): Promise<Answer<T>> {
  return show<T, T>(question, false, (chosen) => chosen[0]);
}

/** Asks for any number of choices. Choices with `picked` are selected initially. */
export function pickMany<T>(question: PickQuestion<T>): Promise<Answer<readonly T[]>> {
  return show<T, readonly T[]>(question, true, (chosen) => chosen);
}

function show<T, R>(question: PickQuestion<T>, many: boolean, read: (chosen: readonly T[]) => R | undefined): Promise<Answer<R>> {
  const quick = vscode.window.createQuickPick<Entry<T>>();
  decorate(quick, question.flowStep);
  quick.placeholder = question.placeholder;
  quick.canSelectMany = many;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.items = question.choices.flatMap(entries);
  if (many) quick.selectedItems = quick.items.filter((item) => item.choice?.picked === true);
  const { active } = question;
  const first = active === undefined ? [] : quick.items.filter((item) => item.choice !== undefined && active(item.choice.value));
  // An empty list would leave Enter without effect.
  if (first.length > 0) quick.activeItems = first;
  return showInput(quick, (accept) => [
    quick.onDidAccept(() => {
      const chosen = quick.selectedItems.flatMap((item) => (item.choice === undefined ? [] : [item.choice.value]));
      const refusal = question.refuse?.(chosen);
      if (refusal !== undefined) {
        // The placeholder is hidden while a filter is typed.
        quick.value = "";
        quick.placeholder = refusal;
        return;
      }
      const value = read(chosen);
      if (value !== undefined) accept(next(value));
    }),
  ]);
}

function entries<T>(choice: Choice<T>): Entry<T>[] {
  const item: Entry<T> = {
    label: choice.label,
    ...(choice.description === undefined ? {} : { description: choice.description }),
    ...(choice.detail === undefined ? {} : { detail: choice.detail }),
    choice,
  };
  return choice.heading === undefined ? [item] : [{ label: choice.heading, kind: vscode.QuickPickItemKind.Separator }, item];
}

/** Sets the title, step counter and Back button of an input. Keeps it open when it loses the focus. */
export function decorate(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, flowStep: FlowStep): void {
  input.title = flowStep.title;
  const isOneOfSeveral = (flowStep.total ?? 1) > 1;
  input.step = isOneOfSeveral ? flowStep.step : undefined;
  input.totalSteps = isOneOfSeveral ? flowStep.total : undefined;
  input.ignoreFocusOut = true;
  input.buttons = flowStep.back ? [vscode.QuickInputButtons.Back] : [];
}

/**
 * Shows an input until it is answered or left, then disposes it. An answered input stays until the next one of the same flow has
 * replaced it. Otherwise, VS Code would give the focus back to the editor between the two, and a page could take it from the next one.
 */
export function showInput<R>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  listen: (accept: (answer: Answer<R>) => void) => readonly vscode.Disposable[],
): Promise<Answer<R>> {
  return new Promise((resolve) => {
    const accept = (answer: Answer<R>): void => {
      resolve(answer);
      setTimeout(() => input.hide());
    };
    const owned = vscode.Disposable.from(
      ...listen(accept),
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) accept({ kind: "back" });
      }),
      input.onDidHide(() => {
        resolve({ kind: "left" });
        owned.dispose();
        input.dispose();
      }),
    );
    input.show();
  });
}

interface TextQuestion {
  readonly flowStep: FlowStep;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** The message if the text is empty. Default: an empty text is allowed. */
  readonly needed?: string;
  /** The message if this text is not valid. */
  readonly refuse?: (text: string) => string | undefined;
  readonly typed?: (text: string) => void;
}

/** Asks for one line of text. */
export function enterText(question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  decorate(box, question.flowStep);
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? "";
  const check = (): boolean => {
    const empty = question.needed !== undefined && box.value.trim() === "";
    box.validationMessage = empty ? question.needed : question.refuse?.(box.value.trim());
    return box.validationMessage === undefined;
  };
  return showInput(box, (accept) => [
    box.onDidChangeValue((text) => {
      box.validationMessage = undefined;
      question.typed?.(text);
    }),
    box.onDidAccept(() => {
      if (check()) accept(next(box.value.trim()));
    }),
  ]);
}
