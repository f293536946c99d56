import * as vscode from "vscode";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import { inputOf, type LinkedDraft, type LinkedIssue, parentOf, selectOffers, selectRepositories, targetOf } from "../../../core/issue/linkedDraft";
import { isWork } from "../../../core/model/issue";
import { type IssueRef, refKey } from "../../../core/model/issueRef";
import { type LinkTarget, partsOf } from "../../../core/model/operation";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { openVariables } from "../../../core/runbook/templates";
import type { DeskSession } from "../../app/session";
import { type Answer, applies, type FlowStep, next, type Question } from "../../ui/inputFlow";
import { enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { knownValues } from "../../app/knownValues";
import { issueChoice, likeliestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { searchElsewhere } from "../input/suggestions";
import { selfAndAncestors } from "../input/target";
import { askTitle } from "../issue/askTitle";

/** Whether to open an issue that is already linked to the step, or to create another one. */
export function anotherQuestion({ session }: DeskTools): Question<LinkedDraft> {
  return {
    applies: ({ several, links }) => !several && links.length > 0,
    async ask(draft, flowStep) {
      const t = vscode.l10n.t;
      const answer = await pickOne<{ readonly open?: IssueRef }>({
        flowStep,
        placeholder: t("{0} is already linked to this step", draft.links.map((ref) => shortReference(session, ref)).join(", ")),
        choices: [
          ...draft.links.map((ref) => ({ label: `$(go-to-file) ${t("Open {0}", shortReference(session, ref))}`, value: { open: ref } })),
          { label: `$(add) ${t("Create Another Issue")}`, value: {} },
        ],
      });
      if (answer.kind !== "next") return answer;
      if (answer.value.open === undefined) return next(draft);
      await vscode.commands.executeCommand("responseDesk.issue.open", answer.value.open);
      return { kind: "left" };
    },
  };
}

/** The parent of the new issues, if the draft starts without one. */
export function parentQuestion({ session }: DeskTools, start: LinkedDraft): Question<LinkedDraft> {
  return {
    applies: () => start.parent === undefined,
    async ask(draft, flowStep) {
      const t = vscode.l10n.t;
      const open = likeliestFirst(session, (session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && isWork(session.issues.factsOf(issue).kind)));
      const answer = await pickIssue<"none">(session, {
        flowStep,
        placeholder: t("Select the parent issue"),
        issues: open,
        first: {
          heading: t("With this runbook"),
          otherwise: t("Other open issues"),
          belongs: (issue) => session.issues.factsOf(issue).checklists.some((checklist) => fileOfProcedure(checklist.runbook) === fileOfProcedure(draft.runbook?.path ?? "")),
        },
        after: [{ label: `$(dash) ${t("No Parent")}`, value: "none" }],
      });
      return answer.kind === "next" ? next({ ...draft, parent: answer.value }) : answer;
    },
  };
}

/** Which issues to create: one template or kind if there are several, or any number of them. */
export function whichQuestion(tools: DeskTools, { several, offers }: LinkedDraft): Question<LinkedDraft> {
  return {
    applies: () => several || offers.length > 1,
    async ask(draft, flowStep) {
      const answer = await (several ? askWhichOffers(tools, draft, flowStep) : askWhichOffer(draft, flowStep));
      return answer.kind === "next" ? next(selectOffers(draft, answer.value)) : answer;
    },
  };
}

async function askWhichOffer({ offers, issues }: LinkedDraft, flowStep: FlowStep): Promise<Answer<readonly LinkedIssue[]>> {
  const answer = await pickOne({
    flowStep,
    placeholder: vscode.l10n.t("Select the kind of issue"),
    choices: offers.map((offer) => ({
      ...(offer.template === undefined
        ? { label: plainLabel(offer.kind), description: plainLabel(offer.repositories.join(", ")) }
        : { label: `$(note) ${plainLabel(offer.template.title)}`, description: plainLabel(offer.kind) }),
      value: offer,
    })),
    active: ({ id }) => id === issues[0]?.id,
  });
  return answer.kind === "next" ? next([answer.value]) : answer;
}

/** Preselects all that the step mentions, unless it already has some. */
function askWhichOffers(tools: DeskTools, draft: LinkedDraft, flowStep: FlowStep): Promise<Answer<readonly LinkedIssue[]>> {
  const t = vscode.l10n.t;
  const has = draft.links.length + pendingAt(tools, draft);
  const others = draft.offers.findIndex(({ asked }) => !asked);
  return pickMany({
    flowStep,
    placeholder: has > 0 ? t("Select more issues to create. This step already has {0}", has) : t("Select the issues to create"),
    choices: draft.offers.map((offer, index) => ({
      label: offer.template === undefined ? nameOf(offer) : `$(note) ${nameOf(offer)}`,
      description: plainLabel([...(offer.template === undefined ? [] : [offer.kind]), offer.repositories.join(", ")].join(" \u2192 ")),
      value: offer,
      picked: draft.issues.length > 0 ? draft.issues.some(({ id }) => id === offer.id) : has === 0 && offer.asked,
      ...(index === others && index > 0 ? { heading: t("Others") } : {}),
    })),
  });
}

/** The number of pending issues of this step. */
function pendingAt({ session }: DeskTools, draft: LinkedDraft): number {
  const step = linkTarget(session, draft)?.step;
  return step === undefined ? 0 : session.pending.operations().flatMap(partsOf).filter(({ operation }) => operation.kind === "create" && operation.under?.step?.run === step.run && operation.under.step.step === step.step).length;
}

function nameOf({ template, kind }: LinkedIssue): string {
  return plainLabel(template?.title ?? `[${kind.toUpperCase()}]`);
}

/** The repository of issues that can be created in several. Several issues can be created once in each selected repository. */
export function repositoryQuestion({ several }: LinkedDraft): Question<LinkedDraft> {
  const open = ({ offers, issues }: LinkedDraft): readonly LinkedIssue[] => offers.filter(({ id, repositories }) => repositories.length > 1 && issues.some((issue) => issue.id === id));
  return {
    applies: (draft) => open(draft).length > 0,
    async ask(draft, flowStep) {
      const t = vscode.l10n.t;
      const choices = open(draft).flatMap((offer) =>
        offer.repositories.map((repository, index) => ({
          label: `$(repo) ${plainLabel(repository)}`,
          value: { id: offer.id, repository },
          picked: draft.issues.some((issue) => issue.id === offer.id && issue.repository === repository),
          ...(several && index === 0 ? { heading: nameOf(offer) } : {}),
        })),
      );
      if (several) {
        const answer = await pickMany({ flowStep, placeholder: t("Select repositories. One issue is created in each"), choices });
        return answer.kind === "next" ? next(selectRepositories(draft, answer.value)) : answer;
      }
      const answer = await pickOne({ flowStep, placeholder: t("Select a repository"), choices, active: ({ repository }) => repository === draft.issues[0]?.repository });
      return answer.kind === "next" ? next({ ...draft, issues: draft.issues.map((issue) => ({ ...issue, repository: answer.value.repository })) }) : answer;
    },
  };
}

/** One question per variable without a known value in the templates of the draft. */
export function variableQuestions({ session }: DeskTools, now: LinkedDraft): readonly Question<LinkedDraft>[] {
  const templates = [...new Set(now.issues.flatMap(({ template }) => template ?? []))];
  return openVariables(templates, knownValues(session, parentOf(now))).map(({ name, templates: usedIn }): Question<LinkedDraft> => ({
    async ask(draft, flowStep) {
      const answer = await enterText({
        flowStep,
        prompt: vscode.l10n.t("{0}, for “{1}”", plainLabel(name), plainLabel(usedIn.map(({ title }) => title).join("”, “"))),
        placeholder: plainLabel(name),
        value: draft.values[name] ?? "",
      });
      return answer.kind === "next" ? next({ ...draft, values: { ...draft.values, [name]: answer.value } }) : answer;
    },
  }));
}

/** A question about the only issue of the draft. */
export function onlyIssue(question: Question<LinkedIssue>): Question<LinkedDraft> {
  return {
    ready: async ({ issues: [issue] }) => (issue === undefined ? undefined : question.ready?.(issue)),
    applies: ({ issues: [issue] }) => issue !== undefined && applies(question, issue),
    async ask(draft, flowStep) {
      const [issue] = draft.issues;
      if (issue === undefined) return next(draft);
      const answer = await question.ask(issue, flowStep);
      return answer.kind === "next" ? next({ ...draft, issues: [answer.value] }) : answer;
    },
  };
}

/** The title. Selecting a similar issue links that issue instead. */
export function titleQuestion(tools: DeskTools, draft: LinkedDraft): Question<LinkedIssue> {
  const { session } = tools;
  return {
    async ask(issue, flowStep) {
      const desk = session.desk.config();
      const parent = parentOf(draft);
      const excluded = parent === undefined ? new Set<string>() : selfAndAncestors(parent, (ref) => factsAt(session, ref));
      const issues = (session.issues.snapshot()?.issues ?? []).filter(({ ref }) => !excluded.has(refKey(ref)));
      const first = inputOf(draft, { ...issue, title: undefined }, knownValues(session, parent), {}).title;
      const index = session.issues.index;
      const answer = await askTitle({
        flowStep,
        placeholder: vscode.l10n.t("Title of the linked issue. Similar issues are shown while you type"),
        value: issue.title ?? first,
        enter: vscode.l10n.t("Continue with this title"),
        discard: () => undefined,
        indexed: index.add(issues),
        similar: (title) => index.find(title, issues, 5),
        search: async (title) => (await searchElsewhere(tools, title)).filter(({ ref }) => !excluded.has(refKey(ref))),
        describe: (similar) => issueChoice(similar, desk, session.clock.now()).description,
        typed: () => undefined,
      });
      if (answer.kind !== "next") return answer;
      switch (answer.value.kind) {
        case "title":
        case "details":
          // A title that was not changed follows the values of its variables.
          return next({ ...issue, title: answer.value.title === first ? undefined : answer.value.title });
        case "resume":
          return next(issue);
        case "known":
          return next({ ...issue, existing: answer.value.issue.ref });
      }
    },
  };
}

/** The details, if neither a template nor a form has them. */
export function detailsQuestion(tools: DeskTools, wanted: (issue: LinkedIssue) => boolean): Question<LinkedIssue> {
  return {
    applies: wanted,
    async ask(issue, flowStep) {
      const answer = await askDetails(flowStep, tools.editors, issue.details ?? "", vscode.l10n.t("Details of the issue"));
      return answer.kind === "next" ? next({ ...issue, details: answer.value }) : answer;
    },
  };
}

/** What the draft, or one issue of it, is linked to. */
export function linkTarget(session: DeskSession, draft: LinkedDraft, issue?: LinkedIssue): LinkTarget | undefined {
  const parent = parentOf(draft);
  return targetOf(draft, (parent && factsAt(session, parent))?.checklists ?? [], issue);
}

function factsAt({ issues }: DeskSession, ref: IssueRef): IssueFacts | undefined {
  const issue = issues.find(ref);
  return issue && issues.factsOf(issue);
}
