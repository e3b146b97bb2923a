import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { type FarSimulatedMac, openFarSimulatedMac } from '../support/farSimulatedMac.ts';
import { readDemo } from '../support/renamedDemo.ts';
import type { SimulatedBench } from '../support/simulatedBench.ts';
import type { SshServer } from '../support/sshServer.ts';
import { kextDev, placeOf } from '../support/terminal.ts';

const { signal } = new AbortController();

describe('A Mac that is read over SSH', { timeout: 180_000 }, () => {
  let far: FarSimulatedMac;
  let bench: SimulatedBench;
  let server: SshServer;
  let target: SshTarget;
  before(async () => {
    far = await openFarSimulatedMac(await readDemo());
    ({ bench, server } = far);
    const parts = { host: 'mini', state: join(server.folder, 'state'), environment: process.env, log: () => undefined };
    target = new SshTarget({ ...parts, processes: new ProcessRunner() });
  });
  after(() => far[Symbol.asyncDispose]());

  const status = async (...more: readonly string[]) => {
    const place = ['--project', bench.project, '--state', bench.state];
    const here = await kextDev(['status', ...placeOf(bench), ...more]);
    return { here, there: await kextDev(['status', '--target', 'ssh:mini', ...place, ...more]) };
  };

  /** A snapshot as the product takes it: the tools by round trips, and how often ssh was started. */
  async function cost() {
    const runner = new CountingRunner(target.runner);
    await server.takeStarts();
    const { project } = await bench.operation();
    await readSnapshot({ ...handedOn(target), runner }, project.classes, signal);
    return { trips: runner.takeTrips().map(trip => trip.map(({ tool }) => tool)), started: await server.takeStarts() };
  }

  const system = ['sw_vers', 'sysctl', 'csrutil'];
  const held = ['kextstat', 'ioclasscount', 'ioreg'];

  it('costs one start of ssh and three processes once the connection is open, and the system is asked once on it', async () => {
    assert.deepEqual(await cost(), { trips: [system, held], started: 3 });
    assert.deepEqual(await cost(), { trips: [held], started: 1 });
  });

  it('is asked for its system again on another connection: after a crash of its server, of ssh, and a minute of silence', async () => {
    await server.kill();
    await server.start();
    assert.deepEqual((await cost()).trips, [system, held]);
    await server.killConnections();
    assert.deepEqual((await cost()).trips, [system, held]);
    await server.closeConnections();
    assert.deepEqual((await cost()).trips, [system, held]);
    assert.deepEqual(await cost(), { trips: [held], started: 1 });
  });

  it('says what the same Mac says in this process: with nothing loaded, and with the driver in use', async () => {
    const compare = async () => {
      const text = await status();
      assert.deepEqual([text.there.status, text.there.stderr], [0, text.here.stderr]);
      assert.equal(text.there.stdout, text.here.stdout.replace(/^Simulated Mac/, 'mini'));
      const { here, there } = await status('--json');
      // Whose load it was is remembered with the target that it was loaded on.
      const said = JSON.parse(here.stdout, (key, value) => (key === 'sinceLoad' ? undefined : value));
      assert.deepEqual(JSON.parse(there.stdout), { ...said, target: 'ssh:mini' });
      return there.stdout;
    };
    const nothing = await compare();
    await bench.reload();
    await bench.exercise();
    assert.notEqual(await compare(), nothing);
  });

  it('says the same where the shell there greets everybody who comes', async () => {
    const greeting = 'echo "Welcome to mini"; echo "You have mail" >&2\n';
    for (const name of ['.bashrc', '.zshenv', '.profile']) await writeFile(join(server.home, name), greeting);
    const { here, there } = await status();
    assert.deepEqual([there.status, there.stderr], [0, here.stderr]);
    assert.equal(there.stdout, here.stdout.replace(/^Simulated Mac/, 'mini'));
  });

  it('is recorded where nobody has a project: all that reads it, in files that are read again without a rest', async () => {
    const folder = join(server.folder, 'captures');
    const recording = await kextDev([
      'record',
      folder,
      '--target',
      'ssh:mini',
      '--project',
      server.home,
      '--yes',
      '--json',
    ]);
    assert.deepEqual([recording.status, recording.stderr], [0, '']);
    const { target, captures } = JSON.parse(recording.stdout) as {
      readonly target: string;
      readonly captures: readonly { readonly tool: string; readonly origin: string; readonly notUnderstood: number }[];
    };
    // What its user calls the Mac is private, too.
    assert.equal(target, 'ssh');
    const tools = new Set(captures.map(({ tool }) => tool));
    for (const tool of ['sw_vers', 'kextstat', 'ioclasscount', 'ioreg', 'ioreg-archive'])
      assert.ok(tools.has(tool), tool);
    assert.deepEqual(new Set(captures.map(({ origin }) => origin)), new Set(['recorded']));
    assert.equal((await kextDev(['parse', folder])).status, 0);
  });

  it('has no switches: each is refused in one line, before ssh is started or anything is built', async () => {
    await server.takeStarts();
    for (const command of ['exercise', 'panic', 'approve', 'restart', 'reset', 'quit', 'plug', 'unplug']) {
      const { status, stdout, stderr } = await kextDev([command, '--target', 'ssh:mini', '--project', '/nonesuch']);
      const refused = `${command} is a switch of the Simulated Mac, and mini is none: --target simulated\n`;
      assert.deepEqual([status, stdout, stderr], [2, '', refused]);
    }
    assert.equal(await server.takeStarts(), 0);
  });

  it('keeps work on one kext apart, whatever asks for it', async () => {
    const seen: string[] = [];
    const work = (name: string) =>
      target.exclusively('org.sample.driver.Pump', signal, async () => {
        seen.push(`${name} begins`);
        await target.pause(20, signal);
        seen.push(`${name} ends`);
      });
    await Promise.all([work('a'), work('b')]);
    const [first] = seen[0]?.split(' ') ?? [];
    assert.deepEqual(seen.slice(0, 2), [`${first} begins`, `${first} ends`]);
    assert.equal(seen.length, 4);
  });
});
