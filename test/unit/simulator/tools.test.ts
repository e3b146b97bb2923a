import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { everyEntry, type PropertyValue, type RegistryEntry } from '../../../src/model/registryEntry.ts';
import type { KernelAnswer, KernelProperty, KernelRegistryEntry } from '../../../src/simulator/kernelAnswer.ts';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import { simulatedSystem } from '../../../src/simulator/systems/simulatedSystems.ts';
import { csrutil } from '../../../src/simulator/tools/csrutil.ts';
import { ioclasscount } from '../../../src/simulator/tools/ioclasscount.ts';
import { ioreg } from '../../../src/simulator/tools/ioreg.ts';
import { kextstat } from '../../../src/simulator/tools/kextstat.ts';
import { ps } from '../../../src/simulator/tools/ps.ts';
import { swVers, sysctl } from '../../../src/simulator/tools/system.ts';
import { integrityProtection } from '../../../src/tools/csrutil.ts';
import * as askCounts from '../../../src/tools/ioclasscount.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { ioregArchive, ioregObjects } from '../../../src/tools/ioregArchive.ts';
import * as askKexts from '../../../src/tools/kextstat.ts';
import { processes } from '../../../src/tools/ps.ts';
import * as askVersion from '../../../src/tools/swVers.ts';
import { kernelValues } from '../../../src/tools/sysctl.ts';
import { kernelAnswer } from './kernelAnswers.ts';

/** The model's entry that a kernel's object is to be read back as. */
function entryOf(
  entry: KernelRegistryEntry,
  shown: { readonly inheritance: boolean; readonly properties: (entry: KernelRegistryEntry) => boolean },
): RegistryEntry {
  const service = <T>(value: T) => (entry.service ? value : undefined);
  return {
    id: BigInt(entry.id),
    name: entry.name,
    location: entry.location,
    className: entry.class,
    inheritance: shown.inheritance ? entry.inheritance : undefined,
    registered: service(entry.registered),
    matched: service(entry.matched),
    active: service(entry.active),
    busy: service(entry.busy),
    retain: entry.retain,
    properties: new Map(shown.properties(entry) ? properties(entry.properties) : []),
    children: entry.children.map(child => entryOf(child, shown)),
  };
}

function properties(values: { readonly [key: string]: KernelProperty }): [string, PropertyValue][] {
  return Object.entries(values).map(([key, value]) => [key, propertyOf(value)]);
}

function propertyOf(value: KernelProperty): PropertyValue {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if ('OSNumber' in value && typeof value.OSNumber === 'string') return BigInt(value.OSNumber);
  if (Array.isArray(value)) return value.map(propertyOf);
  return { dictionary: new Map(properties(value as { readonly [key: string]: KernelProperty })) };
}

const catalina = simulatedSystem('macos-10.15');
const nowhere = () => false;
const everywhere = () => true;

function each(judge: (answer: KernelAnswer) => void): void {
  fc.assert(fc.property(kernelAnswer, judge));
}

describe('What the Simulated Mac prints, the parsers read back equal', () => {
  it('kextstat: every kext in every field', () => {
    each(answer => {
      const command = askKexts.kextstat();
      const read = command.parse(kextstat(answer, command.argv));
      assert.deepEqual(
        read,
        answer.kexts.map(kext => ({
          bundleIdentifier: kext.identifier,
          version: kext.version,
          index: kext.index,
          references: kext.references,
          address: BigInt(kext.address),
          size: BigInt(kext.size),
          wired: BigInt(kext.wired),
          architecture: undefined,
          uuid: kext.uuid,
          linkedAgainst: kext.dependencies.length === 0 ? undefined : [...kext.dependencies].sort((a, b) => b - a),
        })),
      );
    });
  });

  it('kextstat -l -b: that kext alone, without a head', () => {
    each(answer => {
      const [first] = answer.kexts;
      fc.pre(first !== undefined);
      const { stdout } = kextstat(answer, ['-l', '-b', first.identifier]);
      const rows = askKexts.parseKextstat(stdout).records;
      assert.ok(rows.length > 0 && rows.every(({ bundleIdentifier }) => bundleIdentifier === first.identifier));
      assert.ok(!stdout.includes('Name (Version)'));
    });
  });

  it('ioclasscount: every count, also one below zero', () => {
    each(answer => {
      fc.pre(answer.classes.length > 0);
      const command = askCounts.ioclasscount();
      const read = command.parse(ioclasscount(answer, command.argv));
      assert.deepEqual(
        [...read].sort(),
        answer.classes.map(({ name, count }): [string, number] => [name, count]).sort(),
      );
    });
  });

  it('ioclasscount NAME…: in that order, with the classes that are not registered', () => {
    each(answer => {
      const names = answer.classes.map(({ name }) => name);
      const { stdout } = ioclasscount(answer, [...names, 'No_Such']);
      assert.deepEqual(
        askCounts.parseIoclasscount(stdout).records.map(({ name, instances }) => [name, instances]),
        [...answer.classes.map(({ name, count }) => [name, count]), ['No_Such', undefined]],
      );
    });
  });

  it('ioreg -a: the whole registry with its superclasses and no properties', () => {
    each(answer => {
      const command = ioregArchive();
      const read = command.parse(ioreg(answer, command.argv));
      assert.deepEqual(read, [entryOf(answer.registry, { inheritance: true, properties: nowhere })]);
    });
  });

  it('ioreg -a -r -c CLASS: every object of the class once, with its properties', () => {
    each(answer => {
      const wanted = answer.registry.children[0]?.class ?? answer.registry.class;
      const command = ioregObjects(wanted);
      const read = command.parse(ioreg(answer, command.argv));
      const ids = (entries: Iterable<RegistryEntry>) =>
        [...entries].filter(({ inheritance }) => inheritance?.includes(wanted)).map(({ id }) => id);
      const all = everyEntry([entryOf(answer.registry, { inheritance: true, properties: nowhere })]);
      assert.deepEqual(ids(everyEntry(read)), ids(all));
      const isWanted = (entry: KernelRegistryEntry) => entry.inheritance.includes(wanted);
      for (const entry of everyEntry(read)) {
        const original = find(answer.registry, entry.id);
        assert.deepEqual(entry, entryOf(original, { inheritance: true, properties: isWanted }));
      }
    });
  });

  it('ioreg -a -r -c of a class without objects: nothing', () => {
    each(answer => {
      const command = ioregObjects('No_Such');
      assert.deepEqual(command.parse(ioreg(answer, command.argv)), []);
    });
  });

  it('ioreg -l -w 0: the tree with all properties', () => {
    each(answer => {
      const { stdout } = ioreg(answer, ['-l', '-w', '0']);
      const { records, notUnderstood } = parseIoregTree(stdout);
      assert.deepEqual(notUnderstood, []);
      assert.deepEqual(records, [entryOf(answer.registry, { inheritance: false, properties: everywhere })]);
    });
  });

  it('ioreg -i: the tree with superclasses', () => {
    each(answer => {
      const { records } = parseIoregTree(ioreg(answer, ['-i']).stdout);
      assert.deepEqual(records, [entryOf(answer.registry, { inheritance: true, properties: nowhere })]);
    });
  });

  it('sw_vers and sysctl: the system and its boot time', () => {
    for (const system of scenarios.map(simulatedSystem)) {
      const { productName, version, build } = system;
      assert.deepEqual(askVersion.swVers().parse(swVers(system)), { productName, version, build });
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000_000 }), time => {
        const command = kernelValues();
        assert.equal(command.parse(sysctl(catalina, time, command.argv)).bootTime, time);
      }),
    );
  });
});

describe('ps and csrutil of the Simulated Mac', () => {
  const running = [{ pid: 401, name: 'rotord' }];

  it('ps: launchd and the processes that run', () => {
    const command = processes();
    assert.deepEqual(command.parse(ps(running, command.argv)), [{ pid: 1, name: 'launchd' }, ...running]);
  });

  it('csrutil: protection is off, as it has to be where unsigned kexts load', () => {
    const command = integrityProtection();
    assert.deepEqual(command.parse(csrutil(command.argv)), { status: 'disabled', kextSigning: false });
    assert.equal(csrutil(['disable']).exitCode, 64);
  });
});

describe('What the Simulated Mac cannot answer', () => {
  const answer = fc.sample(kernelAnswer, { numRuns: 1, seed: 1 })[0] as KernelAnswer;

  it('ioreg with an option that it does not have: usage, and its words', () => {
    const { exitCode, stderr, stdout } = ioreg(answer, ['-x']);
    assert.deepEqual([exitCode, stdout], [64, '']);
    assert.match(stderr, /cannot simulate: ioreg -x/);
  });
});

function find(entry: KernelRegistryEntry, id: bigint | undefined): KernelRegistryEntry {
  const stack = [entry];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (BigInt(at.id) === id) return at;
    stack.push(...at.children);
  }
  return assert.fail(`no object ${id}`);
}
