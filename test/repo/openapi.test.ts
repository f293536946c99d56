import assert from 'node:assert/strict';
import { readDescription } from '../../scripts/openapi/description';
import { makeSlice } from '../../scripts/openapi/makeSlice';
import { text } from './repository';

describe('the description the fake GitHub is held to', () => {
  const slice = text('test/support/fakeGithub/openapi.json');

  it('is what the pinned version of GitHub\'s own gives (else run: npm run openapi)', async function () {
    assert.ok(makeSlice(await readDescription()) === slice);
  });

  it('has at most 300 kB', () => {
    assert.ok(Buffer.byteLength(slice) <= 300_000, `${Buffer.byteLength(slice)} bytes`);
  });
});
