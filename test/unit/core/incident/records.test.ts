import assert from "node:assert/strict";
import { readRepositories, repositoriesField, repositoriesOf } from "../../../../src/core/incident/records";
import { setFields } from "../../../../src/core/markup/fieldRegion";
import { sampleIssue } from "../../../support/sampleIssue";

describe("the repositories of a record", () => {
  it("are typed as names or web addresses, each once", () => {
    assert.deepEqual(readRepositories("acme/portal, https://github.com/acme/reports.git acme/Portal;"), { names: ["acme/portal", "acme/reports"] });
    assert.deepEqual(readRepositories("acme/portal, portal"), { names: ["acme/portal"], invalid: "portal" });
    assert.deepEqual(readRepositories(" "), { names: [] });
  });

  it("are kept in the text of the issue, where the last value counts", () => {
    const field = { name: repositoriesField, value: "acme/portal\nacme/reports", at: "2026-11-20T16:00:00Z", by: "ana" };
    const body = setFields("Text", [field]);
    assert.deepEqual(repositoriesOf(sampleIssue({ body })), ["acme/portal", "acme/reports"]);
    assert.deepEqual(repositoriesOf(sampleIssue({ body: setFields(body, [{ ...field, value: "", at: "2026-11-20T17:00:00Z" }]) })), []);
    assert.deepEqual(repositoriesOf(sampleIssue({ body: setFields(body, [{ ...field, value: "<b>\nacme/x", at: "2026-11-20T17:00:00Z" }]) })), ["acme/x"]);
  });
});
