import type { Runbook, RunbookCommand, RunbookStep } from "../model/runbook";

/**
 * The commands of each step by step id, in document order. A command belongs to the innermost step that contains it, otherwise
 * to the nearest step above without a heading in between. Takes linear time.
 */
export function stepCommands({ steps, sections, commands }: Runbook): ReadonlyMap<string, readonly RunbookCommand[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Map<string, RunbookCommand[]>();
  const started = { steps: 0, sections: 0 };
  for (const command of commands) {
    while ((steps[started.steps]?.line ?? Infinity) <= command.line) started.steps += 1;
    while ((sections[started.sections]?.line ?? Infinity) <= command.line) started.sections += 1;
    const above = steps[started.steps - 1];
    const heading = sections[started.sections - 1]?.line ?? -1;
    const step = covering(above, command, byId) ?? (above !== undefined && above.line >= heading ? above : undefined);
    if (step === undefined) continue;
    const own = found.get(step.id);
    if (own === undefined) found.set(step.id, [command]);
    else own.push(command);
  }
  return found;
}

/** The step that a command belongs to, if any. */
export function stepOfCommand(runbook: Runbook, command: RunbookCommand): RunbookStep | undefined {
  for (const [id, commands] of stepCommands(runbook)) if (commands.includes(command)) return runbook.steps.find((step) => step.id === id);
  return undefined;
}

function covering(step: RunbookStep | undefined, command: RunbookCommand, byId: ReadonlyMap<string, RunbookStep>): RunbookStep | undefined {
  if (step === undefined || command.line < step.endLine) return step;
  return step.parent === undefined ? undefined : covering(byId.get(step.parent), command, byId);
}
