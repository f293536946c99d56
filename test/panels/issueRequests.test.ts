import assert from 'node:assert/strict';
import { renderStepComment } from '../../src/core/markup/stepComment';
import { type ChecklistDesk, type ChecklistOptions, openChecklist } from './support/issue';
import { it } from './support/it';
import { themeNames } from './support/themes';
import { until } from './support/until';

const runbook = [
  '# Release',
  '## Prepare',
  '- [ ] Set up {{project}} in {{location: Cloud | Private server}}, see {{ticket?: link}}',
  '- [ ] Take the private server for {{project}} (approval by @ana or @suki)',
  '- [ ] Hand it over (comment required)',
  '## Gate: QA',
  '- [ ] Is it a false alarm? (approval by @quinn)',
  '  - Yes: go on',
  '  - No: tell {{developer: person}}',
  '## Release',
  '- [ ] Announce {{project}}',
].join('\n');

const open = (options: Partial<ChecklistOptions> = {}): Promise<ChecklistDesk> => openChecklist({ runbook, title: 'Release 1', ...options });

const at = '2026-11-20T17:00:00Z';

const ids = (desk: ChecklistDesk): readonly string[] => [...desk.file().matchAll(/desk:step (\S+)/g)].map(([, id = '']) => id);

describe('what steps ask for, on the page of an issue', () => {
  it('is requested from the host before the step is ticked, which stays open until then', async () => {
    const desk = await open();
    const [first = '', , third = '', , , no = ''] = ids(desk);
    for (const label of ['Set up', 'Hand it over']) {
      await desk.box(label).click();
      assert.equal(await desk.box(label).isChecked(), false);
    }
    await until('two requests', () => desk.panel.received.length === 2);
    assert.deepEqual(desk.panel.received, [first, third].map(step => ({ kind: 'act', action: { kind: 'markStep', run: 'run1', step } })));
    await desk.change({ kind: 'setValues', run: 'run1', values: [{ name: 'project', value: 'Acme <b>shop</b>', at, by: 'ana' }, { name: 'location', value: 'Cloud', at, by: 'ana' }] });
    await desk.box('Set up Acme <b>shop</b> in Cloud, see ticket').click();
    await until('the tick', () => /- \[x\] Set up \{\{project\}\}/.test(desk.file()));
    await desk.page.getByRole('button', { name: 'Change “location”' }).click();
    await until('the request', () => desk.panel.received.at(-1));
    assert.deepEqual(desk.panel.received.at(-1), { kind: 'act', action: { kind: 'fillField', run: 'run1', step: first, field: 'location' } });
    assert.equal(await desk.page.getByText('not filled in, optional').count(), 1);
    assert.ok(no !== '');
  });

  it('is refused if somebody else approves, with who can, and counts only from one of them', async () => {
    const desk = await open({ me: 'ben' });
    await desk.page.getByText('Needs an approval by @ana or @suki').waitFor();
    await desk.change({ kind: 'setValues', run: 'run1', values: [{ name: 'project', value: 'Acme', at, by: 'ana' }] });
    const [, second = ''] = ids(desk);
    await desk.write(desk.file().replace('- [ ] Take the private', '- [x] Take the private'));
    await desk.page.getByText('Not approved. Only @ana or @suki can approve this step.').waitFor();
    assert.equal(await desk.box('Take the private').isChecked(), false);
    await desk.change({ kind: 'markStep', run: 'run1', step: second, mark: { kind: 'done', by: 'suki', at } });
    await until('the approval', () => desk.box('Take the private').isChecked());
    await desk.write(desk.file().replace('- [ ] Hand it over', '- [x] Hand it over'));
    await desk.page.getByText('The comment is missing. Mark the step again to add it.').waitFor();
    assert.equal(await desk.page.getByText('1 of 5 done').count() > 0, true);
  });

  it('shows whether the comment of an approval exists, where approvals are comments', async () => {
    const desk = await open({ approvalComments: true, events: [] });
    const [, second = ''] = ids(desk);
    await desk.change({ kind: 'setValues', run: 'run1', values: [{ name: 'project', value: 'Acme', at, by: 'ana' }] });
    await desk.change({ kind: 'markStep', run: 'run1', step: second, mark: { kind: 'done', by: 'suki', at } });
    await desk.page.getByText('The issue has no comment by suki that approves this step.').waitFor();
    const markdown = renderStepComment({ run: 'run1', step: second }, { text: 'Take the private server', mark: 'done', approves: true });
    await desk.setEvents([{ kind: 'commented', at, by: 'ben', markdown }]);
    assert.equal(await desk.page.getByText('The issue has no comment by suki').count(), 1);
    await desk.setEvents([{ kind: 'commented', at, by: 'suki', markdown }]);
    await desk.page.getByText('Approved by suki with a comment on the issue').waitFor();
  });

  it('can be read in every theme and at 300 pixels', async () => {
    for (const theme of themeNames) {
      const desk = await open({ theme, viewport: { width: theme === 'dark' ? 300 : 900, height: 1000 } });
      await desk.change({ kind: 'setValues', run: 'run1', values: [{ name: 'project', value: 'Acme shop with a rather long name', at, by: 'ana' }] });
      await desk.write(desk.file().replace('- [ ] Take the private', '- [x] Take the private'));
      await desk.page.getByText('Not approved').waitFor();
      await desk.page.screenshot({ path: `test-results/requests-${theme}.png`, fullPage: true });
      assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    }
  });
});
