import assert from "node:assert/strict";
import { mayHoldRunbooks } from "../../../../src/core/runbook/runbookFolders";

describe("A deleted path", () => {
  it("can contain runbooks if it is a parent or child of a runbook folder", () => {
    for (const path of ["ops", "ops/runbooks", "ops/runbooks/night", "ops/runbooks/night/late"]) assert.equal(mayHoldRunbooks(path, ["ops/runbooks"]), true, path);
    for (const path of ["op", "ops/run", "ops/runbooks2", "other", "ops/runbooks/.git/index.lock", "ops/runbooks/node_modules/a"]) assert.equal(mayHoldRunbooks(path, ["ops/runbooks"]), false, path);
  });

  it("can contain runbooks anywhere if the whole workspace has them, except in hidden folders", () => {
    assert.equal(mayHoldRunbooks("night", [""]), true);
    assert.equal(mayHoldRunbooks(".git/index.lock", [""]), false);
    assert.equal(mayHoldRunbooks(".github/runbooks", [".github/runbooks"]), true);
  });
});
