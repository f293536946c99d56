import { failed, ok, type Result } from "../model/result";

/** Shells with the same syntax for variables and quotes. */
export type ShellDialect = "posix" | "fish" | "powershell" | "cmd";

const dialects: Readonly<Record<ShellDialect, readonly string[]>> = {
  posix: ["sh", "bash", "zsh", "dash", "ash", "ksh", "ksh93", "mksh"],
  fish: ["fish"],
  powershell: ["powershell", "pwsh"],
  cmd: ["cmd"],
};

/** Fence languages whose name differs from that of the program. */
const programs: Readonly<Record<string, string>> = { "bash-session": "bash", posh: "pwsh", ps1: "pwsh", bat: "cmd", batch: "cmd", batchfile: "cmd", dosbatch: "cmd", dos: "cmd" };

/** Fence languages for any shell. `sh` is included, because people use it for whatever shell they have. */
const anyShell = new Set(["sh", "shell", "shell-script", "shellscript", "console", "terminal", "shell-session", "shellsession", "sh-session"]);

/** The program that runs a script. */
export interface Interpreter {
  /** A path, or a name that is looked up in `PATH`. */
  readonly program: string;
  /** Its syntax. `undefined` for an unknown shell. */
  readonly dialect: ShellDialect | undefined;
  /** Whether the fence names another kind of shell, which might interpret the script differently. */
  readonly differs: boolean;
}

/** Where a script runs: the user's shell, and whether the system is Windows. */
export interface ShellHost {
  readonly shell: string;
  readonly windows: boolean;
}

/** The dialect of a shell by name or path (`/bin/zsh`, `pwsh.exe`). Returns `undefined` for an unknown shell. */
export function dialectOfShell(shell: string): ShellDialect | undefined {
  const name = shellName(shell);
  for (const dialect of ["posix", "fish", "powershell", "cmd"] as const) if (dialects[dialect].includes(name)) return dialect;
  return undefined;
}

/** The name of a shell without its path, such as `bash`. */
export function shellName(shell: string): string {
  return (shell.split(/[\\/]/).at(-1) ?? shell).replace(/\.exe$/i, "").toLowerCase();
}

/**
 * The program for a fence language: the shell that it names, otherwise the user's own shell if it is a POSIX shell, otherwise
 * `sh`. On Windows without a POSIX shell, the user's shell runs such a script, and `differs` is set. Fails with the name of a
 * shell that is not available.
 */
export function interpreterFor(language: string, { shell, windows }: ShellHost): Result<Interpreter, string> {
  const own = dialectOfShell(shell);
  const wanted = anyShell.has(language) ? (own === "posix" ? shellName(shell) : "sh") : (programs[language] ?? language);
  const dialect = dialectOfShell(wanted);
  // The user's shell may be another version of the named one, such as `pwsh` of `powershell`.
  if (wanted === shellName(shell) || (dialect === "powershell" && own === "powershell")) return ok({ program: shell, dialect, differs: false });
  if (!windows) return dialect === "cmd" ? failed("cmd") : ok({ program: wanted === "powershell" ? "pwsh" : wanted, dialect, differs: false });
  if (dialect === "cmd") return ok({ program: "cmd.exe", dialect, differs: false });
  if (dialect === "powershell") return ok({ program: wanted === "pwsh" ? "pwsh.exe" : "powershell.exe", dialect, differs: false });
  return own === undefined ? failed(wanted) : ok({ program: shell, dialect: own, differs: own !== dialect });
}
