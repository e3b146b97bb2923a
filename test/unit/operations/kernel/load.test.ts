import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { loadBundle } from '../../../../src/operations/kernel/load.ts';
import { type Answers, fakeTarget, sampleOperation, sampleProject, turbine } from '../fakeTarget.ts';

const never = new AbortController().signal;
const path = '/Library/Extensions/Turbine.kext';
const ventura = { stdout: 'ProductName:\tmacOS\nProductVersion:\t13.6.7\nBuildVersion:\t22G720\n' };
const failed = 'Kernel request failed: (libkern/kext) kext (kmod) start/stop routine failed (-603946985)';
const stderr = `Executing: /usr/bin/kmutil load -p ${path}
Error Domain=KMErrorDomain Code=71 "${failed}" UserInfo={NSLocalizedDescription=${failed}}
`;
/** The target's clock when the load is asked for. */
const asked = 1_606_230_384;

describe('A load that kmutil answers', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** An event of the log, so many s after the load was asked for. */
  function event(message: string, after: number): string {
    const time = new Date((asked + 19_800 + after) * 1000).toISOString().replace('T', ' ').replace('Z', '000+0530');
    return `${JSON.stringify({ timestamp: time, eventMessage: message, processImagePath: '/kernel' })}\n`;
  }
  const attempt = (reason: string, after: number) =>
    event(reason, after) +
    event(`Kext ${turbine} failed to load (0xdc008017).`, after) +
    event(`Failed to load kext ${turbine} (error 0xdc008017).`, after);
  const linkFailed = `Can't load kext ${turbine} - link failed.`;
  const startFailed = `Kext ${turbine} start failed (result 0x5).`;

  /** What the kernel said, as the diagnoses quote it, without what sums up. */
  async function saidOf(log: string, answers: Answers = {}) {
    const target = fakeTarget({
      sw_vers: [ventura],
      kextload: [{ stderr, exitCode: 71 }],
      log: [{ stdout: log }],
      ...answers,
    });
    const { outcome, diagnoses } = await loadBundle(await sampleOperation(folder, target), path, never);
    assert.equal(outcome, 'failed');
    const said = diagnoses.flatMap(({ evidence }) => evidence.map(({ text }) => text));
    return {
      kernel: said.filter(text => text.startsWith('(kernel) ') && !/failed to load/i.test(text)),
      lines: target.runner.lines,
    };
  }

  it('is explained by the kernel’s words about it, and not by those about one before it', async () => {
    const { kernel } = await saidOf(attempt(linkFailed, -8) + attempt(startFailed, 0.4));
    assert.deepEqual(kernel, [`(kernel) ${startFailed}`]);
  });

  it('nor by those, where the kernel has said nothing about it', async () => {
    assert.deepEqual((await saidOf(attempt(linkFailed, -1.2))).kernel, []);
  });

  it('nor by those about one in the same second, in which the clock was read', async () => {
    const { kernel } = await saidOf(attempt(linkFailed, 0.1) + attempt(startFailed, 0.9));
    assert.deepEqual(kernel, [`(kernel) ${startFailed}`]);
  });

  it('nor by those about an unload; what is not known of it is shown', async () => {
    const log =
      event(`Can't unload kext ${turbine}; classes have instances:`, 0) +
      event(startFailed, 1) +
      event(`Kext ${turbine} is adrift.`, 1) +
      event('Kext org.sample.other is adrift.', 1);
    assert.deepEqual((await saidOf(log)).kernel, [`(kernel) ${startFailed}`, `(kernel) Kext ${turbine} is adrift.`]);
  });

  it('is explained by all of the log where the target does not tell the time', async () => {
    const { kernel } = await saidOf(attempt(startFailed, -5), { date: [{ stdout: 'Di 24 Nov\n' }] });
    assert.deepEqual(kernel, [`(kernel) ${startFailed}`]);
  });

  it('asks no clock where kextload relays what the kernel says', async () => {
    const said = `(kernel) ${startFailed}\n${path} failed to load - (libkern/kext) kext (kmod) start/stop routine failed; check the system/kernel logs for errors or try kextutil(8).\n`;
    const catalina = { stdout: 'ProductName:\tMac OS X\nProductVersion:\t10.15.7\nBuildVersion:\t19H2\n' };
    const { kernel, lines } = await saidOf('', { sw_vers: [catalina], kextload: [{ stderr: said, exitCode: 71 }] });
    assert.deepEqual(kernel, [`(kernel) ${startFailed}`]);
    assert.ok(!lines.some(line => /^(?:date|log)\b/.test(line)), lines.join('\n'));
  });
});
