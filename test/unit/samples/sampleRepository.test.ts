import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { commitSample } from "../../../scripts/editor/sampleRepository";
import { copySample } from "../../../scripts/editor/stage";
import { makeSampleDay, readSample, writeSampleDay } from "../../../scripts/sampleDay/sampleDay";
import { metrics } from "../../../src/cli/metrics";
import type { Person } from "../../../src/core/model/desk";

const now = "2026-11-20T20:00:00Z";

/** Runs `job` with other variables of the environment. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, job: () => Promise<T>): Promise<T> {
  const before = process.env;
  process.env = { ...before, ...variables };
  try {
    return await job();
  } finally {
    process.env = before;
  }
}

describe("The workspace of a sample desk", () => {
  let workspace: string;
  let author: Person;

  const git = (...words: readonly string[]): string => execFileSync("git", words, { cwd: workspace, encoding: "utf8" }).trim();

  /** What the command line says besides the report. */
  async function notes(): Promise<readonly string[]> {
    const said: string[] = [];
    const report = await metrics({ folder: "runbooks", from: "2026-11-01", to: "2026-11-30", format: "json", github: false }, { workingFolder: workspace, now, environment: {}, note: (sentence) => void said.push(sentence), progress: () => undefined });
    assert.equal(report.kind, "ok");
    return said;
  }

  beforeEach(async () => {
    workspace = mkdtempSync(path.join(os.tmpdir(), "desk-sample-"));
    copySample("service-desk", workspace);
    author = readSample(path.join(workspace, "runbooks")).desk.people[0] ?? assert.fail("Nobody");
  });

  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  it("is a repository in which everything is committed and the desk is older than its issues, so that metrics know its history", async () => {
    writeSampleDay(await makeSampleDay("service-desk", path.join(workspace, "runbooks"), now), workspace);
    assert.deepEqual(await notes(), ["desk.yml is not in a Git repository, so its current version applies to all times."]);
    assert.equal(await commitSample(workspace, author, now), true);
    assert.equal(git("status", "--porcelain"), "");
    assert.deepEqual(git("log", "--format=%s, %an <%ae>, %cI").split("\n"), [
      "Add work of the team, Noor Haddad <noor@example.org>, 2026-11-20T20:00:00+00:00",
      "Add desk and runbooks, Noor Haddad <noor@example.org>, 2026-08-12T20:00:00+00:00",
    ]);
    const created = git("grep", "-hoP", "(?<=^created: ).*", "--", ".desk").split("\n").sort();
    assert.ok((created[0] ?? "") > "2026-08-12" && created.length > 15, created[0]);
    assert.deepEqual(await notes(), []);
  });

  it("is committed whatever this machine is set to", async () => {
    const settings = path.join(workspace, "gitconfig");
    writeFileSync(settings, "[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = /nowhere\n[user]\n\tuseConfigOnly = true\n");
    assert.equal(await withEnvironment({ GIT_CONFIG_GLOBAL: settings, GIT_DIR: path.join(workspace, "elsewhere"), GIT_AUTHOR_DATE: "2001-01-01T00:00:00Z" }, () => commitSample(workspace, author, now)), true);
    assert.deepEqual(git("log", "--format=%s, %aI").split("\n"), ["Add work of the team, 2026-11-20T20:00:00+00:00", "Add desk and runbooks, 2026-08-12T20:00:00+00:00"]);
    assert.equal(existsSync(path.join(workspace, "elsewhere")), false);
  });

  it("has no second commit without issues", async () => {
    assert.equal(await commitSample(workspace, author, now), true);
    assert.equal(git("rev-list", "--count", "HEAD"), "1");
  });

  it("stays a folder without Git", async () => {
    assert.equal(await withEnvironment({ PATH: "" }, () => commitSample(workspace, author, now)), false);
    assert.equal(existsSync(path.join(workspace, ".git")), false);
  });
});
