import { comparedParts } from "../../../core/metrics/periodFigures";
import { formatLength } from "../../../core/metrics/export/reportTables";
import { withoutMarkup } from "../../ui/safeText";
import { barChart, figure, figureTable, lengthCells, scaled, type SectionInput, type Sections } from "./sectionParts";

/** How the checklists of each runbook were worked through. */
export function runbookSection({ report, format, methods, runbookNames }: SectionInput): Sections {
  const { t, number, count, summary, issues } = format;
  const runbooks = comparedParts(report, (figures) => figures.runbooks, ({ runbook }) => runbook).map(({ name: path, ...part }) => ({ ...part, path, runbook: runbookNames.name(path), hint: runbookNames.hint(path) }));
  if (runbooks.length === 0) return [];
  const scale = scaled(report.runbooks.map(({ started }) => started));
  const rows = runbooks.map(({ path, runbook, hint, now, past }) => ({
    runbook, hint, isNow: now !== undefined, count: now?.started ?? 0,
    started: { n: now?.started ?? 0, link: issues(`runbook/${path}`, t("Checklists of {0}", runbook), now?.issues ?? []) },
    finished: { n: now?.finished ?? 0, link: issues(`runbook/${path}/finished`, t("Finished checklists of {0}", runbook), now?.finishedIssues ?? []) },
    startedBefore: { n: past?.started ?? 0, link: issues(`runbook/${path}/before`, t("Checklists of {0} in the previous period", runbook), past?.issues ?? []) },
    finishedBefore: { n: past?.finished ?? 0, link: issues(`runbook/${path}/finished/before`, t("Finished checklists of {0} in the previous period", runbook), past?.finishedIssues ?? []) },
    steps: (now?.steps ?? []).map(({ id, step, time, issues: own }) => {
      const before = past?.steps.find((one) => one.id === id);
      const name = withoutMarkup(step);
      return {
        step: name, time: summary(time), link: issues(`step/${path}/${id}`, t("Step “{0}” of {1}", name, runbook), own),
        before: before === undefined ? figure("–") : figure(formatLength(summary(before.time).median ?? 0), issues(`step/${path}/${id}/before`, t("Step “{0}” of {1} in the previous period", name, runbook), before.issues)),
      };
    }),
    loops: (now?.loops ?? []).map(({ id, step, passes, issues: own }) => {
      const before = past?.loops.find((one) => one.id === id);
      const name = withoutMarkup(step);
      return {
        runbook, hint, step: name, passes, link: issues(`loop/${path}/${id}`, t("Loop at “{0}” of {1}", name, runbook), own),
        before: before === undefined ? figure("–") : figure(number(before.passes.median ?? 0), issues(`loop/${path}/${id}/before`, t("Loop at “{0}” of {1} in the previous period", name, runbook), before.issues)),
      };
    }),
  }));
  const loops = rows.flatMap((row) => row.loops);
  const most = scaled(loops.map(({ passes }) => passes.median ?? 0));
  const stepCharts = rows.filter(({ steps }) => steps.length > 0).map(({ runbook, hint, steps }) => {
    const longest = scaled(steps.map(({ time }) => time.median ?? 0));
    return barChart(t("Time per step: {0}", runbook), steps.map(({ step, time: { n, median = 0 }, link }) => ({ name: step, value: longest(median), facts: [figure(n === 1 ? t("{0}, once", formatLength(median)) : t("{0}, median of {1}", formatLength(median), number(n)), link)] })), { ...hint, isFolded: true });
  });
  return [{
    id: "runbooks", title: t("Runbooks"), facts: [], method: `${methods.runbooks} ${methods.percentiles}`,
    charts: [
      ...(report.runbooks.length === 0 ? [] : [barChart(t("Checklists started in the period"), rows.filter(({ isNow }) => isNow).map(({ runbook, hint, started, finished }) => ({ name: runbook, ...hint, value: scale(started.n), facts: [figure(t("{0} started", number(started.n)), started.link), figure(t("{0} finished", number(finished.n)), finished.link)] })))]),
      ...(loops.length === 0 ? [] : [barChart(t("Passes per loop: median"), loops.map(({ runbook, hint, step, passes: { n, median = 0, max = 0 }, link }) => ({ name: `${step} (${runbook})`, ...hint, value: most(median), facts: [figure(n === 1 ? t("{0}, one checklist", number(median)) : t("{0}, at most {1}, {2} checklists", number(median), number(max), number(n)), link)] })))]),
      ...stepCharts,
    ],
    tables: [
      figureTable({ names: [t("Runbook")], columns: [t("Started"), t("Finished"), { group: t("Before"), columns: [t("Started"), t("Finished")] }], rows: rows.map(({ runbook, hint, started, finished, startedBefore, finishedBefore }) => [figure(runbook, hint), ...[started, finished, startedBefore, finishedBefore].map(({ n, link }) => figure(number(n), link))]) }, t),
      ...(loops.length === 0 ? [] : [figureTable({
        names: [t("Step that leads back"), t("Runbook")],
        columns: [t("Checklists"), t("Median passes"), t("90th percentile"), t("Most"), { group: t("Before"), columns: [t("Median passes")] }],
        rows: loops.map(({ runbook, hint, step, passes, link, before }) => [figure(step), figure(runbook, hint), figure(count(passes), link), ...[passes.median, passes.p90, passes.max].map((value = 0) => figure(number(value), link)), before]),
      }, t)]),
      ...(stepCharts.length === 0 ? [] : [figureTable({
        names: [t("Step"), t("Runbook")],
        columns: [t("Times"), t("Median"), t("90th percentile"), { group: t("Before"), columns: [t("Median")] }],
        rows: rows.flatMap(({ runbook, hint, steps }) => steps.map(({ step, time, link, before }) => [figure(step), figure(runbook, hint), ...lengthCells(time, format, link), before])),
      }, t)]),
    ],
  }];
}
