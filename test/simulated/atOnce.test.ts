import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { soundEvents } from '../../src/simulator/journal.ts';
import type { KernelProgram } from '../../src/simulator/kernelProgram.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { prepareKernel } from '../support/simulatedBench.ts';

const { signal } = new AbortController();
const host = new ProcessRunner();
/** Each of those who come at once wants to plug them all in: of each, one can. */
const devices = ['A', 'B', 'C', 'D', 'E', 'F'];

describe('Those who change one Simulated Mac at once', { timeout: 120_000 }, () => {
  let state: string;
  let program: KernelProgram;
  before(async () => {
    program = await prepareKernel();
    state = await mkdtemp(join(tmpdir(), 'kext-dev-at-once-'));
  });
  after(() => rm(state, { recursive: true, force: true }));

  const openMac = (folder: string) => new SimulatedMac(folder, async () => program, host);

  /** Each device is in once: in what happened, which can all be read, and in the kernel that this makes. */
  async function eachIsInOnce(folder: string): Promise<void> {
    const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    const { events, bytes } = soundEvents(journal);
    assert.equal(bytes, Buffer.byteLength(journal), 'the journal has lines that count for nothing');
    const plugged = events.flatMap(event => (event.event === 'plug' ? [event.name] : []));
    assert.deepEqual(plugged.toSorted(), devices);
    assert.deepEqual(
      events.filter(({ event }) => event !== 'plug').map(({ event }) => event),
      ['boot'],
    );
    const { registry } = await openMac(folder).ask(signal);
    const nubs = registry.children
      .flatMap(({ children }) => children)
      .filter(each => each.class === 'IOPlatformDevice');
    assert.deepEqual(
      nubs.map(({ name }) => name),
      plugged,
    );
  }

  it('in one process do so one after another: what one finds is still so when it acts', async () => {
    const folder = join(state, 'windows');
    const windows = Array.from({ length: 4 }, () => openMac(folder));
    const all = windows.flatMap(mac => devices.map(device => mac.plug(device, signal)));
    const results = await Promise.allSettled(all);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, devices.length);
    await eachIsInOnce(folder);
  });

  it('in several processes, too', async () => {
    const folder = join(state, 'processes');
    const probe = join(import.meta.dirname, 'plugProbe.ts');
    const probes: readonly ChildProcess[] = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [probe, folder, ...devices], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const ended = probes.map(each => once(each, 'exit'));
    await Promise.all(probes.map(({ stdout }, at) => Promise.race([stdout && once(stdout, 'data'), ended[at]])));
    for (const { stdin } of probes) stdin?.write('go\n');
    const done = await Promise.all(probes.map(async ({ stdout }) => (stdout ? await text(stdout) : '')));
    assert.deepEqual(await Promise.all(ended), Array(4).fill([0, null]));
    assert.deepEqual(done.flatMap(said => said.match(/\w+/g) ?? []).toSorted(), devices);
    await eachIsInOnce(folder);
  });
});
