import * as vscode from "vscode";
import type { Issue } from "../../../core/model/issue";
import { sameRef } from "../../../core/model/issueRef";
import { hasUnspaced } from "../../../core/search/terms";
import { runInBackground } from "../../platform/background";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { decorate, showInput } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";

/** A typed title, a known issue, the title with more questions, or the unfinished draft. */
type TitleAnswer =
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "known"; readonly title: string; readonly issue: Issue }
  | { readonly kind: "details"; readonly title: string }
  | { readonly kind: "resume" };

interface TitleQuestion {
  readonly flowStep: FlowStep;
  readonly placeholder: string;
  readonly value: string;
  /** What Enter does with the title. */
  readonly enter: string;
  /** Label of the choice to answer more questions, if there is one. */
  readonly details?: string;
  /** Title of the unfinished draft, if any. */
  readonly unfinished?: string;
  readonly discard: () => void;
  /** Resolves when `similar` searches all issues. Before that, it finds only some. */
  readonly indexed: Promise<void>;
  /** Similar issues, the most similar first. */
  readonly similar: (title: string) => readonly Issue[];
  /** More similar issues from a slower search, called when the user pauses typing. */
  readonly search: (title: string) => Promise<readonly Issue[]>;
  readonly describe: (issue: Issue) => string;
  readonly typed: (title: string) => void;
}

interface TitleItem extends vscode.QuickPickItem {
  readonly answer?: TitleAnswer;
}

const pause = 120;

const longPause = 500;

const maxElsewhere = 5;

/** Asks for a title and shows similar issues while it is typed. */
export function askTitle(question: TitleQuestion): Promise<Answer<TitleAnswer>> {
  const quick = vscode.window.createQuickPick<TitleItem>();
  decorate(quick, question.flowStep);
  quick.placeholder = question.placeholder;
  quick.value = question.value;
  const discardButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Discard Draft") };
  let unfinished = question.unfinished;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const own = (): TitleItem[] => {
    const title = quick.value.trim();
    if (title !== "") {
      return [{ label: `$(add) ${plainLabel(title)}`, description: question.enter, alwaysShow: true, answer: { kind: "title", title } }, ...details(title)];
    }
    return unfinished === undefined
      ? []
      : [
          {
            label: `$(history) ${vscode.l10n.t("Continue with “{0}”", plainLabel(unfinished))}`,
            description: vscode.l10n.t("unfinished draft"),
            buttons: [discardButton],
            alwaysShow: true,
            answer: { kind: "resume" },
          },
        ];
  };
  const details = (title: string): TitleItem[] =>
    question.details === undefined ? [] : [{ label: `$(list-unordered) ${question.details}`, alwaysShow: true, answer: { kind: "details", title } }];
  const known = (title: string, found: readonly Issue[]): TitleItem[] =>
    found.map((issue): TitleItem => ({
      label: `$(${issue.state === "open" ? "issues" : "issue-closed"}) ${plainLabel(issue.title)}`,
      description: `${vscode.l10n.t("similar issue")} · ${question.describe(issue)}`,
      alwaysShow: true,
      answer: { kind: "known", title, issue },
    }));
  const show = (items: TitleItem[]): void => {
    const at = quick.activeItems[0] === undefined ? -1 : quick.items.indexOf(quick.activeItems[0]);
    quick.items = items;
    const same = items[at];
    if (same !== undefined) quick.activeItems = [same];
  };
  const searchFurther = async (title: string, near: readonly Issue[]): Promise<void> => {
    quick.busy = true;
    const found = await question.search(title);
    if (title !== quick.value.trim()) return;
    quick.busy = false;
    const far = found.filter((issue) => !near.some((other) => sameRef(other.ref, issue.ref))).slice(0, maxElsewhere);
    if (far.length > 0) show([...own(), ...known(title, near), ...known(title, far)]);
  };
  const refill = (): void => {
    clearTimeout(timer);
    quick.items = own();
    quick.busy = false;
    const title = quick.value.trim();
    if (title.length < (hasUnspaced(title) ? 2 : 3)) return;
    timer = setTimeout(() => {
      const near = question.similar(title);
      if (near.length > 0) show([...own(), ...known(title, near)]);
      timer = setTimeout(() => runInBackground(searchFurther(title, near)), longPause - pause);
    }, pause);
  };
  refill();
  runInBackground(question.indexed.then(() => {
    if (!closed && quick.value.trim() !== "") refill();
  }));

  return showInput(quick, (accept) => [
    {
      dispose: () => {
        closed = true;
        clearTimeout(timer);
      },
    },
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
