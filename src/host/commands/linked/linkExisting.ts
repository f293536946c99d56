import * as vscode from "vscode";
import { issueFacts } from "../../../core/issue/issueFacts";
import type { Relation } from "../../../core/model/issue";
import { type IssueRef, refKey } from "../../../core/model/issueRef";
import { runInBackground } from "../../platform/background";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, likeliestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { readIssueTarget, selfAndAncestors } from "../input/target";

interface LinkState {
  readonly other?: IssueRef;
  readonly relation: Relation;
}

/** Links an existing issue to another one, or to a step of its checklist. */
export async function linkExisting(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return link(tools, argument);
}

/** Links an existing issue to another one. The user selects the relation, unless it is fixed. */
async function link(tools: DeskTools, argument: unknown, fixed?: "blockedBy"): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = fixed === undefined ? t("Link existing issue") : t("Link as blocked by");
  const target = readIssueTarget(argument);
  const parent = await chooseIssue(session, argument, { title, placeholder: fixed === undefined ? t("Select an issue") : t("Select the blocked issue") });
  if (parent === undefined) return undefined;
  const desk = session.desk.config();
  const factsOf = (ref: IssueRef): ReturnType<typeof issueFacts> | undefined => {
    const issue = session.issues.find(ref);
    return issue === undefined ? undefined : issueFacts(issue, desk);
  };
  const facts = factsOf(parent);
  const excluded = fixed === undefined ? selfAndAncestors(parent, factsOf) : new Set([parent, ...(facts?.blocks ?? [])].map(refKey));
  const children = new Set(((fixed === undefined ? facts?.children : facts?.blockedBy) ?? []).map(refKey));
  const issues = likeliestFirst(session, session.issues.snapshot()?.issues ?? []).filter((issue) => !excluded.has(refKey(issue.ref)) && (target?.step !== undefined || !children.has(refKey(issue.ref))));
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no other issue to link to {0}. Create a linked issue instead.", shortReference(session, parent))), session.log);
    return undefined;
  }
  const name = plainLabel(`${shortReference(session, parent)} ${session.issues.find(parent)?.title ?? ""}`);
  const which: Question<LinkState> = {
    async ask(state, flowStep) {
      const answer = await pickIssue(session, {
        flowStep,
        placeholder: fixed === undefined ? t("Select the issue to link to {0}", name) : t("Select the issue that blocks {0}", name),
        issues,
      });
      return answer.kind === "next" ? next({ ...state, other: answer.value }) : answer;
    },
  };
  const how: Question<LinkState> = {
    applies: () => fixed === undefined && target?.step === undefined,
    async ask(state, flowStep) {
      const answer = await pickOne<Relation>({
        flowStep,
        placeholder: t("Select the relation"),
        choices: [
          { label: `$(type-hierarchy-sub) ${t("Child")}`, description: t("shown below the parent, and checked when the parent is closed"), value: "child" },
          { label: `$(link) ${t("Related")}`, description: t("each issue links to the other"), value: "related" },
        ],
        active: (value) => value === state.relation,
      });
      return answer.kind === "next" ? next({ ...state, relation: answer.value }) : answer;
    },
  };
  const state = await promptAll<LinkState>(title, { relation: fixed ?? "child" }, [which, how]);
  if (state?.other === undefined) return undefined;
  const step = target?.run !== undefined && target.step !== undefined ? { step: { run: target.run, step: target.step } } : {};
  return tools.submit(t("Linking…"), { kind: "link", child: state.other, under: { parent, relation: state.relation, ...step } });
}

/** Links an issue that blocks another one. */
export async function linkBlockedBy(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return link(tools, argument, "blockedBy");
}
