import assert from 'node:assert/strict';
import { issueFacts } from '../../src/core/issue/issueFacts';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { Issue } from '../../src/core/model/issue';
import { type IssueRef, sameRef } from '../../src/core/model/issueRef';
import { actionLinkKey, actionLinkOperation } from '../../src/core/postmortem/library/actionDraft';
import { actionState } from '../../src/core/postmortem/library/actionState';
import { emptyPostmortem, type Postmortem, type PostmortemAction } from '../../src/core/postmortem/postmortem';
import { performOperation } from '../../src/core/sync/performOperation';
import { must } from '../support/must';
import { sampleDesk } from '../support/sampleDesk';
import { engine, home, onFiles, onGithub } from '../support/testStorage';

for (const [name, make] of [["a folder of plain files", onFiles], ["GitHub", onGithub]] as const) {
  describe(`the issue of an action item on ${name}`, function () {
    this.timeout(60_000);

    const action: PostmortemAction = { id: "a1", action: "Alert when logins stop", owner: "ben", priority: "", due: "2026-12-01", state: "proposed", others: [] };

    async function begun() {
      const storage = make();
      const { tracker } = storage.open("ana", () => "no");
      const run = <T>(promise: Promise<T>): Promise<T> => storage.time.run(promise);
      const create = (repository: string, title: string): Promise<IssueRef> => must(run(tracker.create({ repository, kind: "incident", title, body: "", labels: ["incident"], assignees: [] }, title)));
      const incident = await create(home, "Portal is down");
      const existing = await create(engine, "No alert for logins");
      const get = (ref: IssueRef): Promise<Issue> => must(run(tracker.get(ref)));
      const postmortem: Postmortem = { ...emptyPostmortem, issue: incident, title: "Portal is down", actions: [action] };
      const accept = async (): Promise<void> => {
        const issue = await get(existing);
        const operation = actionLinkOperation(postmortem, action, "postmortems/a.md", { issue, facts: issueFacts(issue, sampleDesk), isAbove: false });
        const done = await must(run(performOperation(tracker, { key: actionLinkKey(postmortem, action, "postmortems/a.md", existing), at: "2026-11-21T10:00:00Z", by: "ana", operation })));
        assert.ok(sameRef(done.ref, existing));
      };
      return { tracker, run, incident, existing, get, accept };
    }

    it("can be an existing one: linked both ways, labeled, and mentioning the post-mortem, once", async () => {
      const { tracker, run, incident, existing, get, accept } = await begun();
      for (let time = 0; time < 2; time += 1) await accept();
      const [above, below] = [await get(incident), await get(existing)];
      assert.deepEqual(readLinks(above.body, home), [{ kind: "child", other: existing }]);
      assert.deepEqual(readLinks(below.body, engine), [{ kind: "parent", other: incident }]);
      assert.ok(below.labels.includes("post-mortem action"));
      const comments = (await must(run(tracker.timeline(existing)))).flatMap((event) => (event.kind === "commented" ? [event.markdown] : []));
      assert.equal(comments.length, 1);
      assert.match(comments[0] ?? "", /^Action item from the post-mortem of .*#1: \[Portal is down\]\(\/postmortems\/a\.md\)\n\nDue: 2026-12-01\n\nAlert when logins stop/);
    });

    it("decides the state: completed, not planned, reopened", async () => {
      const { tracker, run, existing, get, accept } = await begun();
      await accept();
      const stateNow = async (): Promise<string> => {
        const issue = await get(existing);
        return actionState({ issue: existing, state: "accepted" }, (ref) => (sameRef(ref, existing) ? issue : undefined));
      };
      const change = async (kind: "close" | "reopen", reason: "completed" | "notPlanned", minute: number): Promise<void> => {
        const stamp = { at: `2026-11-21T11:0${minute}:00Z`, by: "ana" };
        await must(run(tracker.edit(existing, kind === "reopen" ? { kind, stamp } : { kind, reason, stamp }, `c${minute}`)));
      };
      assert.equal(await stateNow(), "accepted");
      await change("close", "completed", 1);
      assert.equal(await stateNow(), "done");
      await change("reopen", "completed", 2);
      assert.equal(await stateNow(), "accepted");
      await change("close", "notPlanned", 3);
      assert.equal(await stateNow(), "not planned");
    });
  });
}
