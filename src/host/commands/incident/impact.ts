import * as vscode from "vscode";
import { environmentLabel, readEnvironments, readServices, serviceLabel } from "../../../core/markup/labels";
import { distinctNames, hasName } from "../../../core/model/names";
import { ok } from "../../../core/model/result";
import { pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";

/** Sets or removes the severity of an issue. All other labels stay. */
export async function setSeverity(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const { severities } = session.desk.config();
  if (severities.length === 0) return offerDeskFile(t("The desk has no severities. Add them to desk.yml."));
  const chosen = await chooseKnownIssue(session, argument, { title: t("Set severity"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const current = severities.find((name) => hasName(issue.labels, name));
  const answer = await pickOne<{ readonly severity?: string }>({
    flowStep,
    placeholder: t("Select the severity of {0}", reference),
    choices: [
      ...severities.map((severity) => ({ label: plainLabel(severity), description: severity === current ? t("current") : "", value: { severity } })),
      { label: `$(dash) ${t("No Severity")}`, value: {} },
    ],
    active: ({ severity }) => severity === current,
  });
  if (answer.kind !== "next" || answer.value.severity === current) return undefined;
  const add = answer.value.severity === undefined ? [] : [answer.value.severity];
  const remove = issue.labels.filter((label) => hasName(severities, label) && !hasName(add, label));
  return tools.submit(t("Setting the severity…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}

/** Sets the environments that an issue affects. */
export function setEnvironments(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return setAffected(tools, argument, {
    title: t("Set environments"),
    placeholder: (name) => t("Select the affected environments of {0}, then press Enter", name),
    none: t("The desk has no environments. Add them to desk.yml."),
    names: tools.session.desk.config().environments,
    read: readEnvironments,
    labelOf: environmentLabel,
  });
}

/** Sets the services that an issue affects. */
export function setServices(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  return setAffected(tools, argument, {
    title: t("Set services"),
    placeholder: (name) => t("Select the affected services of {0}, then press Enter", name),
    none: t("The desk has no services. Add them to desk.yml."),
    names: tools.session.desk.config().services,
    read: readServices,
    labelOf: serviceLabel,
  });
}

interface AffectedQuestion {
  readonly title: string;
  readonly placeholder: (issue: string) => string;
  readonly none: string;
  readonly names: readonly string[];
  readonly read: (labels: readonly string[]) => readonly string[];
  readonly labelOf: (name: string) => string;
}

/** Asks for any of the desk's names and those that the issue already has, and changes only the labels of these. */
async function setAffected(tools: DeskTools, argument: unknown, { title, placeholder, none, names, read, labelOf }: AffectedQuestion): Promise<CommandEnd> {
  const chosen = await chooseKnownIssue(tools.session, argument, { title, suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const current = read(issue.labels);
  const offered = distinctNames([...names, ...current]);
  if (offered.length === 0) return offerDeskFile(none);
  const answer = await pickMany({
    flowStep,
    placeholder: placeholder(reference),
    choices: offered.map((name) => ({
      label: plainLabel(name),
      ...(hasName(names, name) ? {} : { description: vscode.l10n.t("not in desk.yml") }),
      value: name,
      picked: hasName(current, name),
    })),
  });
  if (answer.kind !== "next") return undefined;
  const add = answer.value.filter((name) => !hasName(current, name)).map(labelOf);
  const remove = issue.labels.filter((label) => read([label]).some((name) => !hasName(answer.value, name)));
  if (add.length === 0 && remove.length === 0) return ok(undefined);
  return tools.submit(vscode.l10n.t("Labelling…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}

async function offerDeskFile(message: string): Promise<undefined> {
  const open = vscode.l10n.t("Open desk.yml");
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.commands.executeCommand("responseDesk.desk.open");
}
