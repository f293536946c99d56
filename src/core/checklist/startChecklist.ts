import type { Checklist, ChecklistItem } from "../model/checklist";
import type { Instant } from "../model/issue";
import { fillRoles } from "../model/roleMentions";
import type { Runbook, RunbookSection } from "../model/runbook";
import type { Holders } from "../model/shift";

interface ChecklistStart {
  readonly id: string;
  readonly startedAt: Instant;
  /** Login of the person who starts it. */
  readonly by: string;
  /** Who holds which role now; their logins take the place of the roles' names in the steps. */
  readonly holders: Holders;
}

/** A fresh run of a runbook: all its steps, open, under the headings that have steps of their own. */
export function startChecklist(runbook: Runbook, start: ChecklistStart): Checklist {
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const items: ChecklistItem[] = [];
  // Steps that stand for their whole sections say the headings themselves, where they would not stand below another heading.
  let headings = runbook.steps.some(({ source }) => source !== "section");
  let shown: string | undefined;
  for (const step of runbook.steps) {
    const section = step.section === undefined ? undefined : sections.get(step.section);
    const gate = section !== undefined && isGated(section, runbook.sections);
    headings ||= gate;
    if (section !== undefined && section.id !== shown && headings) {
      items.push({ kind: "section", id: section.id, title: section.title, gate });
    }
    shown = section?.id;
    items.push({ kind: "step", id: step.id, part: step.part, text: fillRoles(step.text, start.holders), depth: step.depth, mark: { kind: "open" }, links: [], ...(step.within === undefined ? {} : { within: step.within }) });
  }
  return { id: start.id, runbook: runbook.path, title: runbook.title, revision: runbook.revision, startedAt: start.startedAt, by: start.by, items };
}

/** The run as it would be had it begun with the runbook as it now is. */
export function freshChecklist({ id, startedAt, by }: Checklist, runbook: Runbook, holders: Holders): Checklist {
  return startChecklist(runbook, { id, startedAt, by, holders });
}

/** A part of a gate is as closed as the gate. */
function isGated(section: RunbookSection, sections: readonly RunbookSection[]): boolean {
  return section.gate || sections.some((other) => other.gate && other.line < section.line && section.line < other.endLine);
}
