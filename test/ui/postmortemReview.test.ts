import assert from "node:assert/strict";
import { closedIncident as incident, postmortemDesk as desk } from "../support/panelSamples";
import { startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { tokenOf } from "../support/githubPerson";
import { signIn } from "./support/signIn";
import { openWorkbench, until } from "./support/workbench";

const path = "postmortems/2026-11-20-1-portal-is-down.md";

const postmortem = `---
issue: acme/live#1
severity: SEV1
lead: ana
owner: ana
status: Draft
review:
started: 2026-11-20T16:00:00Z
detected: 2026-11-20T16:02:11Z
resolved: 2026-11-20T17:29:00Z
---

# Post-mortem: Portal is down

## Summary

The portal refused **every** login for 87 minutes. See [the board](../runbooks/incident.md).

## Impact

All customers.

## Timeline

| Time | Event | Source | Evidence |
| --- | --- | --- | --- |
| 2026-11-20 08:02:11 -08:00 | Opened by ana | opened <!-- desk:entry k1 h1 --> | |
| 2026-11-20 08:20:00 -08:00 | Vendor contract discussed | note, internal | |
| 2026-11-20 09:29:00 -08:00 | Rolled back to 4.1 | milestone, inferred | acme/live#1 |
<!-- desk:hidden k9 -->

## Contributing factors

- A certificate expired. <script>alert(1)</script>

## Action items

| Action | Type | Owner | Priority | Due | Issue | State |
| --- | --- | --- | --- | --- | --- | --- |
| Alert when logins stop | detect | ben | | 2026-12-01 | | proposed |
`;

const files = {
  "runbooks/desk.yml": desk,
  "runbooks/incident.md": "# Incident\n\n- [ ] Find the last deployment\n",
  [path]: postmortem,
  ".desk/incident/1-portal-is-down.md": incident.replace("Nobody can log in.", `Nobody can log in.\n\nPost-mortem: [${path}](/${path})`),
};

describe("The review of a post-mortem", () => {
  it("is requested with what is missing shown, mentions the reviewers once, and ends with a printable file and a public version", async () => {
    const w = await openWorkbench({ desk: files, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.openFile(path);
    await w.command("Response Desk: Request Review of Post-mortem…");
    await w.pickMany("Who will review the post-mortem?", ["ben"]);
    await w.waitForPrompt("When is the review session?");
    await w.page.keyboard.press("Enter");
    await w.waitForNotification("The review was requested for");
    const asked = await w.readOnce(path, "status: In review", 20);
    assert.match(asked, /^reviewers: \[ben\]$/m);
    assert.match(asked, /^review: \d{4}-\d\d-\d\d$/m);
    const comments = async (): Promise<number> => ((await w.read(w.paths().find((each) => each.endsWith("events.jsonl")) ?? "")).match(/Post-mortem review requested: @ben/g) ?? []).length;
    await until("the comment", async () => w.paths().some((each) => each.endsWith("events.jsonl")) && (await comments()) === 1);

    await w.answerNotification("The review was requested for", "Open Agenda…");
    await w.pick("How long is the session?", "60 minutes");
    await until("the agenda", async () => (await w.page.locator(".monaco-editor:visible .view-lines").innerText()).includes("Review:"));
    await w.screenshot("postmortem-agenda");

    await w.openFile(path);
    await w.command("Response Desk: Copy Outline of Post-mortem");
    await until("the outline", async () => (await w.clipboard()).startsWith("**Portal is down** · SEV1 · 2026-11-20 · acme/live#1\n"));

    await w.command("Response Desk: Mark Post-mortem as Reviewed…");
    await w.waitForPrompt("Who took part in the review?");
    await w.page.keyboard.press("Enter");
    await w.waitForPrompt("When was it reviewed?");
    await w.page.keyboard.press("Enter");
    assert.match(await w.dialogText(), /even though something is missing\?[^]*1 action item is neither accepted nor declined\./);
    await w.screenshot("postmortem-review-gaps");
    await w.answerDialog("even though something is missing?", "Mark as Reviewed Anyway");
    assert.match(await w.readOnce(path, "status: Reviewed", 20), /^reviewed: \d{4}-\d\d-\d\d$/m);

    await w.answerNotification("marked as reviewed", "Export as HTML…");
    await until("where to write it", async () => (await w.quickBox.inputValue().catch(() => "")).endsWith("portal-is-down.html"));
    await w.page.keyboard.press("Enter");
    const html = await until("the file", async () => (w.exists(path.replace(".md", ".html")) ? (await w.read(path.replace(".md", ".html"))) || undefined : undefined));
    assert.match(html, /<strong>every<\/strong>[^]*&lt;script&gt;alert\(1\)/);
    assert.doesNotMatch(html, /desk:(?:entry|hidden)|<script/);

    await w.openFile(path);
    await w.command("Response Desk: Create Public Version of Post-mortem…");
    await w.waitForPrompt("Check what is removed or replaced");
    assert.ok((await w.quickItems()).includes("Vendor contract discussed"));
    await w.screenshot("postmortem-public");
    await w.pick("Create public version", "Open as New Document");
    const shown = await until("the public version", async () => {
      const text = (await w.page.locator(".monaco-editor:visible .view-lines").innerText()).replace(/\s/g, " ");
      return text.includes("Severity: SEV1") ? text : undefined;
    });
    assert.ok(shown.includes("Opened by the incident lead"), shown);
    assert.doesNotMatch(shown, /Vendor|desk:|\bana\b/);

    await w.openFile(path);
    await w.command("Response Desk: Publish Post-mortem…");
    await w.waitForNotification("This desk stores its issues in plain files, so no pull request was created.");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("is mentioned by a reminder until it is done, which can be turned off (thorough)", async () => {
    // It is after nine o'clock in one of these zones.
    const timezone = new Date().getUTCHours() >= 9 ? "UTC" : "Etc/GMT-12";
    const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
    const ended = new Date(Date.now() - 12 * 24 * 3_600_000).toISOString().replace(/\.\d+/, "");
    const slow = `---\ntitle: "[INCIDENT] Search is slow"\nrepository: acme/live\nstate: closed\nlabels: [incident, "priority: high"]\nassignees: [ana]\nauthor: ben\ncreated: ${ended}\nupdated: ${ended}\nclosed: ${ended}\n---\n`;
    const due = { ...files, "runbooks/desk.yml": desk.replace("America/Los_Angeles", timezone).replace("folder: postmortems", "folder: postmortems, for: [high]"), [path]: postmortem.replace("status: Draft", "status: In review").replace("review:", `review: ${yesterday}`), ".desk/incident/2-search-is-slow.md": slow };
    const w = await openWorkbench({ desk: due, settings: { "responseDesk.login": "ana" } });
    await w.openView("Incidents");
    await w.waitForNotification("Mark it as reviewed, or set another date.");
    await w.screenshot("postmortem-reminder");
    await w.answerNotification("Mark it as reviewed, or set another date.", "Stop Reminding");
    await w.waitForNotification("The review of “Search is slow” was due");
    assert.deepEqual((await w.notifications()).filter((text) => text.includes("there is no post-mortem yet") && !text.includes("Search is slow")), []);
    await w.answerNotification("The review of “Search is slow” was due", "Write Post-mortem");
    await w.webview("Post-mortem: Search is slow");
    assert.deepEqual(w.extensionErrors(), []);
  });

  it("publishes on GitHub after it has shown what it does, and updates the same pull request", async () => {
    const github = await startFakeGithub();
    try {
      for (const login of ["ana", "ben"]) github.addUser(login, tokenOf(login));
      for (const repository of ["acme/live", "acme/engine", "acme/docs"]) github.addRepository(repository);
      github.repository("acme/live").putFile("README.md", "# Live\n");
      github.repository("acme/live").open({ title: "[INCIDENT] Portal is down", body: `Nobody can log in.\n\nPost-mortem: [${path}](/${path})`, labels: ["incident"] }, "ana");
      const config = `[remote "origin"]\n\turl = ${github.url}/acme/live.git\n`;
      const w = await openWorkbench({
        desk: {
          "runbooks/desk.yml": desk, ".git/config": config, ".git/HEAD": "ref: refs/heads/main\n", ".vscode/settings.json": JSON.stringify({ "responseDesk.store": "github" }),
          [path]: postmortem.replace("status: Draft", "status: In review\nreviewers: [ben, ana, chloe]"),
        },
        settings: { "responseDesk.github.server": github.url, "responseDesk.github.undoSeconds": 0 },
      });
      await signIn(w, tokenOf("ana"), "ana");
      await w.openFile(path);
      const comments = (): number => github.repository("acme/live").issue(1).comments.filter(({ body }) => body.startsWith("Post-mortem review requested: @ben")).length;
      for (const time of ["first", "second"]) {
        await w.command("Response Desk: Request Review of Post-mortem…");
        await w.waitForPrompt("Who will review the post-mortem?");
        await w.page.keyboard.press("Enter");
        await w.waitForPrompt("When is the review session?");
        await w.page.keyboard.press("Enter");
        if (time === "first") await w.answerDialog("acme/live", "Write to Repository");
        await w.waitForNotification("The review was requested for");
        await until("the comment", () => comments() === 1);
        await w.clearNotifications();
      }
      await w.command("Response Desk: Publish Post-mortem…");
      const dialog = await w.dialogText();
      for (const line of ["Repository: acme/live", "Branch: post-mortem/2026-11-20-1-portal-is-down (new, from main)", `File: ${path}`, "Title: Post-mortem: Portal is down", "Reviewers: ben"]) assert.ok(dialog.includes(line), dialog);
      await w.screenshot("postmortem-publish");
      assert.equal(github.repository("acme/live").issues().length, 1);
      await w.answerDialog("Publish the post-mortem as a pull request?", "Create Pull Request");
      await w.waitForNotification("Pull request #2 was created in acme/live.");
      await w.screenshot("postmortem-published");
      const pull = github.repository("acme/live").issue(2);
      assert.deepEqual([pull.title, pull.reviewers], ["Post-mortem: Portal is down", ["ben"]]);
      assert.equal(comments(), 1);
      const branch = (): string | undefined => github.repository("acme/live").branch("post-mortem/2026-11-20-1-portal-is-down")?.get(path);
      assert.equal(branch(), await w.read(path));

      w.write({ [path]: (await w.read(path)).replace("All customers.", "All customers of the portal.") });
      await w.clearNotifications();
      await w.command("Response Desk: Publish Post-mortem…");
      await w.answerDialog("Update pull request #2", "Update Pull Request");
      await w.waitForNotification("Pull request #2 in acme/live is up to date.");
      assert.match(branch() ?? "", /All customers of the portal\./);
      assert.equal(github.repository("acme/live").issues().length, 2);
      assert.deepEqual(w.extensionErrors(), []);
    } finally {
      await github.close();
    }
  });
});
