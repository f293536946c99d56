import type * as vscode from "vscode";
import { mask } from "../../core/shell/maskSecrets";
import { evaluateBundle } from "./extensionBundle";
import type { TerminalOutput } from "./terminals";

/** What the bundle `output.js` offers. */
interface OutputBundle {
  readonly findSecrets: (text: string) => Promise<readonly (readonly [start: number, end: number])[]>;
  readonly renderScreen: (sent: string, size?: TerminalOutput["size"]) => Promise<string>;
}

/** Reads the output of commands. */
export interface CommandOutput {
  /** What the terminal showed at the end of what it was sent. */
  render(output: TerminalOutput): Promise<string>;
  /** The text without the secrets that kept rules find in it; our own rules are applied where the comment is made. */
  mask(text: string): Promise<string>;
}

/** The libraries for it are read from the extension's own folder. */
export async function loadCommandOutput(extension: vscode.Uri): Promise<CommandOutput> {
  const module: { exports: Partial<OutputBundle> } = { exports: {} };
  await evaluateBundle(extension, "output.js", module);
  const { findSecrets, renderScreen } = module.exports;
  if (findSecrets === undefined || renderScreen === undefined) throw new Error("dist/output.js is not what it was.");
  return {
    render: ({ sent, size }) => renderScreen(sent, size),
    async mask(text) {
      const spans = await findSecrets(text);
      return [...spans].reverse().reduce((masked, [start, end]) => masked.slice(0, start) + mask + masked.slice(end), text);
    },
  };
}
