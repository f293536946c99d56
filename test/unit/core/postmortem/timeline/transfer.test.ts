import assert from 'node:assert/strict';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { action, emptyPostmortem, parse, zone } from '../samples';
import { apply } from '../sampleEvents';

describe('A post-mortem whose issue was transferred', () => {
  const to = { repository: 'acme/new', number: 3 };

  it('names the new issue, and its actions are the same issues as before', () => {
    const old = { repository: 'acme/live', number: 5 };
    const text = renderPostmortem({ ...emptyPostmortem, actions: [action('a', 'Alert', { issue: old, state: 'accepted' })] }, zone).replace('acme/live#5', '#5');
    const before = parse(text);
    assert.deepEqual(before.postmortem.actions[0]?.issue, old);
    const after = renderPostmortem(apply(before.postmortem, [{ kind: 'issue', issue: to }]), zone, before);
    assert.equal(after, text.replace('issue: acme/live#12', 'issue: acme/new#3').replace('| #5 |', '| acme/live#5 |'));
    assert.deepEqual(parse(after).postmortem.issue, to);
    assert.deepEqual(parse(after).postmortem.actions[0]?.issue, old);
  });

  it('is unchanged if the reference is the same', () => {
    const before = parse(renderPostmortem(emptyPostmortem, zone).replace('issue: acme/live#12', 'issue: "acme/live#12" # here'));
    assert.equal(renderPostmortem(apply(before.postmortem, [{ kind: 'issue', issue: emptyPostmortem.issue }]), zone, before), before.text);
  });
});
