import * as vscode from "vscode";
import { assertNever } from "../../core/result";
import { searchRunbooks, type RunbookHit } from "../../core/runbook/searchRunbooks";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import type { CommandEnd, DeskTools } from "./command";
import { dress, settle } from "./input/pick";
import { next } from "./input/answer";
import { showRunbook } from "./input/showFile";
import { runInBackground } from "../platform/background";

const most = 200;

interface Item extends vscode.QuickPickItem {
  readonly hit: RunbookHit;
}

/** Finds a runbook, heading, label or step by words while they are typed, and opens it in the editor. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const place = { title: t("Find in runbooks"), back: false };
  const quick = vscode.window.createQuickPick<Item>();
  dress(quick, place);
  quick.ignoreFocusOut = false;
  quick.placeholder = t("Words of a title, heading, step or label");
  quick.busy = true;
  let search = searchRunbooks([]);
  const show = (): void => {
    quick.items = search.find(quick.value, most).map(itemOf);
  };
  runInBackground(session.runbooks.all().then((runbooks) => {
    search = searchRunbooks(runbooks);
    quick.busy = false;
    show();
  }), session.log);
  const answer = await settle<RunbookHit>(quick, place, (accept) => [
    quick.onDidChangeValue(show),
    quick.onDidAccept(() => {
      const [chosen] = quick.selectedItems;
      if (chosen !== undefined) accept(next(chosen.hit));
    }),
  ]);
  return answer.kind === "next" ? showRunbook(session, answer.value.path, answer.value.line) : undefined;
}

function itemOf(hit: RunbookHit): Item {
  const { path, line, title, text, kind } = hit;
  return {
    label: `$(${iconOf(kind)}) ${plainLabel(withoutMarkup(text))}`,
    ...(kind === "title" ? {} : { description: plainLabel(title) }),
    detail: plainLabel(kind === "title" || kind === "label" ? path : `${path}:${line + 1}`),
    // The words were looked for already, and need not stand in one of these texts alone.
    alwaysShow: true,
    hit,
  };
}

function iconOf(kind: RunbookHit["kind"]): string {
  switch (kind) {
    case "title":
      return "book";
    case "section":
      return "symbol-string";
    case "label":
      return "tag";
    case "step":
      return "checklist";
    default:
      return assertNever(kind);
  }
}
