import path from "node:path";
import { businessTime } from "../core/calendar/businessTime";
import { type DeskHistory, deskHistory, type DeskVersion } from "../core/metrics/history/deskHistory";
import { type DeskReaders, deskParser, detailsOf, filesOfDesk, isSameVersion, versionsOf } from "../core/metrics/history/deskVersions";
import type { Instant } from "../core/model/issue";
import { failed, ok, type Result } from "../core/model/result";
import { runbookContext } from "../core/runbook/runbookContext";
import { readRunbook } from "../markdown/readMarkdown";
import { closuresFrom, deskTime } from "./deskTime";
import { readDeskIn } from "./desks";
import { readText, readTexts } from "./files";
import { gitHistory, type NoHistory, textKey } from "./gitHistory";
import { formatMessage } from "./output";

/** Where the desk is. */
interface DeskLocation {
  /** The folder of `desk.yml`, absolute and as it was typed. */
  readonly folder: string;
  readonly typed: string;
  /** The folder of `desk.yml` relative to the workspace folder, with `/`. */
  readonly deskFolder: string;
}

/** The versions of a desk, and what is not known about them. */
interface DeskVersions {
  readonly desks: DeskHistory;
  readonly notes: readonly string[];
}

/**
 * The versions of the desk in a folder, from the commits that changed its `desk.yml`, its calendar files and the runbooks of its
 * kinds. Without commits, the current files apply to all times. Uncommitted changes apply from now on.
 */
export async function readDeskVersions({ folder, typed, deskFolder }: DeskLocation, now: Instant): Promise<Result<DeskVersions, string>> {
  const desk = await readDeskIn(folder, typed);
  if (desk.kind === "failed") return desk;
  const time = await deskTime(desk.value, folder);
  if (time.kind === "failed") return failed(time.failure);
  const texts = await readTexts(folder, filesOfDesk(desk.value));
  const current: DeskVersion = { from: now, desk: desk.value, time: time.value, details: detailsOf(desk.value, texts, readersOf(deskFolder)) };

  const opened = await gitHistory(folder);
  if (opened.kind === "failed") return ok({ desks: deskHistory([current]), notes: [describeNoHistory(opened.failure)] });
  const history = opened.value;
  const commits = await history.commitsOf(["desk.yml"]);
  if (commits.length === 0) return ok({ desks: deskHistory([current]), notes: ["desk.yml is in no commit of the current branch, so its current version applies to all times."] });
  const found = await history.textsOf(commits.map(({ sha }) => ({ sha, file: "desk.yml" })));
  const deskOf = deskParser();
  const files = new Set([...found.values()].flatMap((text) => filesOfDesk(deskOf(text))));
  const all = await history.commitsOf(["desk.yml", ...files]);
  const old = await history.textsOf(all.flatMap(({ sha }) => ["desk.yml", ...files].map((file) => ({ sha, file }))));
  const versions = await versionsOf(all, (sha, file) => old.get(textKey(sha, file)), readersOf(deskFolder), deskOf);
  const today = (await readText(path.join(folder, "desk.yml"))).text;
  const last = all.at(-1);
  const isCommitted = last !== undefined && isSameVersion(old.get(textKey(last.sha, "desk.yml")), today) && filesOfDesk(desk.value).every((file) => isSameVersion(old.get(textKey(last.sha, file)), texts.get(file)));
  const movedFrom = await history.pathBefore(commits[0]?.sha ?? "", "desk.yml");
  const [first, ...others] = isCommitted && versions.length > 0 ? versions : [...versions, current];
  return ok({
    desks: deskHistory([first ?? current, ...others]),
    notes: [
      ...(history.isShallow ? ["The repository is a shallow clone, so older versions of desk.yml are unknown. The oldest known version applies to the time before it."] : []),
      ...(movedFrom === undefined ? [] : [formatMessage("desk.yml was moved from {0}. Its versions before that are not read; the oldest one since then applies to the time before it.", movedFrom)]),
      ...(isCommitted ? [] : ["Changes to desk.yml, its calendars and its runbooks that are not committed apply from now on."]),
    ],
  });
}

function describeNoHistory(reason: NoHistory): string {
  switch (reason.kind) {
    case "noRepository":
      return "desk.yml is not in a Git repository, so its current version applies to all times.";
    case "noGit":
      return formatMessage("Git cannot be run ({0}), so the history of desk.yml is unknown. Its current version applies to all times. Install Git to count by the version of each time.", reason.reason);
    case "refused":
      return formatMessage("Git cannot read the history of desk.yml: {0}. Its current version applies to all times.", reason.reason);
  }
}

/** How the texts of a desk's files are read. */
function readersOf(deskFolder: string): DeskReaders {
  return {
    deskFolder,
    time: async (desk, texts) => businessTime(desk, (await closuresFrom(desk, texts)).closures),
    details: (desk, runbook, text) => readRunbook(runbook, text, runbookContext(desk)).details,
  };
}
