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
import { checkDeskTemplate } from "../core/postmortem/document/postmortemTemplate";
import { checkDeskRunbooks } from "../core/runbook/deskRunbooks";
import { findBrokenFragments } from "../core/runbook/fragments";
import { runbookContext } from "../core/runbook/runbookContext";
import { describeRunbookProblem } from "../core/runbook/runbookMessages";
import { readMarkdown, readRunbook } from "../markdown/readMarkdown";
import { closuresOf, describeCalendarProblem } from "./deskTime";
import { type DeskFile, deskFinder } from "./desks";
import { type FileProblem, type Found, readText } from "./files";
import { formatMessage } from "./output";

/** A file that was checked. */
export interface CheckedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Absent for a `desk.yml`, and for a folder that cannot be read. */
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
 * Checks the runbooks one by one, ordered by path, each against the nearest `desk.yml`. Without a `desk.yml`, kinds, roles and
 * priorities are not checked. A `desk.yml` with problems is included in the results.
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
  const fragments = await findBrokenFragments(runbook, { text, document: () => readMarkdown(text) }, (other) => targetAt(root, other));
  const advice = findRunbookProblems(runbook, text, { desk: desk ?? defaultDesk(localRepository), now: now(), read: readMarkdown });
  return { path: name, runbook, problems: [...problems.map(describeFileProblem), ...[...known, ...fragments, ...advice].map((one) => ({ ...one, message: describeRunbookProblem(one, formatMessage) }))] };
}

/** The headings and the text of a file that a runbook links to. */
async function targetAt(root: string, name: string): Promise<Pick<Runbook, "sections"> & { readonly text: string } | undefined> {
  const file = path.join(root, name);
  if (!existsSync(file)) return undefined;
  const { text } = await readText(file);
  return { sections: readRunbook(name, text, runbookContext(defaultDesk(localRepository))).sections, text };
}

function now(): Instant {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

async function checkDesk(desk: DeskFile, name: string): Promise<CheckedFile> {
  const own = [...desk.fileProblems.map(describeFileProblem), ...desk.problems.map((one) => ({ ...one, message: describeDeskProblem(one, formatMessage) }))];
  const changes = await checkSinceCommit(desk);
  const named = desk.desk === undefined ? [] : await checkDeskRunbooks((await readText(desk.path)).text, (file) => targetAt(path.dirname(desk.path), file));
  const template = desk.desk === undefined ? [] : await checkDeskTemplate((await readText(desk.path)).text, (file) => workspaceFile(desk.path, file));
  const runbooks = [...named, ...template].map((one) => ({ ...one, message: describeDeskProblem(one, formatMessage) }));
  return { path: name, problems: [...own, ...changes, ...runbooks, ...(await checkCalendars(desk))].toSorted((a, b) => a.range.startLine - b.range.startLine) };
}

/** A file of the workspace folder, which contains the `desk.yml` or its folder. */
async function workspaceFile(desk: string, file: string): Promise<string | undefined> {
  const folder = path.dirname(desk);
  const found = [folder, path.dirname(folder), process.cwd()].map((base) => path.join(base, file)).find((one) => existsSync(one));
  return found === undefined ? undefined : (await readText(found)).text;
}

/** People added or removed since the last commit whose change affects past or current shifts. Empty if the file is not in Git. */
async function checkSinceCommit({ path: file, desk }: DeskFile): Promise<readonly DescribedProblem[]> {
  if (desk === undefined || rotationsOf(desk).length === 0) return [];
  const committed = await promisify(execFile)("git", ["cat-file", "blob", `HEAD:./${path.basename(file)}`], { cwd: path.dirname(file), maxBuffer: 1_000_000 }).then(({ stdout }) => stdout, () => undefined);
  if (committed === undefined) return [];
  return checkChange(committed, (await readText(file)).text, now()).map((one) => ({ ...one, message: describeDeskProblem(one, formatMessage) }));
}

/** Calendars of the desk that cannot be used, each at the line that names it. */
async function checkCalendars({ path: file, desk }: DeskFile): Promise<readonly DescribedProblem[]> {
  if (desk === undefined || desk.holidays.every(({ kind }) => kind === "date")) return [];
  const { problems } = await closuresOf(desk, path.dirname(file));
  const { tree } = readYamlTree((await readText(file)).text);
  return problems.map((problem) => {
    const index = desk.holidays.findIndex((holiday) => (holiday.kind === "calendar" ? holiday.path === problem.name : holiday.kind === "country" && [holiday.country, holiday.region].includes(problem.name)));
    return { severity: "warning", code: problem.kind, message: describeCalendarProblem(problem), range: tree === undefined ? textStart : rangeAt(tree, ["holidays", index]) };
  });
}

const needDesk: ReadonlySet<string> = new Set(["unknownKind", "unknownRole", "unknownPriority", "unknownApprover"]);

function describeFileProblem(problem: FileProblem): DescribedProblem {
  const reason = problem.details["reason"] ?? "";
  const message = problem.code === "notUtf8"
    ? formatMessage("This file is not valid UTF-8 from this position. Save it as UTF-8; until then, some characters are replaced.")
    : formatMessage("This cannot be read ({0}). Check that it exists and that you have permission to open it.", reason);
  return { ...problem, message };
}
