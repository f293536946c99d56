import * as vscode from "vscode";
import type { CommandOutcome } from "../../core/shell/commandComment";
import { shellName } from "../../core/shell/dialect";

/** Where a command will run. */
export interface TerminalPlace {
  /** Name or path of the shell. */
  readonly shell: string;
  /** The terminal's folder, if it is known where it is now. */
  readonly folder: string;
}

/** What came of a command: how it ended and, where the shell tells, what was written. */
export interface TerminalEnd {
  readonly outcome: Extract<CommandOutcome, { readonly kind: "exit" | "unknown" }>;
  readonly output?: string;
  /** Why it is not known how it ended: the shell does not tell, the terminal was closed, or it is another place than was shown, and nothing was sent. */
  readonly why?: "silent" | "closed" | "elsewhere";
  /** To be called once a person has said that a command ended whose shell does not tell. */
  readonly ended?: () => void;
}

/** The terminals in which commands of runbooks run: one of each folder, and another one while that is busy. */
export interface Terminals extends vscode.Disposable {
  /** Where a command would run now. Starts nothing. */
  place(folder: vscode.WorkspaceFolder): TerminalPlace;
  /** Types the command into a terminal of the folder, if that is the place that was shown, and waits until it ends; `now` tells milliseconds. */
  run(folder: vscode.WorkspaceFolder, shown: TerminalPlace, commandLine: string, now: () => number): Promise<TerminalEnd>;
}

const startMilliseconds = 6000;
const lastOutputMilliseconds = 500;
const longestOutput = 100_000;

/** No terminal is opened before the first command runs. */
export function createTerminals(): Terminals {
  const kept = new Map<string, Set<vscode.Terminal>>();
  const busy = new Set<vscode.Terminal>();
  const listening = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal }) => void (isKept(terminal) && busy.add(terminal))),
    vscode.window.onDidEndTerminalShellExecution(({ terminal }) => void busy.delete(terminal)),
    vscode.window.onDidCloseTerminal((terminal) => {
      busy.delete(terminal);
      for (const terminals of kept.values()) terminals.delete(terminal);
    }),
  );

  function isKept(terminal: vscode.Terminal): boolean {
    return [...kept.values()].some((terminals) => terminals.has(terminal));
  }

  function free(folder: vscode.WorkspaceFolder): vscode.Terminal | undefined {
    return [...(kept.get(folder.uri.toString()) ?? [])].find((terminal) => !busy.has(terminal) && terminal.exitStatus === undefined);
  }

  function create(folder: vscode.WorkspaceFolder): vscode.Terminal {
    const terminal = vscode.window.createTerminal({ name: "Response Desk", cwd: folder.uri, iconPath: new vscode.ThemeIcon("checklist") });
    const key = folder.uri.toString();
    kept.set(key, (kept.get(key) ?? new Set()).add(terminal));
    return terminal;
  }

  return {
    place(folder) {
      return placeOf(free(folder), folder);
    },
    async run(folder, shown, commandLine, now) {
      const terminal = free(folder) ?? create(folder);
      busy.add(terminal);
      terminal.show(true);
      const integration = await integrationOf(terminal);
      if (terminal.exitStatus !== undefined) return { outcome: { kind: "unknown" }, why: "closed" };
      const place = placeOf(terminal, folder);
      if (shellName(place.shell) !== shellName(shown.shell) || place.folder !== shown.folder) {
        busy.delete(terminal);
        return { outcome: { kind: "unknown" }, why: "elsewhere" };
      }
      if (integration !== undefined) return execute(terminal, integration, commandLine, now);
      // It stays busy: nobody can tell when the command ends, and the next one must not be typed into it.
      terminal.sendText(commandLine, true);
      return { outcome: { kind: "unknown" }, why: "silent", ended: () => void busy.delete(terminal) };
    },
    dispose: () => listening.dispose(),
  };
}

/** What is known of a terminal, else of a new one. */
function placeOf(terminal: vscode.Terminal | undefined, folder: vscode.WorkspaceFolder): TerminalPlace {
  return { shell: terminal?.state.shell ?? vscode.env.shell, folder: (terminal?.shellIntegration?.cwd ?? folder.uri).fsPath };
}

/** The shell's own integration, which a new terminal has only after a moment; `undefined` for a shell that has none. */
function integrationOf(terminal: vscode.Terminal): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration !== undefined) return Promise.resolve(terminal.shellIntegration);
  return new Promise((resolve) => {
    const end = (integration: vscode.TerminalShellIntegration | undefined): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(integration);
    };
    const timer = setTimeout(() => end(undefined), startMilliseconds);
    const listening = vscode.Disposable.from(
      vscode.window.onDidChangeTerminalShellIntegration((event) => void (event.terminal === terminal && end(event.shellIntegration))),
      vscode.window.onDidCloseTerminal((closed) => void (closed === terminal && end(undefined))),
    );
  });
}

async function execute(terminal: vscode.Terminal, integration: vscode.TerminalShellIntegration, commandLine: string, now: () => number): Promise<TerminalEnd> {
  const started = now();
  const readings = new Map<vscode.TerminalShellExecution, Reading>();
  const ended = new Promise<{ readonly execution: vscode.TerminalShellExecution; readonly code: number | undefined } | undefined>((resolve) => {
    const end = (how: Parameters<typeof resolve>[0]): void => {
      listening.dispose();
      resolve(how);
    };
    const listening = vscode.Disposable.from(
      vscode.window.onDidStartTerminalShellExecution(({ terminal: where, execution }) => void (where === terminal && !readings.has(execution) && readings.set(execution, read(execution)))),
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => void (readings.has(execution) && end({ execution, code: exitCode }))),
      vscode.window.onDidCloseTerminal((closed) => void (closed === terminal && end(undefined))),
    );
  });
  // The editor waits for each line of what it executes to end by itself, and ours are one command: typed, it is taken as what starts.
  if (commandLine.includes("\n")) terminal.sendText(commandLine, true);
  else {
    const asked = integration.executeCommand(commandLine);
    readings.set(asked, read(asked));
  }
  const end = await ended;
  if (end === undefined) return { outcome: { kind: "unknown" }, why: "closed" };
  const milliseconds = now() - started;
  const output = await readings.get(end.execution)?.();
  return {
    outcome: end.code === undefined ? { kind: "unknown" } : { kind: "exit", code: end.code, milliseconds },
    ...(output === undefined ? {} : { output }),
  };
}

/** What was written until now, once the last of it has arrived; of very much, the last part. */
type Reading = () => Promise<string>;

function read(execution: vscode.TerminalShellExecution): Reading {
  let output = "";
  const whole = (async () => {
    for await (const part of execution.read()) output = (output + part).slice(-longestOutput);
  })();
  return async () => {
    await Promise.race([whole, new Promise((resolve) => setTimeout(resolve, lastOutputMilliseconds))]);
    return output;
  };
}
