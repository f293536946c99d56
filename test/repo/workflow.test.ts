import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { parts } from '../../scripts/parts';
import { manifest, text } from './repository';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly strategy: { readonly matrix: { readonly run: readonly string[] } }; readonly steps: readonly { readonly uses?: string }[] }>>;
}

function workflow(): Workflow {
  const parsed: Workflow = parse(text('.github/workflows/ci.yml'));
  return parsed;
}

describe('the workflow for GitHub', () => {
  it('runs every part once, and all of it', () => {
    const runs = Object.values(workflow().jobs).flatMap(({ strategy }) => strategy.matrix.run).map(run => run.split(' '));
    const words = runs.flatMap(run => run.filter(word => !word.startsWith('--')));
    // --all makes unit, contract and repository tests try all examples, which is what the part `properties` is for.
    assert.deepEqual(words.toSorted(), parts.map(({ name }) => name).filter(name => name !== 'properties').toSorted());
    const whole = new Set(runs.filter(run => run.includes('--all')).flat());
    assert.deepEqual(['unit', 'contract', 'repo', ...parts.filter(({ all, rest }) => all !== undefined && rest !== undefined).map(({ name }) => name)].filter(name => !whole.has(name)), []);
  });

  it('pins its actions and may only read', () => {
    const { permissions, jobs } = workflow();
    assert.deepEqual(permissions, { contents: 'read' });
    const actions = Object.values(jobs).flatMap(({ steps }) => steps).flatMap(({ uses }) => uses ?? []);
    assert.ok(actions.length > 0);
    assert.deepEqual(actions.filter(action => !/@(?:v\d+\.\d+\.\d+|[0-9a-f]{40})$/.test(action)), []);
  });
});

describe('the parts of npm test', () => {
  it('are scripts of the manifest', () => {
    const { scripts } = manifest();
    assert.deepEqual(parts.flatMap(({ script, all, rest }) => [script, all, rest].flatMap(name => name ?? [])).filter(name => !(name in scripts)), []);
  });
});
