import { issueFacts } from "../../../core/issue/issueFacts";
import type { ChecklistStep } from "../../../core/model/checklist";
import type { Desk } from "../../../core/model/desk";
import type { IssueRef } from "../../../core/model/issueRef";
import type { IssueTemplate, KindMention, Runbook, RunbookStep } from "../../../core/model/runbook";
import { readMentions } from "../../../core/runbook/mentions";
import type { DeskSession } from "../../app/session";
import type { IssueTarget } from "../input/target";

/** Where a linked issue is created from, and what is suggested there. */
export interface LinkOrigin {
  readonly parent?: IssueRef;
  /** The step of the parent's checklist that will show the new issue. */
  readonly step?: { readonly run: string; readonly step: string };
  /** The runbook and its step, if the issue is created from the runbook itself. */
  readonly runbook?: { readonly path: string; readonly step?: string };
  /** The text of the step, used as the initial title. */
  readonly text: string;
  /** Names of the kinds that the step mentions. Empty: any kind of the desk. */
  readonly kinds: readonly string[];
  readonly templates: readonly IssueTemplate[];
  /** Issues that are already linked to the step. */
  readonly links: readonly IssueRef[];
}

/** The origin for an issue or a step of its checklist. Without a step, `all` includes the templates of every runbook on the issue. */
export async function originOfTarget(session: DeskSession, target: IssueTarget, all = false): Promise<LinkOrigin> {
  const desk = session.desk.config();
  const issue = session.issues.find(target.ref);
  const checklists = issue === undefined ? [] : issueFacts(issue, desk).checklists;
  const checklist = checklists.find(({ id }) => id === target.run);
  const step = checklist?.items.find((item): item is ChecklistStep => item.kind === "step" && item.id === target.step);
  if (checklist === undefined || step === undefined) {
    const followed = all ? await Promise.all([...new Set(checklists.map(({ runbook }) => runbook))].map((path) => session.runbooks.get(path))) : [];
    return { parent: target.ref, text: "", kinds: [], templates: followed.flatMap((runbook) => runbook?.templates ?? []), links: [] };
  }
  const runbook = await session.runbooks.get(checklist.runbook);
  return {
    parent: target.ref,
    step: { run: checklist.id, step: step.id },
    text: step.text,
    ...suggestions(desk, runbook, runbook?.steps.find(({ id }) => id === step.id), step.text, target),
    links: step.links,
  };
}

/**
 * The origin for a line (from 0) of a runbook: its innermost step, and the template at or nearest to the line. `all`
 * includes every template of the step, or of the runbook if the line is not in a step.
 */
export function originOfLine(desk: Desk, runbook: Runbook, line: number, all = false): LinkOrigin {
  const around = runbook.templates.find((template) => template.line <= line && line < template.endLine);
  const step = runbook.steps.findLast(({ id, line: from, endLine }) => (from <= line && line < endLine) || id === around?.step);
  return {
    runbook: { path: runbook.path, ...(step === undefined ? {} : { step: step.id }) },
    text: step?.text ?? "",
    ...suggestions(desk, runbook, step, step?.text ?? "", around === undefined || all ? {} : { template: around.id }),
    ...(all && step === undefined ? { templates: runbook.templates } : {}),
    links: [],
  };
}

function suggestions(
  desk: Desk,
  runbook: Runbook | undefined,
  step: RunbookStep | undefined,
  text: string,
  asked: { readonly template?: string; readonly issueKind?: string },
): Pick<LinkOrigin, "kinds" | "templates"> {
  const named = runbook?.templates.filter(({ id }) => id === asked.template) ?? [];
  const atStep = step === undefined ? [] : (runbook?.templates.filter((each) => each.step === step.id) ?? []);
  const kind = asked.issueKind;
  const templates = named.length > 0 ? named : kind === undefined ? atStep : atStep.filter((each) => each.kind === kind);
  if (kind !== undefined) return { kinds: [kind], templates };
  const mentions = step?.mentions ?? readMentions(text, desk.kinds.map(({ name }) => name));
  return { kinds: kindsOf(mentions), templates };
}

function kindsOf(mentions: readonly KindMention[]): readonly string[] {
  const creating = mentions.filter(({ action }) => action === "create");
  return [...new Set((creating.length > 0 ? creating : mentions).map(({ kind }) => kind))];
}
