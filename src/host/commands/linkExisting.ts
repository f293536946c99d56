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
import { runInBackground } from "../platform/background";

interface LinkState {
  readonly other?: IssueRef;
  readonly relation: Relation;
}

/** Links an issue that exists to another one, or to a step of its checklist. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return link(tools, argument);
}

/** Links an issue that exists to another one, as the person says or as what blocks it. */
export async function link(tools: DeskTools, argument: unknown, fixed?: "blockedBy"): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = fixed === undefined ? t("Link existing issue") : t("Link as blocked by");
  const target = readIssueTarget(argument);
  const parent = await chooseIssue(session, argument, { title, placeholder: fixed === undefined ? t("To which issue?") : t("Which issue has to wait?") });
  if (parent === undefined) return undefined;
  const desk = session.desk.config();
  const factsOf = (ref: IssueRef): ReturnType<typeof issueFacts> | undefined => {
    const issue = session.issues.find(ref);
    return issue === undefined ? undefined : issueFacts(issue, desk);
  };
  const facts = factsOf(parent);
  const barred = fixed === undefined ? selfAndAncestors(parent, factsOf) : new Set([parent, ...(facts?.blocks ?? [])].map(refKey));
  const children = new Set(((fixed === undefined ? facts?.children : facts?.blockedBy) ?? []).map(refKey));
  const issues = newestFirst(session.issues.snapshot()?.issues ?? []).filter((issue) => !barred.has(refKey(issue.ref)) && (target?.step !== undefined || !children.has(refKey(issue.ref))));
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no other issue on the desk to link to {0}. Create a linked one instead.", sayRef(session, parent))), session.log);
    return undefined;
  }
  const name = plainLabel(`${sayRef(session, parent)} ${session.issues.find(parent)?.title ?? ""}`);
  const which: Question<LinkState> = {
    async ask(state, place) {
      const answer = await pickIssue(session, {
        place,
        placeholder: fixed === undefined ? t("Which issue belongs to {0}?", name) : t("What does {0} wait for?", name),
        issues,
      });
      return answer.kind === "next" ? next({ ...state, other: answer.value }) : answer;
    },
  };
  const how: Question<LinkState> = {
    applies: () => fixed === undefined && target?.step === undefined,
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
  const state = await askAll<LinkState>(title, { relation: fixed ?? "child" }, [which, how]);
  if (state?.other === undefined) return undefined;
  const step = target?.run !== undefined && target.step !== undefined ? { step: { run: target.run, step: target.step } } : {};
  return tools.submit(t("Linking…"), { kind: "link", child: state.other, under: { parent, relation: state.relation, ...step } });
}
