import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { copySample } from "../../scripts/editor/stage";
import { makeSampleDay, writeSampleDay } from "../../scripts/sampleDay/sampleDay";
import { metrics } from "../../src/cli/metrics";
import { dateTextOf } from "../../src/core/calendar/localTime";
import { instantAt } from "../../src/core/model/instant";
import { scratchFolder } from "./support/session";
import { openWorkbench, until } from "./support/workbench";

const day = 24 * 60 * 60_000;

describe("The metrics of a desk", () => {
  it("open their issues, and become a report in a document: the one of the command line, undone at once", async () => {
    const workspace = scratchFolder("metrics");
    copySample("customer-response", workspace);
    const sample = await makeSampleDay("customer-response", join(workspace, "runbooks"), instantAt(Date.now()));
    writeSampleDay(sample, workspace);
    const before = "# Monthly report\n\nA sentence that goes on.\n";
    writeFileSync(join(workspace, "report.md"), before);
    writeFileSync(join(workspace, "locked.md"), "# Locked\n");
    const [from, to] = [dateTextOf(instantAt(Date.now() - 60 * day), "UTC"), dateTextOf(instantAt(Date.now()), "UTC")];
    const w = await openWorkbench({ workspace, settings: { "responseDesk.login": sample.me, "files.autoSave": "off", "files.readonlyInclude": { "**/locked.md": true } }, fresh: true, viewport: { width: 1500, height: 950 } });
    await w.openView("Incidents");
    await w.waitForRow("Incidents", "Empty page for large models");

    await w.command("Response Desk: Show Metrics");
    const page = await w.webview("Metrics");
    await page.getByLabel("Period", { exact: true }).selectOption("dates");
    await page.getByLabel("First day").fill(from);
    await page.getByLabel("First day").press("Tab");
    await page.getByLabel("Last day").fill(to);
    await page.getByLabel("Last day").press("Tab");
    const reported = page.getByRole("article", { name: "Reported", exact: true });
    await reported.getByRole("button", { name: /^Reported: [1-9]\d\. Show issues/ }).waitFor();
    await w.screenshot("metrics");
    assert.deepEqual(await w.axe("Metrics"), []);
    await reported.getByRole("button").first().click();
    await page.getByRole("dialog").getByRole("link", { name: /\[INCIDENT\] Empty page/ }).click();
    await until("the page of the issue", () => w.page.locator(".tab").filter({ hasText: "Empty page" }).first().isVisible());

    // The list of issues is still open after the page was hidden.
    await w.command("Response Desk: Show Metrics");
    const again = await w.webview("Metrics");
    await again.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await again.getByRole("button", { name: "Insert Report" }).click();
    await until("the report as a new document", () => w.page.locator(".tab.dirty").filter({ hasText: /Untitled/ }).first().isVisible());
    await w.screenshot("metrics-report");

    await w.openFile("report.md");
    // The editor takes keys only after it has the focus.
    await until("the cursor in the sentence", async () => {
      await w.page.keyboard.press("ControlOrMeta+End");
      await w.page.keyboard.press("ArrowLeft");
      await w.page.keyboard.press("ArrowLeft");
      return w.page.locator(".statusbar").getByText("Ln 3, Col 24").isVisible();
    });
    await w.command("Response Desk: Insert Metrics Report…");
    await w.pick("Select a period", "Other Dates…");
    await w.answer("First day", from);
    await w.answer("Last day", to);
    await w.pick("Select the issues to include in the report", "All Issues");
    await until("the report in the file", () => w.page.locator(".tab.dirty").filter({ hasText: "report.md" }).first().isVisible());
    await w.page.keyboard.press("ControlOrMeta+s");
    const text = await until("the saved report", async () => (await w.read("report.md")).includes("How it is counted") && w.read("report.md"));
    const now = /as known at (\S+?)\./.exec(text)?.[1] ?? assert.fail(text.slice(0, 400));
    const printed = await metrics({ folder: "runbooks", from, to, format: "markdown", github: false }, { workingFolder: workspace, now, environment: {}, note: () => undefined, progress: () => undefined });
    assert.equal(text, printed.kind === "ok" ? `${before}\n${printed.value}` : printed.failure);
    await w.page.keyboard.press("ControlOrMeta+z");
    await w.page.keyboard.press("ControlOrMeta+s");
    await until("the document of before", async () => (await w.read("report.md")) === before);

    await w.openFile("locked.md");
    await w.command("Response Desk: Insert Metrics Report…");
    await w.pick("Select a period", "This Month");
    await w.pick("Select the issues to include in the report", "All Issues");
    await until("the reason for a new document", () => w.page.locator(".notifications-toasts").getByText("locked.md cannot be edited, so the report was opened as a new document.").isVisible());

    await w.command("Response Desk: Export Metrics as CSV…");
    await w.pick("Select a period", "Other Dates…");
    await w.answer("First day", from);
    await w.answer("Last day", to);
    await w.pick("Select the issues to include in the report", "incident");
    await until("where to write it", async () => (await w.quickBox.inputValue().catch(() => "")).endsWith(".csv"));
    await w.page.keyboard.press("Enter");
    await until("the file", () => w.exists(`metrics-${from}-${to}.csv`));
    assert.match(await w.read(`metrics-${from}-${to}.csv`), /^ref,title,[^]*\r\nacme\/live-incidents#\d+,\[INCIDENT\] Installer stops at 60 %,incident,high,/);
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("are shown in a folder that is not trusted, from the view of incidents, with their definitions", async () => {
    const w = await openWorkbench({
      trusted: false,
      desk: {
        "runbooks/desk.yml": "timezone: UTC\npeople: [{ login: ana }]\nkinds:\n  incident: { repository: local, label: incident }\n",
        ".desk/incident/1-portal.md": "---\ntitle: Portal is down\nstate: closed\nlabels: [incident]\nauthor: ana\ncreated: 2026-01-05T16:00:00Z\nclosed: 2026-01-05T18:00:00Z\n---\n",
      },
    });
    await w.openView("Incidents");
    await w.view("Incidents").locator(".pane-header").hover();
    await w.view("Incidents").getByRole("button", { name: "Show Metrics" }).click();
    const page = await w.webview("Metrics");
    await page.getByRole("heading", { name: "No issues in this period" }).waitFor();
    await page.getByLabel("Period", { exact: true }).selectOption("dates");
    await page.getByLabel("First day").fill("2026-01-01");
    await page.getByLabel("First day").press("Tab");
    await page.getByRole("article", { name: "Time to resolve" }).getByText("2h 00m").waitFor();
    await page.getByRole("button", { name: "All Definitions" }).click();
    await (await w.webview("metrics.md")).getByRole("heading", { name: "Median, 90th percentile, small numbers" }).waitFor();
    assert.deepEqual(w.extensionErrors(), []);
  });
});
