const shells = new Set("sh bash shell zsh fish ksh console terminal shell-session shellsession sh-session powershell pwsh ps1 bat batch cmd".split(" "));

/** The shell language that a fence's info string names (`bash`, `{.sh}`), in lower case; `undefined` for any other. */
export function shellLanguage(info: string): string | undefined {
  const name = /^\{?\.?([\w+-]+)/.exec(info.trim())?.[1]?.toLowerCase();
  return name !== undefined && shells.has(name) ? name : undefined;
}
