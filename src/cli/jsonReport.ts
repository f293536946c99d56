import type { Runbook } from "../core/runbook/runbook";
import type { CheckedFile } from "./checkFiles";
import type { Report } from "./report";

/** An array with one object for each file; lines from 1. `shown` gives the path from the folder that was asked for. */
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

const nothing = { sections: [], steps: [], gates: [], decisions: [], commands: [], templates: [] };

function contents({ sections, steps, commands, templates }: Runbook, shown: (path: string) => string) {
  return {
    sections: sections.map(({ title, depth, line }) => ({ title, depth, line: line + 1 })),
    steps: steps.map(({ id, text, line, depth, source, mentions, runbooks }) => ({
      id, text, line: line + 1, depth, source,
      kinds: [...new Set(mentions.map(({ kind }) => kind))],
      runbooks: runbooks.map(shown),
    })),
    gates: sections.filter(({ gate }) => gate).map(({ title, line }) => ({ title, line: line + 1 })),
    decisions: steps.filter(({ part }) => part === "decision").map(({ id, text, line }) => ({
      id, text, line: line + 1,
      options: steps.filter((step) => step.parent === id && step.part === "option").map((option) => ({ id: option.id, text: option.text, line: option.line + 1 })),
    })),
    commands: commands.map(({ language, line }) => ({ language, line: line + 1 })),
    templates: templates.map(({ kind, title, line }) => ({ kind, title, line: line + 1 })),
  };
}
