import { isRecord } from "../../core/isRecord";
import type { DeskNode } from "./node";

/** A row as VS Code knows it: the same object for as long as the row is there, whatever it shows. */
export interface TreeRow {
  readonly kind: "row";
  readonly id: string;
  /** What it shows now, or showed last. */
  readonly node: () => DeskNode;
}

/** What a command is asked to work on: what a row shows where it was chosen in a tree, else the argument itself. */
export function withoutRow(argument: unknown): unknown {
  return isRow(argument) ? argument.node() : argument;
}

function isRow(value: unknown): value is TreeRow {
  return isRecord(value) && value["kind"] === "row" && typeof value["node"] === "function";
}
