import type { Runbook, RunbookCommand, RunbookStep } from "./runbook";

/** The step a command belongs to: the innermost it stands in, else the nearest above it with no heading between; `undefined` when there is none. */
export function stepOfCommand(runbook: Runbook, command: RunbookCommand): RunbookStep | undefined {
  const around = runbook.steps.findLast((step) => step.line <= command.line && command.line < step.endLine);
  if (around !== undefined) return around;
  const above = runbook.steps.findLast((step) => step.line < command.line);
  if (above === undefined) return undefined;
  return runbook.sections.some(({ line }) => above.line < line && line <= command.line) ? undefined : above;
}

/** The commands of each step that has some, by the step's id, in the order of the text. */
export function stepCommands(runbook: Runbook): ReadonlyMap<string, readonly RunbookCommand[]> {
  const found = new Map<string, RunbookCommand[]>();
  for (const command of runbook.commands) {
    const step = stepOfCommand(runbook, command);
    if (step !== undefined) found.set(step.id, [...(found.get(step.id) ?? []), command]);
  }
  return found;
}
