import assert from "node:assert/strict";
import { similarIssues } from "../../../../src/core/issue/similarIssues";
import { sampleIssue } from "../../../support/sampleIssue";

const issues = ["Printer jams", "Portal: certificate expired", "Certificate of the ledger", "Sign-in fails"].map((title, index) =>
  sampleIssue({ ref: { repository: "acme/desk", number: index + 1 }, title, body: title === "Sign-in fails" ? "since the portal was updated" : "" }),
);
const titles = (text: string, most = 5): readonly string[] => similarIssues(text, issues, most).map(({ title }) => title);

describe("similar issues", () => {
  it("come best first, titles before bodies, beginnings and small slips of words included", () => {
    assert.equal(titles("portal certificate")[0], "Portal: certificate expired");
    assert.deepEqual(titles("porta"), ["Portal: certificate expired", "Sign-in fails"]);
    assert.equal(titles("certifcate expierd")[0], "Portal: certificate expired");
  });

  it("count a rare word for more than one that many have", () => {
    assert.equal(titles("certificate printer", 1)[0], "Printer jams");
  });

  it("are no more than asked for, and none for no words", () => {
    assert.equal(titles("certificate", 1).length, 1);
    assert.deepEqual([titles(""), titles("!!! \u202e"), titles("x".repeat(10_000))], [[], [], []]);
  });
});
