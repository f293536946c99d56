/** What a node means in a run. Every other shape is a step, including a hexagon. */
export type NodeShape = 'step' | 'decision' | 'subprocess' | 'terminal';

export type EdgeStyle = 'solid' | 'dotted' | 'thick' | 'invisible';

export type FlowDirection = 'TB' | 'BT' | 'LR' | 'RL';

/** A node. Mermaid keeps a node for each subgraph that an edge names, too; `drawnNodes` leaves those out. */
export interface FlowNode {
  readonly id: string;
  /** Plain text in one line: no quotes, tags or marks of Markdown; entities are decoded, and line breaks are spaces. */
  readonly text: string;
  readonly shape: NodeShape;
  /** The line that gives the node its text, otherwise the line that first names it. */
  readonly line: number;
  /** The innermost subgraph that it belongs to. */
  readonly subgraph?: string;
  /** The target of a `click` statement: a relative path, `#section`, or an http address. */
  readonly link?: string;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  /** What Mermaid draws, as plain text. */
  readonly label?: string;
  /** The label as it is written, where Mermaid takes its last letter for a part of the arrow: it draws `--No-->` with the label “N”. */
  readonly written?: string;
  readonly style: EdgeStyle;
  readonly line: number;
}

export interface Subgraph {
  readonly id: string;
  readonly title: string;
  readonly parent?: string;
  readonly line: number;
}

/** Why a chart, or a part of it, cannot be read or run. `message` and `fix` are in English; `describeFlowProblem` translates them. */
export interface FlowProblem {
  readonly line: number;
  readonly code: FlowProblemCode;
  readonly details: Readonly<Record<string, string>>;
  readonly message: string;
  readonly fix?: string;
}

/** Problems of the text. Mermaid draws nothing of a chart that has one. */
export type FlowTextProblemCode =
  | 'unreadable' | 'bracketsInText' | 'unclosedText' | 'keywordAsId' | 'endWithoutSubgraph' | 'unclosedSubgraph' | 'unnamedSubgraph'
  | 'unknownShape' | 'badNodeData' | 'noSuchEdge' | 'commentAtEnd' | 'spaceAtEnd' | 'headerNotAlone';

/** Problems of a chart that is drawn but cannot be run. */
export type FlowRunProblemCode =
  | 'exitWithoutLabel' | 'sameLabels' | 'endNotReached' | 'notReached' | 'severalStarts' | 'noStart' | 'cycleWithoutExit';

export type FlowProblemCode = FlowTextProblemCode | FlowRunProblemCode;

/** A flowchart as Mermaid understands it: nodes in the order in which they are first named, edges in the order in which they are drawn. Lines count from 0. */
export interface Flowchart {
  readonly direction: FlowDirection;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** In the order in which they open. */
  readonly subgraphs: readonly Subgraph[];
  readonly problems: readonly FlowProblem[];
}

/** The nodes that are drawn as nodes, without those that only stand for a subgraph. */
export function drawnNodes({ nodes, subgraphs }: Flowchart): readonly FlowNode[] {
  const groups = new Set(subgraphs.map(({ id }) => id));
  return nodes.filter(({ id }) => !groups.has(id));
}
