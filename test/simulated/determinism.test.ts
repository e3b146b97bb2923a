import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bencode } from '../../src/simulator/bencode.ts';
import { kernelEvents } from '../../src/simulator/kernelEvents.ts';
import { TwinStore } from '../../src/simulator/twinStore.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import {
  boot,
  buildDriver,
  call,
  callAsync,
  close,
  type Event,
  open,
  quit,
  type SmallDriver,
  wait,
} from './drivers/smallDriver.ts';

const { signal } = new AbortController();
const host = new ProcessRunner();
const runs = 20;

/** What a kernel process writes, byte for byte, for each of twenty runs; every other one with another environment. */
async function answers({ program }: SmallDriver, events: readonly Event[]): Promise<readonly string[]> {
  const input = Buffer.concat(events.map(bencode));
  const written: string[] = [];
  for (let run = 0; run < runs; run++) {
    const output = await host.run(
      {
        tool: program.executable,
        argv: [],
        asRoot: false,
        timeoutMs: 60_000,
        input,
        environment: run % 2 === 0 ? {} : { LANG: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo', PADDING: 'x'.repeat(run * 997) },
        parse: () => undefined,
      },
      signal,
    );
    written.push(`${output.exitCode} ${output.stderr} ${output.stdout}`);
  }
  return written;
}

const onlyOne = (texts: readonly string[]) => {
  assert.equal(texts.length, runs);
  assert.equal(new Set(texts).size, 1);
  return texts[0] ?? assert.fail();
};

describe('Twenty runs are the same to the byte', () => {
  let sleeper: SmallDriver;
  let phases: SmallDriver;
  before(async () => {
    sleeper = await buildDriver('Sleeper');
    phases = await buildDriver('Phases');
  });
  after(() => Promise.all([sleeper.remove(), phases.remove()]));

  it('of a Mac with hundreds of kexts, processes that sleep side by side, and a refused unload', async () => {
    const [start] = kernelEvents(
      [{ event: 'boot', time: 1_700_000_000, otherKexts: { kexts: 300, classes: 3000 } }],
      new TwinStore('/nowhere'),
    );
    const processes = [
      open('Sleeper'),
      open('Sleeper', 2),
      callAsync(1, 0, 3000),
      callAsync(2, 0, 60_000),
      call(2, 1, 5),
    ];
    const later = [wait(1), sleeper.unload, quit(1), wait(2), sleeper.unload];
    const text = onlyOne(await answers(sleeper, [start as Event, sleeper.load, ...processes, ...later]));
    assert.match(text, /THREAD_TIMED_OUT/);
  });

  it('of services that are held, and of ones that come and go', async () => {
    const tree = [open('Phases'), call(1, 0, 0), call(1, 0, 1), call(1, 0, 1 + 256)];
    const text = onlyOne(await answers(phases, [boot, phases.load, ...tree, close(1), phases.unload, wait(20)]));
    assert.match(text, /classes have instances/);
  });

  it('of a panic', async () => {
    const text = onlyOne(await answers(sleeper, [boot, sleeper.load, open('Sleeper'), call(1, 2, 10_000)]));
    assert.match(text, /^70 .*kernel stack overflow/);
  });
});
