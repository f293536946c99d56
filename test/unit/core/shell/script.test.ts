import assert from "node:assert/strict";
import { asOneCommand, scriptOf, typeable } from "../../../../src/core/shell/script";
import { hiddenCharacters, visibleText } from "../../../../src/core/shell/visibleText";

const typed = (text: string, language = "console"): string => scriptOf({ language, text });

describe("What is typed of a fenced block", () => {
  it("is the block itself, without empty lines around it", () => {
    assert.equal(typed("\n  \na\n  b\n\n", "bash"), "a\n  b");
    assert.equal(typed("ls\nps", "console"), "ls\nps");
    assert.equal(typed("echo $HOME\n# a comment\n% x", "bash"), "echo $HOME\n# a comment\n% x");
  });

  it("leaves out prompts and output", () => {
    assert.equal(typed("$ ls\na\nb\n$ ps\n  PID"), "ls\nps");
    assert.equal(typed("  $ ls\nout", "bash"), "ls");
    assert.equal(typed("% ls\nout"), "ls");
    assert.equal(typed("ana@web-1:~/x$ ls\nout\nroot@web-1:/# id\n[ana@web-1 x]$ ps"), "ls\nid\nps");
    assert.equal(typed("PS C:\\> Get-Item .\nout", "powershell"), "Get-Item .");
    assert.equal(typed("C:\\Users\\ana> dir\nout", "bat"), "dir");
    assert.equal(typed("$\nout"), "");
  });

  it("keeps what continues a command, and takes no output for it", () => {
    assert.equal(typed("$ a \\\n>   b |\n  c\nout"), "a \\\n  b |\n  c");
    assert.equal(typed("$ diff a b\n> rm -rf x\n$ ps"), "diff a b\nps");
    assert.equal(typed("$ cat <<'END' > f\n> one\n> END\nout\n$ cat <<< x\nout"), "cat <<'END' > f\none\nEND\ncat <<< x");
  });

  it("is refused with hidden characters, and shows them", () => {
    const text = "echo \u202Egnp\u0000 \u001B[2J\r\u00A0\u200B\u{E0041}\t.";
    assert.equal(visibleText(text), "echo \\u{202E}gnp\\u{0000} \\u{001B}[2J\\u{000D}\\u{00A0}\\u{200B}\\u{E0041}\t.");
    assert.deepEqual(hiddenCharacters(text), ["\\u{202E}", "\\u{0000}", "\\u{001B}", "\\u{000D}"]);
    assert.deepEqual(typeable("ls\rrm"), { kind: "failed", failure: { kind: "hidden", characters: ["\\u{000D}"] } });
    assert.deepEqual(typeable("echo \u{1F469}\u200D\u{1F692}"), { kind: "ok", value: "echo \u{1F469}\u200D\u{1F692}" });
    assert.deepEqual(typeable(" \n"), { kind: "failed", failure: { kind: "empty" } });
  });

  it("has spaces for tabs, which a terminal would complete, unless they matter", () => {
    assert.deepEqual(typeable("if a; then\n\t\tb\t# 'c'\nfi"), { kind: "ok", value: "if a; then\n        b # 'c'\nfi" });
    for (const text of ["echo 'a\tb'", 'echo "a\tb"', "cat <<-E\n\ta\n\tE"]) assert.deepEqual(typeable(text), { kind: "failed", failure: { kind: "tab" } }, text);
  });

  it("is one command of the shell when it has several lines", () => {
    assert.equal(asOneCommand("a", "posix"), "a");
    assert.deepEqual(["(a)", "(a\nb)"].map((script) => asOneCommand(script, "posix")), ["true; (a)", "{\ntrue; (a\nb)\n}"]);
    assert.deepEqual((["posix", "fish", "powershell", "cmd", undefined] as const).map((dialect) => asOneCommand("a\nb", dialect)), ["{\na\nb\n}", "begin\na\nb\nend", ". {\na\nb\n}", "a\nb", "a\nb"]);
  });
});
