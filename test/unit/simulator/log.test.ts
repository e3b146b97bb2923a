import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KernelAnswer } from '../../../src/simulator/kernelAnswer.ts';
import { log } from '../../../src/simulator/tools/log.ts';
import { kernelLog, parseSystemLog } from '../../../src/tools/kernelLog.ts';
import { kernelAnswer } from './kernelAnswers.ts';

describe('log of the Simulated Mac', () => {
  const second = 1e9;
  const answer: KernelAnswer = {
    ...(fc.sample(kernelAnswer, { numRuns: 1, seed: 1 })[0] as KernelAnswer),
    clock: 100 * second,
    log: [
      { time: 39 * second, text: 'long ago' },
      { time: 40 * second, text: 'a minute ago' },
      { time: 99.5 * second, text: 'of /dev/null, "quoted"' },
    ],
  };
  const shown = (...argv: readonly string[]) => {
    const { stdout } = log(answer, 1_700_000_000, ['show', '--style', 'ndjson', ...argv]);
    const { records, ...rest } = parseSystemLog(stdout);
    return { records: records.map(({ message, timestamp }) => ({ message, timestamp })), ...rest };
  };
  const kernel = ['--predicate', 'process == "kernel"'] as const;

  it('tells the time by the boot time and the virtual clock, and counts what it tells', () => {
    assert.deepEqual(shown('--last', '10', ...kernel), {
      records: [{ message: 'of /dev/null, "quoted"', timestamp: '2023-11-14 22:14:59.500000+0000' }],
      recordLines: 1,
      notices: ['{"count":1,"finished":1}'],
      notUnderstood: [],
    });
  });

  it('goes back as far as it is told, else to the start', () => {
    const counts = [['--last', '1m'], ['--last', '1h'], []].map(last => shown(...last, ...kernel).records.length);
    assert.deepEqual(counts, [2, 3, 3]);
  });

  it('writes a path as log(1) does, and whose message it is', () => {
    const { stdout } = log(answer, 0, kernelLog().argv);
    assert.match(stdout, /"processID":0,"processImagePath":"\\\/kernel"/);
    assert.match(stdout, /of \\\/dev\\\/null/);
  });

  it('refuses what it does not have', () => {
    const kept = ['show', '--style', 'ndjson', ...kernel];
    for (const argv of [['stream'], ['show'], [...kept, '--info'], [...kept, '--last', 'boot'], kept.slice(0, 3)]) {
      const { exitCode, stdout, stderr } = log(answer, 0, argv);
      assert.deepEqual(
        [exitCode, stdout, stderr.split('\n')[0]],
        [64, '', `log: cannot simulate: log ${argv.join(' ')}`],
      );
    }
  });

  it('log show: the kernel’s messages of the last minute, whatever they hold, at the time of its clock', () => {
    const command = kernelLog();
    const shown = (time: number, clock: number) => time >= clock - 60e9;
    fc.assert(
      fc.property(kernelAnswer, answer => {
        const wanted = answer.log.filter(({ time }) => shown(time, answer.clock));
        assert.deepEqual(
          command.parse(log(answer, 0, command.argv)).map(({ message, timestamp }) => ({ message, timestamp })),
          wanted.map(({ time, text }) => ({ message: text, timestamp: timeText(time) })),
        );
      }),
    );
  });
});

/** Nanoseconds since 1970 as log(1) writes them. */
function timeText(time: number): string {
  const seconds = new Date(Math.floor(time / 1e9) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${seconds}.${String(Math.floor((time % 1e9) / 1000)).padStart(6, '0')}+0000`;
}
