import type { MetricsReport } from "../../../core/metrics/report";
import type { RunbookService } from "../../app/runbookService";

/** Names of runbooks for people. Reports and exports name them by their paths. */
export interface RunbookNames {
  /** The title of a runbook or of its section, followed by the path if another one has the same title. The path if it does not exist. */
  name(path: string): string;
  /** The path where the name is the title, for a tooltip. */
  hint(path: string): { readonly hint?: string };
}

/** Names runbooks by their titles, by path. */
export function runbookNames(titles: ReadonlyMap<string, string>): RunbookNames {
  const counts = new Map<string, number>();
  for (const title of titles.values()) counts.set(title.toLowerCase(), (counts.get(title.toLowerCase()) ?? 0) + 1);
  return {
    name(path) {
      const title = titles.get(path);
      return title === undefined ? path : (counts.get(title.toLowerCase()) ?? 0) > 1 ? `${title} (${path})` : title;
    },
    hint: (path) => (titles.has(path) ? { hint: path } : {}),
  };
}

/** The titles of the runbooks in a report, by path. Those that do not exist any more have none. */
export async function readRunbookTitles(runbooks: Pick<RunbookService, "get">, { groups, runbooks: now, previous, only }: Pick<MetricsReport, "groups" | "runbooks" | "previous" | "only">): Promise<ReadonlyMap<string, string>> {
  const grouped = groups.flatMap(({ by, name }) => (by === "runbook" && name !== undefined ? [name] : []));
  const paths = new Set([...grouped, ...[...now, ...previous.runbooks].map(({ runbook }) => runbook), ...(only.runbook === undefined ? [] : [only.runbook])]);
  const titles = await Promise.all([...paths].map(async (path) => [path, (await runbooks.get(path))?.title.trim() ?? ""] as const));
  return new Map(titles.filter(([, title]) => title !== ""));
}
