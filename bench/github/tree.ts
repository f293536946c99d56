import v8 from 'node:v8';
import vm from 'node:vm';
import { parseDesk } from '../../src/core/desk/parseDesk';
import type { IssueFacts } from '../../src/core/issue/issueFacts';
import type { Desk } from '../../src/core/model/desk';
import type { Issue, IssueSnapshot } from '../../src/core/model/issue';
import { cacheFacts } from '../../src/host/app/issueService';
import { issueNodes } from '../../src/host/views/issueNodes';
import type { DeskNode, ViewName } from '../../src/host/views/node';
import { plainChoice } from '../../src/host/views/outlineChoice';
import { type TreeRow, type TreeRows, treeRows } from '../../src/host/views/treeRows';
import { manyDesk } from '../../test/support/manyIssues';
import { type Figure, median } from '../figure';
import { type RecordedGithub, recordGithub } from './recordedGithub';

const rounds = 9;

const thousand = 1000;

const views: readonly ViewName[] = ["incidents", "requests", "records"];

/**
 * The time from the last response with 5,000 issues to the rows of three views, compared with parsing the same responses as
 * JSON; and the heap used, compared with the size of their text.
 */
export async function treeFigures(): Promise<readonly Figure[]> {
  const github = await recordGithub(thousand);
  const { desk } = parseDesk(manyDesk);
  if (desk === undefined) throw new Error("The desk has errors");
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await sample(github, desk));
  const warm = samples.slice(2);
  const json = rounded(median(warm.map((each) => each.json)));
  const heap = await heapFigures(github);
  const [first] = samples;
  if (first === undefined) throw new Error("Nothing was measured");
  return [
    { name: `last answer to rows, ${github.issues} issues`, unit: "ms", value: rounded(median(warm.map(({ rows }) => rows))), baseline: json },
    { name: `one changed issue to rows, ${github.issues} issues`, unit: "ms", value: rounded(median(warm.map(({ changed }) => changed))), baseline: json },
    { name: "rows drawn anew for one changed issue, beside all rows", unit: "rows", value: first.redrawn, baseline: first.all },
    heap,
  ];
}

interface Sample {
  /** Milliseconds. */
  readonly rows: number;
  readonly json: number;
  readonly changed: number;
  /** The share of rows that the editor requests again after the change. */
  readonly redrawn: number;
  readonly all: number;
}

async function sample(github: RecordedGithub, desk: Desk): Promise<Sample> {
  let last = 0;
  const read = await github.tracker(() => (last = performance.now())).list({ state: "open" });
  if (read.kind === "failed") throw new Error(read.failure.kind);
  const facts = cacheFacts(() => desk);
  const trees = views.map((view) => ({ view, rows: treeRows() }));
  const show = (snapshot: IssueSnapshot): number => trees.reduce((sum, { view, rows }) => sum + redrawn(rows, draw(view, snapshot, desk, facts)), 0);
  show(read.value);
  const rows = performance.now() - last;
  const [first, ...others] = read.value.issues;
  const began = performance.now();
  if (first === undefined) throw new Error("There are no issues");
  const again = show({ ...read.value, issues: [{ ...first, title: "Something else" }, ...others] });
  const changed = performance.now() - began;
  const start = performance.now();
  for (const text of github.texts) JSON.parse(text);
  return { rows, json: performance.now() - start, changed, redrawn: again, all: trees.reduce((sum, { rows }) => sum + rows.all().length, 0) };
}

/** Shows the nodes, and counts the rows that the tree has to draw again if all of them are expanded. */
function redrawn(rows: TreeRows, nodes: readonly DeskNode[]): number {
  const update = rows.show(nodes);
  const below = (row: TreeRow): number => rows.below(row).reduce((sum, each) => sum + below(each), 1);
  return update.kind === "all" ? rows.all().length : rows.of(update.ids).reduce((sum, row) => sum + below(row), 0);
}

function draw(view: ViewName, snapshot: IssueSnapshot, desk: Desk, facts: (issue: Issue) => IssueFacts): readonly DeskNode[] {
  const words = {
    open: "open", merged: "merged", draft: "draft", closed: "closed", parent: "raised from", child: "child", blockedBy: "blocked by", blocks: "blocks", related: "related", duplicateOf: "duplicate of", hasDuplicate: "duplicate", ofRecord: "belongs to", ofOpportunity: "funded by",
    blocked: "blocked", notHere: "not here", nothingLinked: "nothing linked", noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: 'test',
  };
  return issueNodes({ view, snapshot, desk, facts, choice: plainChoice, now: "2026-11-20T16:00:00Z", labels: words }).nodes;
}

async function heapFigures(github: RecordedGithub): Promise<Figure> {
  v8.setFlagsFromString("--expose-gc");
  const gc: () => void = vm.runInNewContext("gc");
  const tracker = github.tracker();
  gc();
  const before = process.memoryUsage().heapUsed;
  const read = await tracker.list({ state: "open" });
  gc();
  const used = process.memoryUsage().heapUsed - before;
  if (read.kind === "failed") throw new Error(read.failure.kind);
  const text = github.texts.reduce((sum, each) => sum + each.length, 0);
  const per = read.value.issues.length / thousand;
  return { name: "heap for 1000 issues, beside the text of their answers", unit: "bytes", value: Math.round(used / per), baseline: Math.round(text / per) };
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
