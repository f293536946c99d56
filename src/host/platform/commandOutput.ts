import { mask } from "../../core/shell/maskSecrets";
import type { TerminalOutput } from "./terminals";

/** What the terminal showed at the end of what it was sent. */
export async function renderOutput({ sent, size }: TerminalOutput): Promise<string> {
  const { renderScreen } = await import("../../output/renderScreen");
  return renderScreen(sent, size);
}

/** The text without the secrets that secretlint's rules find in it; our own rules are applied where the comment is made. */
export async function maskFound(text: string): Promise<string> {
  const { findSecrets } = await import("../../output/findSecrets");
  const spans = await findSecrets(text);
  return [...spans].reverse().reduce((masked, [start, end]) => masked.slice(0, start) + mask + masked.slice(end), text);
}
