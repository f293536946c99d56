import * as v from "valibot";
import { drawnChartSchema } from "../core/model/drawnChart";
import type { Infer } from "../core/model/parseData";

export const chartView = v.object({
  id: v.string(),
  /** The name of the drawing. */
  label: v.string(),
  /** The drawing, or why there is none. */
  content: v.variant("kind", [
    v.object({ kind: v.literal("chart"), chart: drawnChartSchema }),
    v.object({ kind: v.literal("note"), text: v.string() }),
  ]),
});

/** A flowchart of a checklist as the page shows it. */
export type ChartView = Infer<typeof chartView>;
