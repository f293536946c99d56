import * as v from "valibot";
import * as vscode from "vscode";
import { readableText } from "../../../core/checklist/values";
import { type ChecklistSection, type Evidence, evidenceSchema } from "../../../core/model/checklist";
import { distinctLogins, sameLogin } from "../../../core/model/names";
import { parseData } from "../../../core/model/parseData";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { failed } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { pathIn } from "../../platform/folderFiles";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { describePerson } from "../input/pickIssue";
import { chooseChecklist, chooseStep } from "../input/pickStep";
import { readIssueTarget } from "../input/target";

/** Assigns a step of a checklist to a person, or to nobody. */
export async function assignStep(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Assign step");
  const chosen = await chooseStep(session, argument, title);
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, checklist, step } = chosen.value;
  const { people } = session.desk.config();
  const onCall = Object.entries(session.clocks.holders());
  const me = session.account.knownMe();
  const logins = distinctLogins([...(me === undefined ? [] : [me]), ...onCall.map(([, login]) => login), ...(session.issues.find(ref)?.assignees ?? []), ...people.map(({ login }) => login)]);
  const answer = await pickOne({
    flowStep: { title, back: false },
    placeholder: t("Select who does “{0}”", plainLabel(withoutMarkup(readableText(step.text, checklist)))),
    choices: [
      ...logins.map((login) => ({
        label: plainLabel(login),
        description: describePerson(session, login),
        value: login,
      })),
      ...(step.given === undefined || step.given.login === "" ? [] : [{ label: `$(circle-slash) ${t("Nobody")}`, value: "" }]),
    ],
    active: (login) => sameLogin(login, step.given?.login ?? ""),
  });
  if (answer.kind !== "next") return undefined;
  const change = { kind: "giveStep" as const, run: checklist.id, step: step.id, login: answer.value, at: session.clock.now() };
  return tools.submit(t("Assigning the step…"), { kind: "edit", ref, change });
}

/** Adds a link, a file or a note as evidence to a step of a checklist. */
export async function addEvidence(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Add evidence");
  const chosen = await chooseStep(session, argument, title);
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, checklist, step } = chosen.value;
  const kind = await pickOne<Evidence["kind"]>({
    flowStep: { title, back: false },
    placeholder: t("Select the evidence for “{0}”", plainLabel(withoutMarkup(readableText(step.text, checklist)))),
    choices: [
      { label: `$(link) ${t("Link")}`, description: t("a build, a dashboard, a pull request"), value: "link" },
      { label: `$(file) ${t("File")}`, description: t("in this workspace"), value: "file" },
      { label: `$(note) ${t("Note")}`, value: "text" },
    ],
  });
  const value = kind.kind !== "next" ? undefined : await ask(kind.value);
  if (kind.kind !== "next" || value === undefined) return undefined;
  const change = { kind: "showEvidence" as const, run: checklist.id, step: step.id, add: [{ kind: kind.value, value }], remove: [] };
  return tools.submit(t("Adding the evidence…"), { kind: "edit", ref, change });

  async function ask(wanted: Evidence["kind"]): Promise<string | undefined> {
    const flowStep = { title, back: false };
    if (wanted === "file") return pickFile();
    const answer = await enterText(
      wanted === "link"
        ? { flowStep, prompt: t("Enter a URL"), placeholder: "https://", needed: t("Enter a URL."), refuse: (text) => (/^https?:\/\/[^\s<>]+$/i.test(text) ? undefined : t("A URL starts with https:// and has no spaces.")) }
        : { flowStep, prompt: t("What did you see?"), needed: t("Enter a note."), refuse: (text) => (text.length > 500 ? t("The maximum is 500 characters. Use a comment for longer texts.") : undefined) },
    );
    return answer.kind === "next" ? answer.value : undefined;
  }

  async function pickFile(): Promise<string | undefined> {
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(session.folder, "**/*"), "**/{node_modules,.git,.desk}/**", 5000);
    const paths = found.flatMap((uri) => pathIn(session.folder, uri) ?? []).sort();
    const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a file"), choices: paths.map((path) => ({ label: plainLabel(path), value: path })) });
    return answer.kind === "next" ? answer.value : undefined;
  }
}

/** Removes a piece of evidence from the step in the argument. */
export async function removeEvidence({ submit }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const target = readIssueTarget(argument);
  const evidence = parseData(v.object({ evidence: evidenceSchema }), argument)?.evidence;
  if (target?.run === undefined || target.step === undefined || evidence === undefined) return undefined;
  const change = { kind: "showEvidence" as const, run: target.run, step: target.step, add: [], remove: [evidence] };
  return submit(vscode.l10n.t("Removing the evidence…"), { kind: "edit", ref: target.ref, change });
}

/** Rejects a gate: reopens an earlier section and records the reason on the issue. */
export async function rejectSection(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Reject gate");
  const flowStep = { title, back: false };
  const chosen = await chooseChecklist(session, argument, title);
  if (chosen === undefined) return undefined;
  const sections = chosen.checklist.items.filter((item) => item.kind === "section");
  const gates = sections.filter(({ gate }, index) => gate && index > 0);
  if (gates.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("This checklist has no gate with a section before it. A gate is a heading that starts with “Gate”.")), session.log);
    return undefined;
  }
  const named = gates.find(({ id }) => id === parseData(v.object({ gate: v.string() }), argument)?.gate);
  const gate = named ?? (await pickSection(gates, t("Select the gate to reject")));
  if (gate === undefined) return undefined;
  const before = sections.slice(0, sections.indexOf(gate));
  const section = await pickSection(before.toReversed(), t("Select the section to reopen. Its steps are reopened."));
  if (section === undefined) return undefined;
  const reason = await enterText({ flowStep, prompt: t("Why do you reject “{0}”?", plainLabel(gate.title)), needed: t("Enter the reason. It is recorded on the issue.") });
  if (reason.kind !== "next") return undefined;
  return tools.submit(t("Rejecting the gate…"), { kind: "sendBack", ref: chosen.ref, run: chosen.checklist.id, gate: gate.title, section: { id: section.id, title: section.title }, reason: reason.value, at: session.clock.now() });

  async function pickSection(offered: readonly ChecklistSection[], placeholder: string): Promise<ChecklistSection | undefined> {
    const answer = await pickOne({ flowStep, placeholder, choices: offered.map((value) => ({ label: plainLabel(value.title), value })) });
    return answer.kind === "next" ? answer.value : undefined;
  }
}

/** Copies a link to a step in its runbook: a web URL if the repository has one, otherwise a path in this folder. */
export async function copyStep({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const chosen = await chooseStep(session, argument, vscode.l10n.t("Copy link to step"));
  if (chosen.kind === "failed") return chosen;
  if (chosen.value === undefined) return undefined;
  const { ref, checklist, step } = chosen.value;
  const path = fileOfProcedure(checklist.runbook);
  const line = (await session.runbooks.get(checklist.runbook))?.steps.find(({ id }) => id === step.id)?.line;
  if (line === undefined) return failed({ kind: "stepGone", ref, step: step.id });
  const url = session.runbooks.urlOf(path);
  // `plain=1` shows the source, because the rendered page has no line anchors.
  await vscode.env.clipboard.writeText(url === undefined ? `${path}#L${line + 1}` : `${url}?plain=1#L${line + 1}`);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied the link to the step."), 4000);
  return undefined;
}
