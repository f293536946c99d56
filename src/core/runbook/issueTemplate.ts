import { splitHead } from "../markup/frontMatter";
import type { MarkdownFence } from "../model/markdownDocument";
import type { Problem, TextRange } from "../model/problem";
import type { IssueTemplate, RunbookProblemCode } from "../model/runbook";
import { findName, list, present, readFields, shifted } from "./details";
import type { RunbookContext } from "./runbookContext";
import { isWellFormed } from "./templates";

interface TemplateReading {
  readonly template?: Omit<IssueTemplate, "id" | "step">;
  readonly problems: readonly Problem<RunbookProblemCode>[];
}

/** Whether a fence contains an issue template. */
export function isTemplate(fence: MarkdownFence): boolean {
  return /^issue(?:\s|$)/i.test(fence.info.trim());
}

/** Parses a fenced `issue` block: a YAML head, a line `---`, and a Markdown body. `fenceRange` is its opening line. */
export function readTemplate(fence: MarkdownFence, fenceRange: TextRange, context: RunbookContext): TemplateReading {
  if (!fence.closed) return { problems: [{ severity: "error", code: "unclosedTemplate", range: fenceRange, details: {} }] };
  const { head, offset, ...rest } = splitHead(fence.text);
  const body = (rest.body ?? "").trim();
  const { fields, flaw } = readFields(head);
  const headRange = (range: TextRange): TextRange => shifted(range, fence.line + 1 + offset);
  const problem = (code: RunbookProblemCode, range: TextRange, details: Readonly<Record<string, string>>): Problem<RunbookProblemCode> => ({ severity: "error", code, range, details });
  if (flaw !== undefined) return { problems: [problem("badTemplate", headRange(flaw.range), { reason: flaw.reason })] };

  const text = (key: string): string | undefined => {
    const value = fields.get(key)?.value;
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const rangeOf = (key: string): TextRange => {
    const field = fields.get(key);
    return field === undefined ? fenceRange : headRange(field.range);
  };
  const kind = text("kind");
  if (kind === undefined) return { problems: [problem("badTemplate", rangeOf("kind"), { reason: "noKind" })] };
  const title = text("title");
  if (title === undefined) return { problems: [problem("badTemplate", rangeOf("title"), { reason: "noTitle" })] };
  if (!isWellFormed(title) || !isWellFormed(body)) return { problems: [problem("badTemplate", fenceRange, { reason: "badVariables" })] };

  const known = findName(context.kinds, kind);
  const priority = text("priority");
  const assign = text("assign")?.replace(/^@/, "");
  const problems: Problem<RunbookProblemCode>[] = [];
  if (known === undefined) problems.push(problem("unknownKind", rangeOf("kind"), { name: kind, field: "kind" }));
  if (priority !== undefined && !priority.includes("{{") && findName(context.priorities, priority) === undefined) {
    problems.push({ ...problem("unknownPriority", rangeOf("priority"), { name: priority, field: "priority" }), severity: "warning" });
  }
  if (assign !== undefined && !assign.includes("{{") && findName([...context.roles, ...(context.people ?? [])], assign) === undefined) {
    problems.push({ ...problem("unknownRole", rangeOf("assign"), { name: assign, field: "assign" }), severity: "warning" });
  }
  return {
    template: {
      line: fence.line,
      endLine: fence.endLine,
      kind: known ?? kind,
      title,
      labels: list(fields.get("labels")),
      body,
      ...present({ repository: text("repository"), assign, priority }),
    },
    problems,
  };
}
