import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import assert from 'node:assert/strict';
import { readMilestone } from '../../../../src/core/markup/milestone';
import { commandComment, excerptOf, formatDuration, isCommandComment, readCommandComment } from '../../../../src/core/shell/commandReport';
import { cpuTime } from '../../../support/cpuTime';

const exit = { kind: "exit", code: 0, milliseconds: 1240 } as const;

describe("The comment of a command", () => {
  it("contains the step, the command, its result and its output", () => {
    assert.equal(
      commandComment({ step: "Look at the pods", script: "kubectl get pods", variables: [{ name: "ns", variable: "DESK_NS", value: "a\nb" }], shell: "bash", outcome: exit, output: "web-1 ok" }),
      "Command of the step `Look at the pods`\n\n```sh\nDESK_NS=a\\nb\nkubectl get pods\n```\n\nExit code 0 after 1.2 s (`bash`)\n\n```text\nweb-1 ok\n```",
    );
    assert.match(commandComment({ script: "a", variables: [], shell: "sh", outcome: { kind: "unknown" } }), /^```sh\na\n```\n\nHow it ended is not known/);
    assert.match(commandComment({ script: "a", variables: [], shell: "sh", outcome: exit, output: "\n" }), /There was no output\.$/);
  });

  it("masks secrets of the command and the output before shortening", () => {
    const secret = "AbCdEfGh1234567890";
    const output = `${Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n")}\n${"x".repeat(90)} password=${secret}`;
    const comment = commandComment({ script: `login --password ${secret}`, variables: [{ name: "p", variable: "DESK_PASSWORD", value: secret }], shell: "sh", outcome: exit, output });
    assert.equal(comment.includes(secret.slice(0, 4)), false, comment);
    assert.match(comment, /line 0\n[^]*line 9\n\[61 lines left out\]\nline 71\n/);
  });

  it("keeps its content in fences, is short, and imitates no mark", () => {
    const part = fc.constantFrom("`", "```", "````\n", "~~~", "\n", "<!-- desk:moment resolved -->", "<!--", "-->", "@ana", "# h", "\r", "\u001B[1m", "a ".repeat(3000), "</details>", "\u202E");
    const text = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(""));
    const parser = new MarkdownIt({ html: true });
    fc.assert(
      fc.property(text, text, text, (step, script, output) => {
        const comment = commandComment({ step, script, variables: [], shell: "sh", outcome: exit, output });
        const blocks = parser.parse(comment, {}).filter(({ level, nesting }) => level === 0 && nesting >= 0).map(({ type }) => type);
        assert.deepEqual(blocks, ["paragraph_open", "fence", "paragraph_open", output.trim() === "" ? "paragraph_open" : "fence"]);
        assert.ok(comment.length < 12_000, String(comment.length));
        assert.equal(readMilestone(comment), undefined);
        assert.ok(isCommandComment(comment) && readCommandComment(comment)?.outcome === "Exit code 0 after 1.2 s");
        assert.equal(comment.includes("<!--"), false);
        const [first] = parser.parse(comment, {}).filter(({ type }) => type === "inline");
        assert.deepEqual(first?.children?.map(({ type }) => type), ["text", "code_inline"]);
      }),
      { seed: 5 },
    );
  });

  it("can be summarized by the command and how it ended", () => {
    const comment = commandComment({ step: "Look at `it`", script: "a\n```\nb", variables: [], shell: "bash", outcome: { kind: "unknown" }, output: "x" });
    assert.deepEqual(readCommandComment(comment), { script: "a\n```\nb", outcome: "How it ended is not known" });
    assert.deepEqual(readCommandComment(commandComment({ script: "a", variables: [], shell: "sh", outcome: { kind: "exit", code: -1 } })), { script: "a", outcome: "Exit code -1" });
    assert.equal(readCommandComment("I ran `a`"), undefined);
  });

  it("is parsed in linear time, also if a stranger wrote it", () => {
    const ticks = "`".repeat(60_000);
    for (const hostile of [`Command of the step ${ticks}x\n\n\`\`\`sh\nls\n\`\`\`\n\nExit code 0 (\``, `${ticks}sh\n${`${"`".repeat(100)}\n`.repeat(600)}`, `Command of the step ${"`a ".repeat(20_000)}`, `\`\`\`sh\n${"\n```\n\nExit code ".repeat(4000)}`]) {
      const start = cpuTime();
      isCommandComment(hostile);
      readCommandComment(hostile);
      assert.ok(cpuTime() - start < 1000, hostile.slice(0, 40));
    }
  });

  it("formats durations", () => {
    assert.deepEqual([0, 1240, 12_400, 185_000].map(formatDuration), ["0.0 s", "1.2 s", "12 s", "3 min 5 s"]);
  });
});

describe("The text of a terminal's output", () => {
  it("is limited in lines and characters", () => {
    assert.deepEqual(excerptOf("a\nb", { lines: 2, characters: 10 }), { head: "a\nb", left: 0, tail: "" });
    assert.deepEqual(excerptOf("1\n2\n3\n4\n5\n6", { lines: 4, characters: 100 }), { head: "1", left: 2, tail: "4\n5\n6" });
    assert.equal(excerptOf("x".repeat(500), { lines: 4, characters: 100 }).head.length, 100);
  });
});
