import path from "node:path";
import { readClosures } from "../calendars/readClosures";
import { businessTime } from "../core/calendar/businessTime";
import { parseDesk } from "../core/desk/parseDesk";
import { type DeskHistory, deskHistory, type DeskVersion } from "../core/metrics/deskHistory";
import { type Desk, runbookOfKind } from "../core/model/desk";
import type { Instant } from "../core/model/issue";
import { fileOfProcedure } from "../core/model/procedurePath";
import { failed, ok, type Result } from "../core/model/result";
import type { RunbookDetails } from "../core/model/runbook";
import { runbookContext } from "../core/runbook/runbookContext";
import { readRunbook } from "../markdown/readMarkdown";
import { deskTime } from "./deskTime";
import { readDeskIn } from "./desks";
import { readText } from "./files";
import { type FileCommit, gitHistory, textKey } from "./gitHistory";

/** Where the desk is. */
interface DeskLocation {
  /** The folder of `desk.yml`, absolute and as it was typed. */
  readonly folder: string;
  readonly typed: string;
  /** The folder of `desk.yml` relative to the workspace folder, with `/`. */
  readonly deskFolder: string;
}

/** The versions of a desk, and what is not known about them. */
export interface DeskVersions {
  readonly desks: DeskHistory;
  readonly notes: readonly string[];
}

/**
 * The versions of the desk in a folder, from the commits that changed its `desk.yml`, its calendar files and the runbooks of its
 * kinds. Without commits, today's files count for all time. What is not committed counts from now on.
 */
export async function readDeskVersions({ folder, typed, deskFolder }: DeskLocation, now: Instant): Promise<Result<DeskVersions, string>> {
  const desk = await readDeskIn(folder, typed);
  if (desk.kind === "failed") return desk;
  const time = await deskTime(desk.value, folder);
  if (time.kind === "failed") return failed(time.failure);
  const texts = await readTexts(folder, filesOf(desk.value));
  const current: DeskVersion = { from: now, desk: desk.value, time: time.value, details: detailsOf(desk.value, deskFolder, texts) };

  const history = await gitHistory(folder);
  const commits = (await history?.commitsOf(["desk.yml"])) ?? [];
  if (history === undefined || commits.length === 0) return ok({ desks: deskHistory([current]), notes: ["The history of desk.yml is not in a Git repository, so today's desk counts for all time."] });
  const found = await history.textsOf(commits.map(({ sha }) => ({ sha, file: "desk.yml" })));
  const files = new Set([...found.values()].flatMap((text) => filesOf(parseDesk(text).desk)));
  const all = await history.commitsOf(["desk.yml", ...files]);
  const old = await history.textsOf(all.flatMap(({ sha }) => ["desk.yml", ...files].map((file) => ({ sha, file }))));
  const versions = await versionsOf(all, old, deskFolder);
  const today = (await readText(path.join(folder, "desk.yml"))).text;
  const last = all.at(-1);
  const isCommitted = last !== undefined && old.get(textKey(last.sha, "desk.yml")) === today && filesOf(desk.value).every((file) => (old.get(textKey(last.sha, file)) ?? "") === (texts.get(file) ?? ""));
  const [first, ...others] = isCommitted && versions.length > 0 ? versions : [...versions, current];
  return ok({
    desks: deskHistory([first ?? current, ...others]),
    notes: [
      ...(history.isShallow ? ["The repository is a shallow clone, so that older versions of desk.yml are unknown. The oldest known one counts for the time before."] : []),
      ...(isCommitted ? [] : ["Changes of desk.yml that are not committed count from now on."]),
    ],
  });
}

/** The versions of the desk. Versions of `desk.yml` that cannot be used are skipped, as in the editor. Equal ones are one. */
async function versionsOf(commits: readonly FileCommit[], texts: ReadonlyMap<string, string>, deskFolder: string): Promise<readonly DeskVersion[]> {
  const versions: DeskVersion[] = [];
  const known = new Map<string, Desk | undefined>();
  let before = "";
  for (const { sha, at } of commits) {
    const text = texts.get(textKey(sha, "desk.yml"));
    if (text === undefined) continue;
    const desk = known.has(text) ? known.get(text) : parseDesk(text).desk;
    known.set(text, desk);
    if (desk === undefined) continue;
    const files = new Map(filesOf(desk).flatMap((file) => {
      const content = texts.get(textKey(sha, file));
      return content === undefined ? [] : [[file, content] as const];
    }));
    // Shifts change often and decide nothing here.
    const { rotation: _rotation, rotations: _rotations, people: _people, ...relevant } = desk;
    const key = JSON.stringify([relevant, [...files]]);
    if (key === before) continue;
    before = key;
    const rules = desk.holidays.some(({ kind }) => kind === "country") ? (await import("date-holidays/data")).data : undefined;
    const { closures } = readClosures(desk.holidays, files, desk.timezone, rules);
    versions.push({ from: at, desk, time: businessTime(desk, closures), details: detailsOf(desk, deskFolder, files) });
  }
  return versions;
}

/** The files that the figures of a desk depend on, relative to its folder: calendars, and the runbooks of kinds. */
function filesOf(desk: Desk | undefined): readonly string[] {
  if (desk === undefined) return [];
  const calendars = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const runbooks = desk.kinds.flatMap(({ runbook }) => (runbook === undefined ? [] : [fileOfProcedure(runbook)]));
  return [...new Set([...calendars, ...runbooks])];
}

async function readTexts(folder: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(files.map(async (file) => [file, await readText(path.join(folder, file))] as const));
  return new Map(texts.flatMap(([file, { text, problems }]) => (problems.some(({ code }) => code === "unreadable") ? [] : [[file, text] as const])));
}

/** The front matter of runbooks. Each is parsed once. */
function detailsOf(desk: Desk, deskFolder: string, texts: ReadonlyMap<string, string>): (runbook: string) => RunbookDetails | undefined {
  const byPath = new Map([...texts].map(([file, text]) => [runbookOfKind({ runbook: file }, deskFolder) ?? file, text]));
  const known = new Map<string, RunbookDetails | undefined>();
  return (runbook) => {
    if (!known.has(runbook)) {
      const text = byPath.get(runbook);
      known.set(runbook, text === undefined ? undefined : readRunbook(runbook, text, runbookContext(desk)).details);
    }
    return known.get(runbook);
  };
}
