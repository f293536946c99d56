import assert from 'node:assert/strict';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { commitsOnBranch, type FileHistory, type GraphCommit, readVersions } from '../../../../../src/core/metrics/history/deskVersions';
import { instantAt, millisecondsOf } from '../../../../../src/core/model/instant';

const start = millisecondsOf('2026-01-01T00:00:00Z');

/** A history with these texts of desk.yml, one a day, which counts how many are read at the same time. */
function historyOf(texts: readonly string[], atOnce?: number) {
  let now = 0;
  let most = 0;
  const history: FileHistory = {
    ...(atOnce === undefined ? {} : { atOnce }),
    commitsOf: async (file) => (file === 'desk.yml' ? texts.map((_, index) => ({ sha: String(index), at: instantAt(start + index * 86_400_000) })) : []),
    async textOf(sha) {
      now += 1;
      most = Math.max(most, now);
      // Later commits are read sooner.
      for (let turn = texts.length; turn > Number(sha); turn -= 1) await undefined;
      now -= 1;
      return texts[Number(sha)];
    },
  };
  return { history, most: () => most };
}

const text = (service: string, hours: string): string => `timezone: Europe/Berlin\nhours: { Mon-Fri: ["${hours}"] }\nkinds: { incident: }\nservices: [${service}]\n`;

const readers = { deskFolder: '', time: async (desk: Parameters<typeof businessTime>[0]) => businessTime(desk), details: () => undefined };

describe('the versions of a desk', () => {
  it('are read one at a time, or as many at once as their history allows, and stay in order', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => text(`S${index}`, '09:00-17:00'));
    for (const atOnce of [undefined, 8]) {
      const { history, most } = historyOf(texts, atOnce);
      const { versions } = await readVersions(history, new Map(), readers);
      assert.deepEqual(versions.map(({ desk }) => desk.services[0]), texts.map((_, index) => `S${index}`));
      assert.equal(most(), atOnce ?? 1);
    }
  });

  it('share their business time where hours and calendars are equal', async () => {
    const { history } = historyOf([text('A', '09:00-17:00'), text('B', '09:00-17:00'), text('B', '10:00-17:00'), text('C', '09:00-17:00')]);
    const { versions: [first, second, third, fourth] } = await readVersions(history, new Map(), readers);
    assert.equal(second?.time, first?.time);
    assert.notEqual(third?.time, first?.time);
    assert.equal(fourth?.time, first?.time);
    assert.equal(third?.time.between('2026-01-05T08:00:00Z', '2026-01-05T16:00:00Z'), 7 * 3_600_000);
  });
});

describe("The commits of a branch", () => {
  const at = "2026-11-01T00:00:00Z";

  const graphOf = (parents: Readonly<Record<string, readonly string[]>>): readonly GraphCommit[] => Object.entries(parents).map(([sha, of]) => ({ sha, at, parents: of }));

  const landed = (parents: Readonly<Record<string, readonly string[]>>, ...shas: readonly string[]): readonly string[] => commitsOnBranch(shas.map((sha) => ({ sha, at })), graphOf(parents), "head").map(({ sha }) => sha);

  it("are its own, and the merge of each other branch once", () => {
    const graph = { head: ["b", "y"], y: ["x"], x: ["a"], b: ["a"], a: [] };
    assert.deepEqual(landed(graph, "head", "y", "x", "b", "a"), ["head", "b", "a"]);
  });

  it("are the first merge that brought a commit, also through a branch of a branch", () => {
    const graph = { head: ["m", "y2"], m: ["a", "y1"], y2: ["y1"], y1: ["a", "z"], z: ["a"], a: [] };
    assert.deepEqual(landed(graph, "z"), ["m"]);
    assert.deepEqual(landed(graph, "y2", "y1"), ["head", "m"]);
  });

  it("stand for themselves where the graph ends, or has a circle", () => {
    assert.deepEqual(landed({ head: ["gone"] }, "gone", "old"), ["gone", "old"]);
    assert.deepEqual(landed({ head: ["a", "b"], a: [], b: ["c"], c: ["b"] }, "c"), ["head"]);
  });
});
