import type { Problem } from "../problem";
import { isSlip } from "./isSlip";
import type { MarkdownDocument } from "./markdownDocument";
import { outsideCode } from "./outsideCode";
import { roleMention } from "./roleMentions";
import type { RunbookContext } from "./runbookContext";

/**
 * Names after @ in steps that nobody on the desk has, but somebody nearly has: most likely a slip. Others may be anybody
 * elsewhere and are left alone, and so is everything on a desk that lists no people.
 */
export function doubtfulNames(document: MarkdownDocument, { roles, people = [] }: RunbookContext): readonly Problem<"doubtfulName">[] {
  const names = [...roles, ...people];
  const known = new Set(names.map((name) => name.toLowerCase()));
  if (people.length === 0) return [];
  return document.blocks.flatMap((block) => {
    if (block.kind !== "item" && block.kind !== "paragraph") return [];
    const lines = document.lines.slice(block.line, block.kind === "item" ? block.line + 1 : block.endLine);
    return lines.flatMap((text, index) =>
      [...outsideCode(text).matchAll(roleMention)].flatMap((match) => {
        const [written, name = ""] = match;
        const nearest = known.has(name.toLowerCase()) ? undefined : names.find((one) => isSlip(name.toLowerCase(), one.toLowerCase()));
        if (nearest === undefined) return [];
        const line = block.line + index;
        const range = { startLine: line, startColumn: match.index, endLine: line, endColumn: match.index + written.length };
        return [{ severity: "information" as const, code: "doubtfulName" as const, range, details: { name, nearest } }];
      }),
    );
  });
}
