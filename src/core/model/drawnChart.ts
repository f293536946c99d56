import * as v from "valibot";
import { finiteNumber, type Infer } from "./parseData";

/** The states of a node, as of its step. `plain`: it is not a step, such as a start. */
const nodeStates = ["plain", "open", "current", "done", "skipped", "left", "locked"] as const;

const node = v.object({
  id: v.string(),
  /** Plain text in one line. */
  text: v.string(),
  shape: v.picklist(["step", "decision", "subprocess", "terminal"]),
  /** The innermost subgraph. */
  subgraph: v.exactOptional(v.string()),
  /** Id of its step in the checklist. */
  step: v.exactOptional(v.string()),
  state: v.picklist(nodeStates),
  optional: v.exactOptional(v.literal(true)),
  /** The pass that its step is in, if it is not the first. */
  pass: v.exactOptional(finiteNumber),
});

const edge = v.object({
  from: v.string(),
  to: v.string(),
  label: v.exactOptional(v.string()),
  style: v.picklist(["solid", "dotted", "thick"]),
  /** Id of the option that leads this way. */
  option: v.exactOptional(v.string()),
  /** Whether the current pass went this way. */
  walked: v.boolean(),
});

/** The schema of a chart that draws a checklist. */
export const drawnChartSchema = v.object({
  /** Unique among the charts of a checklist. */
  id: v.string(),
  title: v.string(),
  direction: v.picklist(["TB", "BT", "LR", "RL"]),
  nodes: v.array(node),
  /** Between nodes: an edge to or from a subgraph stands for edges of its first or last nodes. */
  edges: v.array(edge),
  /** Those that contain nodes. Parents come before their children. */
  subgraphs: v.array(v.object({ id: v.string(), title: v.string(), parent: v.exactOptional(v.string()) })),
});

/** A flowchart with the states of a checklist's steps. */
export type DrawnChart = Infer<typeof drawnChartSchema>;

export type DrawnNode = DrawnChart["nodes"][number];

export type DrawnEdge = DrawnChart["edges"][number];

/** Charts with more nodes are not drawn: arranging them would take too long. */
export const largestDrawing = 150;
