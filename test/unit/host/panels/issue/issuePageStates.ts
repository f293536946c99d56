import assert from 'node:assert/strict';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { startChecklist } from '../../../../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import type { Issue } from '../../../../../src/core/model/issue';
import type { IssueChange } from '../../../../../src/core/model/issueChange';
import { parseJson } from '../../../../../src/core/model/parseData';
import type { Runbook } from '../../../../../src/core/model/runbook';
import { responseClock } from '../../../../../src/core/response/responseClock';
import { runbookContext } from '../../../../../src/core/runbook/runbookContext';
import { applyChange } from '../../../../../src/core/sync/applyChange';
import { type IssueInput, issueState } from '../../../../../src/host/panels/issue/issueState';
import { timeFormat } from '../../../../../src/host/ui/format';
import { formatFullUrgency } from '../../../../../src/host/ui/urgencyLabels';
import { markdownLabels } from '../../../../../src/host/panels/issue/issuePageLabels';
import { readBlocks } from '../../../../../src/markdown/readBlocks';
import { readInline, readRunbook } from '../../../../../src/markdown/readMarkdown';
import { issueProtocol, type IssueState, type ChecklistView, type StepView } from '../../../../../src/protocol/issue';
import { allSteps } from '../../../../../src/webview/issue/overlay';
import { manifest } from '../../../../repo/repository';
import { plainLabels } from '../../../../support/plainLabels';
import { sampleIssue } from '../../../../support/sampleIssue';
import { fill } from '../../../../../src/protocol/fill';

export const home = "acme/desk";

export const desk = defaultDesk(home);

export const ref = { repository: home, number: 7 };

export const path = "runbooks/incident.md";

export const text = `# Incident response
- [ ] Look at the board
## Gate: ready
- [ ] Acknowledge to the reporter
- [ ] Agree on a lead
  - [ ] Tell everybody
## Work
- [ ] Create [REQUEST] and [ISSUE] as needed, see #3
- [ ] Close the [INCIDENT]
- [ ] Follow [Escalation](escalation.md)
- [ ] Is it known?
  - Yes: it has an issue
    - [ ] Update the [ISSUE]
  - No: it is new
`;

export function read(markdown: string): Runbook {
  return readRunbook(path, markdown, runbookContext(desk));
}

export function started(issue: Issue = sampleIssue(), runbook = read(text), id = "run1"): Issue {
  return changed(issue, { kind: "startRun", run: startChecklist(runbook, { id, startedAt: "2026-11-20T16:02:11Z", by: "ana", holders: {} }) });
}

export function changed(issue: Issue, change: IssueChange): Issue {
  const result = applyChange(issue, change, "2026-11-20T16:03:00Z");
  assert.ok(result.kind === "ok", JSON.stringify(result));
  return result.value;
}

export function stateOf(issues: readonly Issue[], more: Partial<IssueInput> = {}): IssueState {
  const state = issueState({
    subject: { ref },
    desk,
    now: "2026-11-20T16:04:00Z",
    time: businessTime(more.desk ?? desk),
    snapshot: { at: "2026-11-20T16:04:00Z", issues, broken: [] },
    failure: undefined,
    pending: [],
    deliveries: [],
    writable: true,
    me: "ana",
    language: "en",
    labels: plainLabels,
    runbook: read(text),
    procedures: new Map([["runbooks/escalation.md", { path: "runbooks/escalation.md", title: "Escalation" }], ["runbooks/escalation.md#Night", { path: "runbooks/escalation.md#night", title: "At night" }]]),
    holders: {},
    readInline,
    readBlocks: (markdown) => readBlocks(markdown, { home, withoutRegions: ["run", "links"] }),
    markdown: markdownLabels(fill),
    clockOf: (issue) => responseClock({ desk: more.desk ?? desk, time: businessTime(more.desk ?? desk), deskFolder: "", details: () => undefined }, issue, issueFacts(issue, more.desk ?? desk)),
    formatUrgency: (urgency) => formatFullUrgency(fill, urgency, timeFormat(more.now ?? "2026-11-20T16:04:00Z", (more.desk ?? desk).timezone, "en")),
    pullRequests: [],
    timelineOf: () => ({ count: 0, loading: true }),
    commands: new Set(manifest().contributes.commands.map(({ command }) => command)),
    brokenReason: () => "it is broken",
    ...more,
  });
  assert.deepEqual(parseJson(issueProtocol.state, JSON.stringify(state)), state, "the page accepts it and loses nothing");
  return state;
}

export function checklistOf(state: IssueState): ChecklistView {
  assert.ok(state.content.kind === "issue" && state.content.run !== undefined);
  return state.content.run;
}

export function stepIn(state: IssueState, label: string): StepView {
  const step = allSteps(checklistOf(state).sections).find((one) => one.label.includes(label));
  assert.ok(step, `no step ${label}`);
  return step;
}

export function mark(issue: Issue, label: string, kind: "done" | "open" = "done"): Issue {
  return changed(issue, { kind: "markStep", run: "run1", step: stepIn(stateOf([issue]), label).id, mark: { kind, by: "ben", at: "2026-11-20T16:03:00Z" } });
}

export const labels = (step: StepView): readonly string[] => step.buttons.map(({ label }) => label);
