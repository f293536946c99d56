import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { metrics } from "../../src/cli/metrics";
import { noteClock } from "../../src/core/markup/clockRegion";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { tokenOf } from "../support/githubPerson";
import { gitFolder } from "../support/gitFolder";

const [live, engine] = ["acme/live", "acme/engine"];

const desk = `kinds: { incident: { repository: ${live}, respondWithin: 1h }, issue: { repository: ${engine} } }\nservices: [Portal]\npriorities: { high: { respondWithin: 30m }, normal: }\n`;

interface Report {
  readonly issues: readonly { readonly ref: string; readonly priority?: string; readonly acknowledged?: string; readonly resolved?: string; readonly reopened: number; readonly withinGoal?: boolean; readonly timeToResolve?: { readonly wall: number }; readonly stages: Readonly<Record<string, { readonly wall: number }>>; readonly remarks?: readonly string[] }[];
  readonly leftOut: readonly { readonly ref: string; readonly reason: string }[];
  readonly availability: Readonly<Record<string, { readonly share: number }>>;
}

describe("desk metrics of issues on GitHub", () => {
  let github: FakeGithub;
  let folder: string;
  let notes: string[];
  let progress: string[];

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(live, { writers: ["ana", "ben"] });
    github.addRepository(engine, { writers: ["ana", "ben"] });
    github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
    folder = mkdtempSync(path.join(os.tmpdir(), "desk-metrics-"));
    mkdirSync(path.join(folder, ".git"));
    writeFileSync(path.join(folder, "desk.yml"), desk);
    [notes, progress] = [[], []];
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await github.close();
  });

  function at(time: string): void {
    github.setNow(() => Date.parse(time));
  }

  async function run(environment: Readonly<Record<string, string>> = { GITHUB_TOKEN: tokenOf("ana"), GITHUB_SERVER_URL: github.url }): Promise<string> {
    at("2026-11-20T12:00:00Z");
    const result = await metrics(
      { folder: ".", from: "2026-11-01", to: "2026-11-30", format: "json", github: true },
      { workingFolder: folder, now: "2026-11-20T12:00:00Z", environment, note: (sentence) => notes.push(sentence), progress: (sentence, isFirst) => void (isFirst && progress.push(sentence)) },
    );
    return result.kind === "ok" ? result.value : `refused: ${result.failure}`;
  }

  async function report(): Promise<Report> {
    const text = await run();
    assert.ok(text.startsWith("{"), text);
    return JSON.parse(text);
  }

  it("come from labels, comments and events, with the marks of people who count", async () => {
    const repository = github.repository(live);
    at("2026-11-16T09:00:00Z");
    repository.open({ title: "Portal down", labels: ["incident", "priority: normal", "service: Portal"] }, "ben");
    at("2026-11-16T09:10:00Z");
    repository.comment(1, renderMilestone("acknowledged", ""), "stranger");
    at("2026-11-16T09:20:00Z");
    repository.comment(1, renderMilestone("acknowledged", ""), "ben");
    repository.label(1, "stage: In progress", "ben");
    at("2026-11-16T10:00:00Z");
    repository.label(1, "priority: high", "ben");
    repository.unlabel(1, "priority: normal", "ben");
    at("2026-11-16T11:00:00Z");
    repository.close(1, "ben");
    at("2026-11-18T09:00:00Z");
    repository.reopen(1, "ben");
    at("2026-11-18T10:00:00Z");
    repository.close(1, "ben");
    repository.open({ title: "A pull request", pullRequest: true }, "ben");
    at("2026-11-19T10:00:00Z");
    github.repository(engine).open({ title: "Slow", body: noteClock("Text", { reported: "2026-11-19T08:00:00Z" }) }, "stranger");

    const { issues, leftOut, availability } = await report();
    assert.deepEqual(issues.map(({ ref, priority, acknowledged, resolved, reopened, withinGoal, timeToResolve, stages }) => ({ ref, priority, acknowledged, resolved, reopened, withinGoal, timeToResolve: timeToResolve?.wall, stages: Object.entries(stages).map(([name, { wall }]) => `${name} ${wall / 60}`) })), [
      { ref: "acme/live#1", priority: "normal", acknowledged: "2026-11-16T09:20:00Z", resolved: "2026-11-18T10:00:00Z", reopened: 1, withinGoal: true, timeToResolve: 3 * 3600, stages: ["To do 20", "In progress 160", "Done 2760"] },
      { ref: "acme/engine#1", priority: undefined, acknowledged: undefined, resolved: undefined, reopened: 0, withinGoal: undefined, timeToResolve: undefined, stages: ["To do 1560"] },
    ]);
    assert.deepEqual(leftOut, []);
    assert.ok((availability["Portal"]?.share ?? 1) < 1);
    assert.deepEqual(progress.map((line) => line.replace(/\d+ requests so far/, "…")).toSorted(), ["acme/engine: issues (…)", "acme/live: issues (…)"]);
  });

  it("have the marks of people who left the desk since, and a remark where the author's account was deleted", async () => {
    const repository = github.repository(live);
    const acknowledged: [string, string][] = [["leo", "09:10"], ["ghost", "09:20"], ["stranger", "09:30"]];
    for (const [index, [login, time]] of acknowledged.entries()) {
      at("2026-11-16T09:00:00Z");
      repository.open({ title: "Portal down", labels: ["incident"] }, "ben");
      at(`2026-11-16T${time}:00Z`);
      repository.comment(index + 1, renderMilestone("acknowledged", ""), login);
    }
    at("2026-11-16T09:00:00Z");
    repository.open({ title: "Mail down", labels: ["incident"], body: noteClock("Text", { reported: "2026-11-16T08:00:00Z" }) }, "ghost");
    const checkout = gitFolder();
    rmSync(folder, { recursive: true });
    folder = checkout.root;
    for (const people of ["[]", "[{ name: Leo, login: leo }]", "[]"]) {
      checkout.write("desk.yml", `${desk}people: ${people}\n`);
      checkout.commit();
    }
    const { issues } = await report();
    assert.deepEqual(issues.map((issue) => [issue.acknowledged, issue.remarks ?? []]), [["2026-11-16T09:10:00Z", []], [undefined, ["incomplete"]], [undefined, []], [undefined, ["incomplete"]]]);
  });

  it("take one query for 100 issues", async () => {
    const repository = github.repository(engine);
    at("2026-11-10T09:00:00Z");
    for (let number = 1; number <= 250; number += 1) {
      repository.open({ title: `Issue ${number}`, labels: ["a"] }, "ben");
      repository.close(number, "ben");
    }
    const { issues } = await report();
    assert.equal(issues.length, 250);
    assert.equal(notes.at(-1), `4 requests were sent to ${github.url}. Queries cost 12 points of the hourly limit.`);
    assert.equal(github.requests.length, 4);
  });

  it("say what is missing after a rate limit, and are complete later", async () => {
    const repository = github.repository(live);
    for (let number = 1; number <= 150; number += 1) {
      at(`2026-11-${number <= 75 ? "05" : "15"}T09:00:00Z`);
      repository.open({ title: `Incident ${number}`, labels: ["incident"] }, "ben");
    }
    // The newer issues are known.
    at("2026-11-20T12:00:00Z");
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    const { issues, leftOut } = await report();
    assert.equal(issues.length, 100);
    assert.deepEqual(leftOut, [{ ref: live, reason: "rateLimit" }, { ref: engine, reason: "rateLimit" }]);
    assert.match(notes.join("\n"), /is rate-limiting requests until .*Run the command again later\.\nThe figures cover only what could be read\./);
    github.clearFaults();
    assert.equal((await report()).issues.length, 150);
    github.limit({ kind: "primary", login: "ana", remaining: 0, resetIn: 600, resource: "graphql" });
    assert.match(await run(), /^refused: .* is rate-limiting requests until /);
  });

  it("list a repository that is gone, and count the others", async () => {
    at("2026-11-16T09:00:00Z");
    github.repository(live).open({ title: "Portal down", labels: ["incident"] }, "ben");
    writeFileSync(path.join(folder, "desk.yml"), desk.replace(engine, "acme/deleted"));
    const { issues, leftOut } = await report();
    assert.deepEqual([issues.length, leftOut], [1, [{ ref: "acme/deleted", reason: "noRepository" }]]);
    assert.match(notes.join("\n"), /The repository acme\/deleted does not exist, or the token cannot read it\./);
  });

  it("are printed by the command line, with the progress beside them", async () => {
    at("2026-11-16T09:00:00Z");
    github.repository(live).open({ title: "Portal down", labels: ["incident"] }, "ben");
    const words = [path.resolve("src/cli/desk.mjs"), "metrics", "--github", "--desk", ".", "--from", "2026-11-01", "--to", "2026-11-30", "--csv"];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { cwd: folder, env: { ...process.env, GITHUB_TOKEN: tokenOf("ana"), GITHUB_SERVER_URL: github.url } });
    assert.match(stdout, /^acme\/live#1,Portal down,incident,/m);
    assert.match(stderr, /acme\/live: issues \(1 requests so far\)[^]*2 requests were sent to /);
  });

  it("explain what is wrong", async () => {
    assert.match(await run({}), /There is no token\. Set GITHUB_TOKEN/);
    assert.match(await run({ GITHUB_TOKEN: "a b" }), /GITHUB_TOKEN is not a token, because it contains spaces/);
    assert.match(await run({ GITHUB_TOKEN: "x", GITHUB_SERVER_URL: "ftp://x" }), /GITHUB_SERVER_URL is not the address/);
    assert.match(await run({ GITHUB_TOKEN: "wrong", GITHUB_SERVER_URL: github.url }), /does not accept the token in GITHUB_TOKEN/);
    assert.match(await run({ GITHUB_TOKEN: tokenOf("ana"), GITHUB_SERVER_URL: "http://127.0.0.1:9" }), /http:\/\/127\.0\.0\.1:9 did not respond\. Check the connection and GITHUB_SERVER_URL\./);
    github.limit({ kind: "primary", login: "ana", remaining: 0, resetIn: 600, resource: "graphql" });
    assert.match(await run(), /^refused: .* is rate-limiting requests until \S+\. Run the command again later\.$/);
    github.clearFaults();
    writeFileSync(path.join(folder, "desk.yml"), "team: A\n");
    assert.match(await run(), /The desk has no repository on the server/);
    // A variable that is set to nothing, as in a workflow, is not set. The address of github.com is not asked, because the token is missing.
    assert.match(await run({ GITHUB_TOKEN: "", GITHUB_SERVER_URL: "" }), /There is no token/);
  });
});
