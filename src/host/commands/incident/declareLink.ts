import * as vscode from "vscode";
import { type DeclareLink, fitDeclareLink, formatDeclareLink, type LinkProblem, parseDeclareLink, type ReadLink } from "../../../core/incident/declareLink";
import { procedurePath } from "../../../core/model/procedurePath";
import { assertNever } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { askProcedure, chooseRunbook } from "../input/pickRunbook";
import { createFlow } from "../issue/create";
import { createNow, startCreating } from "../issue/createIssue";
import { emptyState } from "../issue/createState";

/**
 * Shows what a link from outside fills into a new incident. The query of the link is the first argument. Nothing is created before
 * the user chooses it.
 */
export async function declareFromLink(tools: DeskTools, [query]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const read = typeof query === "string" ? parseDeclareLink(query) : undefined;
  if (read === undefined) {
    runInBackground(vscode.window.showErrorMessage(t("The link is too long. Declare the incident without it.")), session.log);
    return undefined;
  }
  const begun = await startCreating(session, "incident");
  if (begun?.kind !== "ok") return begun;
  const runbooks = (await session.runbooks.all()).filter(({ details }) => details.when === undefined);
  const fitting = fitDeclareLink(read, session.desk.config(), runbooks.flatMap(({ path, sections }) => [path, ...sections.map(({ slug }) => procedurePath(path, slug))]));
  const title = t("Declare incident from a link");
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Nothing is created yet. Check what the link contains"), choices: reviewChoices(fitting) });
  if (answer.kind !== "next") return undefined;
  if (answer.value === "declare") return createNow(tools, { ...emptyState, ...fitting.link }, begun.value);
  const { runbook, ...start } = fitting.link;
  return createFlow(tools, { kind: "incident", title, draft: "incident.link", start, ...(runbook === undefined ? {} : { runbook }) });
}

type Review = "change" | "declare";

/** The choices, then what the link contains and what of it is ignored. The first choice creates nothing. */
function reviewChoices({ link, problems }: ReadLink): readonly Choice<Review>[] {
  const t = vscode.l10n.t;
  const rows = linkRows(link).filter(([, value]) => value !== "");
  return [
    { label: `$(edit) ${t("Review and Change…")}`, value: "change" },
    ...(link.title === "" ? [] : [{ label: `$(flame) ${t("Declare Incident Now")}`, value: "declare" as const }]),
    ...rows.map(([name, value], index): Choice<Review> => ({ label: name, description: plainLabel(value), value: "change", ...(index > 0 ? {} : { heading: t("from the link") }) })),
    ...problems.map((problem, index): Choice<Review> => ({ label: `$(warning) ${describeProblem(problem)}`, value: "change", ...(index > 0 ? {} : { heading: t("changed or ignored") }) })),
  ];
}

function linkRows({ title, details, runbook, priority, severity, services, environments }: DeclareLink): readonly (readonly [name: string, value: string])[] {
  const t = vscode.l10n.t;
  return [
    [t("Title"), title],
    [t("Details"), details],
    [t("Runbook"), runbook ?? ""],
    [t("Priority"), priority ?? ""],
    [t("Severity"), severity ?? ""],
    [t("Services"), services.join(", ")],
    [t("Environments"), environments.join(", ")],
  ];
}

function describeProblem(problem: LinkProblem): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case "unknown":
      return t("“{0}” is not a parameter of such links", plainLabel(problem.text));
    case "repeated":
      return t("“{0}” is in the link more than once. The first is used", problem.parameter);
    case "shortened":
      return t("“{0}” is too long. Only its start is used", problem.parameter);
    case "hidden":
      return t("“{0}” contained invisible characters, which were removed", problem.parameter);
    case "notOnDesk":
      return problem.parameter === "runbook"
        ? t("The desk has no runbook {0}", plainLabel(problem.value))
        : t("desk.yml has no {0} named {1}", problem.parameter, plainLabel(problem.value));
    default:
      return assertNever(problem);
  }
}

/** Copies a link that opens the form for a new incident with a runbook, for the messages of a monitoring tool. */
export async function copyDeclareLink({ session, context }: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const runbook = await chooseRunbook(session, args, t("Copy declare link"), t("Select the runbook that the link starts"));
  if (runbook === undefined) return undefined;
  const procedure = await askProcedure(session, runbook, { title: t("Copy declare link"), back: false });
  if (procedure.kind !== "next") return undefined;
  const link = formatDeclareLink(`${vscode.env.uriScheme}://${context.extension.id}`, { title: "", details: "", services: [], environments: [], runbook: procedure.value.path });
  await vscode.env.clipboard.writeText(link);
  const parameters = "service, environment, priority, severity, details";
  runInBackground(vscode.window.showInformationMessage(t("The link is copied. Append the percent-encoded title of the alert. You can add these parameters: {0}.", parameters)), session.log);
  return undefined;
}
