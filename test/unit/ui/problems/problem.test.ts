import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemOfProject, problemsOf } from '../../../../src/ui/problems/problem.ts';
import { isOwnSource, problemSource } from '../../../../src/ui/problems/problemText.ts';
import { finding, simulated, verdict } from '../views.ts';

const place = { file: '/p/Rotor.hpp', line: 7, column: 7, endColumn: 12 };
const plist = { file: '/p/Info.plist', line: 9, column: 5 };

describe('A Problem', () => {
  it('stands where its diagnosis does, with its cause; without a place there is none', () => {
    const [shown, ...more] = problemsOf([verdict({ anchor: place }), verdict({})], 'kext');
    assert.deepEqual(more, []);
    assert.deepEqual([shown?.place, shown?.cause, shown?.severity, shown?.source], [place, 'leaked', 'error', 'kext']);
  });

  it('has what a compiler noted and what was running as related places', () => {
    const note = { text: "'Rotor' declared here", position: place };
    const error = { ...finding('build', 'buildError', 'no'), anchor: plist, evidence: [note, { text: 'make failed' }] };
    assert.deepEqual(problemsOf([error], 'kext')[0]?.related, [note]);
  });

  it('of a refusal leads to the classes that are the reason', () => {
    const refused = { ...finding('unload', 'refused', 'It was refused.'), anchor: plist };
    const base = verdict({ class: 'Base', verdict: 'subclass', severity: 'information', anchor: place });
    const [, , shown] = problemsOf([verdict({ anchor: place }), base, refused], 'kext');
    assert.deepEqual(shown?.related, [{ text: 'Rotor is leaked', position: place }]);
  });

  it('of a mistake in the project stands on its line, where it has one', () => {
    assert.deepEqual(problemOfProject({ problem: 'Info.plist: no CFBundleIdentifier', position: plist }, 'kext'), [
      { place: plist, text: 'Info.plist: no CFBundleIdentifier', severity: 'error', source: 'kext', related: [] },
    ]);
    assert.deepEqual(problemOfProject({ problem: 'unreadable' }, 'kext'), []);
    assert.deepEqual(problemOfProject(undefined, 'kext'), []);
  });

  it('is told by its source from those of others', () => {
    for (const source of [problemSource(undefined), problemSource(simulated)]) assert.equal(isOwnSource(source), true);
    for (const source of ['clangd', 'C/C++', 'kextbuilder', undefined]) assert.equal(isOwnSource(source), false);
  });
});
