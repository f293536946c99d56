import * as v from "valibot";
import type { DiagramStep } from "../../core/checklist/stepStates";
import { parseData, parseJson } from "../../core/model/parseData";

const drawnStep = v.object({ text: v.string(), kind: v.picklist(["open", "current", "done", "skipped", "left", "locked"]), words: v.string() });

/** Reads the steps that the preview contains for flowcharts. HTML in a runbook can imitate them, so anything else is dropped. */
export function readSteps(text: string | undefined): readonly DiagramStep[] {
  return (parseJson(v.array(v.unknown()), text) ?? []).flatMap((one) => parseData(drawnStep, one) ?? []);
}
