import assert from 'node:assert/strict';
import { text } from '../repo/repository';
import { sharedRun } from './support/run';
import { capturedThemes, usedVariables } from './support/themes';

describe('the themes of the panel tests', () => {
  it('have every variable that a client uses', () => {
    const bundles = [...sharedRun().bundles].flatMap(([name, bundle]) => /\.(?:css|js)$/.test(name) ? [bundle.toString()] : []);
    const texts = [...bundles, text('media/preview.css')];
    const known = new Set(capturedThemes().names);
    assert.deepEqual(usedVariables(texts).filter(name => !known.has(name)), [], 'npm run test:ui -- --grep "the themes of the panel tests" with RESPONSE_DESK_CAPTURE=1 captures them anew');
  });
});
