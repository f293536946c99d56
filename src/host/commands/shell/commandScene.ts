import { issueFacts } from "../../../core/issue/issueFacts";
import type { IssueRef } from "../../../core/issue/issueRef";
import { lockedSteps } from "../../../core/runbook/marking";
import type { RunStep } from "../../../core/runbook/run";
import { stepOfCommand } from "../../../core/runbook/stepCommands";
import type { DeskSession } from "../../app/session";
import { readIssueTarget } from "../input/readTarget";
import { templateValues } from "../linked/templateValues";
import type { ChosenCommand } from "./chooseCommand";

/** A step of a run on an issue that a command belongs to. */
export interface CommandPlace {
  readonly ref: IssueRef;
  readonly run: string;
  readonly step: string;
}

/** Where a command belongs: the step an argument names, else that of every open issue which follows the runbook. */
export function placesOf(session: DeskSession, { runbook, command }: ChosenCommand, argument: unknown): readonly CommandPlace[] {
  const target = readIssueTarget(argument);
  if (target?.run !== undefined && target.step !== undefined) return [{ ref: target.ref, run: target.run, step: target.step }];
  const step = stepOfCommand(runbook, command)?.id;
  if (step === undefined) return [];
  const desk = session.desk.config();
  return (session.issues.snapshot()?.issues ?? [])
    .filter(({ state }) => state === "open")
    .flatMap((issue) =>
      issueFacts(issue, desk)
        .runs.filter((run) => run.runbook === runbook.path && run.items.some((item) => item.kind === "step" && item.id === step))
        .slice(-1)
        .map((run) => ({ ref: issue.ref, run: run.id, step })),
    );
}

/** The step as it is now, and whether it waits to be ticked. */
export function stepAt(session: DeskSession, place: CommandPlace): { readonly step: RunStep; readonly open: boolean } | undefined {
  const issue = session.issues.find(place.ref);
  const run = issue === undefined ? undefined : session.issues.factsOf(issue).runs.find(({ id }) => id === place.run);
  const step = run?.items.find((item): item is RunStep => item.kind === "step" && item.id === place.step);
  if (run === undefined || step === undefined) return undefined;
  return { step, open: step.part === "step" && step.mark.kind === "open" && !lockedSteps(run).has(step.id) };
}

/** What variables of a command are known to be; those of an issue only where it is the only one that it could be about. */
export function knownValues(session: DeskSession, places: readonly CommandPlace[]): Readonly<Record<string, string>> {
  const [place, ...others] = places;
  const issue = place === undefined || others.length > 0 ? undefined : session.issues.find(place.ref);
  const desk = session.desk.config();
  const me = session.account.knownMe();
  return templateValues({
    desk,
    now: session.clock.now(),
    holders: session.clocks.holders(),
    ...(me === undefined ? {} : { me }),
    ...(issue === undefined ? {} : { parent: { issue, facts: issueFacts(issue, desk) } }),
  });
}
