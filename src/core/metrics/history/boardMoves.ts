import type { Instant } from "../../model/issue";
import type { BoardMove } from "./issueHistory";

/** A change of an issue's status on a project board. */
export interface BoardEvent {
  /** Identifies the project. */
  readonly project: string;
  readonly at: Instant;
  /** Empty if it has no status, or is not on the board any more. */
  readonly status: string;
  /** The status before, if the board says so. */
  readonly before?: string;
}

/**
 * The moves of each issue on the board that has its stages. A board counts only if one of its statuses is a stage of the desk. Of
 * several, the one with the most stages counts, then the one with the most moves.
 */
export function boardMoves<Key>(events: ReadonlyMap<Key, readonly BoardEvent[]>, stages: readonly string[]): ReadonlyMap<Key, readonly BoardMove[]> {
  const byName = new Map(stages.map((stage) => [plain(stage), stage] as const));
  const boards = new Map<string, { readonly stages: Set<string>; moves: number }>();
  for (const { project, status } of [...events.values()].flat()) {
    const board = boards.get(project) ?? { stages: new Set<string>(), moves: 0 };
    boards.set(project, board);
    board.moves += 1;
    if (byName.has(plain(status))) board.stages.add(plain(status));
  }
  const ranked = [...boards].filter(([, board]) => board.stages.size > 0).toSorted(([a, one], [b, other]) => other.stages.size - one.stages.size || other.moves - one.moves || (a < b ? -1 : 1)).map(([project]) => project);
  return new Map([...events].flatMap(([key, all]) => {
    const project = ranked.find((each) => all.some((event) => event.project === each));
    const stageOf = (status: string): string => byName.get(plain(status)) ?? status.trim();
    const own = all.filter((event) => event.project === project);
    return project === undefined ? [] : [[key, own.map(({ at, status, before }) => ({ at, stage: stageOf(status), ...(before === undefined ? {} : { before: stageOf(before) }) }))] as const];
  }));
}

/** Names of statuses are compared by their letters and digits: “🏗 In Progress” is the stage “In progress”, and “Todo” is “To do”. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}
