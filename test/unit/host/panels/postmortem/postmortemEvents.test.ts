import assert from 'node:assert/strict';
import type { Failure } from '../../../../../src/core/model/failure';
import type { Issue } from '../../../../../src/core/model/issue';
import { type IssueRef, refKey, sameRef } from '../../../../../src/core/model/issueRef';
import { failed, ok, type Result } from '../../../../../src/core/model/result';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import { addingEdits, newEntries } from '../../../../../src/core/postmortem/timeline/eventRows';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { createPostmortemEvents, type PostmortemEvents } from '../../../../../src/host/panels/postmortem/postmortemEvents';
import { fill } from '../../../../../src/protocol/fill';
import { countingIds } from '../../../../support/countingIds';
import { sampleIssue } from '../../../../support/sampleIssue';
import { apply, at, comment } from '../../../core/postmortem/sampleEvents';
import { emptyPostmortem } from '../../../core/postmortem/samples';

const issue = sampleIssue();

const moved: IssueRef = { repository: 'acme/new', number: 3 };

interface Incident {
  readonly events: PostmortemEvents;
  /** The issues in the lists, or none while they are not loaded. */
  listed: readonly Issue[] | undefined;
  answers: (ref: IssueRef) => Result<readonly TimelineEvent[]>;
  got: Result<Issue>;
  named: IssueRef;
  now: string;
  /** The issues whose timeline was requested. */
  readonly asked: string[];
  changes: number;
  read(): Promise<readonly string[] | undefined>;
}

function setUp(): Incident {
  const incident: Incident = {
    events: createPostmortemEvents({
      ref: () => issue.ref,
      named: () => incident.named,
      find: ref => incident.listed?.find(one => sameRef(one.ref, ref)),
      areListed: () => incident.listed !== undefined,
      tracker: () => ({
        async timeline(ref) {
          incident.asked.push(refKey(ref));
          return incident.answers(ref);
        },
        get: async () => incident.got,
      }),
      checklistsOf: () => [],
      pending: () => 0,
      clock: { now: () => incident.now },
      describeFailure: ({ kind }) => `Failed: ${kind}.`,
      formatTime: time => time,
      t: fill,
      changed: () => void incident.changes++,
      log: { error: message => assert.fail(message) },
    }),
    listed: [issue],
    answers: () => ok([comment(10, 'one')]),
    named: issue.ref,
    got: ok(issue),
    now: at(100),
    asked: [],
    changes: 0,
    async read() {
      incident.events.follow();
      await new Promise(resolve => setImmediate(resolve));
      return incident.events.known()?.map(({ entry }) => ('text' in entry ? entry.text : entry.kind));
    },
  };
  return incident;
}

function written(incident: Incident): Postmortem {
  const events = incident.events.known() ?? [];
  const empty: Postmortem = { ...emptyPostmortem, issue: issue.ref, instants: { started: issue.createdAt, detected: issue.createdAt } };
  return apply(empty, addingEdits(empty, events, newEntries(empty, events), countingIds('e').next));
}

const limited: Failure = { kind: 'limited', server: 'https://github.com', until: at(500) };

describe('The events of a post-mortem', () => {
  it('are read once the issue is known, without waiting, and again when it changed', async () => {
    const incident = setUp();
    incident.listed = undefined;
    assert.equal(await incident.read(), undefined);
    assert.deepEqual(incident.asked, []);
    incident.listed = [issue];
    incident.events.follow();
    assert.equal(incident.events.known(), undefined);
    assert.deepEqual(await incident.read(), ['opened', 'one']);
    assert.deepEqual([incident.asked.length, incident.changes], [1, 1]);
    incident.answers = () => ok([comment(10, 'one'), comment(20, 'two')]);
    incident.listed = [{ ...issue, updatedAt: at(20) }];
    assert.deepEqual(await incident.read(), ['opened', 'one', 'two']);
    await incident.read();
    assert.deepEqual([incident.asked.length, incident.changes], [2, 2]);
    assert.equal(incident.events.notice(), undefined);
  });

  it('are read again after five minutes, because the lists of issues do not tell everything', async () => {
    const incident = setUp();
    await incident.read();
    incident.now = at(399);
    await incident.read();
    assert.equal(incident.asked.length, 1);
    incident.now = at(400);
    incident.answers = () => failed({ kind: 'transferred', ref: issue.ref, to: moved });
    await incident.read();
    assert.equal(incident.events.notice()?.action.kind, 'useIssue');
  });

  it('stay when they cannot be read, which is reported, and are requested again on demand or after a minute', async () => {
    const incident = setUp();
    await incident.read();
    incident.answers = () => failed({ kind: 'offline', server: 'https://github.com' });
    incident.listed = [{ ...issue, updatedAt: at(20) }];
    assert.deepEqual(await incident.read(), ['opened', 'one']);
    const notice = incident.events.notice();
    assert.match(notice?.text ?? '', /could not be read\. You can continue to edit the post-mortem\. Failed: offline\./);
    assert.equal(notice?.action.kind, 'retry');
    await incident.read();
    assert.equal(incident.asked.length, 2);
    incident.now = at(159);
    await incident.read();
    assert.equal(incident.asked.length, 2);
    incident.now = at(160);
    await incident.read();
    assert.equal(incident.asked.length, 3);
    incident.answers = () => ok([comment(20, 'two')]);
    incident.events.retry();
    assert.deepEqual(await incident.read(), ['opened', 'two']);
    assert.equal(incident.events.notice(), undefined);
  });

  it('are not requested again before a rate limit ends', async () => {
    const incident = setUp();
    incident.answers = () => failed(limited);
    await incident.read();
    incident.now = at(499);
    await incident.read();
    assert.equal(incident.asked.length, 1);
    incident.now = at(500);
    await incident.read();
    assert.equal(incident.asked.length, 2);
  });

  it('of a deleted issue stay, and it is said that there are no new ones', async () => {
    const incident = setUp();
    await incident.read();
    incident.listed = [];
    incident.got = failed({ kind: 'gone', ref: issue.ref });
    assert.deepEqual(await incident.read(), ['opened', 'one']);
    assert.match(incident.events.notice()?.text ?? '', /was deleted or moved.*continue to edit/);
    incident.now = at(399);
    await incident.read();
    assert.equal(incident.changes, 2);
  });

  it('of an issue that the desk does not list are read nevertheless', async () => {
    const incident = setUp();
    incident.listed = [];
    assert.deepEqual(await incident.read(), ['opened', 'one']);
    assert.equal(incident.events.notice(), undefined);
  });

  it('of a transferred issue are those of the new one only after a person agreed', async () => {
    const incident = setUp();
    await incident.read();
    incident.listed = [];
    incident.got = failed({ kind: 'transferred', ref: issue.ref, to: moved });
    await incident.read();
    const action = incident.events.notice()?.action;
    assert.deepEqual(action, { kind: 'useIssue', label: 'Use acme/new#3', to: moved });
    assert.deepEqual(incident.events.ref(), issue.ref);
    incident.got = ok({ ...issue, ref: moved });
    incident.answers = () => ok([comment(10, 'one'), comment(20, 'two')]);
    incident.events.use(moved);
    assert.deepEqual(await incident.read(), ['opened', 'one', 'two']);
    assert.deepEqual([incident.asked.at(-1), incident.events.notice()], ['acme/new#3', undefined]);
    assert.deepEqual(newEntries(written({ ...incident, events: { ...incident.events, known: () => incident.events.known()?.slice(0, 2) } }), incident.events.known() ?? []).length, 1);
  });

  it('of an issue that was transferred before the post-mortem was opened for it are read, and its reference is offered', async () => {
    const incident = setUp();
    incident.named = { repository: 'acme/old', number: 9 };
    incident.got = failed({ kind: 'transferred', ref: incident.named, to: issue.ref });
    assert.deepEqual(await incident.read(), ['opened', 'one']);
    assert.match(incident.events.notice()?.text ?? '', /names issue acme\/old#9/);
    assert.deepEqual(incident.events.notice()?.action, { kind: 'useIssue', label: `Use ${refKey(issue.ref)}`, to: issue.ref });
    incident.named = issue.ref;
    assert.equal(incident.events.notice(), undefined);
  });

  it('say nothing about a post-mortem that names another issue which exists', async () => {
    const incident = setUp();
    incident.named = moved;
    incident.got = ok({ ...issue, ref: moved });
    await incident.read();
    assert.equal(incident.events.notice(), undefined);
  });

  it('ignore an answer that a later reading overtook', async () => {
    const incident = setUp();
    const waiting: ((result: Result<readonly TimelineEvent[]>) => void)[] = [];
    const slow = createPostmortemEvents({
      ref: () => issue.ref, named: () => issue.ref, find: () => issue, areListed: () => true,
      tracker: () => ({ timeline: () => new Promise(resolve => waiting.push(resolve)), get: async () => ok(issue) }),
      checklistsOf: () => [], pending: () => 0, clock: { now: () => incident.now }, describeFailure: ({ kind }) => kind, formatTime: time => time, t: fill,
      changed: () => undefined, log: { error: message => assert.fail(message) },
    });
    slow.follow();
    slow.retry();
    await new Promise(resolve => setImmediate(resolve));
    waiting[1]?.(ok([comment(20, 'new')]));
    await new Promise(resolve => setImmediate(resolve));
    waiting[0]?.(failed({ kind: 'offline', server: 'https://github.com' }));
    await new Promise(resolve => setImmediate(resolve));
    assert.equal(slow.notice(), undefined);
    assert.equal(slow.known()?.length, 2);
  });
});

describe('Beside a post-mortem', () => {
  it('a corrected time of the issue is offered, and taken only with its button', async () => {
    const incident = setUp();
    incident.answers = () => ok([comment(20, 'x\n\n<!-- desk:moment mitigated -->')]);
    await incident.read();
    const postmortem = apply(written(incident), [{ kind: 'instant', instant: 'mitigated', value: at(20) }]);
    assert.deepEqual(incident.events.problems(postmortem), []);
    incident.answers = () => ok([comment(20, 'x\n\n<!-- desk:moment mitigated -->'), comment(60, `y\n\n<!-- desk:moment mitigated at=${at(15)} -->`)]);
    incident.events.retry();
    await incident.read();
    const [problem, ...others] = incident.events.problems(postmortem);
    assert.ok(problem !== undefined && others.length === 0);
    assert.deepEqual([problem.place, problem.text], [{ kind: 'instant', instant: 'mitigated' }, `According to the issue, it was ${at(15)}.`]);
    assert.equal(apply(postmortem, [problem.fix.edit]).instants.mitigated, at(15));
  });

  it('rows of the same event that differ are reported, and one can be removed', async () => {
    const incident = setUp();
    await incident.read();
    const once = written(incident);
    const row = once.timeline[1] ?? assert.fail();
    const twice = { ...once, timeline: [...once.timeline, { ...row, id: 'other', event: 'in other words' }] };
    const problems = incident.events.problems(twice);
    assert.deepEqual(problems.map(({ place }) => place), [{ kind: 'entry', id: row.id }, { kind: 'entry', id: 'other' }]);
    assert.deepEqual(apply(twice, problems.slice(1).map(({ fix }) => fix.edit)), once);
  });
});
