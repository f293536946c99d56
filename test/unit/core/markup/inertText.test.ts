import fc from 'fast-check';
import assert from 'node:assert/strict';
import { copiedReport, requestText } from '../../../../src/core/incident/triage';
import { draftHandoff, handoffDraft } from '../../../../src/core/handoff/draftHandoff';
import { inertText, withoutInertMarks } from '../../../../src/core/markup/inertText';
import { anotherCaseComment, caseComment, duplicateEndComment, recordStartedComment, satisfactionComment } from '../../../../src/core/markup/issueTexts';
import { readHandoff } from '../../../../src/core/markup/handoffRegion';
import { actionOrigin } from '../../../../src/core/postmortem/library/actionDraft';
import { formatTimelineEntry } from '../../../../src/core/postmortem/timeline/timelineText';
import { fillTemplate } from '../../../../src/core/runbook/templates';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';
import { action, emptyPostmortem } from '../postmortem/samples';

/** The text as GitHub renders it, as far as mentions depend on it: references become characters, formatting ends words. */
const rendered = (text: string): string => text.replace(/&(?:#0*64|#x0*40|commat);/gi, '@').replace(/[*_~]/g, ' ');

/** What GitHub, GitLab and Slack take for a mention. */
const notifies = /(?<![A-Za-z0-9])@[A-Za-z0-9]|<[!@#]/;

const hostile = 'Help @all, _@team_, **@acme/ops**, \\@ben, &#64;cho, &#x40;dan, é@eve, <!channel>, <@U1>, <!-- hidden';

describe('What somebody else wrote', () => {
  it('mentions nobody and hides nothing where it is copied, and looks the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('@', '@all', '&#64;all', '&commat;x', '@&#97;ll', '<!', '<@', '<!--', '_', '*', '\\', ' ', 'a', 'é'), fc.string({ maxLength: 3 })), { maxLength: 8 }), parts => {
        const text = parts.join('');
        const inert = inertText(text);
        assert.doesNotMatch(rendered(inert).replace(/&#97;/g, 'a'), notifies);
        assert.equal(inertText(inert), inert, 'repeating it changes nothing');
        assert.equal(withoutInertMarks(inert), text);
        assert.equal(inert.replaceAll('\u2060', ''), text, 'only invisible characters are added');
      }),
      { numRuns: propertyRuns(1000) },
    );
    assert.equal(inertText('<&#64;U1>'), '<\u2060&#64;\u2060U1>');
    assert.equal(inertText('ops@acme.example'), 'ops@acme.example');
  });

  const copies: Readonly<Record<string, string>> = {
    'the request that a report becomes': requestText(hostile, { notify: [] }),
    'the case of a known issue': caseComment(hostile, copiedReport(hostile)),
    'the title of another case': anotherCaseComment(hostile, { repository: 'acme/desk', number: 1 }, ''),
    'the title of a record': recordStartedComment(hostile),
    'the resolution told to reporters of duplicates': duplicateEndComment('resolved', { repository: 'acme/desk', number: 1 }, 'acme/desk', hostile),
    'the words of a reporter': satisfactionComment(3, hostile),
    'the title in a linked issue': fillTemplate({ kind: 'request', title: '', labels: [], body: '{{title}} {{incident.title}}' }, { title: hostile, 'incident.title': hostile }).body,
    'a comment in a post-mortem': formatTimelineEntry({ kind: 'commented', at: '2026-11-20T10:00:00Z', by: 'eve', text: hostile }),
    'the title in the issue of an action': actionOrigin({ ...emptyPostmortem, title: hostile }, action('a', 'Alert'), 'a.md', 'acme/desk'),
  };
  for (const [place, text] of Object.entries(copies)) {
    it(`mentions nobody in ${place}`, () => {
      assert.ok(text.includes('all'), text);
      assert.doesNotMatch(rendered(text), notifies);
    });
  }

  it('mentions nobody in a handoff, whose items keep their titles', () => {
    const issue = sampleIssue({ title: hostile, assignees: ['ana'], body: '' });
    const shift = { from: '2026-11-20T08:00:00Z', to: '2026-11-27T08:00:00Z', outgoing: 'ana', incoming: 'ben', beside: [] };
    const closed = sampleIssue({ title: hostile, body: '', state: 'closed', closedAt: '2026-11-21T08:00:00Z' });
    const { items, texts } = draftHandoff(sampleDesk, [issue, closed], shift);
    const draft = handoffDraft(sampleDesk, { ...shift, felt: '', items, texts });
    assert.equal(draft.kind, 'ok');
    const body = draft.kind === 'ok' ? draft.value.body : '';
    assert.ok(body.includes('acme/ops'), body);
    assert.doesNotMatch(rendered(body.replace(/@(?:ana|ben)\b/g, '').replace(/<!-- \/?desk:[^>]*-->/g, '')), notifies);
    assert.equal(readHandoff(body)?.items[0]?.title, hostile);
  });

  it('is not the text of the user, who can mention people', () => {
    assert.match(requestText('@all help\n\n## Findings so far\n\n@ben knows this', { notify: ['pia'] }), /@\u2060all help\n\n## Findings so far\n\n@ben knows this\n\nNew request for @pia/);
    assert.match(anotherCaseComment('x', { repository: 'acme/desk', number: 1 }, 'See this, @ben'), /@ben/);
    assert.equal(fillTemplate({ kind: 'request', title: '', labels: [], body: '{{customer}} {{reporter}}' }, { customer: '@cho', reporter: '@kim' }).body, '@cho @kim');
  });
});
