/** Shells that quote alike. */
export type ShellDialect = "posix" | "fish" | "powershell" | "cmd";

const dialects: Readonly<Record<ShellDialect, readonly string[]>> = {
  posix: ["sh", "bash", "zsh", "dash", "ash", "ksh", "ksh93", "mksh", "wsl"],
  fish: ["fish"],
  powershell: ["powershell", "pwsh", "ps1"],
  cmd: ["cmd", "bat", "batch"],
};

const anyPosix = new Set(["shell", "console", "terminal", "shell-session", "shellsession", "sh-session"]);

/** How the shell of this name or path quotes (`/bin/zsh`, `pwsh.exe`); `undefined` for one that is not known. */
export function dialectOfShell(shell: string): ShellDialect | undefined {
  return find(shellName(shell));
}

/** The dialect that a fence of this language is written in. */
export function dialectOfLanguage(language: string): ShellDialect {
  return anyPosix.has(language) ? "posix" : (find(language) ?? "posix");
}

/** Names under which the editor knows a shell that is called otherwise. */
const sameShells: Readonly<Record<string, string>> = { gitbash: "bash", powershell: "pwsh" };

/** The bare name of a shell's path, as in `bash`; one name for what is one shell. */
export function shellName(shell: string): string {
  const name = (shell.split(/[\\/]/).at(-1) ?? shell).replace(/\.exe$/i, "").toLowerCase();
  return sameShells[name] ?? name;
}

function find(name: string): ShellDialect | undefined {
  for (const dialect of ["posix", "fish", "powershell", "cmd"] as const) if (dialects[dialect].includes(name)) return dialect;
  return undefined;
}
