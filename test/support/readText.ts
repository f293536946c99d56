import type { Runbook } from '../../src/core/model/runbook';
import type { RunbookContext } from '../../src/core/runbook/runbookContext';
import { readRunbook } from '../../src/markdown/readMarkdown';

export const deskNames: RunbookContext = {
  kinds: ["incident", "request", "record", "opportunity", "issue"],
  roles: ["primary", "backup", "on-site", "lead"],
  priorities: ["high", "normal"],
  people: ["ana"],
};

/** The lines as a runbook at `runbooks/a.md`. */
export function runbookOf(lines: string | readonly string[], context: Partial<RunbookContext> = {}): Runbook {
  return readRunbook("runbooks/a.md", typeof lines === "string" ? lines : lines.join("\n"), { ...deskNames, ...context });
}

/** Steps as an indented outline: `- text` for steps, `? text` for decisions, `> text` for options. */
export function outlineOf(runbook: Runbook): readonly string[] {
  const marks = { step: "-", decision: "?", option: ">" } as const;
  return runbook.steps.map((step) => `${"  ".repeat(step.depth)}${marks[step.part]} ${step.text}`);
}
