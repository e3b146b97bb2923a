import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKernelLog } from '../../../../src/tools/kernelLog.ts';
import { kextEventFilter } from '../../../../src/tools/log/kextEvent.ts';
import { kextLogReader, parseKextLog } from '../../../../src/tools/log/kextLog.ts';
import { allCaptures, capture } from '../captures.ts';

const row = (message: string) =>
  `2026-05-15 11:08:24.741500+0530 0x85533    Default     0x0                  0      0    kernel: ${message}`;
const refused = "Can't unload kext org.sample.driver.Pump; classes have instances:";

function read(text: string, kept?: number) {
  const reader = kextLogReader({ bareIsKernel: true, ...(kept === undefined ? {} : { kept }) });
  for (const line of text.split(/(?<=\n)/)) reader.feed(line);
  reader.end();
  return reader.result();
}

describe('What a log says about kexts', () => {
  for (const { name, origin, tool, text } of allCaptures())
    if (tool === 'kernel-log')
      it(`is found by the reader that looks at few events as by the one that reads all: ${origin}/${name}`, () => {
        const all = parseKernelLog(text).records.flatMap(({ facts }) => facts);
        assert.deepEqual(read(text).kernel, all);
      });

  it('is asked for in few of many events', () => {
    const wants = kextEventFilter();
    const lines = Array.from({ length: 5000 }, (_, at) =>
      row(at % 1000 === 7 ? refused : `(Pump) Pump::step: valve ${at}`),
    );
    assert.equal(lines.filter(line => wants('log', line, 0, line.length)).length, 5);
  });

  it('is what the newest lines say: no more than twice as many are kept as are wanted', () => {
    const { kernel } = read(Array.from({ length: 1000 }, () => `${row(refused)}\n`).join(''), 10);
    assert.ok(kernel.length >= 10 && kernel.length < 20);
    assert.equal(kernel.at(-1)?.line, 1000);
  });

  it('is what kext tools log, too', () => {
    const { tools } = read(capture('system-log'));
    assert.deepEqual(tools, [
      '/Users/dev/Turbine.kext - no compatible dependency found for com.apple.kpi.bsd.',
      "Can't load /Users/dev/Turbine.kext - failed to resolve dependencies.",
    ]);
  });

  it('is told apart from what a tool printed, line by line', () => {
    const tool = 'Failed to unload org.sample.driver.Pump - (libkern/kext) kext is in use or retained (cannot unload).';
    const class1 = '    Kext org.sample.driver.Pump class Valve has 1 instance.';
    const { kernel, said } = parseKextLog(['$ sudo kextunload', row(refused), class1, tool].join('\n'));
    assert.deepEqual(
      kernel.map(({ kind, line }) => `${line} ${kind}`),
      ['2 classesHaveInstances', '3 classInstances'],
    );
    assert.deepEqual(said, ['$ sudo kextunload', tool]);
  });
});
