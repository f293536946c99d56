import { Terminal } from "@xterm/headless";

const usual = { rows: 24, columns: 80 } as const;
const maxLines = 20_000;

/**
 * Renders terminal output to the text that a terminal of this size would show, including its scrollback. Overwritten and erased
 * lines are removed, wrapped lines are joined, and the output of full-screen programs is omitted.
 */
export async function renderScreen(sent: string, { rows, columns }: { readonly rows: number; readonly columns: number } = usual): Promise<string> {
  const terminal = new Terminal({ rows, cols: columns, scrollback: maxLines, allowProposedApi: true });
  try {
    await new Promise<void>((resolve) => terminal.write(sent, resolve));
    const { normal } = terminal.buffer;
    const lines: string[] = [];
    for (let index = 0; index < normal.length; index++) {
      const line = normal.getLine(index);
      const continued = normal.getLine(index + 1)?.isWrapped === true;
      const text = line?.translateToString(!continued) ?? "";
      if (line?.isWrapped === true) lines.push((lines.pop() ?? "") + text);
      else lines.push(text);
    }
    return lines.map((line) => line.trimEnd()).join("\n").replace(/^\n+|\n+$/g, "");
  } finally {
    terminal.dispose();
  }
}
