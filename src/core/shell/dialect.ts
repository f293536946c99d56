import { failed, ok, type Result } from "../model/result";

/** Shells that take variables and quotes alike. */
export type ShellDialect = "posix" | "fish" | "powershell" | "cmd";

const dialects: Readonly<Record<ShellDialect, readonly string[]>> = {
  posix: ["sh", "bash", "zsh", "dash", "ash", "ksh", "ksh93", "mksh"],
  fish: ["fish"],
  powershell: ["powershell", "pwsh"],
  cmd: ["cmd"],
};

/** Languages of fences that name a shell by another name than its program has. */
const programs: Readonly<Record<string, string>> = { "bash-session": "bash", posh: "pwsh", ps1: "pwsh", bat: "cmd", batch: "cmd", batchfile: "cmd", dosbatch: "cmd", dos: "cmd" };

/** Languages that name no particular shell. `sh` is among them: people write it for whatever shell they use. */
const anyShell = new Set(["sh", "shell", "shell-script", "shellscript", "console", "terminal", "shell-session", "shellsession", "sh-session"]);

/** The program that reads a script. */
export interface Interpreter {
  /** A path, or a name that is looked up in the folders of `PATH`. */
  readonly program: string;
  /** What scripts mean in it; `undefined` for a shell that we do not know. */
  readonly dialect: ShellDialect | undefined;
  /** Whether the fence names another kind of shell, which may read the script differently. */
  readonly differs: boolean;
}

/** Where a script runs: the person's shell, and whether it is Windows. */
export interface ShellHost {
  readonly shell: string;
  readonly windows: boolean;
}

/** How the shell of this name or path reads (`/bin/zsh`, `pwsh.exe`); `undefined` for one that is not known. */
export function dialectOfShell(shell: string): ShellDialect | undefined {
  const name = shellName(shell);
  for (const dialect of ["posix", "fish", "powershell", "cmd"] as const) if (dialects[dialect].includes(name)) return dialect;
  return undefined;
}

/** The bare name of a shell's path, as in `bash`. */
export function shellName(shell: string): string {
  return (shell.split(/[\\/]/).at(-1) ?? shell).replace(/\.exe$/i, "").toLowerCase();
}

/**
 * The program for a fence of this language: the shell that it names, else the person's own where it is a POSIX shell, else `sh`.
 * Windows has no POSIX shell unless the person's own is one; there the person's own takes such a script, and `differs` says so.
 * Fails with the name of the shell that is needed and cannot be had.
 */
export function interpreterFor(language: string, { shell, windows }: ShellHost): Result<Interpreter, string> {
  const own = dialectOfShell(shell);
  const wanted = anyShell.has(language) ? (own === "posix" ? shellName(shell) : "sh") : (programs[language] ?? language);
  const dialect = dialectOfShell(wanted);
  // Where the person's own shell is another version of the one that is named, as `pwsh` of `powershell`, it is taken.
  if (wanted === shellName(shell) || (dialect === "powershell" && own === "powershell")) return ok({ program: shell, dialect, differs: false });
  if (!windows) return dialect === "cmd" ? failed("cmd") : ok({ program: wanted === "powershell" ? "pwsh" : wanted, dialect, differs: false });
  if (dialect === "cmd") return ok({ program: "cmd.exe", dialect, differs: false });
  if (dialect === "powershell") return ok({ program: wanted === "pwsh" ? "pwsh.exe" : "powershell.exe", dialect, differs: false });
  return own === undefined ? failed(wanted) : ok({ program: shell, dialect: own, differs: own !== dialect });
}
