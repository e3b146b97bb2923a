import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadedKext } from '../../../../src/model/snapshot.ts';
import { readSystem } from '../../../../src/operations/kernel/readSystem.ts';
import { readSnapshot } from '../../../../src/operations/kernel/snapshot.ts';
import { ToolNotStarted, UnknownToolText } from '../../../../src/tools/port/toolErrors.ts';
import { type Answers, emptyRegistry, type FakeTarget, fakeTarget, kextstatOf, turbine } from '../fakeTarget.ts';

const { signal } = new AbortController();
const uuid = 'AAAAAAAA-0000-0000-0000-000000000000';
const classes = ['Turbine', 'Rotor', 'Valve'];

const system = [
  'sw_vers',
  'sysctl kern.boottime kern.bootsessionuuid hw.machine hw.use_kernelmanagerd hw.optional.arm64',
  'csrutil status',
];
const held = ['kextstat', 'ioclasscount', 'ioreg -a -i'];
const propertiesOf = (name: string) => `ioreg -a -i -r -c ${name}`;
const ps = 'ps -axo pid=,comm=';

/** The round trips of `work`, each with its command lines. */
async function tripsOf(target: FakeTarget, work: () => Promise<unknown>): Promise<readonly (readonly string[])[]> {
  const before = target.runner.trips.length;
  await work();
  return target.runner.trips.slice(before);
}

/** What `ioreg -a -r` prints of one object of the class, opened by nobody or by a process. */
function objectOf(className: string, creator?: string) {
  const opened = creator === undefined ? '' : `<key>IOUserClientCreator</key><string>${creator}</string>`;
  return {
    stdout: `<plist version="1.0"><array><dict><key>IOObjectClass</key><string>${className}</string>
<key>IORegistryEntryID</key><integer>4294967552</integer>
<key>IORegistryEntryName</key><string>${className}</string>${opened}</dict></array></plist>\n`,
  };
}

const loaded: Answers = { kextstat: [kextstatOf([turbine, uuid])] };
const alive: Answers = { ...loaded, ioclasscount: [{ stdout: 'Rotor = 2\nTurbine = 1\nValve = 0\n' }] };

describe('What a snapshot costs', () => {
  it('with nothing loaded: three processes in one round trip, behind the one that asks a new connection for its system', async () => {
    const target = fakeTarget({});
    assert.deepEqual(await tripsOf(target, () => readSnapshot(target, classes, signal)), [system, held]);
    assert.deepEqual(await tripsOf(target, () => readSnapshot(target, classes, signal)), [held]);
  });

  it('with instances: their properties in one more, for the classes alone that have any, each once', async () => {
    const target = fakeTarget({ ...alive, ioreg: [emptyRegistry, objectOf('Turbine'), objectOf('Rotor')] });
    await readSystem(target, signal);
    const trips = await tripsOf(target, () => readSnapshot(target, [...classes, 'Rotor'], signal));
    assert.deepEqual(trips, [held, [propertiesOf('Turbine'), propertiesOf('Rotor')]]);
  });

  it('with a process that has the driver open: the processes in a third one', async () => {
    const objects = [objectOf('Turbine'), objectOf('Rotor', 'pid 401, rotord')];
    const target = fakeTarget({
      ...alive,
      ioreg: [emptyRegistry, ...objects],
      ps: [{ stdout: '  401 /usr/local/bin/rotord\n' }],
    });
    await readSystem(target, signal);
    const trips = await tripsOf(target, () => readSnapshot(target, classes, signal));
    assert.deepEqual(trips, [held, [propertiesOf('Turbine'), propertiesOf('Rotor')], [ps]]);
  });

  it('that was taken before: one round trip, with what was asked for then; what has become alive since in one more', async () => {
    const who = { stdout: '  401 /usr/local/bin/rotord\n' };
    const objects = [objectOf('Turbine'), objectOf('Rotor', 'pid 401, rotord')];
    const counts = ['Rotor = 2\nTurbine = 1\n', 'Rotor = 2\nTurbine = 1\n', 'Rotor = 0\nTurbine = 1\nValve = 1\n'];
    const target = fakeTarget({
      ...loaded,
      ioclasscount: counts.map(stdout => ({ stdout })),
      ioreg: [emptyRegistry, ...objects, emptyRegistry, ...objects, emptyRegistry, objects[0] ?? {}, emptyRegistry],
      ps: [who],
    });
    const first = await readSnapshot(target, classes, signal);
    const along = [...held, propertiesOf('Turbine'), propertiesOf('Rotor'), ps];
    const again = await tripsOf(target, async () => {
      const { takenAt: _, ...second } = await readSnapshot(target, classes, signal, first);
      const { takenAt: __, ...expected } = first;
      assert.deepEqual(second, expected);
    });
    assert.deepEqual(again, [along]);
    const changed = await tripsOf(target, async () => {
      const { objects: left, processes } = await readSnapshot(target, classes, signal, first);
      assert.deepEqual([left.map(({ className }) => className).includes('Rotor'), processes], [false, undefined]);
    });
    assert.deepEqual(changed, [along, [propertiesOf('Valve')]]);
  });

  it('with a loaded kext that has no instances: no more than with nothing', async () => {
    const target = fakeTarget({ ...loaded, ioclasscount: [{ stdout: 'Rotor = 0\nTurbine = 0\n' }] });
    await readSystem(target, signal);
    assert.deepEqual(await tripsOf(target, () => readSnapshot(target, classes, signal)), [held]);
  });

  it('after a restart: the system is asked again, and has another boot time', async () => {
    const booted = (seconds: number) => ({ stdout: `kern.boottime: { sec = ${seconds}, usec = 0 } \n` });
    const target = fakeTarget({ sysctl: [booted(1000), booted(2000)] });
    const first = await readSnapshot(target, classes, signal);
    target.restart();
    const trips = await tripsOf(target, async () => {
      const { bootTime } = (await readSnapshot(target, classes, signal)).system;
      assert.deepEqual([first.system.bootTime, bootTime], [1000, 2000]);
    });
    assert.deepEqual(trips, [system, held]);
  });

  it('where kextstat only hands over: kmutil is asked itself, and says the same', async () => {
    const target = fakeTarget({ ...loaded, sw_vers: [{ stdout: 'ProductVersion: 13.6\n' }] });
    const trips = await tripsOf(target, async () => {
      assert.equal(loadedKext(await readSnapshot(target, [], signal), turbine)?.uuid, uuid);
    });
    assert.deepEqual(trips, [system, ['kmutil showloaded', 'ioclasscount', 'ioreg -a -i']]);
  });
});

describe('What a system says of itself', () => {
  it('is all that it knows', async () => {
    const sysctl = 'kern.boottime: { sec = 7, usec = 0 } \nhw.machine: arm64\nhw.use_kernelmanagerd: 1\n';
    const target = fakeTarget({
      sw_vers: [{ stdout: 'ProductVersion: 15.6\nBuildVersion: 24G84\n' }],
      sysctl: [{ stdout: sysctl }],
      csrutil: [{ stdout: 'System Integrity Protection status: enabled.\n' }],
    });
    assert.deepEqual(await readSystem(target, signal), {
      version: '15.6',
      build: '24G84',
      bootTime: 7,
      architecture: 'arm64',
      usesKernelmanagerd: true,
      integrityProtection: { status: 'enabled', kextSigning: true },
    });
  });

  for (const [name, answer] of [
    ['is missing', new ToolNotStarted('csrutil', 'no such program on the PATH', true)],
    ['is missing behind a shell', { stderr: 'csrutil: command not found', exitCode: 127 }],
    ['says it in other words', { stdout: 'csrutil: failed to retrieve the configuration\n', exitCode: 1 }],
  ] as const)
    it(`is undefined where the tool ${name}, and what the others said is there`, async () => {
      const { version, bootTime, integrityProtection } = await readSystem(fakeTarget({ csrutil: [answer] }), signal);
      assert.deepEqual([version, bootTime, integrityProtection], ['10.15.7', 1000, undefined]);
    });

  it('is undefined where sysctl is missing', async () => {
    const target = fakeTarget({ sysctl: [new ToolNotStarted('sysctl', 'no such program on the PATH', true)] });
    const { version, bootTime, architecture } = await readSystem(target, signal);
    assert.deepEqual([version, bootTime, architecture], ['10.15.7', undefined, undefined]);
  });

  it('is asked again where it could not be read, and never without a version', async () => {
    const target = fakeTarget({ sw_vers: [{ stdout: 'rubbish' }, { stdout: 'ProductVersion: 10.14\n' }] });
    await assert.rejects(readSystem(target, signal), UnknownToolText);
    assert.equal((await readSystem(target, signal)).version, '10.14');
  });
});

describe('A snapshot of a target on which a tool is missing', () => {
  it('says which one, after all were asked', async () => {
    const missing = new ToolNotStarted('ioclasscount', 'no such program on the PATH', true);
    const target = fakeTarget({ ioclasscount: [missing] });
    await assert.rejects(readSnapshot(target, [], signal), missing);
    assert.deepEqual(target.runner.trips, [system, held]);
  });
});
