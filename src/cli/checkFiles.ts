import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { defaultDesk } from "../core/desk/defaultDesk";
import { checkChange } from "../core/desk/deskEdits";
import { describeDeskProblem } from "../core/desk/deskMessages";
import { rangeAt, readYamlTree } from "../core/markup/yamlTree";
import { type Desk, rotationsOf } from "../core/model/desk";
import type { Instant } from "../core/model/issue";
import { localRepository } from "../core/model/issueRef";
import { type Problem, type TextRange, textStart } from "../core/model/problem";
import type { Runbook } from "../core/model/runbook";
import { findRunbookProblems } from "../core/runbook/checkRunbook";
import { runbookContext } from "../core/runbook/runbookContext";
import { describeRunbookProblem } from "../core/runbook/runbookMessages";
import { readMarkdown, readRunbook } from "../markdown/readMarkdown";
import { closuresOf, describeCalendarProblem } from "./deskTime";
import { type DeskFile, deskFinder } from "./desks";
import { type FileProblem, type Found, readText } from "./files";
import { formatMessage } from "./output";

/** A file that was looked at. */
export interface CheckedFile {
  /** From the root, with `/`. */
  readonly path: string;
  /** Absent for what is no runbook: a `desk.yml`, or a folder that cannot be looked into. */
  readonly runbook?: Runbook;
  readonly problems: readonly DescribedProblem[];
}

export interface DescribedProblem {
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
    if (problem !== undefined) works.set(name, async () => ({ path: name, problems: [describeFileProblem(problem)] }));
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
  const advice = findRunbookProblems(runbook, text, { desk: desk ?? defaultDesk(localRepository), now: now(), read: readMarkdown });
  return { path: name, runbook, problems: [...problems.map(describeFileProblem), ...[...known, ...advice].map((one) => ({ ...one, message: describeRunbookProblem(one, formatMessage) }))] };
}

function now(): Instant {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

async function checkDesk(desk: DeskFile, name: string): Promise<CheckedFile> {
  const own = [...desk.fileProblems.map(describeFileProblem), ...desk.problems.map((one) => ({ ...one, message: describeDeskProblem(one, formatMessage) }))];
  const changes = await checkSinceCommit(desk);
  return { path: name, problems: [...own, ...changes, ...(await checkCalendars(desk))].toSorted((a, b) => a.range.startLine - b.range.startLine) };
}

/** People whose coming or going since the last commit changes turns that are over or under way; none where the file is not under Git. */
async function checkSinceCommit({ path: file, desk }: DeskFile): Promise<readonly DescribedProblem[]> {
  if (desk === undefined || rotationsOf(desk).length === 0) return [];
  const committed = await promisify(execFile)("git", ["cat-file", "blob", `HEAD:./${path.basename(file)}`], { cwd: path.dirname(file), maxBuffer: 1_000_000 }).then(({ stdout }) => stdout, () => undefined);
  if (committed === undefined) return [];
  return checkChange(committed, (await readText(file)).text, now()).map((one) => ({ ...one, message: describeDeskProblem(one, formatMessage) }));
}

/** Calendars that the desk names and that are left out, each at the place where it is named. */
async function checkCalendars({ path: file, desk }: DeskFile): Promise<readonly DescribedProblem[]> {
  if (desk === undefined || desk.holidays.every(({ kind }) => kind === "date")) return [];
  const { problems } = await closuresOf(desk, path.dirname(file));
  const { tree } = readYamlTree((await readText(file)).text);
  return problems.map((problem) => {
    const index = desk.holidays.findIndex((holiday) => (holiday.kind === "calendar" ? holiday.path === problem.name : holiday.kind === "country" && [holiday.country, holiday.region].includes(problem.name)));
    return { severity: "warning", code: problem.kind, message: describeCalendarProblem(problem), range: tree === undefined ? textStart : rangeAt(tree, ["holidays", index]) };
  });
}

const needDesk: ReadonlySet<string> = new Set(["unknownKind", "unknownRole", "unknownPriority"]);

function describeFileProblem(problem: FileProblem): DescribedProblem {
  const reason = problem.details["reason"] ?? "";
  const message = problem.code === "notUtf8"
    ? formatMessage("This file is not in UTF-8 from here on. Save it in UTF-8; until then some letters are not read.")
    : formatMessage("This cannot be read ({0}). See whether it is there and may be opened.", reason);
  return { ...problem, message };
}
