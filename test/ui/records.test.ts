import assert from "node:assert/strict";
import { openWorkbench, until } from "./support/workbench";

const files = {
  "runbooks/desk.yml": `timezone: UTC
people: [{ login: ana }]
kinds:
  request: { repository: local, label: request, prefix: "[REQUEST]" }
  record: { repository: local, label: record, prefix: "[RECORD]", runbook: project.md }
  opportunity: { repository: local, label: opportunity, prefix: "[OPPORTUNITY]" }
`,
  "runbooks/project.md": "# New project\n\n- [ ] Create the repository\n",
  ".desk/opportunity/1-acme.md": "---\ntitle: \"[OPPORTUNITY] Acme reports\"\nstate: open\nlabels: [opportunity]\nassignees: []\nauthor: pia\ncreated: 2026-11-20T16:00:00Z\nupdated: 2026-11-20T16:00:00Z\n---\nMonthly reports.\n",
};

describe("records and opportunities", () => {
  it("start a record from an opportunity, file a request for it and name its repositories, each with links in both directions (thorough)", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Records");
    await w.waitForRow("Records", "Acme reports");
    await w.treeMenu("Records", "Acme reports", "Start Record from Opportunity");
    await w.waitForPrompt("The title of the record");
    assert.equal(await w.quickBox.inputValue(), "Acme reports");
    await w.answer("The title of the record", "Acme monthly");
    const path = await until("the record", async () => w.paths().find((each) => /^\.desk\/record\/2-.*\.md$/.test(each)));
    assert.match(await w.read(path), /Create the repository/);
    assert.match(await w.read(path), /- Parent: #1/);
    await until("the opportunity names it", async () => /- Child: #2/.test(await w.read(".desk/opportunity/1-acme.md")));
    await until("the opportunity has a comment", async () => /Record started: \*\*Acme monthly\*\*/.test(await w.read(".desk/opportunity/1.events.jsonl")));

    await w.waitForRow("Records", "Acme monthly");
    await w.treeMenu("Records", "Acme monthly", "Links and Runbooks", "Set Repositories of Record");
    await w.answer("The code repositories of #2", "acme/reports");
    await until("the repository is stored", async () => /desk:field repositories value=acme\/reports/.test(await w.read(path)));

    await w.treeMenu("Records", "Acme monthly", "Create Request for Record");
    await w.answer("The title of the request", "Add a column");
    await w.pick("Details", "No Details");
    await until("the record names the request", async () => /- Child: #3/.test(await w.read(path)));
    await w.screenshot("records");
    assert.deepEqual(w.extensionErrors(), []);
  });
});
