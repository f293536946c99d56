import assert from "node:assert/strict";
import { fileOfProcedure, procedurePath, splitProcedurePath } from "../../../../src/core/model/procedurePath";

describe("The path of a procedure", () => {
  it("names a file, or a section of it by its slug", () => {
    assert.deepEqual(splitProcedurePath("runbooks/ops.md"), { file: "runbooks/ops.md" });
    assert.deepEqual(splitProcedurePath("runbooks/ops.md#start-of-day-1"), { file: "runbooks/ops.md", slug: "start-of-day-1" });
    assert.equal(procedurePath("a.md", "b"), "a.md#b");
    assert.equal(procedurePath("a.md", undefined), "a.md");
  });

  it("keeps a # in the name of a file", () => {
    assert.deepEqual(splitProcedurePath("c#/notes.md#x"), { file: "c#/notes.md", slug: "x" });
    assert.equal(fileOfProcedure("c#.md"), "c#.md");
    assert.equal(fileOfProcedure("a.md#"), "a.md#");
  });
});
