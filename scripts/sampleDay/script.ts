import type { BusinessTime } from '../../src/core/calendar/businessTime';
import { stepsOf } from '../../src/core/checklist/checklistSteps';
import { openSteps } from '../../src/core/checklist/marking';
import { startChecklist } from '../../src/core/checklist/startChecklist';
import { draftHandoff, handoffDraft } from '../../src/core/handoff/draftHandoff';
import { handoffShift } from '../../src/core/handoff/handoffDue';
import { satisfactionOperations } from '../../src/core/incident/ending';
import { timeline } from '../../src/core/incident/timeline';
import { type DraftInput, draftIssue, draftWithChecklist } from '../../src/core/issue/draftIssue';
import { issueFacts } from '../../src/core/issue/issueFacts';
import { markedStep, markOperation } from '../../src/core/issue/stepMark';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import { stageLabel, stageLabels } from '../../src/core/markup/labels';
import { type MilestoneDetails, renderMilestone } from '../../src/core/markup/milestone';
import type { Checklist, Evidence, StepMark } from '../../src/core/model/checklist';
import { type Desk, findKind, parseDuration, rolePeople } from '../../src/core/model/desk';
import { compareInstants } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import type { IssueChange } from '../../src/core/model/issueChange';
import type { IssueRef } from '../../src/core/model/issueRef';
import { batchOf, type LinkTarget, type Operation, type SingleOperation } from '../../src/core/model/operation';
import type { IssueTracker } from '../../src/core/model/ports';
import type { Result } from '../../src/core/model/result';
import type { Runbook } from '../../src/core/model/runbook';
import type { Milestone } from '../../src/core/model/timelineEvent';
import { holdersAt } from '../../src/core/oncall/rotation';
import { actionDraft, actionKey, actionOrigin, actionTargets } from '../../src/core/postmortem/library/actionDraft';
import { draftPostmortem } from '../../src/core/postmortem/timeline/draftPostmortem';
import { type Postmortem, type PostmortemAction, postmortemPath, writeIssue } from '../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../src/core/postmortem/postmortemTime';
import { renderPostmortem } from '../../src/core/postmortem/document/renderPostmortem';
import { businessLength } from '../../src/core/calendar/businessLength';
import { responseGoal } from '../../src/core/response/responseClock';
import { orderMarks } from '../../src/core/sync/outboxEntries';
import { performOperation } from '../../src/core/sync/performOperation';
import { businessBefore, businessMilliseconds } from './businessClock';

/** Where a sample day is written, and when it ends. */
export interface SampleStage {
  readonly desk: Desk;
  readonly time: BusinessTime;
  readonly now: Instant;
  /** By file name, as in `incident.md`. */
  readonly runbook: (name: string) => Runbook;
  readonly trackerFor: (login: string) => IssueTracker;
  /** Sets the clock that the trackers use; called with later and later instants. */
  readonly setClock: (at: Instant) => void;
  readonly writeFile: (path: string, text: string) => void;
}

/** One thing that a person does in a sample day. */
export interface SampleEvent {
  readonly at: Instant;
  readonly by: string;
  readonly act: (person: SamplePerson) => Promise<void>;
}

type Texts = Partial<Postmortem['texts']>;

type NewAction = Partial<PostmortemAction> & Pick<PostmortemAction, 'action'>;

/** What a person does with issues, each under a name that the script gives it. Steps are named by a part of their text. */
export interface SamplePerson {
  create(name: string, input: DraftInput, more?: { readonly runbook?: string; readonly under?: { readonly parent: string; readonly step?: string } }): Promise<void>;
  /** Starts a role checklist of the desk for the day. */
  startChecklist(name: string, runbook: string, day: string): Promise<void>;
  acknowledge(name: string, text?: string): Promise<void>;
  record(name: string, moment: Milestone, text: string, details?: MilestoneDetails): Promise<void>;
  /** Keeps which criteria of the desk hold. */
  setCriteria(name: string, ...criteria: readonly string[]): Promise<void>;
  comment(name: string, text: string): Promise<void>;
  done(name: string, ...steps: readonly string[]): Promise<void>;
  /** Marks a step, or selects an option, with what it asks for. */
  answer(name: string, step: string, answers: { readonly values?: Readonly<Record<string, string>>; readonly comment?: string }): Promise<void>;
  skip(name: string, step: string, reason: string): Promise<void>;
  choose(name: string, option: string): Promise<void>;
  assignStep(name: string, step: string, login: string): Promise<void>;
  addEvidence(name: string, step: string, evidence: Evidence): Promise<void>;
  setStage(name: string, stage: string): Promise<void>;
  assign(name: string, add: readonly string[], remove?: readonly string[]): Promise<void>;
  link(name: string, other: string, relation: LinkTarget['relation']): Promise<void>;
  close(name: string, resolution: string): Promise<void>;
  /** Selects options, then completes the steps that are still open. */
  finish(name: string, ...options: readonly string[]): Promise<void>;
  /** Records how satisfied the reporter was, from 1 to 5. */
  recordSatisfaction(name: string, score: number): Promise<void>;
  writePostmortem(name: string, status: Postmortem['status'], texts: Texts, actions: readonly NewAction[]): Promise<void>;
  handOff(incoming: string, line: string, next: Readonly<Record<string, string>>): Promise<void>;
}

/** Instants in the business time of a stage, counted back from its end. */
export function businessAgo({ desk, time, now }: SampleStage): (length: string) => Instant {
  return (length) => businessBefore(time, now, businessMilliseconds(desk, length));
}

/** So much business time is left to answer what is due soon: within the last 15 minutes it is shown as urgent. */
const timeLeft = 14 * 60_000;

/** When an issue of that kind must have been reported so that its response is due in a few minutes of business time. */
export function dueSoon({ desk, time, now, runbook }: SampleStage, { kind, priority }: { readonly kind: string; readonly priority?: string }): Instant {
  const first = findKind(desk, kind)?.runbook;
  const own = first === undefined ? undefined : parseDuration(runbook(first).details.respondWithin ?? '');
  const goal = responseGoal(desk, { kind, ...priority === undefined ? {} : { priority }, runbooks: own === undefined ? [] : [own] }) ?? fail(`The desk has no response goal for "${kind}".`);
  return businessBefore(time, now, businessLength(desk, goal) - timeLeft);
}

/** Does everything in the order of time, through the operations of the product. */
export async function play(stage: SampleStage, events: readonly SampleEvent[]): Promise<void> {
  const names = new Map<string, { readonly ref: IssueRef; run?: Checklist }>();
  const counter = { keys: 0 };
  for (const event of events.toSorted((a, b) => compareInstants(a.at, b.at))) {
    stage.setClock(event.at);
    await event.act(personOf(stage, event, names, () => `sample-${(counter.keys += 1)}`));
  }
}

function personOf(stage: SampleStage, { at, by }: SampleEvent, names: Map<string, { readonly ref: IssueRef; run?: Checklist }>, nextKey: () => string): SamplePerson {
  const { desk, time } = stage;
  const tracker = stage.trackerFor(by);
  const known = (name: string): { readonly ref: IssueRef; run?: Checklist } => names.get(name) ?? fail(`There is no issue "${name}" yet.`);
  const perform = async (operation: Operation, key = nextKey()): Promise<IssueRef> => mustBe(await performOperation(tracker, { key, at, by, operation })).ref;
  const edit = (name: string, change: IssueChange): SingleOperation => ({ kind: 'edit', ref: known(name).ref, change });
  const holders = holdersAt(desk, at);
  const stepOf = (name: string, text: string): { readonly run: string; readonly step: string } => {
    const { run } = known(name);
    const step = run === undefined ? undefined : stepsOf(run).find((each) => each.text.includes(text));
    return run === undefined || step === undefined ? fail(`"${name}" has no step "${text}".`) : { run: run.id, step: step.id };
  };
  const mark = async (name: string, text: string, kind: StepMark): Promise<void> => void (await perform(edit(name, { kind: 'markStep', ...stepOf(name, text), mark: { ...kind, by, at } })));

  return {
    async create(name, input, { runbook, under } = {}) {
      const run = runbook === undefined ? undefined : startChecklist(stage.runbook(runbook), { id: `run-${name}`, startedAt: at, by, holders, people: rolePeople(desk) });
      const draft = mustBe(draftIssue(desk, input));
      const target: LinkTarget | undefined = under && { parent: known(under.parent).ref, relation: 'child', ...under.step === undefined ? {} : { step: stepOf(under.parent, under.step) } };
      const ref = await perform({ kind: 'create', draft: run === undefined ? draft : draftWithChecklist(draft, run), ...target === undefined ? {} : { under: target } });
      names.set(name, { ref, ...run === undefined ? {} : { run } });
    },

    async startChecklist(name, file, day) {
      const runbook = stage.runbook(file);
      const run = startChecklist(runbook, { id: `day-${day}`, startedAt: at, by, holders, people: rolePeople(desk) });
      const draft = mustBe(draftIssue(desk, { kind: 'checklist', title: `${runbook.title} · ${day}`, details: '', assignees: [by] }));
      names.set(name, { ref: await perform({ kind: 'create', draft: draftWithChecklist(draft, run) }, `checklist:${runbook.path}:${day}`), run });
    },

    async acknowledge(name, text = '') {
      await perform(batchOf([{ kind: 'comment', ref: known(name).ref, markdown: renderMilestone('acknowledged', text) }, edit(name, { kind: 'assign', add: [by], remove: [] })]));
    },
    record: async (name, moment, text, details = {}) => void (await perform({ kind: 'comment', ref: known(name).ref, markdown: renderMilestone(moment, text, details) })),
    setCriteria: async (name, ...criteria) => void (await perform(edit(name, { kind: 'setFields', fields: [{ name: 'criteria', value: criteria.join('\n'), at, by }] }))),
    comment: async (name, markdown) => void (await perform({ kind: 'comment', ref: known(name).ref, markdown })),

    async done(name, ...steps) {
      for (const step of steps) await mark(name, step, { kind: 'done' });
    },
    async answer(name, text, { values = {}, ...more }) {
      const { ref } = known(name);
      const issue = mustBe(await tracker.get(ref));
      const { run, step } = stepOf(name, text);
      const checklist = readChecklists(issue.body, ref.repository).find(({ id }) => id === run) ?? fail(`"${name}" has no checklist.`);
      const target = markedStep(ref, checklist, step) ?? fail(`"${name}" has no step "${text}".`);
      await perform(orderMarks()(markOperation(target, { kind: 'done' }, { values, ...more }, { approvalComments: false }), by, at));
    },
    skip: (name, step, reason) => mark(name, step, { kind: 'skipped', reason }),
    async choose(name, option) {
      const { run, step } = stepOf(name, option);
      await perform(edit(name, { kind: 'choose', run, option: step, mark: { kind: 'done', by, at } }));
    },
    assignStep: async (name, step, login) => void (await perform(edit(name, { kind: 'giveStep', ...stepOf(name, step), login, at }))),
    addEvidence: async (name, step, evidence) => void (await perform(edit(name, { kind: 'showEvidence', ...stepOf(name, step), add: [evidence], remove: [] }))),

    async setStage(name, to) {
      const { labels } = mustBe(await tracker.get(known(name).ref));
      await perform(edit(name, { kind: 'label', add: [stageLabel(to)], remove: stageLabels(labels) }));
    },
    assign: async (name, add, remove = []) => void (await perform(edit(name, { kind: 'assign', add, remove }))),
    link: async (name, other, relation) => void (await perform({ kind: 'link', child: known(other).ref, under: { parent: known(name).ref, relation } })),
    close: async (name, resolution) => void (await perform({ kind: 'close', ref: known(name).ref, resolution })),
    async finish(name, ...options) {
      for (const option of options) await this.choose(name, option);
      const { ref, run } = known(name);
      const checklist = readChecklists(mustBe(await tracker.get(ref)).body, ref.repository).find(({ id }) => id === run?.id) ?? fail(`"${name}" has no checklist.`);
      for (const { id } of openSteps(checklist)) await perform(edit(name, { kind: 'markStep', run: checklist.id, step: id, mark: { kind: 'done', by, at } }));
    },
    async recordSatisfaction(name, score) {
      await perform(batchOf(satisfactionOperations(mustBe(await tracker.get(known(name).ref)), score, '', { at, by })));
    },

    async writePostmortem(name, status, texts, actions) {
      const issue = mustBe(await tracker.get(known(name).ref));
      const facts = issueFacts(issue, desk);
      const entries = timeline(issue, mustBe(await tracker.timeline(issue.ref)), facts.checklists);
      const path = postmortemPath(desk, issue.ref, facts.name, issue.createdAt);
      let postmortem = draftPostmortem(issue, facts, entries, { desk, time, now: at, lead: by });
      const change = (each: PostmortemEdit): void => void (postmortem = applyEdit(postmortem, each, (text) => readEntryTime(text, desk.timezone)));
      change({ kind: 'field', field: 'status', value: status });
      for (const [text, value] of Object.entries(texts)) change({ kind: 'text', text: text as keyof Texts, value });
      for (const [index, more] of actions.entries()) {
        const action: PostmortemAction = { id: `action${index}`, owner: '', priority: '', state: 'proposed', others: [], ...more };
        change({ kind: 'insertAction', action, index });
        if (action.state !== 'accepted') continue;
        const place = actionTargets(desk, facts.kind)[0] ?? fail('The desk has no place for an action.');
        const ref = await perform({ kind: 'create', draft: mustBe(actionDraft(desk, action, place, actionOrigin(postmortem, action, path, place.repository))), under: { parent: issue.ref, relation: 'child' } }, actionKey(postmortem, action, path));
        change({ kind: 'action', id: action.id, column: 'issue', value: writeIssue(ref) });
      }
      stage.writeFile(path, renderPostmortem(postmortem, desk.timezone));
      await perform(edit(name, { kind: 'addLink', link: { kind: 'postmortem', path } }));
    },

    async handOff(incoming, line, next) {
      const all = mustBe(await tracker.list({ state: 'all' })).issues;
      const turn = { ...handoffShift(desk, by, at), incoming };
      const { items, texts } = draftHandoff(desk, all, turn);
      const wanted = Object.entries(next).map(([name, words]) => ({ ref: known(name).ref, words }));
      const handed = items.flatMap(({ taken: _taken, reporter: _reporter, ...item }) => {
        const found = wanted.find(({ ref }) => ref.repository === item.ref.repository && ref.number === item.ref.number);
        return found === undefined ? [] : [{ ...item, next: found.words }];
      });
      const draft = mustBe(handoffDraft(desk, { outgoing: by, incoming, beside: turn.beside, from: turn.from, to: turn.to, felt: line, items: handed, texts }));
      await perform({ kind: 'handOff', draft, outgoing: by, incoming, items: handed.map(({ ref, next: words }) => ({ ref, next: words })) });
    },
  };
}

function mustBe<T>(result: Result<T, unknown>): T {
  return result.kind === 'ok' ? result.value : fail(JSON.stringify(result.failure));
}

function fail(message: string): never {
  throw new Error(message);
}
