import type { Runbook, RunbookStep } from "./runbook";

/** How many issues a step asks to be created: one of each of its templates, and one of each kind it names that has none. */
export function issuesAskedFor({ templates }: Pick<Runbook, "templates">, { id, mentions }: Pick<RunbookStep, "id" | "mentions">): number {
  const own = templates.filter(({ step }) => step === id);
  const kinds = new Set(mentions.flatMap(({ action, kind }) => (action === "create" && !own.some((template) => template.kind === kind) ? [kind] : [])));
  return own.length + kinds.size;
}
