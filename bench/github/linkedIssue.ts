import type { IssueDraft } from '../../src/core/model/issue';
import { linkEnds } from '../../src/core/model/issueChange';
import { performOperation } from '../../src/core/sync/performOperation';
import { startedIncident } from '../../test/support/startedIncident';
import { startFakeGithub } from '../../test/support/fakeGithub/fakeGithub';
import { githubPerson } from '../../test/support/githubPerson';
import { must } from '../../test/support/must';
import type { Figure } from '../figure';
import { type Cost, costFigures, costOf } from './cost';

const home = "acme/desk";

/** Creating an issue for a step of another one, compared with its parts: creation, a link in each text, a native link, and the link at the step. */
export async function linkedIssueFigures(): Promise<readonly Figure[]> {
  const github = await startFakeGithub({ checkDescription: false });
  github.addRepository(home);
  const { tracker } = githubPerson(github, "ana", [home]);
  const parent = await startedIncident(tracker);
  const draft: IssueDraft = { repository: home, kind: "issue", title: "Renew the certificate", body: "Soon.", labels: [], assignees: [] };
  const during = async (action: () => Promise<unknown>): Promise<{ readonly cost: Cost; readonly writes: number }> => {
    const from = github.requests.length;
    await action();
    const seen = github.requests.slice(from);
    return { cost: costOf(seen), writes: seen.filter(({ method }) => method !== "GET").length };
  };
  const whole = await during(() => must(performOperation(tracker, { key: "c1", at: "2026-11-20T16:10:00Z", by: "ana", operation: { kind: "create", draft, under: { parent, relation: "child", step: { run: "run1", step: "a" } } } })));
  const parts = await during(async () => {
    const child = await must(tracker.create(draft, "c2"));
    const { onParent, onChild } = linkEnds(parent, child, "child");
    await must(tracker.edit(parent, { kind: "addLink", link: onParent }, "l1"));
    await must(tracker.edit(child, { kind: "addLink", link: onChild }, "l2"));
    await must(tracker.link(parent, child, "child"));
    await must(tracker.edit(parent, { kind: "linkStep", run: "run1", step: "b", child }, "l3"));
  });
  await github.close();
  return [...costFigures("one linked issue, beside its parts", whole.cost, parts.cost), { name: "spaced writes, one linked issue, beside its parts", unit: "writes", value: whole.writes, baseline: parts.writes }];
}
