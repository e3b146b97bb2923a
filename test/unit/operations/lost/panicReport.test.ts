import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findPanicReport } from '../../../../src/operations/lost/panicReport.ts';
import { sampleOperation } from '../fakeTarget.ts';
import { type MortalTarget, mortalTarget, sampleThatStops } from '../mortalTarget.ts';
import { panicIn } from '../panicReports.ts';

let folder: string;
before(async () => {
  folder = await sampleThatStops();
});
after(() => rm(folder, { recursive: true, force: true }));

/** What is found on a Mac with a report of this minute, whose PATH leads to that stat. */
async function foundWith(stat: MortalTarget['stat']) {
  const mac = mortalTarget(undefined);
  mac.stat = stat;
  mac.reports.set('Kernel_x.panic', { text: panicIn('stop', '__ZN7Turbine4stopEP9IOService'), age: 0 });
  const operation = await sampleOperation(folder, mac);
  const manner = { patiently: false, asRoot: false };
  return findPanicReport(operation, Date.now() - 60_000, new AbortController().signal, manner);
}

describe('The newest panic report of a Mac', () => {
  for (const stat of ['macOS', 'coreutils'] as const)
    it(`is found where the PATH leads to the stat of ${stat}`, async () => {
      const found = await foundWith(stat);
      assert.equal(found && 'path' in found && found.path, '/Library/Logs/DiagnosticReports/Kernel_x.panic');
    });

  it('is not taken for none where stat is another one: why it was not read is told', async () => {
    assert.deepEqual(await foundWith('another'), {
      unread: 'stat exited with 1; expected when a panic report was written',
    });
  });
});
