import { readableText } from "../checklist/values";
import type { Checklist, ChecklistStep, StepRef } from "../model/checklist";
import { type Desk, openRepositories } from "../model/desk";
import type { FormState } from "../model/issueForm";
import type { IssueRef, Repository } from "../model/issueRef";
import type { LinkTarget } from "../model/operation";
import { fileOfProcedure } from "../model/procedurePath";
import type { IssueTemplate, KindMention, Runbook, RunbookStep } from "../model/runbook";
import type { Holders } from "../model/shift";
import { readMentions } from "../runbook/mentions";
import { fillTemplate } from "../runbook/templates";
import type { DraftInput } from "./draftIssue";

/** Linked issues before they are created: where they are created from, and what was entered so far. One issue is a draft with one. */
export interface LinkedDraft {
  /** Whether several issues can be selected. */
  readonly several: boolean;
  /** `none`: the issues have no parent. Absent until it is selected. */
  readonly parent?: IssueRef | "none";
  /** The step of the parent's checklist that will show the new issues. */
  readonly step?: StepRef;
  /** The runbook and its step, if the issues are created from the runbook itself. */
  readonly runbook?: { readonly path: string; readonly step?: string };
  /** Issues that are already linked to the step. */
  readonly links: readonly IssueRef[];
  /** What can be created: templates first, then the kinds that the step mentions. */
  readonly offers: readonly LinkedIssue[];
  /** The selected offers, once for each of their selected repositories. */
  readonly issues: readonly LinkedIssue[];
  /** Values of variables that were entered. */
  readonly values: Readonly<Record<string, string>>;
}

/** One linked issue. A title or text that was entered replaces that of its template or step. */
export interface LinkedIssue extends FormState {
  /** Identifies the offer. Issues in several repositories share it. */
  readonly id: string;
  readonly kind: string;
  readonly template?: IssueTemplate;
  /** Whether the step asks for it. */
  readonly asked: boolean;
  /** The title that the text of the step suggests. */
  readonly subject: string;
  /** The repositories to select from. */
  readonly repositories: readonly Repository[];
  readonly repository?: Repository;
  readonly title?: string | undefined;
  /** An existing issue to link instead of creating one. */
  readonly existing?: IssueRef;
  /** Not created, although it is selected. */
  readonly excluded?: boolean;
}

/** A draft for an issue as a whole. Only several issues can use templates, as each belongs to a step. */
export function draftUnderIssue(desk: Desk, parent: IssueRef, templates: readonly IssueTemplate[], several: boolean): LinkedDraft {
  return { parent, links: [], ...startOf(desk, several ? templates : [], several) };
}

/** The template and kind that the button of a step creates. */
interface AskedFor {
  readonly template?: string | undefined;
  readonly issueKind?: string | undefined;
}

/** A draft for a step of an issue's checklist. The runbook is absent if it no longer exists. */
export function draftAtStep(desk: Desk, parent: IssueRef, checklist: Checklist, step: ChecklistStep, runbook: Runbook | undefined, asked: AskedFor, several: boolean): LinkedDraft {
  const written = runbook?.steps.find(({ id }) => id === step.id);
  return {
    parent,
    step: { run: checklist.id, step: step.id },
    links: step.links,
    ...startOf(desk, templatesOf(runbook, written, asked), several, { text: readableText(step.text, checklist), kinds: kindsAsked(desk, written, step.text, asked) }),
  };
}

/**
 * A draft for a line (from 0) of a runbook: its innermost step, and the template at or nearest to the line. With `several`,
 * every template of the step, or of the runbook if the line is not in a step.
 */
export function draftAtLine(desk: Desk, runbook: Runbook, line: number, several: boolean): LinkedDraft {
  const around = runbook.templates.find((template) => template.line <= line && line < template.endLine);
  const all = runbook.steps.filter(({ id, line: from, endLine }) => (from <= line && line < endLine) || id === around?.step);
  // Several nodes of a flowchart can be on one line.
  const step = all.find(({ source, mentions }) => source === "chart" && mentions.some(({ action }) => action === "create")) ?? all.at(-1);
  const templates = several && step === undefined ? runbook.templates : templatesOf(runbook, step, several ? {} : { template: around?.id });
  return {
    runbook: { path: runbook.path, ...(step === undefined ? {} : { step: step.id }) },
    links: [],
    ...startOf(desk, templates, several, step && { text: readableText(step.text, {}), kinds: kindsAsked(desk, step, step.text, {}) }),
  };
}

function templatesOf(runbook: Runbook | undefined, step: RunbookStep | undefined, { template, issueKind }: AskedFor): readonly IssueTemplate[] {
  const named = runbook?.templates.filter(({ id }) => id === template) ?? [];
  if (named.length > 0) return named;
  const atStep = step === undefined ? [] : (runbook?.templates.filter((each) => each.step === step.id) ?? []);
  return issueKind === undefined ? atStep : atStep.filter(({ kind }) => kind === issueKind);
}

function kindsAsked(desk: Desk, step: RunbookStep | undefined, text: string, { issueKind }: AskedFor): readonly string[] {
  if (issueKind !== undefined) return [issueKind];
  const mentions: readonly KindMention[] = step?.mentions ?? readMentions(text, desk.kinds.map(({ name }) => name));
  const creating = mentions.filter(({ action }) => action === "create");
  return [...new Set((creating.length > 0 ? creating : mentions).map(({ kind }) => kind))];
}

/** One issue is a template, else a kind that the step mentions, else any kind. Several issues can be all of these. */
function startOf(desk: Desk, templates: readonly IssueTemplate[], several: boolean, step?: { readonly text: string; readonly kinds: readonly string[] }): Pick<LinkedDraft, "several" | "offers" | "issues" | "values"> {
  const subject = titleFromText(step?.text ?? "", step?.kinds ?? []);
  const kinds = desk.kinds.map(({ name }) => name).filter((name) => !templates.some(({ kind }) => kind === name));
  const groups: readonly (readonly Pick<LinkedIssue, "kind" | "template" | "asked">[])[] = [
    templates.map((template) => ({ kind: template.kind, template, asked: step !== undefined })),
    kinds.filter((kind) => step?.kinds.includes(kind)).map((kind) => ({ kind, asked: true })),
    kinds.filter((kind) => !step?.kinds.includes(kind)).map((kind) => ({ kind, asked: false })),
  ];
  const offers = (several ? groups.flat() : (groups.find((group) => group.length > 0) ?? [])).map((offer, index): LinkedIssue => ({
    id: String(index),
    ...offer,
    subject: offer.asked || !several ? subject : "",
    repositories: openRepositories(desk, offer.template ?? offer),
  }));
  return { several, offers, issues: several || offers.length > 1 ? [] : offers, values: {} };
}

/** The initial title from the text of a step: without emphasis, kinds in brackets and the verb before them. */
export function titleFromText(text: string, kinds: readonly string[]): string {
  const bracketed = kinds.map((kind) => kind.replace(/[^\w-]/g, "")).filter((kind) => kind !== "");
  const asks = new RegExp(`^\\s*(?:\\w+\\s+(?:an?\\s+|the\\s+|new\\s+)*)?\\[(?:${bracketed.join("|")})\\]\\s*(?:for|about|that|with|to|:|—|-)?\\s*`, "i");
  const plain = text.replace(/\*\*|__|`/g, "");
  const rest = bracketed.length === 0 ? plain : plain.replace(asks, "");
  return rest.replace(/[\s.:;]+$/, "").trim();
}

/** Selects offers. What was entered for an offer that was already selected is kept, as are the answers in forms. */
export function selectOffers(draft: LinkedDraft, offers: readonly LinkedIssue[]): LinkedDraft {
  const [first] = draft.issues;
  return {
    ...draft,
    issues: offers.flatMap((offer) => {
      const before = draft.issues.filter(({ id }) => id === offer.id);
      return before.length > 0 ? before : [{ ...offer, ...(first === undefined ? {} : { form: first.form, filled: first.filled }) }];
    }),
  };
}

/** Selects repositories for issues that can be created in several, each with one issue per repository. Without one, an issue is not created. */
export function selectRepositories(draft: LinkedDraft, selected: readonly Pick<LinkedIssue, "id" | "repository">[]): LinkedDraft {
  return {
    ...draft,
    issues: draft.offers.flatMap((offer) => {
      const before = draft.issues.filter(({ id }) => id === offer.id);
      if (before.length === 0 || offer.repositories.length <= 1) return before;
      const issues = selected.filter(({ id }) => id === offer.id).map(({ repository }) => before.find((issue) => issue.repository === repository) ?? { ...offer, ...(repository === undefined ? {} : { repository }) });
      return issues.length > 0 ? issues : [offer];
    }),
  };
}

/** The selected issues whose repository is known. */
export function placedIssues({ issues }: LinkedDraft): readonly LinkedIssue[] {
  return issues.filter(({ repositories, repository }) => repositories.length <= 1 || repository !== undefined);
}

/** The input for an issue of the draft: what was entered, otherwise its template with the known and entered values. The assignee is a role's holder. */
export function inputOf(draft: LinkedDraft, issue: LinkedIssue, known: Readonly<Record<string, string>>, holders: Holders): DraftInput {
  const filled = issue.template && fillTemplate(issue.template, { ...draft.values, ...known });
  const role = filled?.assign?.replace(/^@/, "") ?? "";
  const holder = Object.hasOwn(holders, role) ? holders[role] : undefined;
  const repository = issue.repository ?? filled?.repository ?? issue.repositories[0];
  return {
    kind: issue.kind,
    title: issue.title ?? filled?.title ?? issue.subject,
    details: issue.details ?? filled?.body ?? "",
    labels: filled?.labels ?? [],
    assignees: holder === undefined ? [] : [holder],
    ...(repository === undefined ? {} : { repository }),
    ...(filled?.priority === undefined ? {} : { priority: filled.priority }),
  };
}

/** The issue that becomes the parent, if any. */
export function parentOf({ parent }: LinkedDraft): IssueRef | undefined {
  return parent === "none" ? undefined : parent;
}

/**
 * What an issue of the draft is linked to: the step of the draft, or the step of its template or runbook in the latest of the
 * parent's checklists that has it. `undefined` without a parent.
 */
export function targetOf(draft: LinkedDraft, checklists: readonly Checklist[], issue?: LinkedIssue): LinkTarget | undefined {
  const parent = parentOf(draft);
  if (parent === undefined) return undefined;
  const step = issue?.template?.step ?? draft.runbook?.step;
  const checklist = checklists
    .filter(({ runbook }) => draft.runbook === undefined || fileOfProcedure(runbook) === fileOfProcedure(draft.runbook.path))
    .findLast(({ items }) => items.some((item) => item.kind === "step" && item.id === step));
  const ref = draft.step ?? (checklist === undefined || step === undefined ? undefined : { run: checklist.id, step });
  return { parent, relation: "child", ...(ref === undefined ? {} : { step: ref }) };
}
