import * as vscode from "vscode";
import type { Evidence } from "../../core/runbook/run";
import { pathIn } from "../platform/folderPaths";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import type { CommandEnd, DeskTools } from "./command";
import { chooseStep } from "./input/chooseStep";
import { enterText } from "./input/enterText";
import { pickOne } from "./input/pick";

/** Puts a link, a file or a few words at a step of a checklist, to show that it is as it should be. (Z5) */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Add evidence");
  const chosen = await chooseStep(session, argument, title);
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, run: live, step } = chosen.value;
  const kind = await pickOne<Evidence["kind"]>({
    place: { title, back: false },
    placeholder: t("What shows “{0}”?", plainLabel(withoutMarkup(step.text))),
    choices: [
      { label: `$(link) ${t("A link")}`, description: t("a build, a dashboard, a pull request"), value: "link" },
      { label: `$(file) ${t("A file")}`, description: t("of this workspace"), value: "file" },
      { label: `$(note) ${t("A few words")}`, value: "text" },
    ],
  });
  const value = kind.kind !== "next" ? undefined : await ask(kind.value);
  if (kind.kind !== "next" || value === undefined) return undefined;
  const change = { kind: "showEvidence" as const, run: live.id, step: step.id, add: [{ kind: kind.value, value }], remove: [] };
  return tools.submit(t("Adding the evidence…"), { kind: "edit", ref, change });

  async function ask(wanted: Evidence["kind"]): Promise<string | undefined> {
    const place = { title, back: false };
    if (wanted === "file") return pickFile();
    const answer = await enterText(
      wanted === "link"
        ? { place, prompt: t("Where is it?"), placeholder: "https://", needed: t("Paste the address."), refuse: (text) => (/^https?:\/\/[^\s<>]+$/i.test(text) ? undefined : t("An address begins with https:// and has no spaces.")) }
        : { place, prompt: t("What did you see?"), needed: t("Write a few words."), refuse: (text) => (text.length > 500 ? t("At most 500 characters; a comment holds more.") : undefined) },
    );
    return answer.kind === "next" ? answer.value : undefined;
  }

  async function pickFile(): Promise<string | undefined> {
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(session.folder, "**/*"), "**/{node_modules,.git,.desk}/**", 5000);
    const paths = found.flatMap((uri) => pathIn(session.folder, uri) ?? []).sort();
    const answer = await pickOne({ place: { title, back: false }, placeholder: t("Which file?"), choices: paths.map((path) => ({ label: plainLabel(path), value: path })) });
    return answer.kind === "next" ? answer.value : undefined;
  }
}
