import type { Checklist, ChecklistItem } from "../model/checklist";
import type { Instant } from "../model/issue";
import { fillRoles } from "../model/roleMentions";
import type { Runbook, RunbookSection } from "../model/runbook";
import { fillApprovers, fillRoleVariables } from "../model/stepRequests";
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
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const items: ChecklistItem[] = [];
  // A step that stands for a whole section repeats its heading, so the heading is only needed below another one.
  let headings = runbook.steps.some(({ source }) => source !== "section");
  // The checklist of a section has its title.
  const [own] = runbook.path === runbook.file ? [] : runbook.sections;
  let shown = own === undefined || isGated(own, runbook.sections) ? undefined : own.id;
  for (const step of runbook.steps) {
    const section = step.section === undefined ? undefined : sections.get(step.section);
    const gate = section !== undefined && isGated(section, runbook.sections);
    headings ||= gate;
    if (section !== undefined && section.id !== shown && headings) {
      items.push({ kind: "section", id: section.id, title: section.title, gate });
    }
    shown = section?.id;
    items.push({ kind: "step", id: step.id, part: step.part, text: fillRoles(fillApprovers(fillRoleVariables(step.text, start.holders), start.people ?? {}), start.holders), depth: step.depth, mark: { kind: "open" }, links: [], ...(step.within === undefined ? {} : { within: step.within }), ...(step.next === undefined ? {} : { next: step.next }), ...(step.optional === undefined ? {} : { optional: step.optional }) });
  }
  return { id: start.id, runbook: runbook.path, title: runbook.title, revision: runbook.revision, startedAt: start.startedAt, by: start.by, items };
}

/** The checklist as it would be if it were started from the current runbook. */
export function freshChecklist({ id, startedAt, by }: Checklist, runbook: Runbook, holders: Holders, people?: RolePeople): Checklist {
  return startChecklist(runbook, { id, startedAt, by, holders, ...(people === undefined ? {} : { people }) });
}

/** Whether a section is a gate or part of one. */
function isGated(section: RunbookSection, sections: readonly RunbookSection[]): boolean {
  return section.gate || sections.some((other) => other.gate && other.line < section.line && section.line < other.endLine);
}
