import { assertNever } from "../model/result";
import { dialectOfShell, type Interpreter, type ShellHost, shellName } from "./dialect";
import type { BoundScript } from "./scriptVariables";

/** The input of a terminal run. */
export interface RunRequest extends BoundScript {
  readonly interpreter: Interpreter;
  readonly host: ShellHost;
  /** The working directory of the script. */
  readonly folder: string;
  /** The folder for the files of this run only. */
  readonly runFolder: string;
  /** Texts that the terminal shows, in the display language. `{0}` in `ended` is the exit code. */
  readonly words: { readonly ended: string; readonly again: string };
}

/** How to start a terminal for a run, and the files that must exist in the run's folder. */
interface TerminalRun {
  readonly shellPath: string;
  readonly shellArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Files in a run's folder that the terminal writes. */
export const runFiles = { started: "started", size: "size", ended: "ended" } as const;

/**
 * Prepares the run of a script in a terminal with one process. The terminal creates `started` before it starts the script, so
 * it runs at most once, and writes its size to `size` and the exit code to `ended`. The script is the displayed text with one
 * line end appended. Values are passed in the environment only, and encoded, because the editor replaces `${...}` in terminal
 * input.
 */
export function terminalRun(request: RunRequest): TerminalRun {
  return request.host.windows ? windowsRun(request) : posixRun(request);
}

/** Parses the exit code file. Returns `undefined` while it is missing or incomplete. */
export function readExitCode(text: string): number | undefined {
  const code = /^(-?\d+)\r?\n$/.exec(text)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Whether the editor passed on the complete output of a run. `cut`: the beginning was omitted because of its length. */
export function isCompleteOutput(sent: string, cut: boolean): boolean {
  return (cut || sent.includes("\u001B]633;P;ResponseDesk=first\u0007")) && sent.includes("\u001B]633;P;ResponseDesk=last\u0007");
}

/** Rows and columns of the run's terminal. */
export function readSize(text: string): { readonly rows: number; readonly columns: number } | undefined {
  const [, rows, columns] = /^(\d{1,4}) (\d{1,4})\s*$/.exec(text) ?? [];
  return rows === undefined || columns === undefined || Number(rows) < 2 || Number(columns) < 2 ? undefined : { rows: Number(rows), columns: Number(columns) };
}

// The editor drops output that arrives together with a mark, so there are pauses. The first and last mark show whether the output is complete.
const marks = { first: "\\033]633;P;ResponseDesk=first\\007", last: "\\033]633;P;ResponseDesk=last\\007", begin: "\\033]633;A\\007\\033]633;B\\007\\033]633;C\\007", end: "\\033]633;D;%s\\007" } as const;

// The first shell is the user's own, started as a terminal would, for PATH and other exported variables. Terminals on macOS start login shells.
const start = `set --; [ "$(uname)" = Darwin ] && set -- -l; exec "$RESPONSE_DESK_SHELL" "$@" -i -c 'exec /bin/sh "$RESPONSE_DESK_RUN/run"'`;

const startPlain = `exec /bin/sh "$RESPONSE_DESK_RUN/run"`;

function posixRun({ script, variables, interpreter, host, folder, runFolder, words }: RunRequest): TerminalRun {
  const own = dialectOfShell(host.shell);
  const profile = own === "posix" || own === "fish";
  const file = interpreter.dialect === "powershell" ? "script.ps1" : "script";
  const call = interpreter.dialect === "powershell" ? `-NoLogo -File "$run/${file}"` : `"$run/${file}"`;
  const decoded = variables.map(({ variable }, index) => [
    `${variable}=$(printf '%b_' "$RESPONSE_DESK_VALUE_${index + 1}")`,
    `${variable}=\${${variable}%_}`,
    `export ${variable}`,
  ].join("\n"));
  // An interrupt before the program starts prevents it from starting. The program itself handles interrupts as usual.
  const run = `run=$RESPONSE_DESK_RUN
stopped=
trap 'stopped=1' INT QUIT
pause() { sleep 0.3 2>/dev/null || sleep 1; }
say() { printf '\\n%s ' "$1"; }
stay() {
  saved=$(stty -g 2>/dev/null) && stty -icanon min 0 time 1 2>/dev/null && cat >/dev/null
  stty "$saved" 2>/dev/null
  read -r ignored
}
if ! mkdir "$run/${runFiles.started}" 2>/dev/null; then
  say "$(printf '%b' '${octal(words.again)}')"
  stay
  exit
fi
stty size 2>/dev/null >"$run/${runFiles.size}"
${[...decoded, `unset RESPONSE_DESK_RUN RESPONSE_DESK_SHELL${variables.map((_, index) => ` RESPONSE_DESK_VALUE_${index + 1}`).join("")}`].join("\n")}
program=$(printf '%b' '${octal(interpreter.program)}')
cd "$(printf '%b' '${octal(folder)}')" || exit
printf '${marks.begin}'
pause
printf '${marks.first}'
code=130
[ -n "$stopped" ] || { "$program" ${call}; code=$?; }
printf '%s\\n' "$code" >"$run/${runFiles.ended}.new" && mv "$run/${runFiles.ended}.new" "$run/${runFiles.ended}"
printf '${marks.last}'
pause
printf '${marks.end}' "$code"
trap - INT QUIT
say "$(printf "$(printf '%b' '${octal(words.ended.replaceAll("%", "%%").replace("{0}", "%s"))}')" "$code")"
stay
`;
  return {
    shellPath: "/bin/sh",
    shellArgs: ["-c", profile ? start : startPlain],
    env: {
      RESPONSE_DESK_RUN: runFolder,
      ...(profile ? { RESPONSE_DESK_SHELL: host.shell } : {}),
      ...Object.fromEntries(variables.map(({ value }, index) => [`RESPONSE_DESK_VALUE_${index + 1}`, octal(value)])),
    },
    files: { run, [file]: `${script}\n` },
  };
}

function windowsRun({ script, variables, interpreter, folder, runFolder, words }: RunRequest): TerminalRun {
  const [file, call, text] = windowsScript(interpreter, script);
  const decoded = (value: string): string => `[Uri]::UnescapeDataString('${percent(value)}')`;
  const run = `$run = $env:RESPONSE_DESK_RUN
try { New-Item -ItemType Directory -Path (Join-Path $run '${runFiles.started}') -ErrorAction Stop | Out-Null }
catch { Read-Host -Prompt (${decoded(words.again)}); exit }
$size = $Host.UI.RawUI.WindowSize
[IO.File]::WriteAllText((Join-Path $run '${runFiles.size}'), "$($size.Height) $($size.Width)\`n")
${variables.map(({ variable }, index) => `$env:${variable} = [Uri]::UnescapeDataString($env:RESPONSE_DESK_VALUE_${index + 1}); Remove-Item Env:RESPONSE_DESK_VALUE_${index + 1}`).join("\n")}
Remove-Item Env:RESPONSE_DESK_RUN
Set-Location -LiteralPath (${decoded(folder)}) -ErrorAction Stop
$program = ${decoded(interpreter.program)}
$script = Join-Path $run '${file}'
$mark = [char]27 + ']633;'
[Console]::Write($mark + 'A' + [char]7 + $mark + 'B' + [char]7 + $mark + 'C' + [char]7)
Start-Sleep -Milliseconds 300
[Console]::Write($mark + 'P;ResponseDesk=first' + [char]7)
$code = 1
try { ${call}; $code = [int]$LASTEXITCODE } catch { Write-Host $_ }
[IO.File]::WriteAllText((Join-Path $run '${runFiles.ended}.new'), "$code\`n")
[IO.File]::Move((Join-Path $run '${runFiles.ended}.new'), (Join-Path $run '${runFiles.ended}'))
[Console]::Write($mark + 'P;ResponseDesk=last' + [char]7)
Start-Sleep -Milliseconds 300
[Console]::Write($mark + "D;$code" + [char]7)
Write-Host ''
Read-Host -Prompt (${decoded(words.ended)} -f $code) | Out-Null
`;
  return {
    shellPath: "powershell.exe",
    shellArgs: ["-NoLogo", "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", `${runFolder}\\run.ps1`],
    env: { RESPONSE_DESK_RUN: runFolder, ...Object.fromEntries(variables.map(({ value }, index) => [`RESPONSE_DESK_VALUE_${index + 1}`, percent(value)])) },
    files: { "run.ps1": run, [file]: text },
  };
}

/** File name, call and text of a script on Windows: Windows PowerShell needs a byte order mark for UTF-8, and `cmd` needs its own line ends. */
function windowsScript({ dialect }: Interpreter, script: string): readonly [file: string, call: string, text: string] {
  switch (dialect) {
    case "powershell":
      return ["script.ps1", "& $program -NoLogo -ExecutionPolicy Bypass -File $script", `\uFEFF${script}\n`];
    case "cmd":
      return ["script.cmd", "& $script", `${script.replaceAll("\n", "\r\n")}\r\n`];
    case "posix":
    case "fish":
    case undefined:
      return ["script", "& $program ($script -replace '\\\\', '/')", `${script}\n`];
    default:
      return assertNever(dialect);
  }
}

/** Encodes a text for `printf %b` with characters that need no quoting. */
function octal(text: string): string {
  return percent(text).replace(/%([0-9A-F]{2})/g, (_, byte: string) => `\\0${parseInt(byte, 16).toString(8).padStart(3, "0")}`);
}

/** Percent-encodes a text with characters that need no quoting. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The shell's path, or its name, as shown to a person. */
export function describeInterpreter({ program }: Interpreter): string {
  return program.includes("/") || program.includes("\\") ? program : shellName(program);
}
