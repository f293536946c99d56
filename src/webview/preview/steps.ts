import * as v from "valibot";
import type { DiagramStep } from "../../core/checklist/stepStates";
import { parseData, parseJson } from "../../core/model/parseData";

const drawnStep = v.object({ text: v.string(), kind: v.picklist(["open", "current", "done", "skipped", "left", "locked"]), words: v.string() });

/** Reads the steps that the preview contains for flowcharts. HTML in a runbook can imitate them, so anything else is dropped. */
export function readSteps(text: string | undefined): readonly DiagramStep[] {
  return (parseJson(v.array(v.unknown()), text) ?? []).flatMap((one) => parseData(drawnStep, one) ?? []);
}

const chartMarks = v.object({
  nodes: v.array(v.object({ id: v.string(), kind: drawnStep.entries.kind, words: v.string() })),
  edges: v.array(v.tuple([v.string(), v.string()])),
});

/** The states of the nodes of a flowchart, and the edges that were walked. */
export type ChartMarks = v.InferOutput<typeof chartMarks>;

/** Reads what the list of a flowchart carries. HTML in a runbook can imitate it, so anything else is dropped. */
export function readChartMarks(text: string | undefined): ChartMarks | undefined {
  return parseJson(chartMarks, text);
}
