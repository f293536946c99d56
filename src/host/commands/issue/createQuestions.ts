import * as vscode from "vscode";
import type { Desk } from "../../../core/model/desk";
import { formatRef, type IssueRef, refKey } from "../../../core/model/issueRef";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import type { Runbook } from "../../../core/model/runbook";
import { next, type Question } from "../../ui/inputFlow";
import { type Choice, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { issueChoice } from "../input/pickIssue";
import { askProcedure, holdsProcedures, runbookChoice } from "../input/pickRunbook";
import { searchElsewhere, suggestRunbooks } from "../input/suggestions";
import { askTitle } from "./askTitle";
import { creates, type CreateState, type SavedDraft } from "./createState";

/** The title, with similar issues below it. An unfinished draft is offered first. */
export function titleQuestion(tools: DeskTools, desk: Desk, draft: SavedDraft, unfinished: CreateState | undefined): Question<CreateState> {
  return {
    async ask(state, flowStep) {
      const issues = tools.session.issues.snapshot()?.issues ?? [];
      const index = tools.session.issues.index;
      const answer = await askTitle({
        flowStep,
        placeholder: vscode.l10n.t("What happened? Similar issues are shown while you type"),
        value: state.title,
        enter: vscode.l10n.t("Continue with this title"),
        ...(unfinished === undefined ? {} : { unfinished: unfinished.title === "" ? vscode.l10n.t("no title yet") : unfinished.title }),
        discard: () => draft.clear(),
        indexed: index.add(issues),
        similar: (title) => index.find(title, issues, 5),
        search: (title) => searchElsewhere(tools, title),
        describe: (issue) => issueChoice(issue, desk, tools.session.clock.now()).description,
        typed: (title) => {
          if (title.trim() !== "") draft.save({ ...state, title });
        },
      });
      if (answer.kind !== "next") return answer;
      const { known: _known, about: _about, ...rest } = state;
      switch (answer.value.kind) {
        case "title":
        case "details":
          return next({ ...rest, title: answer.value.title });
        case "known":
          return next({ ...rest, title: answer.value.title, known: answer.value.issue.ref });
        case "resume":
          return next(unfinished ?? rest);
      }
    },
  };
}

function shortReferenceOf(ref: IssueRef | undefined): string {
  return ref === undefined ? "" : plainLabel(refKey(ref));
}

/** What to do with the known issue that was chosen. */
export function knownQuestion(tools: DeskTools): Question<CreateState> {
  return {
    applies: (state) => state.known !== undefined,
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const known = state.known === undefined ? undefined : tools.session.issues.find(state.known);
      const name = known === undefined ? shortReferenceOf(state.known) : plainLabel(`${formatRef(known.ref, known.ref.repository)} ${known.title}`);
      const choices: Choice<NonNullable<CreateState["about"]>>[] = [
        { label: `$(go-to-file) ${t("Open It")}`, description: t("no issue is created"), value: "open" },
        { label: `$(comment) ${t("Add This Case to It")}`, description: t("as a comment; no issue is created"), value: "add" },
        { label: `$(link) ${t("Create a Related Issue")}`, value: "related" },
        { label: `$(add) ${t("Create a New Issue")}`, value: "new" },
      ];
      const answer = await pickOne({ flowStep, placeholder: t("{0} may be the same case. What do you want to do?", name), choices });
      return answer.kind === "next" ? next({ ...state, about: answer.value }) : answer;
    },
  };
}

/** Details of several lines, such as a pasted email. */
export function detailsQuestion(tools: DeskTools, draft: SavedDraft, wanted: (state: CreateState) => boolean): Question<CreateState> {
  return {
    applies: (state) => state.about !== "open" && wanted(state),
    async ask(state, flowStep) {
      const answer = await askDetails(flowStep, tools.editors, state.details, vscode.l10n.t("Details, such as the text of an email"));
      if (answer.kind !== "next") return answer;
      const known = { ...state, details: answer.value };
      draft.save(known);
      return next(known);
    },
  };
}

/** Any of the desk's services. Not asked if there are none. */
export function servicesQuestion(desk: Desk): Question<CreateState> {
  return {
    applies: (state) => desk.services.length > 0 && creates(state),
    async ask(state, flowStep) {
      const answer = await pickMany({
        flowStep,
        placeholder: vscode.l10n.t("Select the affected services, then press Enter"),
        choices: desk.services.map((service) => ({ label: plainLabel(service), value: service, picked: state.services.includes(service) })),
      });
      return answer.kind === "next" ? next({ ...state, services: answer.value }) : answer;
    },
  };
}

/** Any of the desk's environments. Not asked if there are none. */
export function environmentsQuestion(desk: Desk): Question<CreateState> {
  return {
    applies: (state) => desk.environments.length > 0 && creates(state),
    async ask(state, flowStep) {
      const answer = await pickMany({
        flowStep,
        placeholder: vscode.l10n.t("Select the affected environments, then press Enter"),
        choices: desk.environments.map((environment) => ({ label: plainLabel(environment), value: environment, picked: state.environments.includes(environment) })),
      });
      return answer.kind === "next" ? next({ ...state, environments: answer.value }) : answer;
    },
  };
}

/** One of the kind's repositories. Not asked if there is only one. */
export function repositoryQuestion(repositories: readonly string[]): Question<CreateState> {
  return {
    applies: (state) => repositories.length > 1 && creates(state),
    async ask(state, flowStep) {
      const answer = await pickOne({
        flowStep,
        placeholder: vscode.l10n.t("Select a repository"),
        choices: repositories.map((repository) => ({ label: `$(repo) ${plainLabel(repository)}`, value: repository })),
        active: (value) => value === state.repository,
      });
      return answer.kind === "next" ? next({ ...state, repository: answer.value }) : answer;
    },
  };
}

/** The runbook that becomes the checklist, best match first, or none. */
export function runbookQuestion(tools: DeskTools, desk: Desk, kind: string, runbooks: readonly Runbook[]): Question<CreateState> {
  return {
    applies: (state) => creates(state) && runbooks.some((runbook) => runbook.steps.length > 0 && runbook.details.when === undefined),
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const input = { kind, title: state.title, details: state.details, services: state.services, labels: [] };
      const suggested = suggestRunbooks(runbooks, desk, tools.session.desk.folder(), input);
      const none: Choice<{ readonly path?: string }> = { label: `$(dash) ${t("No Checklist")}`, value: {} };
      const choices: Choice<{ readonly path?: string }>[] = suggested.map(({ runbook, why }) => runbookChoice(runbook, why));
      const unsure = suggested[0]?.why === undefined;
      const answer = await pickOne({
        flowStep,
        placeholder: t("Select a runbook for the checklist"),
        choices: unsure ? [none, ...choices] : [...choices, none],
        active: (value) => state.runbook !== undefined && (value.path === state.runbook || value.path === fileOfProcedure(state.runbook)),
      });
      if (answer.kind !== "next") return answer;
      const { runbook: before, ...rest } = state;
      const { path } = answer.value;
      // Going back and forth keeps the procedure of a handbook.
      return next(path === undefined ? rest : { ...rest, runbook: before !== undefined && fileOfProcedure(before) === path ? before : path });
    },
  };
}

/** The procedure that is meant, if the selected runbook is a handbook. */
export function procedureQuestion({ session }: DeskTools, runbooks: readonly Runbook[]): Question<CreateState> {
  const handbook = ({ runbook }: CreateState): Runbook | undefined => (runbook === undefined ? undefined : runbooks.find((one) => one.path === fileOfProcedure(runbook) && holdsProcedures(one)));
  return {
    applies: (state) => creates(state) && handbook(state) !== undefined,
    async ask(state, flowStep) {
      const whole = handbook(state);
      const answer = whole === undefined ? next(undefined) : await askProcedure(session, whole, flowStep, state.runbook);
      if (answer.kind !== "next") return answer;
      return next(answer.value === undefined ? state : { ...state, runbook: answer.value.path });
    },
  };
}
