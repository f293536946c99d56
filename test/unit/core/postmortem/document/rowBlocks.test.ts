import assert from 'node:assert/strict';
import { markdownLines } from '../../../../../src/core/markup/textLines';
import { blockSplices, findBlocks, readBlocks } from '../../../../../src/core/postmortem/document/rowBlocks';
import { entryColumns } from '../../../../../src/core/postmortem/document/rowColumns';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { parse, zone } from '../samples';

const columns = entryColumns({ timezone: zone, home: "acme/live" });

/** How many cells are formatted when one row of `count` changes. */
function formattedCells(count: number, line: (index: number) => string, head: string): number {
  const { lines } = markdownLines(head + Array.from({ length: count }, (_none, index) => line(index)).join(""));
  const blocks = findBlocks(lines, "Timeline", columns);
  const rows = readBlocks(blocks, columns, "t");
  assert.equal(rows.length, count);
  let cells = 0;
  const counting = { ...columns, write: (...given: Parameters<typeof columns.write>) => ((cells += 1), columns.write(...given)) };
  // The rows are equal, but not the same objects, as after the file was read again.
  const now = rows.map((row, index) => (index === 5 ? { ...row, event: "Changed" } : { ...row, id: `n${index}` }));
  assert.equal(blockSplices(blocks, rows, now, counting, "\n").length, 1);
  return cells;
}

describe("Rows of a section", () => {
  it("are formatted only if they changed, however many there are", () => {
    const table = "| Time | Event |\n|--|--|\n";
    const row = (index: number): string => `| 2026-11-20 08:00 | event ${index} |\n`;
    assert.equal(formattedCells(2000, row, table), formattedCells(20, row, table));
    const item = (index: number): string => `- 08:00: event ${index}\n`;
    assert.equal(formattedCells(2000, item, ""), formattedCells(20, item, ""));
  });

  it("move between tables and lists of a section with the row before them", () => {
    const text = "## Timeline\n\n### Monday\n\n- 08:00: a\n- 09:00: b\n\n### Tuesday\n\n- 10:00: c\n";
    const document = parse(text);
    const [a, b, c] = document.postmortem.timeline;
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const render = (...timeline: readonly typeof a[]): string => renderPostmortem({ ...document.postmortem, timeline }, zone, document);
    assert.equal(render(a, b, c, { ...c, id: "n", event: "d" }), `${text}- 10:00: d\n`);
    assert.equal(render(a, c), text.replace("- 09:00: b\n", ""));
    assert.equal(render(c), text.replace("- 08:00: a\n- 09:00: b\n", ""));
  });

  for (const piece of ["*", "**", "_", "`", "[", "(", "|", "\\", " ", "\t", "- ", "1", "12:00 ", "Jan 1, ", "at ", ":", " · ", " · Owner: a", "<!-- desk:entry ", "#", "# ", "~", "<br", "{{", "+", "UTC ", "-", "/"]) {
    it(`can be 65,536 characters of ${JSON.stringify(piece)} in a list, below a heading, on a line, and as a heading`, () => {
      const long = piece.repeat(65_536 / piece.length);
      for (const text of [`- 12:00: ${long}\n- ${long}\n`, `### 12:00 ${long}\n${long}\n`, `12:00 ${long}\n${long}\n`, `${long}\n---\n\n# ${long}\n`, `| ${long} | Time |\n|--|--|\n| ${long} | b |\n`].map((body) => `## Timeline\n\n${body}\n## Action items\n\n- [ ] ${long}\n${long}\n\n# ${long}\n\n## ${long}\n`)) {
        const document = parse(text);
        const edit = <Row extends { readonly others: readonly string[] }>(rows: readonly Row[], change: Partial<Row>): readonly Row[] => rows.map((row) => ({ ...row, ...change }));
        const { postmortem } = document;
        const after = renderPostmortem({ ...postmortem, timeline: edit(postmortem.timeline, { event: "x", source: "y" }), actions: edit(postmortem.actions, { owner: "ana" }), title: "T" }, zone, document);
        assert.ok(after.includes("T"));
      }
    });
  }
});
