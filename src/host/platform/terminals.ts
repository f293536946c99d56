import * as vscode from "vscode";
import type { Clock, Ids, Log } from "../../core/model/ports";
import type { CommandOutcome } from "../../core/shell/commandReport";
import type { ShellHost } from "../../core/shell/dialect";
import { isCompleteOutput, readExitCode, readSize, runFiles, type RunRequest, terminalRun } from "../../core/shell/terminalRun";
import { runInBackground } from "./background";

/** A script to run, as the user confirmed it. */
export type TerminalScript = Omit<RunRequest, "runFolder" | "words" | "host" | "folder"> & {
  readonly folder: vscode.WorkspaceFolder;
  /** The name of the terminal. */
  readonly name: string;
};

/** The result of a run: how it ended and, if VS Code reported it, its output. */
export interface TerminalEnd {
  readonly outcome: Extract<CommandOutcome, { readonly kind: "exit" | "unknown" }>;
  readonly output?: TerminalOutput;
  /** Why the exit code is unknown: the terminal was closed before the command ended, or before it started. */
  readonly why?: "closed" | "notStarted";
}

/** The data that was sent to a terminal, and the terminal's size at that time. */
export interface TerminalOutput {
  readonly sent: string;
  readonly size?: { readonly rows: number; readonly columns: number };
}

/** A run in progress. */
interface TerminalRunning {
  /** Always resolves, also when the terminal is closed. */
  readonly end: Promise<TerminalEnd>;
  /** Sends Ctrl+C once the run has started. */
  interrupt(): Promise<void>;
}

/** Runs scripts, each in its own terminal. */
export interface Terminals {
  run(script: TerminalScript, tools: { readonly clock: Clock; readonly ids: Ids; readonly log: Log }): Promise<TerminalRunning>;
  /** Removes files that runs of earlier windows left. */
  tidy(log: Log): Promise<void>;
}

const pollMilliseconds = { first: 200, longest: 2000 } as const;

/** Milliseconds to wait for the first output after a run ended. */
const startMilliseconds = 5000;

/** Milliseconds to wait for the last output after a run ended. VS Code reports it late on a busy machine. */
const outputMilliseconds = 15_000;

const longestOutput = 500_000;

const keptMilliseconds = 24 * 3600 * 1000;

/** The user's shell, and whether the extension host runs on Windows; `undefined` where the folder has no terminal. */
export function shellHost({ uri }: vscode.WorkspaceFolder): ShellHost | undefined {
  if ((uri.scheme !== "file" && uri.scheme !== "vscode-remote") || vscode.env.shell === "") return undefined;
  return { shell: vscode.env.shell, windows: uri.fsPath.includes("\\") };
}

/** Each run has its own folder in `storage` until it ends. Opens nothing before the first run. */
export function createTerminals(storage: vscode.Uri): Terminals {
  const runs = vscode.Uri.joinPath(storage, "runs");
  const active = new Set<string>();

  return {
    async run({ folder, name, ...script }, { clock, ids, log }) {
      const host = shellHost(folder);
      if (host === undefined) throw new Error("The folder has no terminal.");
      const id = ids.next();
      const home = vscode.Uri.joinPath(runs, id);
      const t = vscode.l10n.t;
      const words = { ended: t("Exit code {0}. Press Enter to close this terminal.", "{0}"), again: t("This command was run before and is not run again. Press Enter to close this terminal.") };
      const start = terminalRun({ ...script, host, folder: folder.uri.fsPath, runFolder: home.fsPath, words });
      active.add(id);
      await vscode.workspace.fs.createDirectory(home);
      for (const [file, text] of Object.entries(start.files)) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(home, file), new TextEncoder().encode(text));
      // A restored terminal would start the run a second time.
      const terminal = vscode.window.createTerminal({ name, shellPath: start.shellPath, shellArgs: [...start.shellArgs], env: start.env, cwd: folder.uri, iconPath: new vscode.ThemeIcon("checklist"), isTransient: true });
      const reading = readOutput(terminal);
      terminal.show(true);
      const end = (async (): Promise<TerminalEnd> => {
        try {
          const code = await exitCode(terminal, home, reading, clock);
          const [startedAt, ended] = await Promise.all([runFiles.started, runFiles.ended].map((file) => writtenAt(vscode.Uri.joinPath(home, file))));
          await Promise.race([reading.ended, clock.wait(!reading.started() ? startMilliseconds : outputMilliseconds)]);
          const sent = reading.sent();
          const size = readSize((await readText(vscode.Uri.joinPath(home, runFiles.size))) ?? "");
          return {
            outcome: typeof code === "number" ? { kind: "exit", code, ...(startedAt === undefined || ended === undefined ? {} : { milliseconds: ended - startedAt }) } : { kind: "unknown" },
            ...(typeof code === "number" ? {} : { why: code }),
            ...(sent === undefined ? {} : { output: { sent, ...(size === undefined ? {} : { size }) } }),
          };
        } finally {
          reading.dispose();
          active.delete(id);
          await remove(home, log);
        }
      })();
      /** A Ctrl+C before the run starts could go to the user's shell profile instead. */
      const interrupt = async (): Promise<void> => {
        while (active.has(id) && (await writtenAt(vscode.Uri.joinPath(home, runFiles.started))) === undefined) await clock.wait(pollMilliseconds.first);
        if (active.has(id)) terminal.sendText("\u0003", false);
      };
      return { end, interrupt };
    },

    async tidy(log) {
      const entries = await vscode.workspace.fs.readDirectory(runs).then((found) => found, () => []);
      for (const [name] of entries) {
        const home = vscode.Uri.joinPath(runs, name);
        // Another window may be waiting for its run to end.
        const age = Date.now() - ((await writtenAt(home)) ?? 0);
        if (!active.has(name) && age > keptMilliseconds) await remove(home, log);
      }
    },
  };
}

/**
 * The exit code that the run wrote last; `closed` or `notStarted` if the terminal closed without one. Polls the file as well, so
 * that a late or missing event only delays the result.
 */
async function exitCode(terminal: vscode.Terminal, home: vscode.Uri, reading: OutputReading, clock: Clock): Promise<number | "closed" | "notStarted"> {
  for (let pause: number = pollMilliseconds.first; ; pause = Math.min(pause * 1.2, pollMilliseconds.longest)) {
    // Check this first: everything that was written before the terminal closed is then in the file.
    const closed = reading.closed() || terminal.exitStatus !== undefined;
    const code = readExitCode((await readText(vscode.Uri.joinPath(home, runFiles.ended))) ?? "") ?? (closed ? reading.code() : undefined);
    if (code !== undefined) return code;
    if (closed) return (await writtenAt(vscode.Uri.joinPath(home, runFiles.started))) !== undefined ? "closed" : "notStarted";
    await Promise.race([clock.wait(pause), reading.next()]);
  }
}

interface OutputReading extends vscode.Disposable {
  /** The output so far, truncated to its end if it is very long; `undefined` if VS Code did not report all of it. */
  sent(): string | undefined;
  started(): boolean;
  /** Resolves when all output has arrived. */
  readonly ended: Promise<void>;
  closed(): boolean;
  /** The exit code that VS Code reported. */
  code(): number | undefined;
  /** Resolves at the next event that may mean the end. */
  next(): Promise<void>;
}

/** Reads the output that VS Code reports. The run marks it in the way of shell integration. */
function readOutput(terminal: vscode.Terminal): OutputReading {
  let output: string | undefined;
  let closed = false;
  let code: number | undefined;
  let wake = (): void => undefined;
  let finish = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const parts: Promise<void>[] = [];
  const read = async (execution: vscode.TerminalShellExecution): Promise<void> => {
    output ??= "";
    for await (const part of execution.read()) output = (output + part).slice(-longestOutput);
  };
  const listening = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution((event) => void (event.terminal === terminal && parts.push(read(event.execution)))),
    vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal !== terminal) return;
      code = event.exitCode ?? code;
      runInBackground(Promise.all(parts).then(finish));
      wake();
    }),
    vscode.window.onDidCloseTerminal((each) => {
      if (each !== terminal) return;
      closed = true;
      finish();
      wake();
    }),
  );
  return {
    sent: () => (output !== undefined && isCompleteOutput(output, output.length >= longestOutput) ? output : undefined),
    started: () => output !== undefined,
    ended,
    closed: () => closed,
    code: () => code,
    next: () => new Promise((resolve) => {
      wake = resolve;
    }),
    dispose: () => listening.dispose(),
  };
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(uri).then((bytes) => new TextDecoder().decode(bytes), () => undefined);
}

/** In milliseconds; `undefined` if the file does not exist. */
async function writtenAt(uri: vscode.Uri): Promise<number | undefined> {
  return vscode.workspace.fs.stat(uri).then(({ mtime }) => mtime, () => undefined);
}

async function remove(folder: vscode.Uri, log: Log): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  } catch (error) {
    log.error(`The files of a run could not be removed. They are removed later: ${String(error)}`);
  }
}
