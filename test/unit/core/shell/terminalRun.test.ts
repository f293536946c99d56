import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { interpreterFor, shellName, dialectOfShell } from "../../../../src/core/shell/dialect";
import { isCompleteOutput, readExitCode, readSize, type RunRequest, terminalRun } from "../../../../src/core/shell/terminalRun";

const posix = { shell: "/bin/bash", windows: false } as const;
const words = { ended: "Exit code {0}, 100% \u2713 it's", again: "It ran already" };

describe("A run in a terminal", () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "desk-run-"));
  let count = 0;
  after(() => rmSync(scratch, { recursive: true, force: true }));

  /** Runs it as the terminal would, but without one, and gives what came out between the marks, and the files. */
  function run(script: string, { language = "bash", input = "", env = {}, ...changed }: Partial<RunRequest> & { language?: string; input?: string; env?: Record<string, string> } = {}) {
    const home = path.join(scratch, `it's $(home) ${++count}`);
    const runFolder = path.join(home, "run");
    const folder = path.join(home, "work \"folder'");
    mkdirSync(runFolder, { recursive: true });
    mkdirSync(folder);
    const host = changed.host ?? posix;
    const interpreter = interpreterFor(language, host);
    assert.ok(interpreter.kind === "ok");
    const started = terminalRun({ script, variables: [], interpreter: interpreter.value, host, folder, runFolder, words, ...changed });
    for (const [name, text] of Object.entries(started.files)) writeFileSync(path.join(runFolder, name), text);
    const again = () => spawnSync(started.shellPath, started.shellArgs, { encoding: "utf8", input, env: { PATH: process.env["PATH"], HOME: home, ...env, ...started.env }, cwd: "/" });
    const { stdout, stderr } = again();
    const output = /\u001B\]633;C\u0007\u001B\]633;P;ResponseDesk=first\u0007([^]*)\u001B\]633;P;ResponseDesk=last\u0007\u001B\]633;D;(-?\d+)\u0007([^]*)$/.exec(stdout);
    const file = (name: string) => (existsSync(path.join(runFolder, name)) ? readFileSync(path.join(runFolder, name), "utf8") : undefined);
    return { output: output?.[1] ?? stdout, marked: output?.[2], after: output?.[3], stderr, code: readExitCode(file("ended") ?? ""), folder, runFolder, again, env: started.env };
  }

  it("runs the block as written: lines, `exit`, `cd`, `set -e`, here-documents, input, and `!`", () => {
    assert.deepEqual((({ output, marked, code }) => ({ output, marked, code }))(run("echo one\ncd /\necho 'a!!b' \"!x\" !$\nprintf '%s' \"$PWD\"")), { output: "one\na!!b !x !$\n/", marked: "0", code: 0 });
    const scripts: readonly (readonly [string, number, string])[] = [
      ["(exit 3)", 3, ""], ["exit 4\necho no", 4, ""], ["set -e\nfalse\necho no", 1, ""], ["false\necho on", 0, "on\n"], ["cat <<E\n\ta $((1 + 1))\nE", 0, "\ta 2\n"],
      ["read -r line; echo \"got $line\"", 0, "got typed\n"], ["sleep 0 & wait; echo done", 0, "done\n"], ["no-such-program-xyz", 127, ""], ["kill -9 $$", 137, ""], ["trap '' INT; kill -INT $$; echo on", 0, "on\n"],
      ["echo \\\n  two", 0, "two\n"], ["if true\nthen\n\techo tab\nfi", 0, "tab\n"], ["exec sh -c 'exit 9'", 9, ""],
    ];
    for (const [script, code, output] of scripts) {
      const ended = run(script, { input: "typed\n" });
      assert.deepEqual([ended.code, ended.output], [code, output], `${script}\n${ended.stderr}`);
    }
  });

  it("starts in the folder with the exports of the user's profile, and adds nothing to the environment", () => {
    const ended = run('pwd; echo "$FROM_PROFILE"; env | grep -c RESPONSE_DESK; echo "$0" | grep -c "/script$"', { env: { ENV: "/nowhere" } });
    assert.equal(ended.output, `${ended.folder}\n\n0\n1\n`);
    const home = mkdtempSync(path.join(scratch, "home-"));
    writeFileSync(path.join(home, ".bashrc"), "export FROM_PROFILE='it is set'; cd /; alias ls='echo wrong'\n");
    assert.equal(run('echo "$FROM_PROFILE"; pwd', { env: { HOME: home } }).output.split("\n")[0], "it is set");
  });

  it("passes every value unchanged, although the editor replaces `${...}` in a terminal's environment", () => {
    const values = ["${env:HOME}", "${workspaceFolder}", "it's \"$(id)\" `id` \\ \\0101 %s", "a\nb\n\n", "\t\u001B[2J \u00E9\u{1F692}", "", "-n"];
    const variables = values.map((value, index) => ({ name: `v${index}`, variable: `DESK_V${index}`, value }));
    const ended = run(variables.map(({ variable }) => `printf '%s\\1' "$${variable}"`).join("\n"), { variables });
    assert.deepEqual(ended.output.split("\u0001").slice(0, -1), values);
    assert.deepEqual(Object.values(ended.env).filter((value) => value.includes("${")), []);
    assert.equal(run("env | grep -c '^DESK_'", { variables }).output.trim(), String(values.length));
    const files = readdirSync(ended.runFolder).map((name) => path.join(ended.runFolder, name)).filter((name) => !name.endsWith("started")).map((name) => readFileSync(name, "utf8"));
    assert.deepEqual(files.filter((text) => text.includes("workspaceFolder")), [], "no value is in a file");
  });

  it("shows the result, and does not run a second time", () => {
    const ended = run("echo x >> ran");
    assert.equal(ended.after, "\nExit code 0, 100% \u2713 it's ");
    const second = ended.again();
    assert.match(second.stdout, /^\s*It ran already $/);
    assert.equal(readFileSync(path.join(ended.folder, "ran"), "utf8"), "x\n");
  });

  it("works in a shell with an unknown profile, and with a missing interpreter", () => {
    assert.equal(run("echo a", { language: "sh", host: { shell: "/usr/bin/nu", windows: false } }).output, "a\n");
    const missing = run("echo a", { language: "fish" });
    if (missing.code !== 0) assert.equal(missing.code, 127);
  });

  it("does not start after an interrupt", () => {
    const { files } = terminalRun({ script: "echo no", variables: [], interpreter: { program: "sh", dialect: "posix", differs: false }, host: posix, folder: "/", runFolder: scratch, words });
    const run = path.join(scratch, "interrupted");
    writeFileSync(run, (files["run"] ?? "").replace("stty size", () => "kill -INT $$; stty size"));
    const { stdout } = spawnSync("/bin/sh", [run], { encoding: "utf8", env: { PATH: process.env["PATH"], RESPONSE_DESK_RUN: scratch } });
    assert.match(stdout, /=first\u0007\u001B\]633;P;ResponseDesk=last\u0007\u001B\]633;D;130\u0007/);
  });

  it("is valid in a POSIX shell for any variable names", () => {
    const variables = [{ name: "x", variable: "DESK_X", value: "1" }];
    const { files } = terminalRun({ script: "echo", variables, interpreter: { program: "pwsh", dialect: "powershell", differs: false }, host: posix, folder: "/", runFolder: "/r", words });
    execFileSync("/bin/sh", ["-n"], { input: files["run"] ?? "" });
    assert.equal(files["script.ps1"], "echo\n");
  });

  it("uses a suitable file for each shell on Windows", () => {
    const files = (dialect: "powershell" | "cmd" | "posix") => terminalRun({ script: "a\nb", variables: [{ name: "x", variable: "DESK_X", value: "it's ${x}" }], interpreter: { program: "C:\\p.exe", dialect, differs: false }, host: { shell: "pwsh.exe", windows: true }, folder: "C:\\w", runFolder: "C:\\r", words });
    assert.deepEqual([files("powershell").files["script.ps1"], files("cmd").files["script.cmd"], files("posix").files["script"]], ["\uFEFFa\nb\n", "a\r\nb\r\n", "a\nb\n"]);
    assert.deepEqual(files("cmd").env, { RESPONSE_DESK_RUN: "C:\\r", RESPONSE_DESK_VALUE_1: "it%27s%20%24%7Bx%7D" });
    assert.equal(files("cmd").files["run.ps1"]?.includes("it's"), false);
  });
});

describe("The shell for a block", () => {
  const program = (language: string, shell: string, windows = false) => {
    const found = interpreterFor(language, { shell, windows });
    return found.kind === "ok" ? `${found.value.program}${found.value.differs ? " differs" : ""}` : `no ${found.failure}`;
  };

  it("is the named one, otherwise the user's own if that is a POSIX shell, otherwise sh", () => {
    assert.deepEqual(["sh", "console", "bash", "zsh", "fish", "bash-session", "powershell", "bat", "csh"].map((language) => program(language, "/usr/bin/bash")), ["/usr/bin/bash", "/usr/bin/bash", "/usr/bin/bash", "zsh", "fish", "/usr/bin/bash", "pwsh", "no cmd", "csh"]);
    assert.deepEqual(["sh", "bash", "fish", "shell"].map((language) => program(language, "/usr/bin/fish")), ["sh", "bash", "/usr/bin/fish", "sh"]);
    assert.deepEqual(["sh", "powershell"].map((language) => program(language, "/opt/pwsh")), ["sh", "/opt/pwsh"]);
  });

  it("is never one of another system on Windows", () => {
    assert.deepEqual(["sh", "ps1", "bat", "powershell", "fish"].map((language) => program(language, "C:\\Windows\\powershell.exe", true)), ["C:\\Windows\\powershell.exe differs", "C:\\Windows\\powershell.exe", "cmd.exe", "C:\\Windows\\powershell.exe", "C:\\Windows\\powershell.exe differs"]);
    assert.deepEqual(["sh", "bash", "ps1"].map((language) => program(language, "C:\\Git\\bin\\bash.exe", true)), ["C:\\Git\\bin\\bash.exe", "C:\\Git\\bin\\bash.exe", "pwsh.exe"]);
    assert.equal(program("bash", "C:\\Windows\\System32\\wsl.exe", true), "no bash");
  });

  it("is recognized by its name or path", () => {
    assert.deepEqual(["/bin/zsh", "C:\\Windows\\System32\\cmd.exe", "PWSH.exe", "/usr/bin/fish", "nu", ""].map(dialectOfShell), ["posix", "cmd", "powershell", "fish", undefined, undefined]);
    assert.equal(shellName("C:\\Git\\bin\\Bash.exe"), "bash");
  });

  it("detects whether the complete output was passed on", () => {
    const [first, last] = ["first", "last"].map((mark) => `\u001B]633;P;ResponseDesk=${mark}\u0007`);
    assert.deepEqual([`${first}a${last}`, `a${last}`, `${first}a`, ""].map((sent) => isCompleteOutput(sent, false)), [true, false, false, false]);
    assert.equal(isCompleteOutput(`a${last}`, true), true);
  });

  it("parses exit code and size only when they are complete", () => {
    assert.deepEqual(["3\n", "-1\r\n", "3", "", "x\n"].map(readExitCode), [3, -1, undefined, undefined, undefined]);
    assert.deepEqual(["24 80\n", "0 0\n", "", "x"].map(readSize), [{ rows: 24, columns: 80 }, undefined, undefined, undefined]);
  });
});
