import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phaseWords } from '../../../../src/ui/work/phaseWords.ts';

describe('A phase in words', () => {
  it('has the kext that is worked on, and how far it is', () => {
    assert.deepEqual(
      [
        phaseWords('unloading'),
        phaseWords('unloading', 'org.sample.Pump'),
        phaseWords('building', undefined, { files: 7, of: 12 }),
        phaseWords('building', undefined, { files: 7, of: undefined }),
        phaseWords('building', undefined, { files: 1, of: undefined }),
      ],
      ['unloading', 'unloading org.sample.Pump', 'building: 7 of 12 files', 'building: 7 files', 'building: 1 file'],
    );
  });
});
