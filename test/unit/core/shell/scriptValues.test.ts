import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import type { ShellDialect } from "../../../../src/core/shell/dialect";
import { dialectOfLanguage, dialectOfShell, shellName } from "../../../../src/core/shell/dialect";
import { quoteValue } from "../../../../src/core/shell/quoteValue";
import { fillScript, scriptVariables } from "../../../../src/core/shell/scriptValues";

const filled = (script: string, text: string, dialect: ShellDialect | "unknown" = "posix"): string => {
  const result = fillScript(script, { x: text }, dialect === "unknown" ? undefined : dialect);
  return result.kind === "ok" ? result.value : result.failure.reason;
};

/** What real shells make of the words of these scripts, each script's output ended by a mark. */
function outputs(shell: string, scripts: readonly string[]): readonly string[] {
  const mark = "\u0001end\u0001";
  const all = scripts.map((script) => `${script}\nprintf %s '${mark}'`).join("\n");
  return execFileSync(shell, ["-c", all], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], cwd: "/", env: { PATH: "/nowhere" } }).split(mark).slice(0, -1);
}

const nasty = ["'", "''", '"', "$(id)", "`id`", "$HOME", "a b", " a ", "; echo x", "\\", "\\'", "a\\", "*", "~", "!!", "!x", "-n", "#", "& a", "|", "\u{1F692} \u00E4", "%s", "{a,b}", "$'x'", "(", "=ls", "a=b"];
const value = fc.oneof(fc.constantFrom(...nasty), fc.string({ minLength: 1, unit: "binary", maxLength: 12 }), fc.array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""))).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

describe("A value in a script", () => {
  for (const shell of ["/bin/sh", "/bin/bash"]) {
    it(`reaches ${shell} as it is, outside and inside of quotes`, function () {
      if (!existsSync(shell)) this.skip();
      const values = fc.sample(value, { seed: 7, numRuns: 600 });
      const places = ["printf %s {{x}}", "printf %s 'a {{x}} b'", 'printf %s "a {{ x }} b"', 'printf %s "$(printf y)" a{{x}}b', "printf %s 'it'\\''s' \"\\\"\" {{x}}", "printf %s ${NONE}{{x}}"];
      const cases = values.map((each, index) => ({ value: each, script: places[index % places.length] ?? "" }));
      const expected = cases.map(({ value: each, script }) => script.slice("printf %s ".length).replace(/\$\{NONE\}/, "").replace("'it'\\''s' \"\\\"\" ", "it's\"").replace('"$(printf y)" ', "y").replace(/^['"](.*)['"]$/s, "$1").replace(/\{\{ ?x ?\}\}/, () => each));
      const refusedPlaces = new Set(cases.filter(({ script, value: each }) => filled(script, each) === "place").map(({ script }) => script));
      assert.deepEqual([...refusedPlaces], ['printf %s "$(printf y)" a{{x}}b']);
      const taken = cases.flatMap((each, index) => (filled(each.script, each.value) === "place" ? [] : [{ script: filled(each.script, each.value), expected: expected[index] }]));
      assert.ok(taken.length > 400);
      const got = outputs(shell, taken.map(({ script }) => script));
      got.forEach((output, index) => assert.equal(output, taken[index]?.expected, taken[index]?.script));
      assert.equal(got.length, taken.length);
    });
  }

  it("is quoted as fish and PowerShell quote", () => {
    assert.equal(quoteValue("it's a \\", "fish"), "'it\\'s a \\\\'");
    assert.equal(quoteValue("it's $(id) \u2019x", "powershell"), "'it''s $(id) \u2019\u2019x'");
    fc.assert(
      fc.property(value, (text) => {
        // Read by the rules of each shell, the quoted text is the text again.
        const fish = quoteValue(text, "fish") ?? "";
        if (fish !== text) assert.equal(/^'((?:[^'\\]|\\['\\])*)'$/s.exec(fish)?.[1]?.replace(/\\(['\\])/g, "$1"), text);
        const power = quoteValue(text, "powershell");
        if (power !== undefined && power !== text) assert.equal(/^'((?:[^'\u2018-\u201B]|(['\u2018-\u201B])\2)*)'$/s.exec(power)?.[1]?.replace(/(['\u2018-\u201B])\1/g, "$1"), text);
      }),
      { seed: 3 },
    );
  });

  it("is refused where nobody can promise that it stays what it is", () => {
    const bad = "a; id";
    for (const dialect of ["cmd", "unknown"] as const) assert.equal(filled("echo {{x}}", bad, dialect), "shell");
    assert.equal(filled("echo {{x}}", 'a"b', "powershell"), "shell");
    assert.equal(filled("echo {{x}}", "a\nb"), "control");
    const places = [
      "cat <<EOF\n{{x}}\nEOF", "echo `echo {{x}}`", 'echo "$(echo {{x}})"', "echo $(( {{x}} ))", "(( y = {{x}} ))", "[[ 1 -eq {{x}} ]]", "echo \"${y:-{{x}}}\"", "echo \\{{x}}", "echo $'a {{x}}'",
      "# don't\necho {{x}}", "echo 'a\n{{x}}'", "ssh host {{x}}", "sh -c 'echo {{x}}'", "bash -xc \"{{x}}\"", "eval echo {{x}}", "ssh \\\n  host {{x}}", "let y={{x}}",
    ];
    for (const script of places) assert.equal(filled(script, bad), "place", script);
    for (const script of ['echo "{{x}}"', "echo '{{x}}'", "echo `n {{x}}", "# a\necho {{x}}"]) assert.equal(filled(script, bad, "powershell"), "place", script);
    for (const script of [...places, "echo {{x}}"]) assert.match(filled(script, "web-1.example"), /web-1\.example/, script);
  });

  it("is asked for only where a runbook names it, not in Go's templates or GitHub's workflows", () => {
    assert.deepEqual(scriptVariables("a {{one}} {{ two.b }} {{one}} ${{ secrets.A }} {{.State}} {{range .items}}{{end}} {{if x}} {{ }}"), ["one", "two.b"]);
    assert.equal(filled("docker inspect -f '{{.State}}' {{x}} {{y}}", "a b"), "docker inspect -f '{{.State}}' 'a b' {{y}}");
    assert.equal(filled("echo {{constructor}} {{x}}", "a"), "echo {{constructor}} a");
  });

  it("is quoted for the shell that its name or path tells", () => {
    assert.deepEqual(["/bin/zsh", "C:\\Windows\\System32\\cmd.exe", "PWSH.exe", "/usr/bin/fish", "nu", ""].map(dialectOfShell), ["posix", "cmd", "powershell", "fish", undefined, undefined]);
    assert.deepEqual(["C:\\Git\\bin\\bash.exe", "gitbash", "powershell.exe", "pwsh"].map(shellName), ["bash", "bash", "pwsh", "pwsh"]);
    assert.deepEqual(["console", "bat", "ps1", "fish", "bash"].map(dialectOfLanguage), ["posix", "cmd", "powershell", "fish", "posix"]);
  });
});
