import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShelvedReload } from '../../../../src/operations/shelf/shelf.ts';
import { comparedCounts, shelfItems } from '../../../../src/ui/commands/shelfItems.ts';
import { statusText } from '../../../../src/ui/status/statusText.ts';
import { apple, loaded, newUuid, oldUuid, own, running, turbine, view } from '../views.ts';

function reload(told: Partial<ShelvedReload> = {}): ShelvedReload {
  return {
    schema: 1,
    time: new Date(2026, 10, 26, 14, 3).toISOString(),
    bundleIdentifier: turbine,
    version: '1.0',
    uuid: oldUuid,
    uuids: [oldUuid],
    outcome: 'loaded',
    target: { id: 'simulated', name: 'Simulated Mac' },
    counts: { Turbine: 1, Rotor: 0 },
    phases: [],
    diagnoses: [],
    folder: '/s/1',
    bundle: '/s/1/Turbine.kext',
    log: '/s/1/log.txt',
    bytes: 1,
    ...told,
  };
}

describe('A reload in the list of the shelf', () => {
  const table: readonly (readonly [string, Partial<ShelvedReload>, readonly [string, string, string]])[] = [
    ['that runs', {}, ['$(check) 2026-11-26 14:03 · 1.0 · AAAA', 'no commit · loaded now', 'loaded · Turbine 1']],
    [
      'that was refused, with a commit',
      { uuid: newUuid, uuids: [newUuid], outcome: 'refused', commit: { hash: 'abc1234def', dirty: true }, counts: {} },
      ['$(package) 2026-11-26 14:03 · 1.0 · BBBB', 'abc1234 with changes', 'refused · no live instances'],
    ],
    [
      'that is likely what ran, without a UUID and a version',
      {
        uuid: null,
        uuids: [],
        version: null,
        proof: { kind: 'likely', uuid: null, loadIndex: 160, address: null },
        counts: { Rotor: 2, Turbine: 1 },
      },
      ['$(package) 2026-11-26 14:03 · no version · no UUID', 'no commit', 'loaded (likely) · Rotor 2, Turbine 1'],
    ],
  ];
  for (const [name, told, expected] of table)
    it(name, () => {
      const items = shelfItems([reload(told)], running);
      assert.deepEqual(
        items.map(({ label, description, detail }) => [label, description, detail]),
        [expected],
      );
    });
});

describe('The counts of two reloads', () => {
  it('stand beside each other, the earlier first, whichever was chosen first', () => {
    const later = reload({
      time: new Date(2026, 10, 26, 15, 0).toISOString(),
      counts: { Turbine: 1, Rotor: 2, Blade: 3 },
    });
    const expected = [
      'Instances at the end of the reloads of 2026-11-26 14:03 and 2026-11-26 15:00',
      '',
      'Blade    – → 3',
      'Rotor    0 → 2',
      'Turbine  1 → 1',
      '',
    ].join('\n');
    assert.equal(comparedCounts(reload(), later), expected);
    assert.equal(comparedCounts(later, reload()), expected);
  });

  it('of which neither has any are said to be that', () => {
    assert.match(comparedCounts(reload({ counts: {} }), reload({ counts: {} })), /\n\nNeither read any\.\n$/);
  });
});

describe('The status item after a load', () => {
  const proof = { kind: 'likely' as const, uuid: null, loadIndex: 160, address: null };
  const listed = (told: Partial<typeof loaded>) => ({
    ...running,
    kexts: [apple, { ...loaded, uuid: undefined, ...told }],
  });

  it('that the list has no UUID of says likely, for as long as that load is listed', () => {
    assert.equal(
      statusText(view({ proof, snapshot: listed({}) }))?.text,
      '$(check) Simulated Mac · Turbine 1.0 likely running',
    );
    assert.equal(
      statusText(view({ proof, snapshot: listed({ index: 161 }) }))?.text,
      '$(chip) Simulated Mac · Turbine loaded',
    );
    assert.equal(statusText(view({ snapshot: listed({}) }))?.text, '$(chip) Simulated Mac · Turbine loaded');
  });

  it('of the same code says so, as long as that load is listed', () => {
    const same = { ...proof, kind: 'sameCode' as const, uuid: oldUuid };
    assert.match(statusText(view({ proof: same }))?.tooltip ?? '', /AAAA: the same code, loaded anew$/);
    assert.match(statusText(view({ proof: { ...same, loadIndex: 159 } }))?.tooltip ?? '', /AAAA$/);
    assert.equal(statusText(view({ proof: same }))?.text, '$(check) Simulated Mac · Turbine 1.0 running · AAAA');
  });

  it('that was none says so', () => {
    const found = {
      about: 'load',
      cause: 'notReloaded',
      severity: 'error',
      message: 'm',
      evidence: [],
      holders: [],
      remedy: '',
      certainty: 'certain',
    } as const;
    assert.match(statusText(view({ diagnoses: [found] }))?.text ?? '', / · Turbine was not loaded anew$/);
    assert.equal(own.shortName, 'Turbine');
  });
});
