import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filteredRows } from '../../../../src/ui/tree/filteredRows.ts';
import type { TreeRow } from '../../../../src/ui/tree/treeRow.ts';
import { treeRows } from '../../../../src/ui/tree/treeRows.ts';
import { kext } from '../../diagnosis/snapshots.ts';
import { apple, loaded, running, view } from '../views.ts';

const rows = treeRows(
  view({
    snapshot: {
      ...running,
      kexts: [
        apple,
        kext('com.apple.iokit.IOUSBFamily', { index: 8 }),
        loaded,
        kext('org.vendor.Pump', { index: 161 }),
      ],
    },
  }),
);

function names(all: readonly TreeRow[]): string[] {
  return all.flatMap(({ label, children }) => [label, ...(label.startsWith('Apple') ? names(children ?? []) : [])]);
}

describe('The filter of the tree', () => {
  const table: readonly (readonly [string, readonly string[], number])[] = [
    [
      '',
      ['Simulated Mac', 'Turbine', 'org.vendor.Pump', 'Apple (2)', 'com.apple.kpi.bsd', 'com.apple.iokit.IOUSBFamily'],
      4,
    ],
    ['pump', ['Simulated Mac', 'org.vendor.Pump'], 1],
    ['rotor', ['Simulated Mac', 'Turbine'], 1],
    ['sample.driver', ['Simulated Mac', 'Turbine'], 1],
    ['USB', ['Simulated Mac', 'Apple (2)', 'com.apple.iokit.IOUSBFamily'], 1],
    ['no such', ['Simulated Mac'], 0],
  ];
  for (const [text, expected, shown] of table) {
    it(`${JSON.stringify(text)} shows ${shown} of 4 kexts, and the target`, () => {
      const filtered = filteredRows(rows, text);
      assert.deepEqual([names(filtered.rows), filtered.shown, filtered.all], [expected, shown, 4]);
    });
  }

  it('of no text changes nothing', () => assert.deepEqual(filteredRows(rows, ' ').rows, rows));

  it('opens the folder in which it found something', () => {
    const [folder] = filteredRows(rows, 'usb').rows.filter(({ label }) => label.startsWith('Apple'));
    assert.deepEqual([folder?.expanded, folder?.description], [true, '1 shown']);
    assert.ok(!rows.some(({ id }) => id === folder?.id), 'the closed folder has the same id');
  });
});
