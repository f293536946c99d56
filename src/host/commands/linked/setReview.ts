import * as vscode from "vscode";
import type { Desk } from "../../../core/desk/desk";
import { plainLabel } from "../../views/plainLabel";
import type { DeskTools } from "../command";
import { next, type Answer, type Place, type Question } from "../input/answer";
import { askDetails } from "../input/askDetails";
import { enterText } from "../input/enterText";
import { pickOne, type Choice } from "../input/pick";
import { sayRef } from "../input/pickIssue";
import type { LinkedPlace } from "./linkedPlace";
import { knownValues } from "./linkedQuestions";
import { setMembers, type MemberEdit, type SetMember, type SetState } from "./setState";

/** Shows what will be created where, one line each; a line can be changed or left out before all are created. */
export function reviewQuestion(tools: DeskTools, desk: Desk, place: LinkedPlace): Question<SetState> {
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
function review({ session }: DeskTools, members: readonly SetMember[], { parent }: SetState, place: Place): Promise<Answer<{ readonly member?: SetMember }>> {
  const t = vscode.l10n.t;
  const kept = members.filter(({ left }) => !left);
  const untitled = kept.find(({ title }) => title === "");
  const all: Choice<{ readonly member?: SetMember }> = { label: `$(add) ${t("Create now ({0})", kept.length)}`, value: untitled === undefined ? {} : { member: untitled } };
  const lines = members.map((member) => ({
    label: `$(${member.left ? "circle-slash" : "issues"}) ${plainLabel(member.title) || t("No title yet")} \u2192 ${plainLabel(member.repository ?? "")}`,
    ...(member.left ? { description: t("left out") } : {}),
    value: { member },
  }));
  const placeholder = typeof parent === "object" ? t("Linked to {0}. Choose one to change it or leave it out", sayRef(session, parent)) : t("Choose one to change it or leave it out");
  return pickOne({ place, placeholder, choices: [...(kept.length === 0 ? [] : [all]), ...lines] });
}

/** What is to be different about an issue; nothing when the person goes back to the others. */
async function change({ editors }: DeskTools, { title, body, left }: SetMember, place: Place): Promise<MemberEdit | undefined> {
  const t = vscode.l10n.t;
  const retitle = async (): Promise<MemberEdit | undefined> => {
    const answer = await enterText({ place, prompt: t("The title"), value: title, needed: t("An issue needs a title.") });
    return answer.kind === "next" ? { title: answer.value } : undefined;
  };
  if (title === "" && !left) return retitle();
  const rewrite = async (): Promise<MemberEdit | undefined> => {
    const answer = await askDetails(place, editors, body, t("What should the text be?"));
    return answer.kind === "next" ? { body: answer.value } : undefined;
  };
  const answer = await pickOne({
    place,
    placeholder: plainLabel(title),
    choices: [
      { label: `$(edit) ${t("Change the title")}`, value: retitle },
      { label: `$(note) ${t("Change the text")}`, value: rewrite },
      { label: left ? `$(add) ${t("Take it in again")}` : `$(circle-slash) ${t("Leave it out")}`, value: async () => ({ left: !left }) },
    ],
  });
  return answer.kind === "next" ? answer.value() : undefined;
}
