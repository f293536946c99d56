import type { Checklist, ChecklistStep, StepMark } from "../model/checklist";
import { formatRef, type IssueRef } from "../model/issueRef";
import { assertNever } from "../model/result";
import { notChosen } from "./decision";
import { progress } from "./marking";

/** Renders a checklist as Markdown without hidden marks: who did what and when, on which issue. Times are in UTC. */
export function renderChecklistExport(checklist: Checklist, ref: IssueRef, title: string): string {
  const { done, total } = progress(checklist);
  const lines = checklist.items.flatMap((item) => (item.kind === "section" ? ["", `## ${item.title}`, ""] : stepLines(item, ref)));
  return [`# ${checklist.title}`, "", `${formatRef(ref, "")} ${title}`.trimEnd(), "", `Started by ${checklist.by} at ${checklist.startedAt}. ${done} of ${total} settled. Runbook: ${checklist.runbook} (${checklist.revision}).`, ...valueLines(checklist), ...(checklist.items[0]?.kind === "step" ? [""] : []), ...lines, ""].join("\n");
}

function valueLines({ values = [] }: Checklist): readonly string[] {
  const known = values.filter(({ value }) => value !== "");
  return known.length === 0 ? [] : ["", ...known.map(({ name, value, by, at }) => `* ${name}: ${value.replace(/\s+/g, " ")} (${[by, at].filter((each) => each !== "").join(", ")})`)];
}

function stepLines(step: ChecklistStep, ref: IssueRef): readonly string[] {
  const indent = "  ".repeat(step.depth);
  const box = step.mark.kind === "done" ? "[x]" : "[ ]";
  const links = step.links.map((link) => ` ${formatRef(link, ref.repository)}`).join("");
  const said = describeMark(step.mark);
  return [
    `${indent}- ${box} ${step.mark.kind === "skipped" ? `~~${step.text}~~` : step.text}${links}${said === "" ? "" : ` (${said})`}`,
    ...(step.evidence ?? []).map(({ value }) => `${indent}  - Evidence: ${value}`),
  ];
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
