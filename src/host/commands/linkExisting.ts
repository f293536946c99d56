import * as vscode from "vscode";
import type { Relation } from "../../core/issue/issue";
import { issueFacts } from "../../core/issue/issueFacts";
import { refKey, type IssueRef } from "../../core/issue/issueRef";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { selfAndAncestors } from "./input/ancestors";
import { askAll, next, type Question } from "./input/answer";
import { pickOne } from "./input/pick";
import { chooseIssue, newestFirst, pickIssue, sayRef } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";

interface LinkState {
  readonly other?: IssueRef;
  readonly relation: Relation;
}

/** Links an issue that exists to another one, or to a step of its checklist. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const target = readIssueTarget(argument);
  const parent = await chooseIssue(session, argument, { title: t("Link existing issue"), placeholder: t("To which issue?") });
  if (parent === undefined) return undefined;
  const { desk } = session.desk();
  const factsOf = (ref: IssueRef): ReturnType<typeof issueFacts> | undefined => {
    const issue = session.issue(ref);
    return issue === undefined ? undefined : issueFacts(issue, desk);
  };
  const barred = selfAndAncestors(parent, factsOf);
  const children = new Set((factsOf(parent)?.children ?? []).map(refKey));
  const issues = newestFirst(session.issues()?.issues ?? []).filter((issue) => !barred.has(refKey(issue.ref)) && (target?.step !== undefined || !children.has(refKey(issue.ref))));
  if (issues.length === 0) {
    void vscode.window.showInformationMessage(t("There is no other issue on the desk to link to {0}. Create a linked one instead.", sayRef(session, parent)));
    return undefined;
  }
  const which: Question<LinkState> = {
    async ask(state, place) {
      const answer = await pickIssue(session, {
        place,
        placeholder: t("Which issue belongs to {0}?", plainLabel(`${sayRef(session, parent)} ${session.issue(parent)?.title ?? ""}`)),
        issues,
      });
      return answer.kind === "next" ? next({ ...state, other: answer.value }) : answer;
    },
  };
  const how: Question<LinkState> = {
    applies: () => target?.step === undefined,
    async ask(state, place) {
      const answer = await pickOne<Relation>({
        place,
        placeholder: t("How do they belong together?"),
        choices: [
          { label: `$(type-hierarchy-sub) ${t("Raised from it")}`, description: t("shown below it, and counted when it is closed"), value: "child" },
          { label: `$(link) ${t("Related")}`, description: t("each names the other"), value: "related" },
        ],
        active: (value) => value === state.relation,
      });
      return answer.kind === "next" ? next({ ...state, relation: answer.value }) : answer;
    },
  };
  const state = await askAll<LinkState>(t("Link existing issue"), { relation: "child" }, [which, how]);
  if (state?.other === undefined) return undefined;
  const step = target?.run !== undefined && target.step !== undefined ? { step: { run: target.run, step: target.step } } : {};
  return tools.working(
    t("Linking…"),
    session.submit({ kind: "link", child: state.other, under: { parent, relation: state.relation, ...step } }),
  );
}
