import { findStep } from "../../../core/checklist/checklistSteps";
import { isFor, lockedSteps, openSteps, progress, blockingGate } from "../../../core/checklist/marking";
import { notChosen } from "../../../core/checklist/marks";
import { passesOf, type StepPasses } from "../../../core/checklist/passes";
import { missingAt } from "../../../core/checklist/requests";
import { type IssueFacts, issueFacts } from "../../../core/issue/issueFacts";
import type { Checklist, ChecklistSection, ChecklistStep, Evidence, StepMark } from "../../../core/model/checklist";
import { type Desk, openRepositories } from "../../../core/model/desk";
import { formatRef, type IssueRef, readRefs, refKey, sameRef } from "../../../core/model/issueRef";
import { type DrawnChart, largestDrawing } from "../../../core/model/drawnChart";
import { type InlineSpan, plainText } from "../../../core/model/markdownDocument";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { assertNever } from "../../../core/model/result";
import type { Runbook, RunbookCommand } from "../../../core/model/runbook";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import { drawCharts } from "../../../core/runbook/drawCharts";
import { readMentions } from "../../../core/runbook/mentions";
import { stepDue } from "../../../core/runbook/stepTimer";
import { scriptTitle } from "../../../core/shell/script";
import { visibleText } from "../../../core/shell/visibleText";
import type { Button, IssueAction, ChecklistView, EvidenceView, MarkView, SectionView, StepView } from "../../../protocol/issue";
import type { ChartView } from "../../../protocol/issueChart";
import type { IssueLabels } from "../../../protocol/issueLabels";
import { fill } from "../../../protocol/fill";
import { type FindIssue, linkChip } from "../shared/links";
import { requestsView, withValues } from "./requestsView";

interface ChecklistContext extends StepContext {
  /** Login of the current user, if known. */
  readonly me: string | undefined;
  readonly readInline: (text: string) => readonly InlineSpan[];
  /** Ids of the steps with pending changes. */
  readonly pending: ReadonlySet<string>;
  /** Formats logins, any one of which is enough. */
  readonly anyOf: (logins: readonly string[]) => string;
  /** The events of the issue, if approvals are comments too, once they are read. */
  readonly approvals?: readonly TimelineEvent[] | undefined;
}

/** A checklist as the page shows it: steps in their sections, sub-steps below their steps. */
export function buildChecklistView(context: ChecklistContext): ChecklistView {
  const { checklist, labels } = context;
  const { done: settled, total } = progress(checklist);
  const charts = drawCharts(checklist, context.runbook);
  return {
    id: checklist.id,
    title: checklist.title,
    runbook: checklist.runbook,
    startedBy: checklist.by,
    startedAt: checklist.startedAt,
    done: settled,
    total,
    sections: sectionsOf(context, charts),
    charts: charts.map((chart) => chartView(chart, labels)),
    buttons: [
      { label: labels.exportChecklist, icon: "export", action: { kind: "exportChecklist", run: checklist.id }, disabled: false },
      ...(context.runbook === undefined ? [] : [{ label: labels.openRunbook, icon: "book", action: { kind: "openRunbook" as const, path: checklist.runbook }, disabled: false }]),
    ],
  };
}

function chartView(chart: DrawnChart, labels: IssueLabels): ChartView {
  const isDrawn = chart.nodes.length <= largestDrawing;
  return {
    id: chart.id,
    label: fill(labels.drawing, chart.title),
    content: isDrawn ? { kind: "chart", chart } : { kind: "note", text: fill(labels.drawingTooLarge, chart.title, largestDrawing) },
  };
}

interface Part {
  readonly section: ChecklistSection | undefined;
  readonly steps: readonly ChecklistStep[];
}

function sectionsOf(context: ChecklistContext, charts: readonly DrawnChart[]): readonly SectionView[] {
  const { checklist, labels } = context;
  const passes = passesOf(checklist);
  const drawn = charts.map(({ id, nodes }) => ({ id, steps: new Set(nodes.map(({ step }) => step)) }));
  const open = new Set(openSteps(checklist).map(({ id }) => id));
  const locked = lockedSteps(checklist);
  const parts = split(checklist.items);
  const why = fill(labels.locked, blockingGate(checklist)?.title ?? "");
  return parts.flatMap((part): SectionView[] => {
    const settled = !part.steps.some(({ id }) => open.has(id));
    if (part.section === undefined && part.steps.length === 0) return [];
    return [
      {
        id: part.section?.id ?? "",
        ...(part.section === undefined ? {} : { title: part.section.title }),
        gate: part.section?.gate ?? false,
        done: settled && part.steps.length > 0,
        buttons: part.section?.gate === true ? gateButtons(part.section, parts.some(({ section }) => section !== undefined && section !== part.section), context) : [],
        charts: drawn.filter(({ steps }) => part.steps.some(({ id }) => steps.has(id))).map(({ id }) => id),
        steps: tree(part.steps, (step, children) => ({
          ...stepView(step, children, locked.has(step.id) ? why : undefined, part.section?.gate ?? false, context),
          ...passesView(step, passes.get(step.id), context),
        })),
      },
    ];
  });
}

function split(items: readonly (ChecklistSection | ChecklistStep)[]): readonly Part[] {
  return items.reduce<readonly Part[]>((parts, item) => {
    if (item.kind === "section") return [...parts, { section: item, steps: [] }];
    const last = parts.at(-1) ?? { section: undefined, steps: [] };
    return [...parts.slice(0, -1), { ...last, steps: [...last.steps, item] }];
  }, []);
}

/** Nests the steps by depth: a step is below the nearest preceding step of a lower depth. */
function tree(steps: readonly ChecklistStep[], view: (step: ChecklistStep, children: readonly StepView[]) => StepView): readonly StepView[] {
  const tops = steps.flatMap((step, index) => (steps.slice(0, index).every((before) => before.depth >= step.depth) ? [{ step, index }] : []));
  return tops.map(({ step, index }, place) => view(step, tree(steps.slice(index + 1, tops[place + 1]?.index), view)));
}

function gateButtons({ id }: ChecklistSection, others: boolean, { checklist, labels, readonly }: ChecklistContext): readonly Button[] {
  return others ? [{ label: labels.rejectSection, icon: "discard", action: { kind: "rejectSection", run: checklist.id, gate: id }, disabled: readonly }] : [];
}

function evidenceView(evidence: Evidence, step: ChecklistStep, { checklist, labels, readonly }: ChecklistContext): EvidenceView {
  const { kind, value } = evidence;
  const open: IssueAction | undefined = kind === "link" ? { kind: "openLink", href: value, runbook: checklist.runbook } : kind === "file" ? { kind: "openFile", path: value } : undefined;
  return {
    text: value,
    icon: { link: "link-external", file: "file", text: "note" }[kind],
    ...(open === undefined ? {} : { open }),
    remove: { label: fill(labels.removeEvidence, value), icon: "close", action: { kind: "removeEvidence", run: checklist.id, step: step.id, evidence }, disabled: readonly },
  };
}

function stepView(step: ChecklistStep, children: readonly StepView[], locked: string | undefined, inGate: boolean, context: ChecklistContext): StepView {
  const home = context.ref.repository;
  const due = stepDue(context.checklist, step);
  const spans = withValues(context.readInline(step.text), context.checklist);
  const requests = requestsView(step, context);
  const lacks = step.part === "step" && missingAt(context.checklist, step).length > 0;
  const refs = [...step.links, ...readRefs(step.text, home)].filter((ref) => !sameRef(ref, context.ref));
  const unique = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  const line = context.runbook?.steps.find(({ id }) => id === step.id)?.line;
  return {
    id: step.id,
    part: step.part,
    spans,
    label: plainText(spans),
    mark: lacks ? { ...markView(step.mark), kind: "open" } : markView(step.mark),
    ...(locked === undefined ? {} : { locked }),
    ...(step.given === undefined || step.given.login === "" ? {} : { person: step.given.login }),
    mine: context.me !== undefined && isFor(step, context.me),
    ...(due === undefined ? {} : { due }),
    pending: context.pending.has(step.id),
    links: unique.map((ref) => linkChip(ref, home, context.find)),
    evidence: (step.evidence ?? []).map((each) => evidenceView(each, step, context)),
    ...(requests === undefined ? {} : { requests }),
    buttons: [
      ...(inGate && step.part !== "option" ? [{ label: context.labels.addEvidence, icon: "attach", action: { kind: "addEvidence" as const, run: context.checklist.id, step: step.id }, disabled: context.readonly }] : []),
      ...(step.mark.kind === "open" && step.part !== "option" ? stepButtons(step, context) : []),
    ],
    ...(line === undefined ? {} : { line }),
    children,
  };
}

function withoutTime({ at: _at, ...mark }: StepMark): StepMark {
  return mark;
}

function passesView({ next, optional }: ChecklistStep, passes: StepPasses | undefined, { checklist, readInline }: ChecklistContext): Pick<StepView, "next" | "optional" | "passes"> {
  const answer = (chosen: string | undefined): string | undefined => (chosen === undefined ? undefined : plainText(readInline(findStep(checklist, chosen)?.text ?? chosen)));
  const earlier = (passes?.earlier ?? []).map(({ pass, mark, chosen }) => {
    const text = answer(chosen);
    // What a person ticked by hand has no author, and its time is only that of the end of the pass.
    return { pass, mark: mark.by === undefined ? markView(withoutTime(mark)) : markView(mark), ...(text === undefined ? {} : { text }) };
  });
  return {
    ...(next === undefined ? {} : { next }),
    ...(optional === undefined ? {} : { optional }),
    ...(passes === undefined || passes.pass === 1 ? {} : { passes: { pass: passes.pass, earlier } }),
  };
}

function markView(mark: StepMark): MarkView {
  const who = { ...(mark.by === undefined ? {} : { by: mark.by }), ...(mark.at === undefined ? {} : { at: mark.at }) };
  if (mark.kind !== "skipped") return { kind: mark.kind, ...who };
  return mark.reason === notChosen ? { kind: "left", ...who } : { kind: "skipped", reason: mark.reason, ...who };
}

/** What the buttons of steps are built from. */
interface StepContext {
  readonly desk: Desk;
  readonly ref: IssueRef;
  readonly facts: IssueFacts;
  readonly find: FindIssue;
  readonly checklist: Checklist;
  /** The current runbook of the checklist, if it still exists. */
  readonly runbook: Runbook | undefined;
  /** The shell blocks of the runbook's steps, by step id. */
  readonly commands: ReadonlyMap<string, readonly RunbookCommand[]>;
  /** Titles of other runbooks, by path. */
  /** The runbooks and sections that steps link to, by the paths in the links. */
  readonly procedures: ReadonlyMap<string, { readonly path: string; readonly title: string }>;
  readonly labels: IssueLabels;
  readonly readonly: boolean;
}

const longestTitle = 60;

const longestCommand = 40;

/** The actions of a step: create and link issues of the kinds it names, update or close them, start the runbooks it links to, run its commands. */
function stepButtons(step: ChecklistStep, context: StepContext): readonly Button[] {
  return [...createButtons(step, context), ...mentionButtons(step, context), ...runbookButtons(step, context), ...commandButtons(step, context)];
}

function createButtons(step: ChecklistStep, context: StepContext): readonly Button[] {
  const { labels, checklist } = context;
  const place = { run: checklist.id, step: step.id };
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
  const needsIssues = templates.length === 0 && context.runbook?.steps.find(({ id }) => id === step.id)?.needsIssues === true;
  const ofAnyKind = needsIssues ? [button(labels.createLinked, "add", { kind: "createLinked", ...place }, context)] : [];
  const asked = [...templates, ...creates];
  const places = asked.some((each) => openRepositories(context.desk, each).length > 1);
  const asSet =
    asked.length > 1 || places ? [button(asked.length > 1 ? fill(labels.createSet, String(asked.length)) : labels.createSeveral, "checklist", { kind: "createLinkedSet", ...place }, context)] : [];
  const links = needsIssues || templates.length > 0 || mentions.some(({ action }) => action === "create" || action === "mention");
  return [...fromTemplates, ...fromMentions, ...ofAnyKind, ...asSet, ...(links ? [button(labels.linkExisting, "link", { kind: "linkExisting", ...place }, context)] : [])];
}

function mentionButtons(step: ChecklistStep, context: StepContext): readonly Button[] {
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

function runbookButtons(step: ChecklistStep, context: StepContext): readonly Button[] {
  const { labels, facts } = context;
  const paths = context.runbook?.steps.find(({ id }) => id === step.id)?.runbooks ?? [];
  const found = paths.map((named) => {
    // A fragment may be that of an anchor instead of a heading.
    const file = fileOfProcedure(named);
    return context.procedures.get(named) ?? context.procedures.get(file) ?? { path: file, title: file };
  });
  return [...new Map(found.map((one) => [one.path, one])).values()].map(({ path, title: full }) => {
    const title = short(full);
    const started = facts.checklists.find((checklist) => checklist.runbook === path && checklist.id !== context.checklist.id);
    const { done, total } = started === undefined ? { done: 0, total: 0 } : progress(started);
    return started === undefined
      ? button(fill(labels.startRunbook, title), "play", { kind: "startChecklist", runbook: path }, context)
      : { label: fill(labels.goToRunbook, title, done, total), icon: "arrow-right", action: { kind: "showChecklist", run: started.id }, disabled: false };
  });
}

function commandButtons(step: ChecklistStep, context: StepContext): readonly Button[] {
  const { labels, checklist, runbook, commands } = context;
  if (runbook === undefined) return [];
  return (commands.get(step.id) ?? []).flatMap((command) => {
    const place = { path: runbook.file, line: command.line };
    const name = short(visibleText(scriptTitle(command)), longestCommand);
    return [
      button(fill(labels.runCommand, name), "terminal", { kind: "runCommand", run: checklist.id, step: step.id, ...place }, context),
      { label: fill(labels.copyCommand, name), icon: "copy", action: { kind: "copyCommand", ...place }, disabled: false },
    ];
  });
}

function mentionsOf(step: ChecklistStep, { desk }: StepContext): ReturnType<typeof readMentions> {
  const all = readMentions(step.text, desk.kinds.map(({ name }) => name));
  return all.filter((one, index) => all.findIndex(({ kind, action }) => kind === one.kind && action === one.action) === index);
}

/** The issue that a step refers to by kind: one linked to the step, the issue itself, its parent, or its latest child. */
function issueOfKind(kind: string, step: ChecklistStep, { desk, ref, facts, find }: StepContext): IssueRef | undefined {
  const near = [...step.links, ref, ...(facts.parent === undefined ? [] : [facts.parent]), ...[...facts.children].reverse()];
  return near.find((other) => {
    const issue = find(other);
    return issue !== undefined && issueFacts(issue, desk).kind === kind;
  });
}

function button(label: string, icon: string, action: IssueAction, { readonly: disabled }: StepContext): Button {
  return { label, icon, action, disabled };
}

function short(text: string, longest = longestTitle): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}
