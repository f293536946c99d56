import { notChosen } from "../../core/runbook/decision";
import { readRefs, refKey, sameRef } from "../../core/issue/issueRef";
import { lockedSteps, openSteps, progress } from "../../core/runbook/marking";
import { type InlineSpan, plainText } from "../../core/runbook/inline";
import type { RunSection, RunStep, StepMark } from "../../core/runbook/run";
import type { MarkView, RunView, SectionView, StepView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { linkChip } from "./linkChip";
import { stepButtons, type StepContext } from "./stepButtons";

export interface RunContext extends StepContext {
  readonly readInline: (text: string) => readonly InlineSpan[];
  /** Ids of the steps with a write that is not on the issue yet. */
  readonly pending: ReadonlySet<string>;
}

/** A run as the checklist shows it: steps within their sections, sub-steps within their steps. */
export function runView(context: RunContext): RunView {
  const { run, words } = context;
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
    buttons: context.runbook === undefined ? [] : [{ label: words.openRunbook, icon: "book", action: { kind: "openRunbook", path: run.runbook }, disabled: false }],
  };
}

interface Part {
  readonly section: RunSection | undefined;
  readonly steps: readonly RunStep[];
}

function sectionsOf(context: RunContext): readonly SectionView[] {
  const { run, words } = context;
  const open = new Set(openSteps(run).map(({ id }) => id));
  const locked = lockedSteps(run);
  const parts = split(run.items);
  let gate: string | undefined;
  return parts.flatMap((part): SectionView[] => {
    const settled = !part.steps.some(({ id }) => open.has(id));
    const why = gate === undefined ? undefined : fill(words.locked, gate);
    if (part.section?.gate === true && !settled) gate ??= part.section.title;
    if (part.section === undefined && part.steps.length === 0) return [];
    return [
      {
        id: part.section?.id ?? "",
        ...(part.section === undefined ? {} : { title: part.section.title }),
        gate: part.section?.gate ?? false,
        settled: settled && part.steps.length > 0,
        steps: tree(part.steps, (step, children) => stepView(step, children, locked.has(step.id) ? why : undefined, context)),
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

function stepView(step: RunStep, children: readonly StepView[], locked: string | undefined, context: RunContext): StepView {
  const home = context.ref.repository;
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
    pending: context.pending.has(step.id),
    links: unique.map((ref) => linkChip(ref, home, context.find)),
    buttons: step.mark.kind === "open" && step.part !== "option" ? stepButtons(step, context) : [],
    ...(line === undefined ? {} : { line }),
    children,
  };
}

function markView(mark: StepMark): MarkView {
  const who = { ...(mark.by === undefined ? {} : { by: mark.by }), ...(mark.at === undefined ? {} : { at: mark.at }) };
  if (mark.kind !== "skipped") return { kind: mark.kind, ...who };
  return mark.reason === notChosen ? { kind: "left", ...who } : { kind: "skipped", reason: mark.reason, ...who };
}
