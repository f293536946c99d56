import { existsSync } from "node:fs";
import path from "node:path";
import type { Desk } from "../core/desk/desk";
import { defaultDesk } from "../core/desk/defaultDesk";
import { wordDeskProblem } from "../core/desk/deskProblemWords";
import { readYamlTree } from "../core/desk/readYamlTree";
import { rangeAt } from "../core/desk/yamlTree";
import type { Instant } from "../core/issue/issue";
import { localRepository } from "../core/issue/issueRef";
import { textStart, type Problem, type TextRange } from "../core/problem";
import { adviceOn } from "../core/runbook/adviceOn";
import type { Runbook } from "../core/runbook/runbook";
import { runbookContext } from "../core/runbook/runbookContext";
import { wordRunbookProblem } from "../core/runbook/runbookProblemWords";
import { readMarkdown } from "../markdown/readMarkdown";
import { readRunbook } from "../markdown/readRunbook";
import { closingsOf, wordCalendarProblem } from "./deskTime";
import { deskFinder, type DeskFile } from "./desks";
import type { Found } from "./findFiles";
import { readText, type FileProblem } from "./readText";
import { say } from "./say";

/** A file that was looked at. */
export interface CheckedFile {
  /** From the root, with `/`. */
  readonly path: string;
  /** Absent for what is no runbook: a `desk.yml`, or a folder that cannot be looked into. */
  readonly runbook?: Runbook;
  readonly problems: readonly WordedProblem[];
}

export interface WordedProblem {
  readonly severity: Problem["severity"];
  readonly code: string;
  readonly message: string;
  readonly range: TextRange;
}

/**
 * Reads the runbooks one after the other, ordered by path, each with the names of the desk that it belongs to; without one,
 * nothing is said about kinds, roles and priorities. A `desk.yml` with problems is among the files.
 */
export async function* checkFiles(files: readonly Found[], root: string): AsyncGenerator<CheckedFile> {
  const deskOf = deskFinder(root);
  const works = new Map<string, () => Promise<CheckedFile>>();
  for (const { path: file, problem } of files) {
    const name = path.relative(root, file).split(path.sep).join("/");
    if (problem !== undefined) works.set(name, async () => ({ path: name, problems: [wordFileProblem(problem)] }));
    else {
      const desk = await deskOf(path.dirname(file));
      works.set(name, () => checkRunbook(file, name, { desk: desk?.desk, root }));
      if (desk !== undefined) {
        const deskName = path.relative(root, desk.path).split(path.sep).join("/");
        works.set(deskName, () => checkDesk(desk, deskName));
      }
    }
  }
  for (const name of [...works.keys()].sort()) {
    const work = works.get(name);
    const checked = await work?.();
    if (checked !== undefined && (checked.runbook !== undefined || checked.problems.length > 0)) yield checked;
  }
}

async function checkRunbook(file: string, name: string, { desk, root }: { readonly desk: Desk | undefined; readonly root: string }): Promise<CheckedFile> {
  const { text, problems } = await readText(file);
  const context = runbookContext(desk ?? defaultDesk(localRepository), (other) => existsSync(path.join(root, other)));
  const runbook = readRunbook(name, text, context);
  const known = desk === undefined ? runbook.problems.filter(({ code }) => !needDesk.has(code)) : runbook.problems;
  const advice = adviceOn(runbook, text, { desk: desk ?? defaultDesk(localRepository), now: now(), read: readMarkdown });
  return { path: name, runbook, problems: [...problems.map(wordFileProblem), ...[...known, ...advice].map((one) => ({ ...one, message: wordRunbookProblem(one, say) }))] };
}

function now(): Instant {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

async function checkDesk(desk: DeskFile, name: string): Promise<CheckedFile> {
  const own = [...desk.fileProblems.map(wordFileProblem), ...desk.problems.map((one) => ({ ...one, message: wordDeskProblem(one, say) }))];
  return { path: name, problems: [...own, ...(await checkCalendars(desk))].toSorted((a, b) => a.range.startLine - b.range.startLine) };
}

/** Calendars that the desk names and that are left out, each at the place where it is named. */
async function checkCalendars({ path: file, desk }: DeskFile): Promise<readonly WordedProblem[]> {
  if (desk === undefined || desk.holidays.every(({ kind }) => kind === "date")) return [];
  const { problems } = await closingsOf(desk, path.dirname(file));
  const { tree } = readYamlTree((await readText(file)).text);
  return problems.map((problem) => {
    const index = desk.holidays.findIndex((holiday) => (holiday.kind === "calendar" ? holiday.path === problem.name : holiday.kind === "country" && [holiday.country, holiday.region].includes(problem.name)));
    return { severity: "warning", code: problem.kind, message: wordCalendarProblem(problem), range: tree === undefined ? textStart : rangeAt(tree, ["holidays", index]) };
  });
}

const needDesk: ReadonlySet<string> = new Set(["unknownKind", "unknownRole", "unknownPriority"]);

function wordFileProblem(problem: FileProblem): WordedProblem {
  const reason = problem.details["reason"] ?? "";
  const message = problem.code === "notUtf8"
    ? say("This file is not in UTF-8 from here on. Save it in UTF-8; until then some letters are not read.")
    : say("This cannot be read ({0}). See whether it is there and may be opened.", reason);
  return { ...problem, message };
}
