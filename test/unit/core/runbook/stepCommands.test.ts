import assert from "node:assert/strict";
import { stepCommands, stepOfCommand } from "../../../../src/core/runbook/stepCommands";
import { runbookOf } from "../../../support/readText";

const shown = (lines: readonly string[]): readonly string[] => {
  const runbook = runbookOf(lines);
  return runbook.commands.map((command) => `${command.text}: ${stepOfCommand(runbook, command)?.text ?? "none"}`);
};

describe("A command", () => {
  it("belongs to the step that contains or precedes it, up to the next heading", () => {
    assert.deepEqual(
      shown(["# A", "```sh", "zero", "```", "- [ ] One", "  ```sh", "  one", "  ```", "  - [ ] Inner", "    ```sh", "    inner", "    ```", "", "  ```sh", "  again", "  ```", "- [ ] Two", "", "```sh", "two", "```", "## B", "```sh", "none", "```"]),
      ["zero: none", "one: One", "inner: Inner", "again: One", "two: Two", "none: none"],
    );
    assert.deepEqual(shown(["# A", "## Restart", "```sh", "restart", "```", "## Check", "```sh", "check", "```"]), ["restart: Follow: Restart", "check: Follow: Check"]);
  });

  it("belongs to no step after a heading, also below a section that is a step", () => {
    assert.deepEqual(shown(["# A", "## B", "- [ ] Two", "### C", "", "words", "```sh", "c", "```", "## D", "```sh", "d", "```"]).at(0), "c: none");
  });

  it("is found with its step", () => {
    const runbook = runbookOf(["- [ ] One", "  ```sh", "  a", "  ```", "  ```sh", "  b", "  ```", "- [ ] Two"]);
    assert.deepEqual([...stepCommands(runbook)].map(([id, commands]) => [runbook.steps.find((step) => step.id === id)?.text, commands.map(({ text }) => text)]), [["One", ["a", "b"]]]);
  });
});
