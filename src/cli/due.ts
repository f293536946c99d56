import path from "node:path";
import { wallTimeOf } from "../core/calendar/localTime";
import { type Desk, type Duration, type Kind, parseDuration } from "../core/model/desk";
import { millisecondsOf } from "../core/model/instant";
import { fileOfProcedure } from "../core/model/procedurePath";
import { failed, ok, type Result } from "../core/model/result";
import { businessLength } from "../core/calendar/businessLength";
import { responseGoal } from "../core/response/responseClock";
import { runbookContext } from "../core/runbook/runbookContext";
import { readRunbook } from "../markdown/readMarkdown";
import { deskTime, instantOf, wholeSecond } from "./deskTime";
import { findNamed, readDeskIn } from "./desks";
import { readText } from "./files";
import { formatMessage } from "./output";

/** Asks when the response is due for an issue of a kind and priority that was reported at a given time. */
export interface DueRequest {
  readonly folder: string;
  readonly issueKind: string;
  readonly priority?: string;
  readonly reported: string;
  readonly json: boolean;
}

/** The response goal and the due time, as text or JSON; both `null` if the desk sets no goal. Fails with a sentence that explains why. */
export async function due(request: DueRequest, workingFolder: string): Promise<Result<string, string>> {
  const { folder, json } = request;
  const folderPath = path.resolve(workingFolder, folder);
  const read = await readDeskIn(folderPath, folder);
  if (read.kind === "failed") return read;
  const desk = read.value;
  const kind = findNamed(desk.kinds, request.issueKind, "kind");
  if (kind.kind === "failed") return kind;
  const priority = request.priority === undefined ? ok(undefined) : findNamed(desk.priorities, request.priority, "priority");
  if (priority.kind === "failed") return priority;
  const reported = instantOf(request.reported, desk);
  if (reported.kind === "failed") return reported;
  const time = await deskTime(desk, folderPath);
  if (time.kind === "failed") return time;

  const goal = responseGoal(desk, {
    kind: kind.value.name,
    ...(priority.value === undefined ? {} : { priority: priority.value.name }),
    runbooks: await runbookGoals(desk, kind.value, folderPath),
  });
  const end = goal === undefined ? undefined : time.value.after(reported.value, businessLength(desk, goal));
  if (goal !== undefined && end === undefined) return failed(formatMessage("The desk in “{0}” is never open long enough to reach this goal. Check hours, holidays and exceptions in its desk.yml.", folder));
  const answer = { reported: reported.value, goal: goal === undefined ? null : `${goal.amount}${goal.unit}`, due: end === undefined ? null : wholeSecond(millisecondsOf(end)) };
  if (json) return ok(`${JSON.stringify(answer, null, 2)}\n`);
  if (answer.due === null) return ok(formatMessage("The desk sets no response goal for {0}.\n", kind.value.name));
  return ok(formatMessage("{0}: due {1} ({2}), within {3} of business hours\n", kind.value.name, wallTimeOf(answer.due, desk.timezone).replace("T", " "), desk.timezone, answer.goal ?? ""));
}

/** The response goal in the front matter of the kind's default runbook. */
async function runbookGoals(desk: Desk, kind: Kind, folder: string): Promise<readonly Duration[]> {
  if (kind.runbook === undefined) return [];
  const file = fileOfProcedure(kind.runbook);
  const { text, problems } = await readText(path.join(folder, file));
  if (problems.some(({ code }) => code === "unreadable")) return [];
  const goal = parseDuration(readRunbook(file, text, runbookContext(desk)).details.respondWithin ?? "");
  return goal === undefined ? [] : [goal];
}
