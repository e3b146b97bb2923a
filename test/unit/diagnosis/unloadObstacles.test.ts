import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { obstacleText, unloadObstacles } from '../../../src/diagnosis/unloadObstacles.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { counts, entry, kext, openedBy, snapshot, superclasses } from './snapshots.ts';

const id = 'org.sample.driver.Turbine';
const tree = superclasses({
  Turbine: 'IOService',
  TurbineClient: 'IOUserClient',
  IOUserClient: 'IOService',
  Rotor: 'OSObject',
});
const classes = ['Turbine', 'TurbineClient', 'Rotor'];

const told = (what: Partial<Snapshot>) =>
  unloadObstacles(snapshot({ kexts: [kext(id, { index: 7 })], ...what }), id, classes, tree).map(obstacleText);

describe('What stands in the way of an unload', () => {
  it('a process that has the driver open, each once', () => {
    const client = entry('TurbineClient', { id: 2n, properties: openedBy('turbinectl', 401) });
    const other = entry('TurbineClient', { id: 3n, properties: openedBy('turbinectl', 401) });
    const once = ['turbinectl (pid 401) has it open: quit it first.'];
    assert.deepEqual(told({ objects: [client, other] }), once);
    // As ioreg answers for two classes: bare below its provider, and by itself.
    const bare = entry('TurbineClient', { id: 2n });
    assert.deepEqual(told({ objects: [entry('Turbine', { id: 1n, children: [bare] }), client] }), once);
  });

  it('and before macOS 10.15 a kernel that panics where such a driver does not go', () => {
    const objects = [entry('TurbineClient', { id: 2n, properties: openedBy('turbinectl', 401) })];
    const panics = (version: string) =>
      told({ objects, system: { version, bootTime: 1 } }).includes(
        'This macOS panics where it is not gone 15 seconds after it was told to terminate.',
      );
    assert.deepEqual(
      ['10.12.6', '10.13', '10.13.1', '10.13.2', '10.13.6', '10.14', '10.14.6', '10.15', '11.0', '15.6'].filter(panics),
      ['10.13.2', '10.13.6', '10.14', '10.14.6'],
    );
    assert.deepEqual(told({ system: { version: '10.14.6', bootTime: 1 } }), []);
  });

  it('not a process whose client was terminated: quitting would come too late', () => {
    const client = entry('TurbineClient', { id: 2n, active: false, properties: openedBy('turbinectl', 401) });
    assert.deepEqual(told({ objects: [client] }), []);
  });

  it('kexts that are linked against it', () => {
    const needing = ['org.a', 'org.b'].map(name => kext(name, { index: 8, linkedAgainst: [7] }));
    const one = [kext(id, { index: 7 }), ...needing.slice(0, 1)];
    assert.deepEqual(told({ kexts: one }), ['org.a is linked against it: unload that first.']);
    assert.deepEqual(told({ kexts: [kext(id, { index: 7 }), ...needing] }), [
      'org.a, org.b are linked against it: unload those first.',
    ]);
  });

  it('but for those that are unloaded before it', () => {
    const kexts = [
      kext(id, { index: 7 }),
      ...['org.a', 'org.b'].map(name => kext(name, { index: 8, linkedAgainst: [7] })),
    ];
    const left = (...goFirst: readonly string[]) =>
      unloadObstacles(snapshot({ kexts }), id, classes, tree, new Set(goFirst)).map(obstacleText);
    assert.deepEqual(left('org.a'), ['org.b is linked against it: unload that first.']);
    assert.deepEqual(left('org.b', 'org.a'), []);
  });

  it('of another kext than the one that was asked for, which is named', () => {
    const process = { name: 'turbinectl', pid: 401 };
    const texts = [
      obstacleText({ kind: 'openClient', process, of: 'org.a' }),
      obstacleText({ kind: 'dependents', kexts: ['org.b'], of: 'org.a' }),
      obstacleText({ kind: 'dependents', kexts: ['org.b', 'org.c'], of: 'org.a' }),
      obstacleText({ kind: 'panic', of: 'org.a' }),
      obstacleText({ kind: 'leaked', class: 'Rotor', instances: 2, of: 'org.a' }),
    ];
    assert.deepEqual(texts, [
      'turbinectl (pid 401) has org.a open: quit it first.',
      'org.b is linked against org.a: unload that first.',
      'org.b, org.c are linked against org.a: unload those first.',
      'This macOS panics where org.a is not gone 15 seconds after it was told to terminate.',
      '2 instances of Rotor of org.a are leaked already.',
    ]);
  });

  it('services that left the registry and live; of other objects nothing can be told before', () => {
    const classCounts = counts({ Turbine: 3, Rotor: 5 });
    assert.deepEqual(told({ classCounts, registry: [entry('Turbine')] }), [
      '2 instances of Turbine are leaked already.',
    ]);
    assert.deepEqual(told({ classCounts: counts({ Turbine: 1 }) }), ['1 instance of Turbine is leaked already.']);
    assert.deepEqual(told({ classCounts: counts({ Turbine: 1 }), registry: [entry('Turbine')] }), []);
  });

  it('nothing of a kext that is not loaded', () => {
    const client = entry('TurbineClient', { properties: openedBy('turbinectl', 401) });
    assert.deepEqual(told({ kexts: [], objects: [client] }), []);
  });
});
