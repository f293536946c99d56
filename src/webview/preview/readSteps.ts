import { isRecord } from "../../core/isRecord";
import type { DrawnStep } from "../../core/runbook/drawnSteps";

const kinds = ["open", "current", "done", "skipped", "left", "locked"] as const;

/** The steps that the preview's text carries for its drawings; a person's HTML may pose as them, so whatever is not exactly so is dropped. */
export function readSteps(text: string | undefined): readonly DrawnStep[] {
  const value = parse(text ?? "[]");
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown): readonly DrawnStep[] => {
    if (!isRecord(one)) return [];
    const { text: said, words } = one;
    const kind = kinds.find((each) => each === one["kind"]);
    return typeof said === "string" && typeof words === "string" && kind !== undefined ? [{ text: said, kind, words }] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
