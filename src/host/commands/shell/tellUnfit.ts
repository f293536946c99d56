import * as vscode from "vscode";
import { assertNever } from "../../../core/result";
import type { UnfitScript } from "../../../core/shell/script";
import type { UnsafeValue } from "../../../core/shell/scriptValues";
import { visibleText } from "../../../core/shell/visibleText";
import { plainLabel } from "../../views/plainLabel";

/** Says why a block is not run, and shows it with what hides in it written out. */
export async function tellUnfit(unfit: UnfitScript, script: string): Promise<undefined> {
  const t = vscode.l10n.t;
  const shown = { modal: true, detail: visibleText(script).slice(0, 3000) };
  switch (unfit.kind) {
    case "empty":
      await vscode.window.showInformationMessage(t("There is nothing to run in this block: it has only output, or prompts without a command."));
      return undefined;
    case "hidden":
      await vscode.window.showErrorMessage(t("This block was neither run nor copied, because it could do something else than it shows. It holds {0}; take that out of the runbook.", unfit.characters.join(" ")), shown);
      return undefined;
    case "tab": {
      const copy = t("Copy");
      const chosen = await vscode.window.showWarningMessage(t("This block was not run: it has a tab inside of a text, which a terminal would take for a request to complete. Write it as spaces or \\t, or copy the block and paste it."), shown, copy);
      if (chosen === copy) await vscode.env.clipboard.writeText(script);
      return undefined;
    }
    default:
      return assertNever(unfit);
  }
}

/** Says why a value was not put into the command, and what to do instead. */
export async function tellUnsafe({ name, reason }: UnsafeValue, shell: string): Promise<undefined> {
  const t = vscode.l10n.t;
  const variable = plainLabel(name);
  const messages = {
    control: t("Nothing was run: the value of {0} has a line break or a control character in it.", variable),
    shell: t("Nothing was run: the value of {0} has characters that {1} could take for more than a word. Only letters, digits and . _ / : - are safe there; copy the command and fill it in yourself.", variable, plainLabel(shell)),
    place: t("Nothing was run: the value of {0} has special characters, and it stands where quotes could not keep it one word. Give a value of letters, digits and . _ / : - or copy the command and fill it in yourself.", variable),
  };
  await vscode.window.showWarningMessage(messages[reason]);
  return undefined;
}
