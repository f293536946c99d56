import type { Counts, Report } from "./report";

/** One line for each problem, `path:line: severity code message`, and one that sums up. `shown` makes a path what the reader can open. */
export function textReport(shown: (path: string) => string): Report {
  return {
    start: "",
    file: ({ path, problems }) => problems.map(({ severity, code, message, range }) => `${plain(shown(path))}:${range.startLine + 1}: ${severity} ${code} ${message}\n`).join(""),
    end: (counts) => `${summary(counts)}\n`,
  };
}

function summary({ files, error, warning, information }: Counts): string {
  if (files === 0) return "No Markdown files found.";
  const parts = [count(error, "error"), count(warning, "warning"), ...(information === 0 ? [] : [`${information} for information`])];
  return `${count(files, "file")} checked: ${parts.join(", ")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** File names may hold anything. */
function plain(path: string): string {
  return path.replace(/\p{Cc}/gu, "?");
}
