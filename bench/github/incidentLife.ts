import { renderMilestone } from '../../src/core/markup/milestone';
import type { IssueDraft } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { Operation } from '../../src/core/model/operation';
import { createOutbox } from '../../src/core/sync/outbox';
import { countingIds } from '../../test/support/countingIds';
import type { GithubPerson } from '../../test/support/githubPerson';
import { memoryLog } from '../../test/support/memoryLog';
import { manyRepositories } from '../../test/support/manyIssues';
import { must } from '../../test/support/must';
import { realClock } from '../../test/support/realClock';
import { sampleChecklist, step } from '../../test/support/sampleChecklist';

const [home, , ...teams] = manyRepositories;

const steps = Array.from({ length: 20 }, (_, index) => `s${index + 1}`);

const run = "run1";

const at = "2026-11-20T16:10:00Z";

/** Number of texts, comments and states that a person changes during an incident. */
export const writes = 1 + 1 + 1 + steps.length + 3 * 2 + 2 + 2;

/** An incident from its declaration to its post-mortem, without periodic polls. */
export async function incidentLife({ tracker, memory }: GithubPerson): Promise<void> {
  const outbox = createOutbox({ memory, tracker, clock: realClock, ids: countingIds(), log: memoryLog() });
  const submit = async (operation: Operation): Promise<IssueRef> => {
    const submission = await outbox.submit(operation, "ana");
    if (submission.kind !== "done") throw new Error(JSON.stringify(submission));
    outbox.forget(outbox.landed());
    return submission.outcome.ref;
  };
  const ref = await submit({ kind: "create", draft: draft(home, "incident", "[INCIDENT] Portal down", "incident") });
  await submit({ kind: "comment", ref, markdown: renderMilestone("acknowledged", "") });
  await submit({ kind: "edit", ref, change: { kind: "startRun", run: sampleChecklist(steps.map((id) => step(id)), run) } });
  for (const id of steps) await submit({ kind: "edit", ref, change: { kind: "markStep", run, step: id, mark: { kind: "done", by: "ana", at } } });
  for (const repository of teams) await submit({ kind: "create", draft: draft(repository, "issue", "Look into the portal"), under: { parent: ref, relation: "child", step: { run, step: "s1" } } });
  for (const text of ["We know the cause.", "It works again."]) await submit({ kind: "comment", ref, markdown: renderMilestone("update", text) });
  await submit({ kind: "close", ref, resolution: "Renewed the certificate." });
  const events = await must(tracker.timeline(ref));
  if (events.length < 4) throw new Error("The timeline lacks what was said");
}

function draft(repository: string, kind: string, title: string, ...labels: readonly string[]): IssueDraft {
  return { repository, kind, title, body: "Nobody can sign in.", labels, assignees: [] };
}
