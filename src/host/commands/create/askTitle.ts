import * as vscode from "vscode";
import type { Issue } from "../../../core/issue/issue";
import { plainLabel } from "../../views/plainLabel";
import { next, type Answer, type Place } from "../input/answer";
import { dress, settle } from "../input/pick";

/** What a person chose while a title was typed. */
export type TitleAnswer =
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "known"; readonly title: string; readonly issue: Issue }
  | { readonly kind: "resume" };

export interface TitleQuestion {
  readonly place: Place;
  readonly placeholder: string;
  readonly value: string;
  /** Title of what was left unfinished before, if anything. */
  readonly unfinished?: string;
  readonly discard: () => void;
  /** Issues that look alike, most alike first. */
  readonly similar: (title: string) => readonly Issue[];
  readonly describe: (issue: Issue) => string;
  readonly typed: (title: string) => void;
}

interface TitleItem extends vscode.QuickPickItem {
  readonly answer?: TitleAnswer;
}

const pause = 120;

/** Asks for a title and shows issues that may be the same case while it is typed. */
export function askTitle(question: TitleQuestion): Promise<Answer<TitleAnswer>> {
  const quick = vscode.window.createQuickPick<TitleItem>();
  dress(quick, question.place);
  quick.placeholder = question.placeholder;
  quick.value = question.value;
  const throwAway: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Throw this draft away") };
  let unfinished = question.unfinished;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const own = (): TitleItem[] => {
    const title = quick.value.trim();
    if (title !== "") {
      return [{ label: `$(add) ${plainLabel(title)}`, description: vscode.l10n.t("Continue with this title"), alwaysShow: true, answer: { kind: "title", title } }];
    }
    return unfinished === undefined
      ? []
      : [
          {
            label: `$(history) ${vscode.l10n.t("Continue with “{0}”", plainLabel(unfinished))}`,
            description: vscode.l10n.t("left unfinished"),
            buttons: [throwAway],
            alwaysShow: true,
            answer: { kind: "resume" },
          },
        ];
  };
  const known = (): TitleItem[] => {
    const title = quick.value.trim();
    const found = title.length < 3 ? [] : question.similar(title);
    return found.map((issue): TitleItem => ({
        label: `$(${issue.state === "open" ? "issues" : "issue-closed"}) ${plainLabel(issue.title)}`,
        description: `${vscode.l10n.t("possibly known")} · ${question.describe(issue)}`,
        alwaysShow: true,
        answer: { kind: "known", title, issue },
      }));
  };
  const refill = (): void => {
    clearTimeout(timer);
    quick.items = own();
    timer = setTimeout(() => {
      const more = known();
      if (more.length > 0) quick.items = [...own(), ...more];
    }, pause);
  };
  refill();

  return settle(quick, question.place, (accept) => [
    { dispose: () => clearTimeout(timer) },
    quick.onDidChangeValue((value) => {
      question.typed(value);
      refill();
    }),
    quick.onDidTriggerItemButton(() => {
      unfinished = undefined;
      question.discard();
      refill();
    }),
    quick.onDidAccept(() => {
      const chosen = quick.activeItems[0]?.answer ?? own()[0]?.answer;
      if (chosen !== undefined) accept(next(chosen));
    }),
  ]);
}
