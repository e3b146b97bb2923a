import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DependentResult, Outcome } from '../../../src/operations/operation.ts';
import { dependentsText } from '../../../src/report/dependentsText.ts';
import { progressText } from '../../../src/report/progressText.ts';

const told = (outcome: Outcome, ...dependents: readonly DependentResult[]) => dependentsText({ outcome, dependents });
const gone = (bundleIdentifier: string): DependentResult => ({ bundleIdentifier, unload: 'unloaded' });

describe('What became of the dependents', () => {
  it('is nothing where there were none', () => {
    assert.deepEqual(dependentsText({ outcome: 'loaded' }), []);
  });

  it('after an unload: they went with it', () => {
    assert.deepEqual(told('unloaded', gone('org.b'), gone('org.a')), ['Unloaded with it: org.b, org.a.']);
  });

  it('after anything else: they came back or did not', () => {
    const back = { ...gone('org.a'), load: 'loaded' } as const;
    const silent = { ...gone('org.s'), load: 'failed', uuid: 'U' } as const;
    const away = { ...gone('org.b'), load: 'failed' } as const;
    assert.deepEqual(told('failed', away, silent, back), ['Not loaded again: org.b.', 'Loaded again: org.s, org.a.']);
    const stayed = { bundleIdentifier: 'org.c', unload: 'refused' } as const;
    assert.deepEqual(told('dependents', back, stayed), ['Loaded again: org.a.']);
  });
});

describe('A line of progress', () => {
  it('names the kext that is worked on, where it is another one', () => {
    const operation = { project: { bundleIdentifier: 'org.x' }, target: { called: 'test-mac' } };
    const line = (...what: [plan?: string, kext?: string]) =>
      progressText('reload', operation as Parameters<typeof progressText>[1], 'unloading', ...what);
    assert.equal(line(), 'reload org.x on test-mac: unloading');
    assert.equal(line(undefined, 'org.a'), 'reload org.x on test-mac: unloading org.a');
  });
});
