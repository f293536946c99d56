import type { CheckedFile, WordedProblem } from "./checkFiles";
import type { Report } from "./report";

/** The problems as one run of SARIF 2.1.0; places lie below the repository's root, which is where code scanning looks for them. */
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

function result(path: string, { severity, code, message, range }: WordedProblem) {
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
