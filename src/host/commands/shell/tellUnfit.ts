import * as vscode from "vscode";
import { assertNever } from "../../../core/result";
import type { UnfitScript } from "../../../core/shell/script";
import type { UnboundValue } from "../../../core/shell/scriptVariables";
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
    default:
      return assertNever(unfit);
  }
}

/** Says why a value cannot get into the command, and what to do instead. */
export async function tellUnbound({ name, reason }: UnboundValue, shell: string): Promise<undefined> {
  const t = vscode.l10n.t;
  const variable = plainLabel(`{{${name}}}`);
  const because = {
    control: t("its value holds a character that no variable can hold"),
    shell: t("its value has special characters, which {0} could take for a part of the command", plainLabel(shell)),
    single: t("it stands in single quotes, where the shell replaces no variables; use double quotes in the runbook"),
    heredoc: t("it stands in a here-document, which another program may read as commands"),
    readAgain: t("a second shell or program reads the text that it stands in, as with ssh or bash -c"),
    other: t("it stands where the shell does not take a variable for plain text"),
  };
  await vscode.window.showWarningMessage(
    reason === "control"
      ? t("Nothing was run because of {0}: {1}.", variable, because[reason])
      : t("Nothing was run because of {0}: {1}. A value of letters, digits and . _ / : - is safe there; or copy the command and fill it in yourself.", variable, because[reason]),
  );
  return undefined;
}
