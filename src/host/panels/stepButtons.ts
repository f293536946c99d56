import type { Desk } from "../../core/desk/desk";
import { openRepositories } from "../../core/desk/openRepositories";
import { issueFacts, type IssueFacts } from "../../core/issue/issueFacts";
import { formatRef, type IssueRef } from "../../core/issue/issueRef";
import { assertNever } from "../../core/result";
import { progress } from "../../core/runbook/marking";
import { readMentions } from "../../core/runbook/mentions";
import type { Run, RunStep } from "../../core/runbook/run";
import type { Runbook, RunbookCommand } from "../../core/runbook/runbook";
import { scriptTitle } from "../../core/shell/script";
import { visibleText } from "../../core/shell/visibleText";
import type { Button, ChecklistAction, ChecklistLabels } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import type { FindIssue } from "./linkChip";

/** What the buttons of a run's steps are made from. */
export interface StepContext {
  readonly desk: Desk;
  readonly ref: IssueRef;
  readonly facts: IssueFacts;
  readonly find: FindIssue;
  readonly run: Run;
  /** The run's runbook as it is now, if it is still there. */
  readonly runbook: Runbook | undefined;
  /** The shell blocks of the runbook's steps, by the step's id. */
  readonly commands: ReadonlyMap<string, readonly RunbookCommand[]>;
  /** Titles of other runbooks, by path. */
  readonly titles: ReadonlyMap<string, string>;
  readonly labels: ChecklistLabels;
  readonly readonly: boolean;
}

const longestTitle = 60;
const longestCommand = 40;

/** What a step asks for: create and link issues of the kinds it names, update or close them, start the runbooks it links to, run the commands in it. */
export function stepButtons(step: RunStep, context: StepContext): readonly Button[] {
  return [...createButtons(step, context), ...mentionButtons(step, context), ...runbookButtons(step, context), ...commandButtons(step, context)];
}

function createButtons(step: RunStep, context: StepContext): readonly Button[] {
  const { labels, run } = context;
  const place = { run: run.id, step: step.id };
  const templates = context.runbook?.templates.filter((template) => template.step === step.id) ?? [];
  const mentions = mentionsOf(step, context);
  const creates = mentions.filter(({ action, kind }) => action === "create" && !templates.some((template) => template.kind === kind));
  const fromTemplates = templates.map((template) => {
    const alone = templates.filter(({ kind }) => kind === template.kind).length === 1;
    const kind = template.kind.toUpperCase();
    const label = alone ? fill(labels.create, kind) : fill(labels.createFrom, kind, short(template.title));
    return button(label, "add", { kind: "createLinked", ...place, issueKind: template.kind, template: template.id }, context);
  });
  const fromMentions = creates.map(({ kind }) => button(fill(labels.create, kind.toUpperCase()), "add", { kind: "createLinked", ...place, issueKind: kind }, context));
  const asked = [...templates, ...creates];
  const places = asked.some((each) => openRepositories(context.desk, each).length > 1);
  const asSet =
    asked.length > 1 || places ? [button(asked.length > 1 ? fill(labels.createSet, String(asked.length)) : labels.createSeveral, "checklist", { kind: "createLinkedSet", ...place }, context)] : [];
  const links = templates.length > 0 || mentions.some(({ action }) => action === "create" || action === "mention");
  return [...fromTemplates, ...fromMentions, ...asSet, ...(links ? [button(labels.linkExisting, "link", { kind: "linkExisting", ...place }, context)] : [])];
}

function mentionButtons(step: RunStep, context: StepContext): readonly Button[] {
  const { labels, ref: home } = context;
  return mentionsOf(step, context).flatMap(({ kind, action }): readonly Button[] => {
    const target = action === "update" || action === "close" ? issueOfKind(kind, step, context) : undefined;
    switch (action) {
      case "create":
      case "mention":
        return [];
      case "update":
        return target === undefined ? [] : [button(fill(labels.commentOn, formatRef(target, home.repository)), "comment", { kind: "comment", ref: target }, context)];
      case "close":
        return target === undefined ? [] : [button(fill(labels.closeOther, formatRef(target, home.repository)), "pass", { kind: "close", ref: target }, context)];
      default:
        return assertNever(action);
    }
  });
}

function runbookButtons(step: RunStep, context: StepContext): readonly Button[] {
  const { labels, facts } = context;
  const paths = context.runbook?.steps.find(({ id }) => id === step.id)?.runbooks ?? [];
  return paths.map((path) => {
    const title = short(context.titles.get(path) ?? path);
    const started = facts.runs.find((run) => run.runbook === path && run.id !== context.run.id);
    const { settled, total } = started === undefined ? { settled: 0, total: 0 } : progress(started);
    return started === undefined
      ? button(fill(labels.startRunbook, title), "play", { kind: "startRun", runbook: path }, context)
      : { label: fill(labels.goToRunbook, title, settled, total), icon: "arrow-right", action: { kind: "turnTo", run: started.id }, disabled: false };
  });
}

function commandButtons(step: RunStep, context: StepContext): readonly Button[] {
  const { labels, run, runbook, commands } = context;
  if (runbook === undefined) return [];
  return (commands.get(step.id) ?? []).flatMap((command) => {
    const place = { path: runbook.path, line: command.line };
    const name = short(visibleText(scriptTitle(command)), longestCommand);
    return [
      button(fill(labels.runCommand, name), "terminal", { kind: "runCommand", run: run.id, step: step.id, ...place }, context),
      { label: fill(labels.copyCommand, name), icon: "copy", action: { kind: "copyCommand", ...place }, disabled: false },
    ];
  });
}

function mentionsOf(step: RunStep, { desk }: StepContext): ReturnType<typeof readMentions> {
  const all = readMentions(step.text, desk.kinds.map(({ name }) => name));
  return all.filter((one, index) => all.findIndex(({ kind, action }) => kind === one.kind && action === one.action) === index);
}

/** The issue a step means by its kind: one linked to the step, the issue itself, its parent, else its latest child. */
function issueOfKind(kind: string, step: RunStep, { desk, ref, facts, find }: StepContext): IssueRef | undefined {
  const near = [...step.links, ref, ...(facts.parent === undefined ? [] : [facts.parent]), ...[...facts.children].reverse()];
  return near.find((other) => {
    const issue = find(other);
    return issue !== undefined && issueFacts(issue, desk).kind === kind;
  });
}

function button(label: string, icon: string, action: ChecklistAction, { readonly: disabled }: StepContext): Button {
  return { label, icon, action, disabled };
}

function short(text: string, longest = longestTitle): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}
