import * as v from "valibot";
import * as vscode from "vscode";
import { parseData } from "../../core/parseData";
import type { RunSection } from "../../core/runbook/run";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { chooseRun } from "./input/chooseRun";
import { enterText } from "./input/enterText";
import { pickOne } from "./input/pick";
import { runInBackground } from "../platform/background";

/** Says that a gate is not passed: an earlier section is opened again, and everybody can read why. (Z5) */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Send back");
  const place = { title, back: false };
  const chosen = await chooseRun(session, argument, title);
  if (chosen === undefined) return undefined;
  const sections = chosen.run.items.filter((item) => item.kind === "section");
  const gates = sections.filter(({ gate }, index) => gate && index > 0);
  if (gates.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("This checklist has no gate with a section before it. A gate is a heading that begins with “Gate”.")), session.log);
    return undefined;
  }
  const named = gates.find(({ id }) => id === parseData(v.object({ gate: v.string() }), argument)?.gate);
  const gate = named ?? (await pickSection(gates, t("Which gate is not passed?")));
  if (gate === undefined) return undefined;
  const before = sections.slice(0, sections.indexOf(gate));
  const section = await pickSection(before.toReversed(), t("Back to where? The steps there are opened again."));
  if (section === undefined) return undefined;
  const reason = await enterText({ place, prompt: t("Why is “{0}” not passed?", plainLabel(gate.title)), needed: t("Say why, so that the next one knows what to do.") });
  if (reason.kind !== "next") return undefined;
  return tools.submit(t("Sending back…"), { kind: "sendBack", ref: chosen.ref, run: chosen.run.id, gate: gate.title, section: { id: section.id, title: section.title }, reason: reason.value, at: session.clock.now() });

  async function pickSection(of: readonly RunSection[], placeholder: string): Promise<RunSection | undefined> {
    const answer = await pickOne({ place, placeholder, choices: of.map((value) => ({ label: plainLabel(value.title), value })) });
    return answer.kind === "next" ? answer.value : undefined;
  }
}
