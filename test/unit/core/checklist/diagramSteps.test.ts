import assert from 'node:assert/strict';
import { stepFinder } from '../../../../src/core/checklist/stepStates';

const steps = ["Create a **[REQUEST]**, unless there is one", "Tell the user who looks into it", "Tell the user", "Update the [record](a.md) now", "Look at it", "Look at it again", "Éteindre l’œuvre", "Stop"].map((text) => ({ text }));

describe("The step for a node of a diagram", () => {
  for (const [node, step] of [
    ["tell the User.", "Tell the user"],
    ["Create [REQUEST]", "Create a **[REQUEST]**, unless there is one"],
    ["Update\n record", "Update the [record](a.md) now"],
    ["E\u0301TEINDRE L'\u0153uvre!", "Éteindre l’œuvre"],
    ["look at it", "Look at it"],
    ["Update the record now", "Update the [record](a.md) now"],
    ["stop", "Stop"],
  ] as const) {
    it(`has the same text or starts with it: ${JSON.stringify(node)}`, () => assert.equal(stepFinder(steps)(node)?.text, step));
  }

  for (const node of ["", " ?! ", "Create", "Create a req", "Look at", "Done", "The"]) {
    it(`is undefined if only some words or several steps match: ${JSON.stringify(node)}`, () => assert.equal(stepFinder(steps)(node), undefined));
  }
});
