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
import type { LinkOrigin } from "./linkedPlace";
import { knownValues, parentQuestion, variableQuestions } from "./linkedQuestions";
import { linkedInput, linkTargetOf } from "./linkedState";
import { type MemberEdit, repositoriesOf, type SetChoice, setChoices, type SetMember, setMembers, type SetState } from "./setState";

/** Asks which issues a step is to get and what they leave open, shows them for review, and creates all in one step, linked. */
export async function setFlow(tools: DeskTools, origin: LinkOrigin): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const start: SetState = { parent: origin.parent, chosen: [], places: [], values: {}, edits: {} };
  const state = await promptAll<SetState>(t("Create linked issues"), start, (now) => [
    parentQuestion(tools, origin),
    whichQuestion(tools, desk, origin),
    whereQuestion(desk),
    ...variableQuestions<SetState>(tools, now, now.chosen.flatMap(({ template }) => template ?? [])),
    reviewQuestion(tools, desk, origin),
  ]);
  if (state === undefined) return undefined;
  const members = setMembers(desk, origin, state, knownValues(tools, state)).filter(({ left }) => !left);
  if (members.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No issue was chosen, so none was created.")), session.log);
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
  // Who no longer waits is still told what came of it.
  const work = session.pending.submitAll(requests, (count) => report(t("{0} of {1}", count, requests.length))).then((results) => (results.kind === "ok" ? notify(tools, requests, results.value) : results));
  return tools.working(t("Creating the issues…"), work, (shown) => {
    report = shown;
  });
}

/** Says what was created and what waits; what can not be created is told as any other change that can not be made. */
async function notify({ session }: DeskTools, requests: readonly OperationRequest[], results: readonly Submission[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const created = results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : []));
  const [first] = created;
  if (first !== undefined) await revealIssue(first);
  const names = created.map((ref) => shortReference(session, ref)).join(", ");
  const waiting: string[] = [];
  const why = new Set<string>();
  results.forEach((result, index) => {
    const request = requests[index];
    if (request?.operation.kind !== "create") return;
    if (result.kind === "queued") {
      waiting.push(plainLabel(request.operation.draft.title));
      if (result.failure !== undefined) why.add(describeFailure(result.failure).message);
    } else if (result.kind === "failed") runInBackground(notifyRefusal({ pending: { ...request, at: session.clock.now(), by: "" }, failure: result.failure }), session.log);
  });
  if (waiting.length === 0) {
    if (names !== "") runInBackground(vscode.window.showInformationMessage(t("Created {0}.", names)), session.log);
    return ok(undefined);
  }
  const show = t("Show Pending Changes");
  const message = t("{0} created, {1} waiting: {2}. Each is stored and tried again by itself. {3}", created.length, waiting.length, waiting.join(", "), [...why].join(" "));
  runInBackground(vscode.window.showWarningMessage(message, show).then((chosen) => chosen === show && vscode.commands.executeCommand("responseDesk.pending.show")), session.log);
  return ok(undefined);
}

/** Which issues to create: all that the step asks for, unless it has some already. */
function whichQuestion(tools: DeskTools, desk: Desk, place: LinkOrigin): Question<SetState> {
  return {
    async ask(state, where) {
      const t = vscode.l10n.t;
      const has = place.links.length + pendingAt(tools, place, state);
      const all = setChoices(desk, place);
      const others = all.findIndex(({ asked }) => !asked);
      const answer = await pickMany({
        flowStep: where,
        placeholder: has > 0 ? t("Which others? This step has {0} already", has) : t("Which issues are to be created?"),
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

/** How many issues of this step are stored and not created yet. */
function pendingAt({ session }: DeskTools, place: LinkOrigin, { parent }: SetState): number {
  if (typeof parent !== "object") return 0;
  const { step } = linkTargetOf(session, place, parent);
  return step === undefined ? 0 : session.pending.operations().flatMap(partsOf).filter(({ operation }) => operation.kind === "create" && operation.under?.step?.run === step.run && operation.under.step.step === step.step).length;
}

/** In which repositories, for all whose kind has several: one issue is created in each that is ticked. */
function whereQuestion(desk: Desk): Question<SetState> {
  const open = ({ chosen }: SetState): readonly SetChoice[] => chosen.filter((choice) => repositoriesOf(desk, choice).length > 1);
  return {
    applies: (state) => open(state).length > 0,
    async ask(state, where) {
      const answer = await pickMany({
        flowStep: where,
        placeholder: vscode.l10n.t("Where? One issue is created in each repository you tick"),
        choices: open(state).flatMap((choice) =>
          repositoriesOf(desk, choice).map((repository, index) => ({
            label: `$(repo) ${plainLabel(repository)}`,
            value: { id: choice.id, repository },
            picked: state.places.some((place) => place.id === choice.id && place.repository === repository),
            ...(index === 0 ? { heading: plainLabel(choice.template?.title ?? `[${choice.kind.toUpperCase()}]`) } : {}),
          })),
        ),
      });
      return answer.kind === "next" ? next({ ...state, places: answer.value }) : answer;
    },
  };
}

/** Shows what will be created where, one line each; a line can be changed or left out before all are created. */
function reviewQuestion(tools: DeskTools, desk: Desk, place: LinkOrigin): Question<SetState> {
  const members = (state: SetState): readonly SetMember[] => setMembers(desk, place, state, knownValues(tools, state));
  return {
    applies: (state) => members(state).length > 0,
    async ask(before, where) {
      let state = before;
      for (;;) {
        const answer = await review(tools, members(state), state, where);
        if (answer.kind !== "next") return answer;
        const { member } = answer.value;
        if (member === undefined) return next(state);
        const edit = await change(tools, member, { title: where.title, back: true });
        if (edit !== undefined) state = { ...state, edits: { ...state.edits, [member.id]: { ...state.edits[member.id], ...edit } } };
      }
    },
  };
}

/** The issue to change, or none when all are to be created as they are; one without a title has to get one first. */
function review({ session }: DeskTools, members: readonly SetMember[], { parent }: SetState, place: FlowStep): Promise<Answer<{ readonly member?: SetMember }>> {
  const t = vscode.l10n.t;
  const kept = members.filter(({ left }) => !left);
  const untitled = kept.find(({ title }) => title === "");
  const all: Choice<{ readonly member?: SetMember }> = { label: `$(add) ${t("Create now ({0})", kept.length)}`, value: untitled === undefined ? {} : { member: untitled } };
  const lines = members.map((member) => ({
    label: `$(${member.left ? "circle-slash" : "issues"}) ${plainLabel(member.title) || t("No title yet")} \u2192 ${plainLabel(member.repository ?? "")}`,
    ...(member.left ? { description: t("left out") } : {}),
    value: { member },
  }));
  const placeholder = typeof parent === "object" ? t("Linked to {0}. Choose one to change it or leave it out", shortReference(session, parent)) : t("Choose one to change it or leave it out");
  return pickOne({ flowStep: place, placeholder, choices: [...(kept.length === 0 ? [] : [all]), ...lines] });
}

/** What is to be different about an issue; nothing when the person goes back to the others. */
async function change({ editors }: DeskTools, { title, body, left }: SetMember, place: FlowStep): Promise<MemberEdit | undefined> {
  const t = vscode.l10n.t;
  const retitle = async (): Promise<MemberEdit | undefined> => {
    const answer = await enterText({ flowStep: place, prompt: t("The title"), value: title, needed: t("An issue needs a title.") });
    return answer.kind === "next" ? { title: answer.value } : undefined;
  };
  if (title === "" && !left) return retitle();
  const rewrite = async (): Promise<MemberEdit | undefined> => {
    const answer = await askDetails(place, editors, body, t("What should the text be?"));
    return answer.kind === "next" ? { body: answer.value } : undefined;
  };
  const answer = await pickOne({
    flowStep: place,
    placeholder: plainLabel(title),
    choices: [
      { label: `$(edit) ${t("Change the title")}`, value: retitle },
      { label: `$(note) ${t("Change the text")}`, value: rewrite },
      { label: left ? `$(add) ${t("Take it in again")}` : `$(circle-slash) ${t("Leave it out")}`, value: async () => ({ left: !left }) },
    ],
  });
  return answer.kind === "next" ? answer.value() : undefined;
}
