import { runInBackground } from "../../core/model/queues";
import type { DrawnChart } from "../../core/model/drawnChart";
import type { ChartView } from "../../protocol/issueChart";
import type { ChartLayout } from "./chartLayout";
import { type ChartTexts, type Measure, sizeChart } from "./chartText";

/** A drawing as it fits beside or above its list. */
export interface Placed {
  /** Of the chart that it was made for. */
  readonly structure: string;
  readonly layout: ChartLayout;
  readonly texts: ChartTexts;
  /** So that it fits into the width, but can still be read. */
  readonly scale: number;
}

/** How the drawings are placed on the page. */
export interface Placing {
  /** Whether they are beside their lists. */
  readonly beside: boolean;
  /** By the ids of the charts. */
  readonly placed: ReadonlyMap<string, Placed>;
}

/** The minimum width of a page whose drawings are beside their lists. */
const wide = 640;

/** In a smaller drawing, the texts cannot be read. */
const smallest = 0.65;

/** Everything of a chart that its arrangement depends on. States change nothing. */
export function structureOf({ direction, nodes, edges, subgraphs }: DrawnChart): string {
  return JSON.stringify([direction, nodes.map(({ id, text, shape, subgraph, optional }) => [id, text, shape, subgraph, optional]), edges.map(({ from, to, label }) => [from, to, label]), subgraphs]);
}

/** Arranges the charts of the page. What arranges them is loaded when the first one is shown. */
export interface Placer {
  /** Arranges charts that are new, changed or have other room, one after the other, each after the page was painted. */
  follow(charts: readonly ChartView[], optional: string): void;
}

/** `room`: the width for a list and its drawing, in pixels. */
export function createPlacer(address: string, room: () => number, show: (placing: Placing) => void): Placer {
  const known = new Map<string, Omit<Placed, "scale">>();
  const now: { placing: Placing; running: boolean; wanted: readonly ChartView[]; optional: string } = { placing: { beside: false, placed: new Map() }, running: false, wanted: [], optional: "" };

  /** The arrangement in the chart's own direction, or from top to bottom if that would be too wide. `undefined`: one of them is not known yet. */
  function fitting(chart: DrawnChart, width: number): Placed | DrawnChart {
    const own = known.get(keyOf(chart));
    if (own === undefined) return chart;
    const isAcross = chart.direction === "LR" || chart.direction === "RL";
    const upright = { ...chart, direction: "TB" as const };
    const turned = isAcross && own.layout.width * smallest > width ? known.get(keyOf(upright)) : own;
    if (turned === undefined) return upright;
    const { layout, texts } = turned.layout.width < own.layout.width ? turned : own;
    return { structure: structureOf(chart), layout, texts, scale: Math.min(1, Math.max(smallest, width / layout.width)) };
  }

  function keyOf(chart: DrawnChart): string {
    return `${fontOfDrawings()} ${now.optional} ${structureOf(chart)}`;
  }

  async function arrange(): Promise<void> {
    await painted();
    for (let missing = place(); missing !== undefined; missing = place()) {
      const { layoutChart }: typeof import("./chartLayout") = await import(address);
      const { texts, sized } = sizeChart(missing, measure(), now.optional);
      known.set(keyOf(missing), { structure: "", layout: layoutChart(sized), texts });
      await painted();
    }
  }

  /** Shows what can be placed, and returns the first chart that cannot. */
  function place(): DrawnChart | undefined {
    const width = room();
    const beside = width >= wide;
    const placed = new Map<string, Placed>();
    let missing: DrawnChart | undefined;
    for (const { id, content } of now.wanted) {
      if (content.kind !== "chart") continue;
      const found = fitting(content.chart, beside ? width * 0.5 - 12 : width - 8);
      if ("layout" in found) placed.set(id, found);
      else missing ??= found;
    }
    if (beside !== now.placing.beside || !isSame(placed, now.placing.placed)) {
      now.placing = { beside, placed };
      show(now.placing);
    }
    return missing;
  }

  return {
    follow(charts, optional) {
      now.wanted = charts;
      now.optional = optional;
      if (now.running || charts.length === 0) return;
      now.running = true;
      runInBackground(arrange().finally(() => {
        now.running = false;
      }), console);
    },
  };
}

function isSame(a: ReadonlyMap<string, Placed>, b: ReadonlyMap<string, Placed>): boolean {
  return a.size === b.size && [...a].every(([id, { structure, layout, scale }]) => {
    const other = b.get(id);
    return other?.layout === layout && other.structure === structure && other.scale === scale;
  });
}

/** Resolves once the page shows what was rendered. A hidden page paints nothing. */
async function painted(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** The size is that of main.css. Nodes are wide enough for the bold text of the current step. */
function fontOfDrawings(): string {
  return `600 13px ${getComputedStyle(document.body).fontFamily}`;
}

/** Measures texts in the font of the page. */
function measure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return (text) => text.length * 7;
  context.font = fontOfDrawings();
  const widths = new Map<string, number>();
  return (text) => {
    const width = widths.get(text) ?? context.measureText(text).width;
    widths.set(text, width);
    return width;
  };
}
