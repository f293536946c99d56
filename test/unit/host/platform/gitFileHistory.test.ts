import assert from "node:assert/strict";
import { gitFileHistory } from "../../../../src/host/platform/gitFileHistory";
import { memoryLog } from "../../../support/memoryLog";

describe("the history of a file from the editor's Git extension", () => {
  it("has the commits that changed it, and its text in each", async () => {
    const asked: unknown[] = [];
    const repository = {
      root: "/repo",
      log(options: unknown) {
        asked.push(options);
        return Promise.resolve([{ hash: "b", message: "", commitDate: new Date("2026-11-02T10:00:00.500Z") }, { hash: "a", message: "", authorDate: new Date("2026-11-01T10:00:00Z") }, { message: "broken" }]);
      },
      show(sha: string, path: string) {
        // The extension's methods need their repository.
        return Promise.resolve(`${this.root} ${sha} ${path}`);
      },
    };
    const history = gitFileHistory(repository, (file) => `/repo/desk/${file}`, memoryLog());
    assert.deepEqual(await history.commitsOf("desk.yml"), [{ sha: "b", at: "2026-11-02T10:00:00Z" }, { sha: "a", at: "2026-11-01T10:00:00Z" }]);
    assert.deepEqual(asked, [{ maxEntries: 200, path: "/repo/desk/desk.yml" }, { maxEntries: 10_000 }]);
    assert.equal(await history.textOf("a", "desk.yml"), "/repo a /repo/desk/desk.yml");
  });

  it("has the merge instead of the commits of a merged branch, as the command line", async () => {
    const commit = (hash: string, day: number, ...parents: readonly string[]): object => ({ hash, parents, message: "", commitDate: new Date(Date.UTC(2026, 10, day)) });
    const graph = [commit("merge", 20, "main2", "side2"), commit("main2", 15, "main1"), commit("side2", 12, "side1"), commit("side1", 11, "main1"), commit("main1", 1)];
    const repository = { log: ({ path }: { readonly path?: string }) => Promise.resolve(path === undefined ? graph : [graph[2], graph[3], graph[4]]), show: () => Promise.resolve("") };
    assert.deepEqual(await gitFileHistory(repository, (file) => file, memoryLog()).commitsOf("desk.yml"), [{ sha: "merge", at: "2026-11-20T00:00:00Z" }, { sha: "main1", at: "2026-11-01T00:00:00Z" }]);
  });

  it("is empty if Git fails, or the extension has no such methods", async () => {
    const history = gitFileHistory({ log: () => Promise.reject(new Error("no commits")), show: () => Promise.reject(new Error("no such file")) }, (file) => file, memoryLog());
    assert.deepEqual([await history.commitsOf("desk.yml"), await history.textOf("a", "desk.yml")], [[], undefined]);
    assert.deepEqual(await gitFileHistory({}, (file) => file, memoryLog()).commitsOf("desk.yml"), []);
  });
});
