import vm from "node:vm";
import v8 from "node:v8";
import { parseDesk } from "../../src/core/desk/parseDesk";
import type { Desk } from "../../src/core/desk/desk";
import type { Issue, IssueSnapshot } from "../../src/core/issue/issue";
import type { IssueFacts } from "../../src/core/issue/issueFacts";
import { issueNodes } from "../../src/host/views/issueNodes";
import type { DeskNode } from "../../src/host/views/node";
import { rememberFacts } from "../../src/host/views/rememberFacts";
import { plainChoice } from "../../src/host/views/outlineChoice";
import { manyDesk } from "../../test/support/manyIssues";
import { type Figure, median } from "../figure";
import { recordGithub, type RecordedGithub } from "./recordedGithub";

const rounds = 9;
const thousand = 1000;

/** How long 5,000 issues take from the last answer to the rows of three views, beside reading the same answers as JSON; and the heap they take, beside their text. */
export async function treeFigures(): Promise<readonly Figure[]> {
  const github = await recordGithub(thousand);
  const { desk } = parseDesk(manyDesk);
  if (desk === undefined) throw new Error("The desk has errors");
  const samples: { readonly rows: number; readonly json: number; readonly changed: number }[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await sample(github, desk));
  const warm = samples.slice(2);
  const json = rounded(median(warm.map((each) => each.json)));
  const heap = await heapFigures(github);
  return [
    { name: `last answer to rows, ${github.issues} issues`, unit: "ms", value: rounded(median(warm.map(({ rows }) => rows))), baseline: json },
    { name: `one changed issue to rows, ${github.issues} issues`, unit: "ms", value: rounded(median(warm.map(({ changed }) => changed))), baseline: json },
    heap,
  ];
}

async function sample(github: RecordedGithub, desk: Desk): Promise<{ readonly rows: number; readonly json: number; readonly changed: number }> {
  let last = 0;
  const read = await github.tracker(() => (last = performance.now())).list({ state: "open" });
  if (read.kind === "failed") throw new Error(read.failure.kind);
  const facts = rememberFacts()(desk);
  draw(read.value, desk, facts);
  const rows = performance.now() - last;
  const [first, ...others] = read.value.issues;
  const began = performance.now();
  if (first !== undefined) draw({ ...read.value, issues: [{ ...first, title: "Something else" }, ...others] }, desk, facts);
  const changed = performance.now() - began;
  const start = performance.now();
  for (const text of github.texts) JSON.parse(text);
  return { rows, json: performance.now() - start, changed };
}

function draw(snapshot: IssueSnapshot, desk: Desk, facts: (issue: Issue) => IssueFacts): readonly DeskNode[] {
  const words = {
    open: "open", merged: "merged", draft: "draft", closed: "closed", parent: "raised from", child: "child", blockedBy: "blocked by", blocks: "blocks", related: "related",
    blocked: "blocked", notHere: "not here", nothingLinked: "nothing linked", noPriority: "No priority", nobody: "Nobody", noKind: "No kind",
  };
  return (["incidents", "requests", "records"] as const).flatMap((view) => issueNodes({ view, snapshot, desk, facts, choice: plainChoice, now: "2026-11-20T16:00:00Z", words }).nodes);
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
