import assert from "node:assert/strict";
import { opensShell, runnable, scriptsOf } from "../../../../src/core/shell/script";
import { hiddenCharacters, visibleText } from "../../../../src/core/shell/visibleText";

const readings = (text: string, language = "console"): readonly string[] => scriptsOf({ language, text }).map(({ script, root }) => `${root ? "root: " : ""}${script}`);
const typed = (text: string, language = "console"): string => readings(text, language).join(" | ").replace(/^root: /, "");

describe("The commands of a fenced block", () => {
  it("are the block itself, without surrounding empty lines", () => {
    assert.equal(typed("\n  \na\n  b\n\n", "bash"), "a\n  b");
    assert.equal(typed("ls\nps", "console"), "ls\nps");
    assert.equal(typed("echo $HOME\n# a comment\n% x", "bash"), "echo $HOME\n# a comment\n% x");
  });

  it("do not include prompts and output", () => {
    assert.equal(typed("$ ls\na\nb\n$ ps\n  PID"), "ls\nps");
    assert.equal(typed("  $ ls\nout", "bash"), "ls");
    assert.equal(typed("% ls\nout"), "ls");
    assert.equal(typed("ana@web-1:~/x$ ls\nout\nroot@web-1:/# id\n[ana@web-1 x]$ ps"), "ls\nid\nps");
    assert.equal(typed("PS C:\\> Get-Item .\nout", "powershell"), "Get-Item .");
    assert.equal(typed("C:\\Users\\ana> dir\nout", "bat"), "dir");
    assert.equal(typed("$\nout"), "");
  });

  it("include continuation lines, but no output", () => {
    assert.equal(typed("$ a \\\n>   b |\n  c\nout"), "a \\\n  b |\n  c");
    assert.equal(typed("$ diff a b\n> rm -rf x\n$ ps"), "diff a b\nps");
    assert.equal(typed("$ cat <<'END' > f\n> one\n> END\nout\n$ cat <<< x\nout"), "cat <<'END' > f\none\nEND\ncat <<< x");
  });

  it("are rejected with hidden characters, which are shown", () => {
    const text = "echo \u202Egnp\u0000 \u001B[2J\r\u00A0\u200B\u{E0041}\t.";
    assert.equal(visibleText(text), "echo \\u{202E}gnp\\u{0000} \\u{001B}[2J\\u{000D}\\u{00A0}\\u{200B}\\u{E0041}\t.");
    assert.deepEqual(hiddenCharacters(text), ["\\u{202E}", "\\u{0000}", "\\u{001B}", "\\u{000D}"]);
    assert.deepEqual(runnable("ls\rrm"), { kind: "failed", failure: { kind: "hidden", characters: ["\\u{000D}"] } });
    for (const text of ["echo \u{1F469}\u200D\u{1F692}", "if a; then\n\t\tb\t# 'c'\nfi", "echo 'a\tb'"]) assert.deepEqual(runnable(text), { kind: "ok", value: text });
    assert.deepEqual(runnable(" \n"), { kind: "failed", failure: { kind: "empty" } });
  });

  it("have two readings where # could be a root prompt, a comment or output; outside of transcripts it is a comment", () => {
    assert.deepEqual(readings("$ sudo -i\n# systemctl restart api"), ["root: sudo -i\nsystemctl restart api", "sudo -i"]);
    assert.deepEqual(readings("# apt update\nHit:1 x\n# apt upgrade"), ["root: apt update\napt upgrade", "# apt update\nHit:1 x\n# apt upgrade"]);
    assert.deepEqual(readings("# systemctl restart api\n\n# systemctl status api"), ["root: systemctl restart api\nsystemctl status api"]);
    assert.deepEqual(readings("# Look first\n$ ls\n#\nout"), ["root: Look first\nls", "ls"]);
    assert.deepEqual(readings("$ ls # all of it\nout"), ["ls # all of it"]);
    assert.deepEqual(readings("#!/bin/sh\n# a comment\nls"), ["#!/bin/sh\n# a comment\nls"]);
    assert.deepEqual(readings("$ cat <<E\n# in it\nE\nout"), ["cat <<E\n# in it\nE"]);
    assert.deepEqual(readings("ana@web:~$ ls\nroot@web:/# id"), ["root: ls\nid"]);
    for (const language of ["bash", "sh", "zsh", "powershell"]) assert.deepEqual(readings("# systemctl restart api\nls", language), ["# systemctl restart api\nls"], language);
    assert.deepEqual(readings("$ sudo -i\n# systemctl restart api", "bash-session"), ["root: sudo -i\nsystemctl restart api", "sudo -i"]);
    assert.deepEqual(readings("ana@web ~> ls\nout", "console"), ["ls"]);
    assert.deepEqual(readings("PS C:\\> Get-Item `\n>> .\nout", "powershell"), ["Get-Item `\n."]);
  });

  it("are reported if they open a shell that the next lines do not reach", () => {
    for (const line of ["sudo -i", "sudo -u www -s", "sudo su -", "su - postgres", "su", "ssh web-1", "ssh -v ana@web-1", "sudo bash"]) assert.equal(opensShell(`${line}\nls`), true, line);
    for (const line of ["sudo systemctl restart sh", "sudo -n true", "ssh web-1 ls", "super", "sudo sysctl -a", "echo su"]) assert.equal(opensShell(`${line}\nls`), false, line);
    assert.equal(opensShell("sudo -i"), false);
  });
});
