import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sweep, SweptCopy } from '../../../src/operations/install/staleCopies.ts';
import { removedText, sweepText } from '../../../src/report/sweepText.ts';
import { isGolden } from '../../support/golden.ts';

const [a, b] = ['4C4C4400-5555-3144-A1A1-0000AAAAAAAA', '4C4C4400-5555-3144-A1A1-0000BBBBBBBB'] as const;

function copy(path: string, place: SweptCopy['place'], told: Partial<SweptCopy> = {}): SweptCopy {
  const usual = { isInstalledByReload: false, isLoaded: false, isRemovable: false, fix: undefined };
  return { path, place, version: '1.2', uuids: [a], ...usual, ...told };
}

const none: Sweep = { bundleIdentifier: 'org.sample.driver.Pump', target: 'test-mac', copies: [], notices: [] };
const several: Sweep = {
  ...none,
  copies: [
    copy('/Library/Extensions/.Pump.kext.kext-dev-new', 'leftover', {
      isRemovable: true,
      version: undefined,
      uuids: [],
    }),
    copy('/Library/Extensions/Pump.kext', 'installed', { isRemovable: true, isLoaded: true, uuids: [a, b] }),
    copy('/Library/Extensions/two\nlines\u001b[31m.kext', 'installed', { isRemovable: true }),
    copy('/Library/StagedExtensions/Library/Extensions/Pump.kext', 'staged', {
      fix: 'Only the system clears it: sudo kextcache --clear-staging',
    }),
    copy('/System/Library/Extensions/Pump.kext', 'system', {
      fix: "It is the system's: it is shown, and never removed.",
    }),
    copy('/Volumes/Backup 2/Library/Extensions/Pump.kext', 'volume', { isRemovable: true }),
    copy('/private/tmp/kext-dev/Pump.kext', 'temporary', { isInstalledByReload: true, uuids: [b] }),
  ],
  notices: ['find: /Volumes/Backup 3: Operation not permitted'],
};

describe('The text of a sweep', () => {
  it('is what was read and found good', () => {
    const removed = [
      { path: '/Library/Extensions/Pump.kext' },
      { path: '/Volumes/Backup 2/Library/Extensions/Pump.kext', failed: 'rm: Pump.kext: Read-only file system' },
    ];
    const current = { ...several, copies: several.copies.slice(-1), notices: [] };
    isGolden(
      'sweep',
      `${[none, current, several].map(sweepText).join('\n\n')}\n\n${removedText(removed)}\n\n${removedText([])}\n`,
    );
  });

  it('keeps a name on one line, and no sign in it acts on the terminal', () => {
    const text = sweepText(several);
    assert.ok(text.includes('two\\x0alines\\x1b[31m.kext'));
    assert.equal(text.includes('\u001b'), false);
  });
});
