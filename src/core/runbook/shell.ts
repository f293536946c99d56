const shells = new Set(
  "sh bash shell zsh fish ksh csh tcsh dash ash shell-script shellscript console terminal shell-session shellsession sh-session bash-session powershell pwsh posh ps1 bat batch batchfile dosbatch dos cmd".split(" "),
);

/** The shell language that a fence's info string names (`bash`, `{.sh}`, `language-sh`), in lower case; `undefined` for any other. */
export function shellLanguage(info: string): string | undefined {
  const name = /^\{?\s*\.?(?:lang(?:uage)?-)?([\w+-]+)/.exec(info.trim())?.[1]?.toLowerCase();
  return name !== undefined && shells.has(name) ? name : undefined;
}
