import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { deskFolder as issueFolder } from "../core/markup/issueFile";
import { reportCsv, reportJson } from "../core/metrics/export/exportReport";
import { type DeskHistory, namesEver } from "../core/metrics/history/deskHistory";
import { groupings, type ReportFilter } from "../core/metrics/groups";
import { reportMarkdown, reportText } from "../core/metrics/export/renderReport";
import { type MetricsReport, metricsReport } from "../core/metrics/report";
import type { Failure } from "../core/model/failure";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import { readAnswerFiles } from "../trackers/files/readAnswers";
import { readRecords } from "../trackers/files/readRecords";
import { describePeriodFlaw } from "./deskTime";
import { findNamed } from "./desks";
import { readDeskVersions } from "./deskVersions";
import { findRoot, nearestFolder, readOnlyFiles } from "./files";
import { type Environment, type FoundIssues, type Progress, readGithubIssues } from "./githubIssues";
import { formatMessage } from "./output";

export type MetricsFormat = "text" | "json" | "csv" | "markdown";

/** Asks for the metrics of the desk in a folder between two dates, both included. */
export interface MetricsRequest {
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  /** Values that issues must have to count, as typed. */
  readonly only?: ReportFilter;
  readonly format: MetricsFormat;
  /** Whether the issues are on GitHub instead of in plain files. */
  readonly github: boolean;
}

/** What the command needs from the process besides its arguments. */
interface MetricsSurroundings {
  readonly workingFolder: string;
  readonly now: Instant;
  readonly environment: Environment;
  /** Writes a sentence that a reader should know besides the report. */
  readonly note: (sentence: string) => void;
  /** Shows what is going on. */
  readonly progress: Progress;
}

/** The report in the format that was asked for. Fails with a sentence that explains why. */
export async function metrics(request: MetricsRequest, surroundings: MetricsSurroundings): Promise<Result<string, string>> {
  const { workingFolder, now, note } = surroundings;
  const flaw = describePeriodFlaw(request.from, request.to);
  if (flaw !== undefined) return failed(flaw);
  const folder = path.resolve(workingFolder, request.folder);
  const workspace = request.github ? findRoot(folder) : workspaceOf(folder);
  const deskFolder = path.relative(workspace ?? folder, folder).split(path.sep).join("/");
  const versions = await readDeskVersions({ folder, typed: request.folder, deskFolder }, now);
  if (versions.kind === "failed") return versions;
  if (workspace === undefined) return failed(describeNoIssues(folder, request.folder));
  const only = filterOf(versions.value.desks, request.only ?? {});
  if (only.kind === "failed") return only;

  const read = request.github ? await readGithubIssues(versions.value.desks, folder, surroundings.environment, surroundings.progress) : await readFolder(workspace, versions.value.desks);
  if (read.kind === "failed") return read;
  const notes = [...versions.value.notes, ...read.value.notes];
  for (const sentence of [...notes, ...(read.value.requests === undefined ? [] : [read.value.requests])]) note(sentence);
  const answersIn = workspaceOf(folder);
  const answers = answersIn === undefined ? [] : await readAnswerFiles(readOnlyFiles(answersIn));
  const report = metricsReport({ ...read.value, answers, deskFolder, now }, { from: request.from, to: request.to, only: only.value });
  const wanted = groupings.flatMap((by) => (only.value[by] === undefined ? [] : [`${by} “${only.value[by]}”`]));
  if (wanted.length > 0 && report.counted.length === 0) note(formatMessage("No issue has the {0}.", wanted.join(" and the ")));
  return ok(render(report, notes, request.format));
}

/** The filter in the spelling of the desk. What only earlier versions of the desk have can be named, too. */
function filterOf(desks: DeskHistory, { kind, priority, ...others }: ReportFilter): Result<ReportFilter, string> {
  const { kinds, priorities } = namesEver(desks);
  const [ofKind, ofPriority] = [kind === undefined ? undefined : findNamed(kinds, kind, "kind"), priority === undefined ? undefined : findNamed(priorities, priority, "priority")];
  if (ofKind?.kind === "failed") return ofKind;
  if (ofPriority?.kind === "failed") return ofPriority;
  return ok({ ...others, ...(ofKind === undefined ? {} : { kind: ofKind.value.name }), ...(ofPriority === undefined ? {} : { priority: ofPriority.value.name }) });
}

async function readFolder(workspace: string, desks: DeskHistory): Promise<Result<FoundIssues, string>> {
  const read = await readRecords(readOnlyFiles(workspace));
  if (read.kind === "failed") return failed(describeUnreadable(workspace, read.failure));
  const isEmpty = read.value.records.length === 0 && read.value.unreadable.length === 0;
  return ok({ ...read.value, desks, notes: isEmpty ? [formatMessage("There are no issues in “{0}”. For issues on GitHub, add --github.", path.join(workspace, issueFolder))] : [] });
}

function describeNoIssues(folder: string, typed: string): string {
  const other = nearestFolder(folder, (at) => existsSync(path.join(at, issueFolder)));
  return other === undefined
    ? formatMessage("There is no folder “{0}” in “{1}” or above it, so there are no issues. For issues on GitHub, add --github.", issueFolder, typed)
    : formatMessage("“{0}” is not a folder, so there are no issues. For issues on GitHub, add --github.", path.join(other, issueFolder));
}

function describeUnreadable(workspace: string, failure: Failure): string {
  const [at, reason] = failure.kind === "unreadable" ? [failure.path, failure.reason] : [issueFolder, failure.kind];
  return formatMessage("The folder “{0}” cannot be read ({1}). Check that you have permission to open it.", path.join(workspace, at), reason);
}

function render(report: MetricsReport, notes: readonly string[], format: MetricsFormat): string {
  switch (format) {
    case "json":
      return reportJson(report, notes);
    case "csv":
      return reportCsv(report);
    case "markdown":
      return reportMarkdown(report);
    case "text":
      return reportText(report, (text) => formatMessage("{0}", text));
  }
}

/** The nearest folder that contains the issues: the folder of the desk, or one above it. */
function workspaceOf(folder: string): string | undefined {
  return nearestFolder(folder, (at) => {
    const issues = path.join(at, issueFolder);
    return existsSync(issues) && statSync(issues).isDirectory();
  });
}
