import { notChosen } from "../../core/runbook/decision";
import { readRefs, refKey, sameRef } from "../../core/issue/issueRef";
import { isFor, lockedSteps, openSteps, progress, shutGate } from "../../core/runbook/marking";
import { type InlineSpan, plainText } from "../../core/runbook/inline";
import { stepDue } from "../../core/runbook/stepTimer";
import type { Evidence, RunSection, RunStep, StepMark } from "../../core/runbook/run";
import type { Button, ChecklistAction, EvidenceView, MarkView, RunView, SectionView, StepView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { linkChip } from "./linkChip";
import { stepButtons, type StepContext } from "./stepButtons";

export interface RunContext extends StepContext {
  /** Login of the person at the keyboard, if known. */
  readonly me: string | undefined;
  readonly readInline: (text: string) => readonly InlineSpan[];
  /** Ids of the steps with a write that is not on the issue yet. */
  readonly pending: ReadonlySet<string>;
}

/** A run as the checklist shows it: steps within their sections, sub-steps within their steps. */
export function runView(context: RunContext): RunView {
  const { run, labels } = context;
  const { settled, total } = progress(run);
  return {
    id: run.id,
    title: run.title,
    runbook: run.runbook,
    startedBy: run.by,
    startedAt: run.startedAt,
    settled,
    total,
    sections: sectionsOf(context),
    buttons: [
      { label: labels.exportRun, icon: "export", action: { kind: "exportRun", run: run.id }, disabled: false },
      ...(context.runbook === undefined ? [] : [{ label: labels.openRunbook, icon: "book", action: { kind: "openRunbook" as const, path: run.runbook }, disabled: false }]),
    ],
  };
}

interface Part {
  readonly section: RunSection | undefined;
  readonly steps: readonly RunStep[];
}

function sectionsOf(context: RunContext): readonly SectionView[] {
  const { run, labels } = context;
  const open = new Set(openSteps(run).map(({ id }) => id));
  const locked = lockedSteps(run);
  const parts = split(run.items);
  const why = fill(labels.locked, shutGate(run)?.title ?? "");
  return parts.flatMap((part): SectionView[] => {
    const settled = !part.steps.some(({ id }) => open.has(id));
    if (part.section === undefined && part.steps.length === 0) return [];
    return [
      {
        id: part.section?.id ?? "",
        ...(part.section === undefined ? {} : { title: part.section.title }),
        gate: part.section?.gate ?? false,
        settled: settled && part.steps.length > 0,
        buttons: part.section?.gate === true ? gateButtons(part.section, parts.some(({ section }) => section !== undefined && section !== part.section), context) : [],
        steps: tree(part.steps, (step, children) => stepView(step, children, locked.has(step.id) ? why : undefined, part.section?.gate ?? false, context)),
      },
    ];
  });
}

function split(items: readonly (RunSection | RunStep)[]): readonly Part[] {
  return items.reduce<readonly Part[]>((parts, item) => {
    if (item.kind === "section") return [...parts, { section: item, steps: [] }];
    const last = parts.at(-1) ?? { section: undefined, steps: [] };
    return [...parts.slice(0, -1), { ...last, steps: [...last.steps, item] }];
  }, []);
}

/** Nests the steps by their depth: a step stands below the nearest one before it that is less deep. */
function tree(steps: readonly RunStep[], view: (step: RunStep, children: readonly StepView[]) => StepView): readonly StepView[] {
  const tops = steps.flatMap((step, index) => (steps.slice(0, index).every((before) => before.depth >= step.depth) ? [{ step, index }] : []));
  return tops.map(({ step, index }, place) => view(step, tree(steps.slice(index + 1, tops[place + 1]?.index), view)));
}

function gateButtons({ id }: RunSection, others: boolean, { run, labels, readonly }: RunContext): readonly Button[] {
  return others ? [{ label: labels.sendBack, icon: "discard", action: { kind: "sendBack", run: run.id, gate: id }, disabled: readonly }] : [];
}

function evidenceView(evidence: Evidence, step: RunStep, { run, labels, readonly }: RunContext): EvidenceView {
  const { kind, value } = evidence;
  const open: ChecklistAction | undefined = kind === "link" ? { kind: "openLink", href: value, runbook: run.runbook } : kind === "file" ? { kind: "openFile", path: value } : undefined;
  return {
    text: value,
    icon: { link: "link-external", file: "file", text: "note" }[kind],
    ...(open === undefined ? {} : { open }),
    remove: { label: fill(labels.removeEvidence, value), icon: "close", action: { kind: "removeEvidence", run: run.id, step: step.id, evidence }, disabled: readonly },
  };
}

function stepView(step: RunStep, children: readonly StepView[], locked: string | undefined, inGate: boolean, context: RunContext): StepView {
  const home = context.ref.repository;
  const due = stepDue(context.run, step);
  const spans = context.readInline(step.text);
  const refs = [...step.links, ...readRefs(step.text, home)].filter((ref) => !sameRef(ref, context.ref));
  const unique = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  const line = context.runbook?.steps.find(({ id }) => id === step.id)?.line;
  return {
    id: step.id,
    part: step.part,
    spans,
    label: plainText(spans),
    mark: markView(step.mark),
    ...(locked === undefined ? {} : { locked }),
    ...(step.given === undefined || step.given.login === "" ? {} : { person: step.given.login }),
    mine: context.me !== undefined && isFor(step, context.me),
    ...(due === undefined ? {} : { due }),
    pending: context.pending.has(step.id),
    links: unique.map((ref) => linkChip(ref, home, context.find)),
    evidence: (step.evidence ?? []).map((each) => evidenceView(each, step, context)),
    buttons: [
      ...(inGate && step.part !== "option" ? [{ label: context.labels.addEvidence, icon: "attach", action: { kind: "addEvidence" as const, run: context.run.id, step: step.id }, disabled: context.readonly }] : []),
      ...(step.mark.kind === "open" && step.part !== "option" ? stepButtons(step, context) : []),
    ],
    ...(line === undefined ? {} : { line }),
    children,
  };
}

function markView(mark: StepMark): MarkView {
  const who = { ...(mark.by === undefined ? {} : { by: mark.by }), ...(mark.at === undefined ? {} : { at: mark.at }) };
  if (mark.kind !== "skipped") return { kind: mark.kind, ...who };
  return mark.reason === notChosen ? { kind: "left", ...who } : { kind: "skipped", reason: mark.reason, ...who };
}
