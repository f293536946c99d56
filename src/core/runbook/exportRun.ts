import { assertNever } from "../result";
import { formatRef, type IssueRef } from "../issue/issueRef";
import { notChosen } from "./decision";
import { progress } from "./marking";
import type { Run, RunStep, StepMark } from "./run";

/** A run as Markdown without marks of ours: what was done by whom and when, on which issue. Instants are in UTC. */
export function exportRun(run: Run, ref: IssueRef, title: string): string {
  const { settled, total } = progress(run);
  const lines = run.items.flatMap((item) => (item.kind === "section" ? ["", `## ${item.title}`, ""] : stepLines(item, ref)));
  return [`# ${run.title}`, "", `${formatRef(ref, "")} ${title}`.trimEnd(), "", `Started by ${run.by} at ${run.startedAt}. ${settled} of ${total} settled. Runbook: ${run.runbook} (${run.revision}).`, ...(run.items[0]?.kind === "step" ? [""] : []), ...lines, ""].join("\n");
}

function stepLines(step: RunStep, ref: IssueRef): readonly string[] {
  const indent = "  ".repeat(step.depth);
  const box = step.mark.kind === "done" ? "[x]" : "[ ]";
  const links = step.links.map((link) => ` ${formatRef(link, ref.repository)}`).join("");
  const said = wordMark(step.mark);
  return [
    `${indent}- ${box} ${step.mark.kind === "skipped" ? `~~${step.text}~~` : step.text}${links}${said === "" ? "" : ` (${said})`}`,
    ...(step.evidence ?? []).map(({ value }) => `${indent}  - Evidence: ${value}`),
  ];
}

function wordMark(mark: StepMark): string {
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
