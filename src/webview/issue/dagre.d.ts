/** What is used of dagre, which types its own labels as anything. */
declare module "@dagrejs/dagre" {
  interface Box {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  interface EdgeLabel {
    readonly points: readonly { readonly x: number; readonly y: number }[];
    /** The center of the text. Absent if it has no size. */
    readonly x?: number;
    readonly y?: number;
  }

  export class Graph {
    constructor(options: { readonly compound: boolean; readonly multigraph: boolean });
    setGraph(options: { readonly rankdir: string; readonly nodesep: number; readonly edgesep: number; readonly ranksep: number }): this;
    graph(): { readonly width: number; readonly height: number };
    setNode(id: string, size: { readonly width?: number; readonly height?: number }): this;
    node(id: string): Box;
    setParent(id: string, parent: string): this;
    setEdge(from: string, to: string, label: { readonly width: number; readonly height: number; readonly labelpos: "c" }, name: string): this;
    edge(from: string, to: string, name: string): EdgeLabel;
  }

  /** Adds positions to the labels of the graph. Positions of nodes are their centers. */
  export function layout(graph: Graph): void;
}
