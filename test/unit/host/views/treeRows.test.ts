import fc from 'fast-check';
import assert from 'node:assert/strict';
import { childrenOf, type DeskNode } from '../../../../src/host/views/node';
import { type TreeRow, type TreeRows, treeRows, withoutRow } from '../../../../src/host/views/treeRows';
import { propertyRuns } from '../../../support/propertyRuns';

/** What VS Code keeps of a row: its look when it was last requested, and its children if it was expanded. */
interface Drawn {
  readonly row: TreeRow;
  readonly title: string;
  readonly below?: readonly Drawn[];
}

type Sketch = readonly [id: number, title: string, below: readonly Sketch[]];

const { sketches } = fc.letrec<{ sketches: readonly Sketch[] }>((tie) => ({
  sketches: fc.array(fc.tuple(fc.nat(11), fc.constantFrom("x", "y"), fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant([]), tie("sketches"))), { maxLength: 4 }),
}));

/** The nodes of a sketch. Of several with the same id, only the first. */
function nodesOf(from: readonly Sketch[], used = new Set<number>()): readonly DeskNode[] {
  return from.flatMap(([id, title, below]): readonly DeskNode[] => {
    if (used.has(id)) return [];
    used.add(id);
    const children = nodesOf(below, used);
    return [{ kind: "group", id: String(id), title, count: 0, children }];
  });
}

function draw(rows: TreeRows, row: TreeRow, open: ReadonlySet<string>): Drawn {
  const node = row.node();
  const drawn = { row, title: node.kind === "group" ? node.title : "" };
  return open.has(row.id) ? { ...drawn, below: rows.below(row).map((each) => draw(rows, each, open)) } : drawn;
}

/** Redraws the given rows, and finds them as VS Code does: by object identity. */
function redraw(rows: TreeRows, drawn: readonly Drawn[], update: ReadonlySet<TreeRow>, open: ReadonlySet<string>): readonly Drawn[] {
  return drawn.map((each) => {
    if (update.has(each.row)) return draw(rows, each.row, open);
    return each.below === undefined ? each : { ...each, below: redraw(rows, each.below, update, open) };
  });
}

function plain(drawn: readonly Drawn[]): unknown {
  return drawn.map(({ row, title, below }) => [row.id, title, below && plain(below)]);
}

function expected(nodes: readonly DeskNode[], open: ReadonlySet<string>): unknown {
  return nodes.map((node) => [node.id, node.kind === "group" ? node.title : "", open.has(node.id) ? expected(childrenOf(node), open) : undefined]);
}

describe("tree rows", () => {
  it("are all up to date after the reported rows are redrawn", () => {
    fc.assert(fc.property(fc.array(sketches, { minLength: 2, maxLength: 6 }), fc.uniqueArray(fc.nat(11)), (steps, opened) => {
      const rows = treeRows();
      const open = new Set(opened.map(String));
      let drawn: readonly Drawn[] = [];
      for (const step of steps) {
        const nodes = nodesOf(step);
        const update = rows.show(nodes);
        drawn = update.kind === "all" ? rows.below().map((row) => draw(rows, row, open)) : redraw(rows, drawn, new Set(rows.of(update.ids)), open);
        assert.deepEqual(plain(drawn), expected(nodes, open));
      }
    }), { numRuns: propertyRuns(1000) });
  });

  const before: readonly Sketch[] = [[1, "x", [[2, "x", []]]]];
  const after: readonly Sketch[] = [[1, "x", [[2, "y", []], [3, "x", []]]]];

  it("keep their identity, show the current node and know their parent", () => {
    const rows = treeRows();
    rows.show(nodesOf(before));
    const all = rows.all();
    rows.show(nodesOf(after));
    assert.deepEqual(rows.all().map(({ id }) => id), ["1", "2", "3"]);
    assert.ok(all.every((row, index) => row === rows.all()[index]));
    const [one, two] = all;
    assert.ok(one !== undefined && two !== undefined);
    assert.deepEqual(two.node(), nodesOf([[2, "y", []]])[0]);
    assert.deepEqual([rows.above(one), rows.above(two)], [undefined, one]);
    rows.show([]);
    assert.deepEqual([two.node(), rows.above(two), rows.below(one)], [nodesOf([[2, "y", []]])[0], undefined, []]);
  });

  it("pass the current node to a command, and do not change other arguments", () => {
    const rows = treeRows();
    rows.show(nodesOf(before));
    const [, row] = rows.all();
    rows.show(nodesOf(after));
    assert.deepEqual(withoutRow(row), nodesOf([[2, "y", []]])[0]);
    for (const other of [undefined, "a.md", { ref: { repository: "acme/desk", number: 1 } }, nodesOf(before)[0]]) assert.equal(withoutRow(other), other);
  });
});
