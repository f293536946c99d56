import * as vscode from "vscode";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import { type Desk, findKind } from "../../../core/model/desk";
import { type Issue, isWork } from "../../../core/model/issue";
import { type IssueRef, refKey } from "../../../core/model/issueRef";
import type { IssueTemplate } from "../../../core/model/runbook";
import { fillTemplate } from "../../../core/runbook/templates";
import { next, type Question } from "../../ui/inputFlow";
import { type Choice, enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { issueChoice, newestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { searchElsewhere } from "../input/suggestions";
import { selfAndAncestors } from "../input/target";
import { askTitle } from "../issue/askTitle";
import type { LinkOrigin } from "./linkOrigin";
import { type LinkedState, openVariables, templateValues, titleFromText } from "./linkedState";

/** Whether to open an issue that is already linked to the step, or to create another one. */
export function anotherQuestion(tools: DeskTools, origin: LinkOrigin): Question<LinkedState> {
  return {
    applies: () => origin.links.length > 0,
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const names = origin.links.map((ref) => shortReference(tools.session, ref)).join(", ");
      const answer = await pickOne<LinkedState>({
        flowStep,
        placeholder: t("{0} is already linked to this step", names),
        choices: [
          ...origin.links.map((ref) => ({ label: `$(go-to-file) ${t("Open {0}", shortReference(tools.session, ref))}`, value: { ...state, existing: ref } })),
          { label: `$(add) ${t("Create Another Issue")}`, value: state },
        ],
      });
      return answer.kind === "next" ? next(answer.value) : answer;
    },
  };
}

/** The parent of the new issue, if the origin has none. */
export function parentQuestion<State extends Pick<LinkedState, "parent">>(tools: DeskTools, origin: LinkOrigin): Question<State> {
  const { session } = tools;
  return {
    applies: () => origin.parent === undefined,
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const open = newestFirst((session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && isWork(session.issues.factsOf(issue).kind)));
      const answer = await pickIssue<"none">(session, {
        flowStep,
        placeholder: t("Select the parent issue"),
        issues: open,
        first: {
          heading: t("With this runbook"),
          otherwise: t("Other open issues"),
          belongs: (issue) => session.issues.factsOf(issue).checklists.some((checklist) => checklist.runbook === origin.runbook?.path),
        },
        after: [{ label: `$(dash) ${t("No Parent")}`, value: "none" }],
      });
      return answer.kind === "next" ? next({ ...state, parent: answer.value }) : answer;
    },
  };
}

/** The template or kind, if there are several. */
export function kindQuestion(desk: Desk, origin: LinkOrigin): Question<LinkedState> {
  const choices = kindChoices(desk, origin);
  return {
    applies: () => choices.length > 1,
    async ask(state, flowStep) {
      const answer = await pickOne({
        flowStep,
        placeholder: vscode.l10n.t("Select the kind of issue"),
        choices,
        active: (value) => value.kind === state.kind && value.template?.id === state.template?.id,
      });
      if (answer.kind !== "next") return answer;
      const { template: _template, title: _title, repository: _repository, ...rest } = state;
      return next({ ...rest, values: {}, ...answer.value });
    },
  };
}

interface KindChoice {
  readonly kind: string;
  readonly template?: IssueTemplate;
}

/** What can be created at an origin: its templates, or the kinds that its step mentions, or every kind of the desk. */
export function kindChoices(desk: Desk, origin: LinkOrigin): readonly Choice<KindChoice>[] {
  if (origin.templates.length > 0) {
    return origin.templates.map((template) => ({
      label: `$(note) ${plainLabel(template.title)}`,
      description: plainLabel(template.kind),
      value: { kind: template.kind, template },
    }));
  }
  const kinds = origin.kinds.length > 0 ? desk.kinds.filter(({ name }) => origin.kinds.includes(name)) : desk.kinds;
  return kinds.map(({ name, repositories }) => ({ label: plainLabel(name), description: plainLabel(repositories.join(", ")), value: { kind: name } }));
}

/** One of the kind's repositories. Not asked if there is only one or the template has one. */
export function linkedRepositoryQuestion(desk: Desk): Question<LinkedState> {
  const repositories = (state: LinkedState): readonly string[] => findKind(desk, state.kind ?? "")?.repositories ?? [];
  return {
    applies: (state) => state.existing === undefined && repositories(state).length > 1 && !repositories(state).includes(state.template?.repository ?? ""),
    async ask(state, flowStep) {
      const answer = await pickOne({
        flowStep,
        placeholder: vscode.l10n.t("Select a repository"),
        choices: repositories(state).map((repository) => ({ label: `$(repo) ${plainLabel(repository)}`, value: repository })),
        active: (value) => value === state.repository,
      });
      return answer.kind === "next" ? next({ ...state, repository: answer.value }) : answer;
    },
  };
}

/** One question per unknown variable of these templates. An answer resets the title. */
export function variableQuestions<State extends Pick<LinkedState, "parent" | "values" | "title">>(tools: DeskTools, now: State, templates: readonly IssueTemplate[]): readonly Question<State>[] {
  return openVariables(templates, knownValues(tools, now)).map(({ name, templates: usedIn }): Question<State> => ({
    async ask(state, flowStep) {
      const answer = await enterText({
        flowStep,
        prompt: vscode.l10n.t("{0}, for “{1}”", plainLabel(name), plainLabel(usedIn.map(({ title }) => title).join("”, “"))),
        placeholder: plainLabel(name),
        value: state.values[name] ?? "",
      });
      if (answer.kind !== "next") return answer;
      return next({ ...state, title: undefined, values: { ...state.values, [name]: answer.value } });
    },
  }));
}

/** The title. Selecting a similar issue links that issue instead. */
export function linkedTitleQuestion(tools: DeskTools, origin: LinkOrigin): Question<LinkedState> {
  const { session } = tools;
  return {
    applies: (state) => state.existing === undefined,
    async ask(state, flowStep) {
      const desk = session.desk.config();
      const parent = typeof state.parent === "object" ? state.parent : undefined;
      const excluded = parent === undefined ? new Set<string>() : selfAndAncestors(parent, (ref) => factsAt(tools, ref)?.facts);
      const issues = (session.issues.snapshot()?.issues ?? []).filter((issue) => !excluded.has(refKey(issue.ref)));
      const { template } = state;
      const first = template === undefined ? titleFromText(origin.text, origin.kinds) : fillTemplate(template, { ...knownValues(tools, state), ...state.values }).title;
      const index = session.issues.index;
      const answer = await askTitle({
        flowStep,
        placeholder: vscode.l10n.t("Title of the linked issue. Similar issues are shown while you type"),
        value: state.title ?? first,
        enter: vscode.l10n.t("Continue with this title"),
        discard: () => undefined,
        indexed: index.add(issues),
        similar: (title) => index.find(title, issues, 5),
        search: async (title) => (await searchElsewhere(tools, title)).filter((issue) => !excluded.has(refKey(issue.ref))),
        describe: (issue) => issueChoice(issue, desk, session.clock.now()).description,
        typed: () => undefined,
      });
      if (answer.kind !== "next") return answer;
      switch (answer.value.kind) {
        case "resume":
          return next({ ...state, title: first });
        case "title":
        case "details":
          return next({ ...state, title: answer.value.title });
        case "known":
          return next({ ...state, title: answer.value.title, existing: answer.value.issue.ref });
      }
    },
  };
}

/** The details, if there is no template. */
export function linkedDetailsQuestion(tools: DeskTools, wanted: (state: LinkedState) => boolean): Question<LinkedState> {
  return {
    applies: (state) => state.existing === undefined && state.template === undefined && wanted(state),
    async ask(state, flowStep) {
      const answer = await askDetails(flowStep, tools.editors, state.details, vscode.l10n.t("Details of the issue"));
      return answer.kind === "next" ? next({ ...state, details: answer.value }) : answer;
    },
  };
}

/** The known values of template variables for the selected parent. */
export function knownValues(tools: DeskTools, state: Pick<LinkedState, "parent">): Readonly<Record<string, string>> {
  const { session } = tools;
  const parent = typeof state.parent === "object" ? factsAt(tools, state.parent) : undefined;
  const me = session.account.knownMe();
  return templateValues({
    desk: session.desk.config(),
    now: session.clock.now(),
    holders: session.clocks.holders(),
    ...(me === undefined ? {} : { me }),
    ...(parent === undefined ? {} : { parent }),
  });
}

function factsAt({ session }: DeskTools, ref: IssueRef): { readonly issue: Issue; readonly facts: IssueFacts } | undefined {
  const issue = session.issues.find(ref);
  return issue === undefined ? undefined : { issue, facts: session.issues.factsOf(issue) };
}
