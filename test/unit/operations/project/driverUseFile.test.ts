import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readDriverUse, readDriverUses } from '../../../../src/operations/project/driverUseFile.ts';

const minimal = { process: 'turbinectl', service: 'Turbine' };

function problem(value: unknown): string {
  const read = readDriverUse(typeof value === 'string' ? value : JSON.stringify(value));
  assert.ok('problem' in read, JSON.stringify(read));
  return read.problem;
}

describe('The description of how a process uses a driver', () => {
  it('needs a process and a service; the rest has its usual value', () => {
    assert.deepEqual(readDriverUse(JSON.stringify(minimal)), { ...minimal, type: 0, calls: [], keepsRunning: false });
    assert.deepEqual(readDriverUse(JSON.stringify({ ...minimal, type: 2, calls: [{ selector: 1 }] })), {
      ...minimal,
      type: 2,
      calls: [{ selector: 1, scalars: [], scalarOutputs: 0 }],
      keepsRunning: false,
    });
  });

  it('may let the process stay, and leave a call in the background', () => {
    const calls = [{ selector: 1, inBackground: true }];
    assert.deepEqual(readDriverUse(JSON.stringify({ ...minimal, keepsRunning: true, calls })), {
      ...minimal,
      type: 0,
      calls: [{ selector: 1, scalars: [], scalarOutputs: 0, inBackground: true }],
      keepsRunning: true,
    });
  });

  it('with a mistake names it', () => {
    assert.match(problem('{'), /^is not JSON: /);
    for (const value of ['[]', 'null', '3', '"x"']) {
      assert.equal(problem(value), 'expected an object with process, service and calls');
    }
    for (const process of [undefined, '', 3]) assert.match(problem({ ...minimal, process }), /^"process" must be/);
    for (const service of [undefined, '', []]) assert.match(problem({ ...minimal, service }), /^"service" must be/);
    for (const type of [-1, 0.5, '0', null]) assert.match(problem({ ...minimal, type }), /^"type" must be/);
    for (const keepsRunning of [1, 'true', null])
      assert.match(problem({ ...minimal, keepsRunning }), /^"keepsRunning" must be/);
    for (const calls of [{}, 'x', null]) assert.match(problem({ ...minimal, calls }), /^"calls" must be/);
  });

  it('with a mistake in a call names its number', () => {
    const wrong = [
      null,
      [],
      {},
      { selector: -1 },
      { selector: 1.5 },
      { selector: 0, scalars: 5 },
      { selector: 0, scalars: ['1'] },
      { selector: 0, scalarOutputs: -1 },
      { selector: 0, inBackground: 1 },
    ];
    for (const call of wrong)
      assert.match(problem({ ...minimal, calls: [{ selector: 0 }, call] }), /^call 2 must be \{ "selector"/);
  });

  it('throws on no text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => assert.ok(readDriverUse(text))));
  });

  it('is read from every file of the folder that ends so, in the order of their names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kext-dev-use-'));
    try {
      await writeFile(join(folder, 'b.exercise.json'), JSON.stringify(minimal));
      await writeFile(join(folder, 'a.exercise.json'), '{');
      await writeFile(join(folder, 'exercise.json'), '');
      const [first, second, ...more] = await readDriverUses(folder);
      assert.deepEqual(more, []);
      assert.ok(first !== undefined && 'problem' in first && first.problem.startsWith('a.exercise.json: is not JSON'));
      assert.ok(second !== undefined && 'use' in second && second.file === join(folder, 'b.exercise.json'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
