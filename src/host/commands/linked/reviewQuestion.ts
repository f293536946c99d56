import * as vscode from "vscode";
import type { DraftInput } from "../../../core/issue/draftIssue";
import { inputOf, type LinkedDraft, type LinkedIssue, parentOf, placedIssues } from "../../../core/issue/linkedDraft";
import { type Answer, type FlowStep, next, type Question } from "../../ui/inputFlow";
import { type Choice, enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { knownValues } from "../../app/knownValues";
import { shortReference } from "../input/pickIssue";

/** An issue with the texts that it will have. */
interface Line {
  readonly issue: LinkedIssue;
  readonly input: DraftInput;
}

type Edit = Pick<LinkedIssue, "title" | "details" | "excluded">;

/** Shows the issues to create, one line each. Each can be edited or excluded. */
export function reviewQuestion(tools: DeskTools): Question<LinkedDraft> {
  const { session } = tools;
  return {
    applies: (draft) => placedIssues(draft).length > 0,
    async ask(before, flowStep) {
      const known = knownValues(session, parentOf(before));
      let draft = before;
      for (;;) {
        const lines = placedIssues(draft).map((issue) => ({ issue, input: inputOf(draft, issue, known, {}) }));
        const answer = await askLine(tools, lines, draft, flowStep);
        if (answer.kind !== "next") return answer;
        const { line } = answer.value;
        if (line === undefined) return next(draft);
        const edit = await askEdit(tools, line, { title: flowStep.title, back: true });
        if (edit !== undefined) draft = { ...draft, issues: draft.issues.map((issue) => (issue === line.issue ? { ...issue, ...edit } : issue)) };
      }
    },
  };
}

/** The issue to edit, or none to create all. An issue without a title must be edited first. */
function askLine({ session }: DeskTools, lines: readonly Line[], draft: LinkedDraft, flowStep: FlowStep): Promise<Answer<{ readonly line?: Line }>> {
  const t = vscode.l10n.t;
  const included = lines.filter(({ issue }) => issue.excluded !== true);
  const untitled = included.find(({ input }) => input.title === "");
  const all: Choice<{ readonly line?: Line }> = { label: `$(add) ${t("Create ({0})", included.length)}`, value: untitled === undefined ? {} : { line: untitled } };
  const choices = lines.map((line) => ({
    label: `$(${line.issue.excluded === true ? "circle-slash" : "issues"}) ${plainLabel(line.input.title) || t("No title")} \u2192 ${plainLabel(line.input.repository ?? "")}`,
    ...(line.issue.excluded === true ? { description: t("excluded") } : {}),
    value: { line },
  }));
  const parent = parentOf(draft);
  const placeholder = parent === undefined ? t("Select an issue to edit or exclude it") : t("Linked to {0}. Select an issue to edit or exclude it", shortReference(session, parent));
  return pickOne({ flowStep, placeholder, choices: [...(included.length === 0 ? [] : [all]), ...choices] });
}

/** The edit of an issue. `undefined` if the user goes back to the list. */
async function askEdit({ editors }: DeskTools, { issue, input }: Line, flowStep: FlowStep): Promise<Edit | undefined> {
  const t = vscode.l10n.t;
  const excluded = issue.excluded === true;
  const retitle = async (): Promise<Edit | undefined> => {
    const answer = await enterText({ flowStep, prompt: t("The title"), value: input.title, needed: t("An issue needs a title.") });
    return answer.kind === "next" ? { title: answer.value } : undefined;
  };
  if (input.title === "" && !excluded) return retitle();
  const rewrite = async (): Promise<Edit | undefined> => {
    const answer = await askDetails(flowStep, editors, input.details, t("Edit the text"));
    return answer.kind === "next" ? { details: answer.value } : undefined;
  };
  const answer = await pickOne({
    flowStep,
    placeholder: plainLabel(input.title),
    choices: [
      { label: `$(edit) ${t("Edit Title")}`, value: retitle },
      { label: `$(note) ${t("Edit Text")}`, value: rewrite },
      { label: excluded ? `$(add) ${t("Include")}` : `$(circle-slash) ${t("Exclude")}`, value: async () => ({ excluded: !excluded }) },
    ],
  });
  return answer.kind === "next" ? answer.value() : undefined;
}
