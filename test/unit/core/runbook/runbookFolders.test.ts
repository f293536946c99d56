import assert from "node:assert/strict";
import { mayHoldRunbooks } from "../../../../src/core/runbook/runbookFolders";

describe("What was deleted", () => {
  it("may have held runbooks when it is a folder around or inside one of theirs", () => {
    for (const path of ["ops", "ops/runbooks", "ops/runbooks/night", "ops/runbooks/night/late"]) assert.equal(mayHoldRunbooks(path, ["ops/runbooks"]), true, path);
    for (const path of ["op", "ops/run", "ops/runbooks2", "other", "ops/runbooks/.git/index.lock", "ops/runbooks/node_modules/a"]) assert.equal(mayHoldRunbooks(path, ["ops/runbooks"]), false, path);
  });

  it("may have held runbooks anywhere when the whole workspace has them, but not in hidden folders", () => {
    assert.equal(mayHoldRunbooks("night", [""]), true);
    assert.equal(mayHoldRunbooks(".git/index.lock", [""]), false);
    assert.equal(mayHoldRunbooks(".github/runbooks", [".github/runbooks"]), true);
  });
});
