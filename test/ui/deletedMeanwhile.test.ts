import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { incidentFile } from "./support/issueFiles";
import { openWorkbench, until } from "./support/workbench";

const files = {
  "runbooks/desk.yml": "people: [{ login: ana }]\nkinds:\n  incident: { repository: local, label: incident, prefix: \"[INCIDENT]\" }\n",
  ".desk/incident/1-portal.md": incidentFile(1, "Portal down", "ana"),
};

describe("an issue that is deleted while a command asks about it", () => {
  it("leaves what was typed, with the reason", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Portal down");
    await w.command("Response Desk: Resolve Issue…");
    await w.waitForPrompt("Select");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("How was it resolved?");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("The resolution");
    rmSync(path.join(w.workspace, ".desk/incident/1-portal.md"));
    await w.answer("The resolution", "Restarted the gateway in Oslo");
    await w.answerNotification("#1", "Copy My Text");
    await until("the text is in the clipboard", async () => (await w.clipboard()) === "Restarted the gateway in Oslo" || undefined);
    assert.ok(!w.exists(".desk/incident/1-portal.md"));
  });
});
