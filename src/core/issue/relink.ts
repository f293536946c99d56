import { linkStep } from "../runbook/marking";
import type { Run, RunItem } from "../runbook/run";
import { sameRef, type IssueRef, type Repository } from "./issueRef";
import { moveLinks } from "./linkRegion";
import { readRuns, replaceRun } from "./runRegion";

/** The body of an issue in `home` whose links and steps name the issue `to` where they named `from`. */
export function relink(body: string, from: IssueRef, to: IssueRef, home: Repository): string {
  return readRuns(body, home).reduce((text, run) => {
    const moved = relinkRun(run, from, to);
    return moved === run ? text : replaceRun(text, moved, home);
  }, moveLinks(body, from, to, home));
}

function relinkRun(run: Run, from: IssueRef, to: IssueRef): Run {
  const linked = run.items.flatMap((item) => (item.kind === "step" && item.links.some((link) => sameRef(link, from)) ? [item.id] : []));
  if (linked.length === 0) return run;
  const without = (item: RunItem): RunItem => (item.kind === "step" && linked.includes(item.id) ? { ...item, links: item.links.filter((link) => !sameRef(link, from)) } : item);
  return linked.reduce<Run>((result, step) => linkStep(result, step, to) ?? result, { ...run, items: run.items.map(without) });
}
