import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Boot, bootOf, holdsIn, isSameBoot, unknownBoot } from '../../../src/model/boot.ts';

const [one, another] = ['6A3DB1C5-0F0A-4E2C-9F0E-2D7C8B15A94E', 'F3A1D0B4-3C55-4D4E-8A52-7B0B6E1F2C90'];
const boot = (bootTime: number | undefined, bootSession?: string): Boot => bootOf({ bootTime, bootSession });

describe('Two starts of a system', () => {
  it('are one where their sessions are, however far its clock was set meanwhile', () => {
    for (const moved of [0, 1, 3, 4, 3600, -86_400 * 365])
      assert.equal(isSameBoot(boot(1_700_000_000, one), boot(1_700_000_000 + moved, one)), true);
    assert.equal(isSameBoot(boot(undefined, one), boot(undefined, one)), true);
  });

  it('are two where their sessions are, even where a clock that was set back gives them one time', () => {
    assert.equal(isSameBoot(boot(1000, one), boot(1000, another)), false);
    assert.equal(isSameBoot(boot(undefined, one), boot(undefined, another)), false);
  });

  it('are told apart by their times where one has no session: an older macOS, or what an older version wrote down', () => {
    for (const [before, after] of [
      [boot(1000), boot(1003)],
      [boot(1000), boot(997, one)],
      [boot(1000, one), boot(1001)],
    ] as const)
      assert.equal(isSameBoot(before, after), true);
    assert.equal(isSameBoot(boot(1000), boot(1004, one)), false);
    assert.equal(isSameBoot(boot(1000, one), boot(1004)), false);
  });

  it('are not known to be one or two where one says nothing', () => {
    assert.equal(isSameBoot(unknownBoot, boot(1000, one)), undefined);
    assert.equal(isSameBoot(boot(undefined, one), boot(1000)), undefined);
  });

  it('what was remembered holds in the same start alone, and of a system that never says which it is, always', () => {
    assert.equal(holdsIn(boot(1000, one), boot(5000, one)), true);
    assert.equal(holdsIn(boot(1000, one), boot(1000, another)), false);
    assert.equal(holdsIn(unknownBoot, boot(1000)), false);
    assert.equal(holdsIn(boot(1000), unknownBoot), false);
    assert.equal(holdsIn(unknownBoot, unknownBoot), true);
  });
});
