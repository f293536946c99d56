import type { Checklist, ChecklistItem, ChecklistSection } from "../model/checklist";
import type { Instant } from "../model/issue";
import { fillRoles } from "../model/roleMentions";
import type { Runbook, RunbookSection, RunbookStep } from "../model/runbook";
import { fillApprovers, fillRoleVariables, typedNames } from "../model/stepRequests";
import type { Holders } from "../model/shift";

interface ChecklistStart {
  readonly id: string;
  readonly startedAt: Instant;
  /** Login of the person who starts it. */
  readonly by: string;
  /** Current role holders. Their logins replace the role names in the steps. */
  readonly holders: Holders;
  /** The people of roles that several have. Where a step asks one of them for an approval, their logins replace the name of the role. */
  readonly people?: RolePeople;
}

/** The logins of the people who have each role of the desk, other than that of a shift. */
export type RolePeople = Readonly<Record<string, readonly string[]>>;

/** Starts a checklist from a runbook: all steps are open and grouped under the headings that contain steps. */
export function startChecklist(runbook: Runbook, start: ChecklistStart): Checklist {
  const typed = typedNames(runbook.steps.map(({ text }) => text));
  const variables = Object.fromEntries(Object.entries(start.holders).filter(([role]) => !typed.has(role)));
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const items: ChecklistItem[] = [];
  // A step that stands for a whole section repeats its heading, so the heading is only needed below another one.
  let headings = runbook.steps.some(({ source }) => source !== "section");
  // The checklist of a section has its title.
  const [own] = runbook.path === runbook.file ? [] : runbook.sections;
  let shown: ChecklistSection | undefined = own === undefined || isGated(own, runbook.sections) ? undefined : { kind: "section", id: own.id, title: own.title, gate: false };
  const taken = new Set<string>();
  for (const step of runbook.steps) {
    const section = step.section === undefined ? undefined : sections.get(step.section);
    const gate = section !== undefined && isGated(section, runbook.sections);
    headings ||= gate;
    const heading = headingOf(step, section === undefined ? undefined : { kind: "section", id: section.id, title: section.title, gate }, shown);
    if (heading !== undefined && heading !== shown && headings) items.push(withFreeId(heading, taken));
    shown = heading;
    items.push({ kind: "step", id: step.id, part: step.part, text: fillRoles(fillApprovers(fillRoleVariables(step.text, variables), start.people ?? {}), start.holders), depth: step.depth, mark: { kind: "open" }, links: [], ...(step.within === undefined ? {} : { within: step.within }), ...(step.next === undefined ? {} : { next: step.next }), ...(step.optional === undefined ? {} : { optional: step.optional }) });
  }
  return { id: start.id, runbook: runbook.path, title: runbook.title, revision: runbook.revision, startedAt: start.startedAt, by: start.by, items };
}

/** The heading above a step: its stage in a flowchart, otherwise its section. The same heading as for the step before, if it is still the same. */
function headingOf({ id, stage, next }: RunbookStep, section: ChecklistSection | undefined, shown: ChecklistSection | undefined): ChecklistSection | undefined {
  const same = (heading: ChecklistSection | undefined): ChecklistSection | undefined => (shown !== undefined && heading !== undefined && shown.id === heading.id ? shown : heading);
  // A stage with the title of its section repeats it.
  if (next === undefined || (stage !== undefined && stage.title === section?.title)) return same(section);
  const chart = id.split(".")[0] ?? "";
  if (stage !== undefined) return same({ kind: "section", id: `${chart}.${stage.id}`, title: stage.title, gate: section?.gate ?? false });
  const isAfterStage = shown !== undefined && shown.id.startsWith(`${chart}.`);
  if (!isAfterStage) return same(section);
  return shown.id.startsWith(`${chart}.>`) ? shown : { kind: "section", id: `${chart}.>${shown.id.slice(chart.length + 1)}`, title: `After “${shown.title}”`, gate: section?.gate ?? false };
}

/** A stage that continues after other steps is another section of the checklist. */
function withFreeId(heading: ChecklistSection, taken: Set<string>): ChecklistSection {
  let id = heading.id;
  for (let count = 2; taken.has(id); count += 1) id = `${heading.id}~${count}`;
  taken.add(id);
  return id === heading.id ? heading : { ...heading, id };
}

/** The checklist as it would be if it were started from the current runbook. */
export function freshChecklist({ id, startedAt, by }: Checklist, runbook: Runbook, holders: Holders, people?: RolePeople): Checklist {
  return startChecklist(runbook, { id, startedAt, by, holders, ...(people === undefined ? {} : { people }) });
}

/** Whether a section is a gate or part of one. */
function isGated(section: RunbookSection, sections: readonly RunbookSection[]): boolean {
  return section.gate || sections.some((other) => other.gate && other.line < section.line && section.line < other.endLine);
}
