import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import type { ShellDialect } from "../../../../src/core/shell/dialect";
import { bindVariables, scriptVariables } from "../../../../src/core/shell/scriptVariables";
import { propertyRuns } from "../../../support/propertyRuns";

const bound = (script: string, text: string, dialect: ShellDialect | "unknown" = "posix"): string => {
  const result = bindVariables(script, { x: text }, dialect === "unknown" ? undefined : dialect);
  return result.kind === "ok" ? result.value.script : result.failure.reason;
};

const nasty = ["'", "''", '"', "$(id)", "`id`", "$HOME", "a b", " a ", "; echo x", "\\", "\\'", "a\\", "*", "~", "!!", "!x", "-n", "#", "& a", "|", "\u{1F692} \u00E4", "%s", "{a,b}", "$'x'", "(", "=ls", "a=b", "\n", "a\nb\n", "\t", "\u001B[2J", "${env:HOME}", "DESK_X"];
const value = fc.oneof(fc.constantFrom(...nasty), fc.string({ minLength: 1, unit: "binary", maxLength: 12 }), fc.array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""))).filter((text) => !/\0|\p{Cs}/u.test(text));

describe("A value in a script", () => {
  for (const shell of ["/bin/sh", "/bin/bash"]) {
    it(`reaches ${shell} unchanged, whatever it is, outside and inside of quotes`, function () {
      if (!existsSync(shell)) this.skip();
      const contexts: readonly (readonly [script: string, expected: (text: string) => string])[] = [
        ["printf %s {{x}}", (text) => text],
        ['printf %s "a {{ x }} b"', (text) => `a ${text} b`],
        ['printf %s "$(printf y)" a{{x}}b', (text) => `ya${text}b`],
        ["printf %s 'it'\\''s' \"\\\"\" {{x}}", (text) => `it's"${text}`],
        ["printf %s ${NONE}{{x}}", (text) => text],
        ['printf %s "$(printf %s. {{x}})"', (text) => `${text}.`],
        ['y=$(( (1+2) ))\nprintf %s "{{x}}_y"', (text) => `${text}_y`],
        ["# don't\ncat <<'E'\nit's \"\nE\nprintf %s {{x}}", (text) => `it's "\n${text}`],
        ['case a in a) printf %s {{x}};; esac', (text) => text],
        ['y={{x}}\nprintf %s "$y"', (text) => text],
      ];
      const values = fc.sample(value, { seed: 7, numRuns: propertyRuns(150) });
      for (const [index, text] of values.entries()) {
        const [script, expected] = contexts[index % contexts.length] ?? contexts[0] ?? assert.fail();
        const result = bindVariables(script, { x: text }, "posix");
        assert.ok(result.kind === "ok", `${script}: ${JSON.stringify(result)}`);
        assert.equal(result.value.script.includes("{{"), false);
        const env = Object.fromEntries(result.value.variables.map((each) => [each.variable, each.value]));
        const output = execFileSync(shell, ["-c", result.value.script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], cwd: "/", env: { PATH: process.env["PATH"], ...env } });
        assert.equal(output, expected(text), result.value.script);
      }
    });
  }

  it("is an environment variable that a person sees, and never one with a meaning to a shell", () => {
    assert.deepEqual(bindVariables('ping {{host}} && echo "{{PATH}}s" {{incident.number}} {{incident-number}} {{PATH}}', { host: "web-1", PATH: "a b", "incident.number": "7", "incident-number": "8" }, "posix"), {
      kind: "ok",
      value: {
        script: 'ping "$DESK_HOST" && echo "${DESK_PATH}s" "$DESK_INCIDENT_NUMBER" "$DESK_INCIDENT_NUMBER_2" "$DESK_PATH"',
        variables: [
          { name: "host", variable: "DESK_HOST", value: "web-1" }, { name: "PATH", variable: "DESK_PATH", value: "a b" },
          { name: "incident.number", variable: "DESK_INCIDENT_NUMBER", value: "7" }, { name: "incident-number", variable: "DESK_INCIDENT_NUMBER_2", value: "8" },
        ],
      },
    });
  });

  it("is referenced in the syntax of each shell", () => {
    assert.equal(bound("echo a{{x}}b \"c{{x}}d\" 'e'", "a b", "fish"), "echo a\"$DESK_X\"b \"c\"\"$DESK_X\"\"d\" 'e'");
    assert.equal(bound("Write-Output a{{x}}b \"c{{x}}d\" 'e'", "a b", "powershell"), "Write-Output a${env:DESK_X}b \"c${env:DESK_X}d\" 'e'");
  });

  it("is refused with a reason if the shell would not expand it or reads the text again, unless it is plain", () => {
    const bad = "a; id";
    const contexts: readonly (readonly [string, string])[] = [
      ["echo 'a {{x}} b'", "single"], ["cat <<EOF\n{{x}}\nEOF", "heredoc"], ["cat <<'EOF'\n{{x}}\nEOF\necho y", "heredoc"], ["cat <<-EOF\n\t{{x}}\n\tEOF", "heredoc"], ["cat <<A <<B\nA\n{{x}}\nB", "heredoc"],
      ["echo `echo {{x}}`", "other"], ["echo $(( {{x}} ))", "other"], ["(( y = {{x}} ))", "other"], ["[[ 1 -eq {{x}} ]]", "other"], ['[[ 1 -eq "{{x}}" ]]', "other"], ['echo "${y:-{{x}}}"', "other"], ["echo \\{{x}}", "other"], ["echo $'a {{x}}'", "other"],
      ["ssh host {{x}}", "readAgain"], ['ssh host "echo {{x}}"', "readAgain"], ['ssh host "\necho {{x}}"', "readAgain"], ["ssh host <<E\necho {{x}}\nE", "heredoc"], ["sh -c 'echo {{x}}'", "single"], ['bash -xc "{{x}}"', "readAgain"], ["eval echo {{x}}", "readAgain"], ["ssh \\\n  host {{x}}", "readAgain"],
      ["let y={{x}}", "readAgain"], ["echo {{x}} | sudo bash", "readAgain"], ['psql -c "select {{x}}"', "readAgain"], ["echo 'a\n{{x}}'", "single"],
    ];
    for (const [script, reason] of contexts) {
      assert.equal(bound(script, bad), reason, script);
      assert.match(bound(script, "web-1.example"), /web-1\.example/, script);
    }
    for (const dialect of ["cmd", "unknown"] as const) assert.equal(bound("echo {{x}}", bad, dialect), "shell");
    assert.equal(bound("echo {{x}}", "a", "cmd"), "echo a");
    assert.equal(bound("echo {{x}}", 'a"b', "powershell"), "shell");
    for (const script of ["echo '{{x}}'", "@'\n{{x}}\n'@", "<# ' #> echo {{x}}", 'echo "$(n {{x}})"', "echo `{{x}}"]) assert.match(bound(script, bad, "powershell"), /^(?:single|other)$/, script);
    for (const script of ["echo '{{x}}'", 'echo "$(n {{x}})"', "echo \\{{x}}"]) assert.match(bound(script, bad, "fish"), /^(?:single|other)$/, script);
    for (const text of ["a\0b", "\uD800"]) assert.equal(bound("echo {{x}}", text), "control");
    for (const script of ["echo ok; echo {{x}}", "n=$((1 + 2)); echo {{x}}", "ssh host ls\necho {{x}}", "[[ -f y ]] && echo {{x}}", "cat <<E\nssh\nE\necho {{x}}", "cat <<< 'x'; echo {{x}}", "${y} {{x}}", "f() { echo {{x}}; }"]) assert.match(bound(script, bad), /"\$DESK_X"/, script);
  });

  it("is used only for variables of the runbook: not in comments, Go templates or GitHub workflows", () => {
    assert.deepEqual(scriptVariables("a {{one}} {{ two.b }} {{one}} ${{ secrets.A }} {{.State}} {{range .items}}{{end}} {{if x}} {{ }}", "posix"), ["one", "two.b"]);
    assert.deepEqual(scriptVariables("# {{no}}\necho {{yes}} # {{no}}\necho a#{{b}}", "posix"), ["yes", "b"]);
    assert.equal(bound("docker inspect -f '{{.State}}' {{x}} {{y}} # {{x}}", "a b"), "docker inspect -f '{{.State}}' \"$DESK_X\" {{y}} # {{x}}");
    assert.equal(bound("echo {{constructor}} {{x}}", "a"), 'echo {{constructor}} "$DESK_X"');
  });
});
