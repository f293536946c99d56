import { checkFlowchart } from "../core/flowchart/chartChecks";
import { fileOfProcedure } from "../core/model/procedurePath";
import type { Runbook, RunbookChart } from "../core/model/runbook";
import { defineFields } from "../core/model/stepRequests";
import type { CheckedFile, DescribedProblem } from "./checkFiles";

/** Renders a report in pieces, so that memory use does not grow with the number of files. */
export interface Report {
  readonly start: string;
  readonly file: (file: CheckedFile) => string;
  readonly end: (counts: Counts) => string;
}

interface Counts {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}

/** One line per problem, `path:line: severity code message`, and a summary. `shown` turns a path into one that the reader can open. */
export function textReport(shown: (path: string) => string): Report {
  return {
    start: "",
    file: ({ path, problems }) => problems.map(({ severity, code, message, range }) => `${plain(shown(path))}:${range.startLine + 1}: ${severity} ${code} ${message}\n`).join(""),
    end: (counts) => `${summary(counts)}\n`,
  };
}

function summary({ files, error, warning, information }: Counts): string {
  if (files === 0) return "No Markdown files found.";
  const parts = [count(error, "error"), count(warning, "warning"), ...(information === 0 ? [] : [`${information} informational`])];
  return `${count(files, "file")} checked: ${parts.join(", ")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** File names can contain characters that control a terminal or reorder text. */
function plain(path: string): string {
  return path.replace(/[\p{Cc}\u061C\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "?");
}

/** An array with one object per file; lines start at 1. `shown` returns the path relative to the checked folder. */
export function jsonReport(shown: (path: string) => string): Report {
  let between = "\n";
  return {
    start: "[",
    file(file) {
      const text = `${between}${JSON.stringify(fileRecord(file, shown))}`;
      between = ",\n";
      return text;
    },
    end: () => "\n]\n",
  };
}

function fileRecord({ path, runbook, problems }: CheckedFile, shown: (path: string) => string) {
  return {
    path: shown(path),
    title: runbook?.title ?? path.split("/").at(-1) ?? path,
    kind: runbook?.details.kind ?? null,
    ...(runbook === undefined ? nothing : contents(runbook, shown)),
    problems: problems.map(({ severity, code, message, range }) => ({ severity, code, message, line: range.startLine + 1 })),
  };
}

const nothing = { sections: [], steps: [], gates: [], decisions: [], commands: [], templates: [], flowcharts: [], fields: [], approvals: [] };

function contents({ file, sections, steps, commands, templates, charts }: Runbook, shown: (path: string) => string) {
  return {
    sections: sections.map(({ title, depth, line, slug, startable }) => ({ title, depth, line: line + 1, slug, startable })),
    steps: steps.map(({ id, text, line, depth, source, mentions, runbooks }) => ({
      id, text, line: line + 1, depth, source,
      kinds: [...new Set(mentions.map(({ kind }) => kind))],
      runbooks: [...new Set(runbooks.map(fileOfProcedure).filter((path) => path !== file))].map(shown),
    })),
    gates: sections.filter(({ gate }) => gate).map(({ title, line }) => ({ title, line: line + 1 })),
    decisions: steps.filter(({ part }) => part === "decision").map(({ id, text, line }) => ({
      id, text, line: line + 1,
      options: steps.filter((step) => step.parent === id && step.part === "option").map((option) => ({ id: option.id, text: option.text, line: option.line + 1 })),
    })),
    commands: commands.map(({ language, line }) => ({ language, line: line + 1 })),
    templates: templates.map(({ kind, title, line }) => ({ kind, title, line: line + 1 })),
    fields: fieldRecords(steps),
    approvals: steps.flatMap(({ line, approval }) => (approval === undefined ? [] : [{ line: line + 1, by: approval.by }])),
    flowcharts: charts.map(flowchartRecord),
  };
}

/** Lines of nodes and problems are those of the file. */
function flowchartRecord({ line, chart, isProcedure }: RunbookChart) {
  const { direction, nodes, edges, subgraphs, problems } = chart;
  const shown = (own: number): number => line + 1 + own + 1;
  return {
    line: line + 1,
    direction,
    nodes: nodes.map(({ id, text, shape, line: own, subgraph }) => ({ id, text, shape, line: shown(own), ...(subgraph === undefined ? {} : { subgraph }) })),
    edges: edges.map(({ from, to, label, style }) => ({ from, to, ...(label === undefined ? {} : { label }), style })),
    subgraphs: subgraphs.map(({ id, title }) => ({ id, title })),
    problems: [...problems, ...(isProcedure ? checkFlowchart(chart) : [])].map(({ line: own, code, message, fix }) => ({ line: shown(own), code, message, ...(fix === undefined ? {} : { fix }) })),
  };
}

function fieldRecords(steps: Runbook["steps"]) {
  return defineFields(steps.map(({ fields = [] }) => ({ fields }))).map(({ name, type, choices }) => {
    const asking = steps.flatMap(({ line, fields = [] }) => fields.flatMap((field) => (field.name === name ? [{ line: line + 1, required: field.required }] : [])));
    return { name, type, required: asking.some(({ required }) => required), ...(choices === undefined ? {} : { choices }), lines: [...new Set(asking.map(({ line }) => line))] };
  });
}

/** The problems as one run of SARIF 2.1.0. Locations are relative to the repository's root, as code scanning expects. */
export function sarifReport(): Report {
  const rules = new Set<string>();
  let between = "\n";
  return {
    start: `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"columnKind":"utf16CodeUnits","results":[`,
    file({ path, problems }: CheckedFile) {
      return problems.map((problem) => {
        rules.add(problem.code);
        const text = `${between}${JSON.stringify(result(path, problem))}`;
        between = ",\n";
        return text;
      }).join("");
    },
    end: () => `\n],"tool":${JSON.stringify({ driver: { name: "desk", rules: [...rules].sort().map((id) => ({ id })) } })}}]}\n`,
  };
}

const levels = { error: "error", warning: "warning", information: "note" } as const;

function result(path: string, { severity, code, message, range }: DescribedProblem) {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: path.split("/").map((part) => encodeURIComponent(part.toWellFormed())).join("/"), uriBaseId: "%SRCROOT%" },
        region: { startLine: range.startLine + 1, startColumn: range.startColumn + 1, endLine: range.endLine + 1, endColumn: range.endColumn + 1 },
      },
    }],
  };
}
