import { parseRunbook } from "../core/runbook/parseRunbook";
import type { Runbook } from "../core/runbook/runbook";
import type { RunbookContext } from "../core/runbook/runbookContext";
import { readMarkdown } from "./readMarkdown";

/** Reads a Markdown text as the runbook at `path`. Never throws. */
export function readRunbook(path: string, text: string, context: RunbookContext): Runbook {
  return parseRunbook(path, text, readMarkdown(text), context);
}
