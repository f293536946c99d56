import { mask } from "../../core/shell/maskSecrets";
import type { TerminalOutput } from "./terminals";

/** The end of the output as the terminal displayed it. */
export async function renderOutput({ sent, size }: TerminalOutput): Promise<string> {
  const { renderScreen } = await import("../../output/renderScreen");
  return renderScreen(sent, size);
}

/** Masks the secrets that secretlint finds. The product's own rules are applied where the comment is created. */
export async function maskFound(text: string): Promise<string> {
  const { findSecrets } = await import("../../output/findSecrets");
  const spans = await findSecrets(text);
  return [...spans].reverse().reduce((masked, [start, end]) => masked.slice(0, start) + mask + masked.slice(end), text);
}
