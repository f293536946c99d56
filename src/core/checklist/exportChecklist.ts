import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { writeFlowchart } from "../flowchart/writeFlowchart";
import type { DrawnChart } from "../model/drawnChart";
import { formatRef, type IssueRef } from "../model/issueRef";
import { assertNever } from "../model/result";
import { findStep } from "./checklistSteps";
import { progress } from "./marking";
import { notChosen } from "./marks";
import { type EarlierPass, passesOf } from "./passes";
import { readableMarkdown } from "./values";

/**
 * Renders a checklist as Markdown without hidden marks: who did what and when, on which issue. Times are in UTC. Its flowcharts
 * come before the steps, with the passed nodes in color.
 */
export function renderChecklistExport(checklist: Checklist, ref: IssueRef, title: string, charts: readonly DrawnChart[]): string {
  const { done, total } = progress(checklist);
  const passes = passesOf(checklist);
  const earlierLines = ({ id, depth }: ChecklistStep): readonly string[] => (passes.get(id)?.earlier ?? []).map((each) => `${"  ".repeat(depth)}  - Pass ${each.pass}: ${describePass(each, checklist)}`);
  const lines = checklist.items.flatMap((item) => (item.kind === "section" ? ["", `## ${item.title}`, ""] : [...stepLines(item, ref, checklist), ...earlierLines(item)]));
  return [`# ${checklist.title}`, "", `${formatRef(ref, "")} ${title}`.trimEnd(), "", `Started by ${checklist.by} at ${checklist.startedAt}. ${done} of ${total} settled. Runbook: ${checklist.runbook} (${checklist.revision}).`, ...valueLines(checklist), ...charts.flatMap(chartLines), ...(checklist.items[0]?.kind === "step" ? [""] : []), ...lines, ""].join("\n");
}

function valueLines({ values = [] }: Checklist): readonly string[] {
  const known = values.filter(({ value }) => value !== "");
  return known.length === 0 ? [] : ["", ...known.map(({ name, value, by, at }) => `* ${name}: ${value.replace(/\s+/g, " ")} (${[by, at].filter((each) => each !== "").join(", ")})`)];
}

function chartLines(chart: DrawnChart): readonly string[] {
  return ["", "```mermaid", writeFlowchart(chart).trimEnd(), "```"];
}

function stepLines(step: ChecklistStep, ref: IssueRef, checklist: Checklist): readonly string[] {
  const text = readableMarkdown(step.text, checklist);
  const indent = "  ".repeat(step.depth);
  const box = step.mark.kind === "done" ? "[x]" : "[ ]";
  const links = step.links.map((link) => ` ${formatRef(link, ref.repository)}`).join("");
  const said = describeMark(step.mark);
  return [
    `${indent}- ${box} ${step.mark.kind === "skipped" ? `~~${text}~~` : text}${links}${said === "" ? "" : ` (${said})`}`,
    ...(step.evidence ?? []).map(({ value }) => `${indent}  - Evidence: ${value}`),
  ];
}

function describePass({ mark, chosen }: EarlierPass, checklist: Checklist): string {
  const option = chosen === undefined ? undefined : findStep(checklist, chosen)?.text;
  const state = mark.kind === "skipped" ? `skipped (${mark.reason})` : option === undefined ? mark.kind : `“${option}” chosen`;
  // What a person ticked by hand has no author, and its time is only that of the end of the pass.
  return mark.by === undefined ? `${state} by hand` : `${state} by ${mark.by}${mark.at === undefined ? "" : `, ${mark.at}`}`;
}

function describeMark(mark: StepMark): string {
  const who = [mark.by, mark.at].filter((each) => each !== undefined).join(", ");
  switch (mark.kind) {
    case "open":
      return "";
    case "done":
      return who;
    case "skipped":
      return [mark.reason === notChosen ? "not chosen" : `skipped: ${mark.reason}`, ...(who === "" ? [] : [who])].join("; ");
    default:
      return assertNever(mark);
  }
}
