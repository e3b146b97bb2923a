import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kextListHeader } from '../../../src/simulator/tools/kextRow.ts';
import { kmutilShowloaded } from '../../../src/simulator/tools/kmutilShowloaded.ts';
import { kextstat } from '../../../src/tools/kextstat.ts';
import { kernelAnswer } from './kernelAnswers.ts';

describe('kmutil showloaded', () => {
  it('lists what the product’s kextstat reads back: an empty list where nothing is linked against', () => {
    fc.assert(
      fc.property(kernelAnswer, answer => {
        const read = kextstat().parse(kmutilShowloaded(answer, []));
        assert.deepEqual(
          read.map(({ bundleIdentifier, index, uuid, linkedAgainst }) => [
            bundleIdentifier,
            index,
            uuid,
            linkedAgainst,
          ]),
          answer.kexts.map(kext => [
            kext.identifier,
            kext.index,
            kext.uuid,
            [...kext.dependencies].sort((a, b) => b - a),
          ]),
        );
      }),
    );
  });

  it('says beside the list that no variant was named, has no head on request, and refuses what it does not have', () => {
    const [answer] = fc.sample(kernelAnswer, { numRuns: 1, seed: 1 });
    assert.ok(answer !== undefined);
    const { stdout, stderr } = kmutilShowloaded(answer, ['--list-only']);
    assert.equal(stderr, 'No variant specified, falling back to release\n');
    assert.ok(!stdout.includes(kextListHeader));
    assert.equal(kmutilShowloaded(answer, ['--show', 'all']).exitCode, 64);
  });
});
