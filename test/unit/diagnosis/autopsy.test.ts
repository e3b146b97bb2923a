import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { autopsy, type RefusedUnload } from '../../../src/diagnosis/autopsy.ts';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { RunningProcess } from '../../../src/model/driverUse.ts';
import type { RegistryEntry } from '../../../src/model/registryEntry.ts';
import { counts, entry, openedBy, superclasses } from './snapshots.ts';

const tree = {
  Turbine: 'IOService',
  TurbineClient: 'IOUserClient',
  Rotor: 'OSObject',
  Rotor2: 'Rotor',
  Rotor3: 'Rotor2',
};

interface Case {
  /** As the kernel named them. */
  readonly named: Readonly<Record<string, number>>;
  /** As ioclasscount says afterwards; the named ones where nothing else is told. */
  readonly counted?: Readonly<Record<string, number>>;
  readonly registry?: readonly RegistryEntry[];
  readonly objects?: readonly RegistryEntry[];
  readonly processes?: readonly RunningProcess[];
}

function diagnose(
  { named, counted = named, registry = [], objects = registry, processes }: Case,
  seen = true,
): readonly Diagnosis[] {
  const refused: RefusedUnload = {
    bundleIdentifier: 'org.sample.driver.Turbine',
    target: 'the Simulated Mac',
    classes: Object.entries(named).map(([name, instances]) => ({
      class: name,
      instances,
      line: `${name} has ${instances}`,
    })),
    after: seen ? { classCounts: counts(counted), registry, objects, ...(processes && { processes }) } : undefined,
    superclasses: superclasses(tree),
    providerOf: name => (name === 'Turbine' ? 'IOPCIDevice' : undefined),
    declarationOf: name => (name in tree ? { file: `/p/${name}.hpp`, line: 7, column: 7 } : undefined),
  };
  return autopsy(refused);
}

const verdicts = (found: readonly Diagnosis[]) => found.map(each => `${each.class} ${each.verdict} ${each.instances}`);

describe('The verdict on a class that kept a kext from unloading', () => {
  const terminated = entry('Turbine', { id: 1n, active: false });
  const running = entry('Turbine', { id: 1n });
  const table: readonly { readonly title: string; readonly case: Case; readonly says: readonly string[] }[] = [
    { title: 'counted and not in the registry: leaked', case: { named: { Rotor: 2 } }, says: ['Rotor leaked 2'] },
    {
      title: 'terminated and still in the registry: held',
      case: { named: { Turbine: 1 }, registry: [terminated] },
      says: ['Turbine held 1'],
    },
    {
      title: 'never terminated: held',
      case: { named: { Turbine: 1 }, registry: [running] },
      says: ['Turbine held 1'],
    },
    {
      title: 'more counted than the registry shows: both',
      case: { named: { Turbine: 3 }, registry: [terminated] },
      says: ['Turbine both 3'],
    },
    {
      title: 'a count that stands for a subclass alone: the subclass first, then its superclass without an instance',
      case: { named: { Rotor: 1, Rotor2: 2 } },
      says: ['Rotor2 leaked 2', 'Rotor subclass 0'],
    },
    {
      title: 'a chain of subclasses: each adds one to its direct superclass only',
      case: { named: { Rotor: 2, Rotor2: 1, Rotor3: 4 } },
      says: ['Rotor3 leaked 4', 'Rotor2 subclass 0', 'Rotor leaked 1'],
    },
    {
      title: 'gone by the time of the count: not yet',
      case: { named: { Rotor: 1 }, counted: { Rotor: 0 } },
      says: ['Rotor notYet 0'],
    },
    {
      title: 'no longer registered: unknown, with the number that the kernel named',
      case: { named: { Rotor: 3 }, counted: {} },
      says: ['Rotor unknown 3'],
    },
    {
      title: 'released too often',
      case: { named: { Rotor: 1 }, counted: { Rotor: -1 } },
      says: ['Rotor unknown -1'],
    },
  ];
  for (const { title, case: told, says } of table) it(title, () => assert.deepEqual(verdicts(diagnose(told)), says));

  it('is unknown without a look at that moment, and says how to get one', () => {
    const [found] = diagnose({ named: { Rotor: 2 } }, false);
    assert.deepEqual([found?.verdict, found?.certainty, found?.instances], ['unknown', 'possible', 2]);
    assert.equal(found?.message, '2 instances of Rotor kept the kext from unloading.');
    assert.match(found?.remedy ?? '', /right after a refusal/);
  });
});

describe('What a verdict says', () => {
  it('leaked: how many, on the declaration, with counts and registry as its grounds', () => {
    const [found] = diagnose({ named: { Rotor: 1 } });
    assert.deepEqual(found, {
      about: 'unload',
      severity: 'error',
      class: 'Rotor',
      instances: 1,
      verdict: 'leaked',
      evidence: [
        { text: 'Rotor has 1' },
        { text: 'ioclasscount: Rotor = 1' },
        { text: 'ioreg: 0 objects of Rotor in the I/O Registry' },
      ],
      holders: [],
      certainty: 'certain',
      cause: 'leaked',
      message: '1 instance of Rotor is leaked: still retained after the driver was terminated.',
      remedy:
        'Find the retain() that no release() answers; stop() or free() of its owner should. Then restart the Simulated Mac.',
      anchor: { file: '/p/Rotor.hpp', line: 7, column: 7 },
    });
  });

  it('several leaked: in the plural', () => {
    assert.match(diagnose({ named: { Rotor: 2 } })[0]?.message ?? '', /^2 instances of Rotor are leaked/);
  });

  it('a class that the source does not declare has no place', () => {
    assert.equal(diagnose({ named: { Foreign: 1 } })[0]?.anchor, undefined);
  });

  it('held by a process: its name, pid and the client, and where to close', () => {
    const client = entry('TurbineClient', { id: 2n, active: false });
    const held = entry('Turbine', { id: 1n, active: false, children: [client] });
    const detailed = { ...client, properties: openedBy('turbinectl', 4711) };
    const [found] = diagnose({ named: { Turbine: 1 }, registry: [held], objects: [detailed] });
    assert.deepEqual(found?.holders, [{ name: 'turbinectl (pid 4711)', pid: 4711, through: 'TurbineClient' }]);
    assert.equal(
      found?.message,
      'Turbine is held: turbinectl (pid 4711) has it open through TurbineClient, which never closes its provider.',
    );
    assert.match(found?.remedy ?? '', /^Close the provider in didTerminate\(\) of TurbineClient/);
  });

  it('held by a client whose process has quit: nobody is asked to quit it', () => {
    const client = entry('TurbineClient', { id: 2n, active: false, properties: openedBy('turbinectl', 4711) });
    const registry = [entry('Turbine', { id: 1n, active: false, children: [client] })];
    const named = { Turbine: 1, TurbineClient: 1 };
    const processes = [{ pid: 1, name: 'launchd' }];
    const [ofDriver, ofClient] = diagnose({ named, registry, processes });
    assert.deepEqual(ofDriver?.holders[0]?.hasQuit, true);
    assert.deepEqual(
      [ofDriver?.message, ofClient?.message],
      [
        'Turbine is held: turbinectl (pid 4711) has quit, and its client TurbineClient still has it open: it never closes its provider.',
        'TurbineClient is held: opened by turbinectl (pid 4711), which has quit, it does not let go of its provider Turbine.',
      ],
    );
    for (const { remedy } of [ofDriver, ofClient].filter(each => each !== undefined)) {
      assert.match(remedy, /^Close the provider in didTerminate\(\) of TurbineClient/);
      assert.doesNotMatch(remedy, /quit/);
    }
    const [running] = diagnose({ named, registry, processes: [{ pid: 4711, name: 'turbinectl' }] });
    assert.match(running?.remedy ?? '', /quit turbinectl \(pid 4711\) before you unload/);
  });

  it('inside its own start(): held, by what called it, and no retain is sought', () => {
    const named = { Turbine: 1 };
    const busy = entry('IOPCIDevice', { id: 1n, name: 'turbine0', busy: 1 });
    const [found] = diagnose({ named, registry: [busy] });
    assert.equal(found?.verdict, 'held');
    assert.equal(
      found?.message,
      'Turbine is held: its start() has not come back, and turbine0, which called it, waits for that.',
    );
    assert.match(found?.remedy ?? '', /^Do not wait in start\(\) of Turbine/);
    assert.equal(found?.evidence.at(-1)?.text, 'ioreg: turbine0 (IOPCIDevice) is busy 1');
    for (const idle of [entry('IOPCIDevice', { id: 1n }), entry('IOUSBDevice', { id: 1n, busy: 1 })])
      assert.equal(diagnose({ named, registry: [idle] })[0]?.verdict, 'leaked');
    assert.equal(diagnose({ named: { Turbine: 2 }, registry: [busy] })[0]?.verdict, 'leaked');
  });

  it('held by a client in the kernel: its class', () => {
    const held = entry('Turbine', { id: 1n, active: false, children: [entry('Rotor', { id: 2n })] });
    const [found] = diagnose({ named: { Turbine: 1 }, registry: [held] });
    assert.equal(found?.message, 'Turbine is held: its client Rotor does not let go of it.');
  });

  it('held and never asked to go: what makes a kext’s objects terminate', () => {
    const [found] = diagnose({ named: { Turbine: 1 }, registry: [entry('Turbine', { id: 1n })] });
    assert.equal(found?.message, 'Turbine is held: it was never asked to terminate.');
    assert.match(found?.remedy ?? '', /^Attach Turbine below the driver, or terminate it/);
  });

  it('held by nobody who is seen', () => {
    const [found] = diagnose({ named: { Turbine: 1 }, registry: [entry('Turbine', { id: 1n, active: false })] });
    assert.equal(found?.message, 'Turbine is held: it was terminated and is still in the I/O Registry.');
  });

  it('both: how many more', () => {
    const [found] = diagnose({ named: { Turbine: 2 }, registry: [entry('Turbine', { id: 1n, active: false })] });
    assert.match(found?.message ?? '', /; 1 more instance left the I\/O Registry and is leaked\.$/);
    assert.equal(found?.cause, 'held');
  });

  it('subclass and not yet: no error', () => {
    const found = [
      ...diagnose({ named: { Rotor: 1, Rotor2: 1 } }),
      ...diagnose({ named: { Rotor: 1 }, counted: { Rotor: 0 } }),
    ];
    assert.deepEqual(
      found.map(each => `${each.verdict} ${each.severity}`),
      ['leaked error', 'subclass information', 'notYet information'],
    );
    assert.equal(found[1]?.message, 'Rotor itself has no instance: its count stands for Rotor2.');
    assert.ok(found[1]?.evidence.some(({ text }) => text === 'ioclasscount: Rotor = 1, of which 1 for Rotor2'));
  });

  it('every object that is in the registry stands among the grounds', () => {
    const registry = [
      entry('Turbine', { id: 0x2fn, name: 'T@1', active: false, busy: 2 }),
      entry('Turbine', { id: 0x30n }),
    ];
    const texts = diagnose({ named: { Turbine: 2 }, registry })[0]?.evidence.map(({ text }) => text);
    assert.deepEqual(texts?.slice(2), [
      'ioreg: 2 objects of Turbine in the I/O Registry',
      'ioreg: Turbine, id 0x30, active, busy 0',
      'ioreg: T@1, id 0x2f, inactive, busy 2',
    ]);
  });
});

describe('Verdicts as a whole', () => {
  const names = Object.keys(tree);
  const told = fc.record({
    named: fc.dictionary(fc.constantFrom(...names), fc.integer({ min: 1, max: 9 }), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    registered: fc.array(fc.record({ name: fc.constantFrom(...names), active: fc.boolean() }), { maxLength: 5 }),
  });

  it('come once for each class that was named, the deepest subclass first', () => {
    fc.assert(
      fc.property(told, ({ named, registered }) => {
        const registry = registered.map(({ name, active }, at) => entry(name, { id: BigInt(at), active }));
        const found = diagnose({ named, registry });
        assert.deepEqual(found.map(each => each.class).sort(), Object.keys(named).sort());
        const depths = found.map(each => ['Rotor', 'Rotor2', 'Rotor3'].indexOf(each.class ?? ''));
        assert.deepEqual(
          depths.filter(depth => depth >= 0),
          depths.filter(depth => depth >= 0).sort((a, b) => b - a),
        );
      }),
    );
  });

  it('never call an object leaked that is in the registry', () => {
    fc.assert(
      fc.property(told, ({ named, registered }) => {
        const registry = registered.map(({ name, active }, at) => entry(name, { id: BigInt(at), active }));
        for (const each of diagnose({ named, registry })) {
          const listed = registered.some(({ name }) => name === each.class);
          if (each.verdict === 'leaked') assert.ok(!listed);
          if (each.verdict === 'held' || each.verdict === 'both') assert.ok(listed);
        }
      }),
    );
  });
});
