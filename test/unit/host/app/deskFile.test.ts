import assert from 'node:assert/strict';
import { ok } from '../../../../src/core/model/result';
import { deskFile, nearestDesk } from '../../../../src/host/app/deskFile';
import { memoryFiles } from '../../../support/memoryFiles';

describe("deskFile", () => {
  it("contains the latest version after two overlapping reads", async () => {
    const { files } = memoryFiles({ "desk.yml": "team: New" });
    let readings = 0;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const config = deskFile({
      ...files,
      async read(path) {
        readings += 1;
        if (readings > 1) return files.read(path);
        begin();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return ok("team: Old");
      },
    }, async () => ok("desk.yml"));
    const first = config.reload();
    await begun;
    await Promise.all([first, config.reload()]);
    assert.equal(config.now().desk.team, "New");
  });

  it("is the nearest of several to the top, in any order, and never in a hidden folder", () => {
    const paths = ["z/desk.yml", "a/b/desk.yml", "c/desk.yml", "node_modules/desk.yml", ".old/desk.yml", "a/.git/desk.yml"];
    assert.deepEqual([nearestDesk(paths), nearestDesk(paths.toReversed()), nearestDesk(paths.slice(3)), nearestDesk([])], ["c/desk.yml", "c/desk.yml", undefined, undefined]);
  });
});
