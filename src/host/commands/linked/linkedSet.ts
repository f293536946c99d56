import * as vscode from "vscode";
import { draftIssue } from "../../../core/issue/draftIssue";
import type { Desk } from "../../../core/model/desk";
import { partsOf } from "../../../core/model/operation";
import { ok } from "../../../core/model/result";
import type { OperationRequest, Submission } from "../../../core/sync/outbox";
import { runInBackground } from "../../platform/background";
import { describeFailure } from "../../ui/failureMessages";
import { type Answer, type FlowStep, next, promptAll, type Question } from "../../ui/inputFlow";
import { notifyRefusal } from "../../ui/notices";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { shortReference } from "../input/pickIssue";
import { revealIssue } from "../input/show";
import type { LinkOrigin } from "./linkOrigin";
import { knownValues, parentQuestion, variableQuestions } from "./linkedQuestions";
import { linkedInput, linkTargetOf } from "./linkedState";
import { type MemberEdit, repositoriesOf, type SetChoice, setChoices, type SetMember, setMembers, type SetState } from "./setState";

/** Asks which issues to create for a step, shows them for review, and creates all of them, linked. */
export async function setFlow(tools: DeskTools, origin: LinkOrigin): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const start: SetState = { parent: origin.parent, chosen: [], repositories: [], values: {}, edits: {} };
  const state = await promptAll<SetState>(t("Create linked issues"), start, (now) => [
    parentQuestion(tools, origin),
    whichQuestion(tools, desk, origin),
    whereQuestion(desk),
    ...variableQuestions<SetState>(tools, now, now.chosen.flatMap(({ template }) => template ?? [])),
    reviewQuestion(tools, desk, origin),
  ]);
  if (state === undefined) return undefined;
  const members = setMembers(desk, origin, state, knownValues(tools, state)).filter(({ excluded }) => !excluded);
  if (members.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No issues were selected. Nothing was created.")), session.log);
    return undefined;
  }
  const { parent } = state;
  const set = session.ids.next();
  const requests: OperationRequest[] = [];
  for (const { choice, title, body, repository, filled } of members) {
    const draft = draftIssue(desk, linkedInput(session, { kind: choice.kind, title, details: body, repository, filled }));
    if (draft.kind === "failed") return draft;
    const under = typeof parent === "object" ? { under: linkTargetOf(session, origin, parent, choice.template?.step ?? origin.runbook?.step) } : {};
    requests.push({ key: `${set}-${requests.length + 1}`, operation: { kind: "create", draft: draft.value, ...under } });
  }
  let report: (progress: string) => void = () => undefined;
  // The result is shown even if the user cancels the progress.
  const work = session.pending.submitAll(requests, (count) => report(t("{0} of {1}", count, requests.length))).then((results) => (results.kind === "ok" ? notify(tools, requests, results.value) : results));
  return tools.working(t("Creating the issues…"), work, (shown) => {
    report = shown;
  });
}

/** Shows which issues were created and which are pending. Rejected ones are shown as separate notifications. */
async function notify({ session }: DeskTools, requests: readonly OperationRequest[], results: readonly Submission[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const created = results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : []));
  const [first] = created;
  if (first !== undefined) await revealIssue(first);
  const names = created.map((ref) => shortReference(session, ref)).join(", ");
  const pending: string[] = [];
  const why = new Set<string>();
  results.forEach((result, index) => {
    const request = requests[index];
    if (request?.operation.kind !== "create") return;
    if (result.kind === "queued") {
      pending.push(plainLabel(request.operation.draft.title));
      if (result.failure !== undefined) why.add(describeFailure(result.failure).message);
    } else if (result.kind === "failed") runInBackground(notifyRefusal({ pending: { ...request, at: session.clock.now(), by: "" }, failure: result.failure }), session.log);
  });
  if (pending.length === 0) {
    if (names !== "") runInBackground(vscode.window.showInformationMessage(t("Created {0}.", names)), session.log);
    return ok(undefined);
  }
  const show = t("Show Pending Changes");
  const message = t("{0} created, {1} pending: {2}. Pending issues are stored and retried automatically. {3}", created.length, pending.length, pending.join(", "), [...why].join(" "));
  runInBackground(vscode.window.showWarningMessage(message, show).then((chosen) => chosen === show && vscode.commands.executeCommand("responseDesk.pending.show")), session.log);
  return ok(undefined);
}

/** Which issues to create. Preselects all that the step mentions, unless it already has some. */
function whichQuestion(tools: DeskTools, desk: Desk, origin: LinkOrigin): Question<SetState> {
  return {
    async ask(state, flowStep) {
      const t = vscode.l10n.t;
      const has = origin.links.length + pendingAt(tools, origin, state);
      const all = setChoices(desk, origin);
      const others = all.findIndex(({ asked }) => !asked);
      const answer = await pickMany({
        flowStep,
        placeholder: has > 0 ? t("Select more issues to create. This step already has {0}", has) : t("Select the issues to create"),
        choices: all.map((choice, index) => ({
          label: choice.template === undefined ? plainLabel(`[${choice.kind.toUpperCase()}]`) : `$(note) ${plainLabel(choice.template.title)}`,
          description: plainLabel([...(choice.template === undefined ? [] : [choice.kind]), repositoriesOf(desk, choice).join(", ")].join(" \u2192 ")),
          value: choice,
          picked: state.chosen.length > 0 ? state.chosen.some(({ id }) => id === choice.id) : has === 0 && choice.asked,
          ...(index === others && index > 0 ? { heading: t("Others") } : {}),
        })),
      });
      return answer.kind === "next" ? next({ ...state, chosen: answer.value }) : answer;
    },
  };
}

/** The number of pending issues of this step. */
function pendingAt({ session }: DeskTools, origin: LinkOrigin, { parent }: SetState): number {
  if (typeof parent !== "object") return 0;
  const { step } = linkTargetOf(session, origin, parent);
  return step === undefined ? 0 : session.pending.operations().flatMap(partsOf).filter(({ operation }) => operation.kind === "create" && operation.under?.step?.run === step.run && operation.under.step.step === step.step).length;
}

/** The repositories for kinds that have several. One issue is created in each selected repository. */
function whereQuestion(desk: Desk): Question<SetState> {
  const open = ({ chosen }: SetState): readonly SetChoice[] => chosen.filter((choice) => repositoriesOf(desk, choice).length > 1);
  return {
    applies: (state) => open(state).length > 0,
    async ask(state, flowStep) {
      const answer = await pickMany({
        flowStep,
        placeholder: vscode.l10n.t("Select repositories. One issue is created in each"),
        choices: open(state).flatMap((choice) =>
          repositoriesOf(desk, choice).map((repository, index) => ({
            label: `$(repo) ${plainLabel(repository)}`,
            value: { id: choice.id, repository },
            picked: state.repositories.some((selected) => selected.id === choice.id && selected.repository === repository),
            ...(index === 0 ? { heading: plainLabel(choice.template?.title ?? `[${choice.kind.toUpperCase()}]`) } : {}),
          })),
        ),
      });
      return answer.kind === "next" ? next({ ...state, repositories: answer.value }) : answer;
    },
  };
}

/** Shows the issues to create, one line each. Each can be edited or excluded. */
function reviewQuestion(tools: DeskTools, desk: Desk, origin: LinkOrigin): Question<SetState> {
  const members = (state: SetState): readonly SetMember[] => setMembers(desk, origin, state, knownValues(tools, state));
  return {
    applies: (state) => members(state).length > 0,
    async ask(before, flowStep) {
      let state = before;
      for (;;) {
        const answer = await review(tools, members(state), state, flowStep);
        if (answer.kind !== "next") return answer;
        const { member } = answer.value;
        if (member === undefined) return next(state);
        const edit = await change(tools, member, { title: flowStep.title, back: true });
        if (edit !== undefined) state = { ...state, edits: { ...state.edits, [member.id]: { ...state.edits[member.id], ...edit } } };
      }
    },
  };
}

/** The issue to edit, or none to create all. An issue without a title must be edited first. */
function review({ session }: DeskTools, members: readonly SetMember[], { parent }: SetState, flowStep: FlowStep): Promise<Answer<{ readonly member?: SetMember }>> {
  const t = vscode.l10n.t;
  const included = members.filter(({ excluded }) => !excluded);
  const untitled = included.find(({ title }) => title === "");
  const all: Choice<{ readonly member?: SetMember }> = { label: `$(add) ${t("Create ({0})", included.length)}`, value: untitled === undefined ? {} : { member: untitled } };
  const lines = members.map((member) => ({
    label: `$(${member.excluded ? "circle-slash" : "issues"}) ${plainLabel(member.title) || t("No title")} \u2192 ${plainLabel(member.repository ?? "")}`,
    ...(member.excluded ? { description: t("excluded") } : {}),
    value: { member },
  }));
  const placeholder = typeof parent === "object" ? t("Linked to {0}. Select an issue to edit or exclude it", shortReference(session, parent)) : t("Select an issue to edit or exclude it");
  return pickOne({ flowStep, placeholder, choices: [...(included.length === 0 ? [] : [all]), ...lines] });
}

/** The edit of an issue. `undefined` if the user goes back to the list. */
async function change({ editors }: DeskTools, { title, body, excluded }: SetMember, flowStep: FlowStep): Promise<MemberEdit | undefined> {
  const t = vscode.l10n.t;
  const retitle = async (): Promise<MemberEdit | undefined> => {
    const answer = await enterText({ flowStep, prompt: t("The title"), value: title, needed: t("An issue needs a title.") });
    return answer.kind === "next" ? { title: answer.value } : undefined;
  };
  if (title === "" && !excluded) return retitle();
  const rewrite = async (): Promise<MemberEdit | undefined> => {
    const answer = await askDetails(flowStep, editors, body, t("Edit the text"));
    return answer.kind === "next" ? { body: answer.value } : undefined;
  };
  const answer = await pickOne({
    flowStep,
    placeholder: plainLabel(title),
    choices: [
      { label: `$(edit) ${t("Edit Title")}`, value: retitle },
      { label: `$(note) ${t("Edit Text")}`, value: rewrite },
      { label: excluded ? `$(add) ${t("Include")}` : `$(circle-slash) ${t("Exclude")}`, value: async () => ({ excluded: !excluded }) },
    ],
  });
  return answer.kind === "next" ? answer.value() : undefined;
}
