import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JournalEvent } from '../../../src/simulator/journalEvent.ts';
import { readPanic } from '../../../src/simulator/panicReport.ts';
import { TwinStore } from '../../../src/simulator/twinStore.ts';
import type { Runner } from '../../../src/tools/port/runner.ts';
import { ToolNotStarted } from '../../../src/tools/port/toolErrors.ts';
import { fakeRunner, output } from './fakeRunner.ts';

const twins = new TwinStore('/state/store');
const events: readonly JournalEvent[] = [
  { event: 'boot', time: 1 },
  {
    event: 'load',
    identifier: 'org.sample.driver.Turbine',
    version: '1.0',
    uuid: '',
    twin: 'abc',
    size: 0,
    dependencies: [],
    personalities: {},
  },
];
const panic = {
  reason: 'page fault',
  event: 1,
  kext: 'org.sample.driver.Turbine',
  log: [],
  frames: [
    { image: twins.path('abc'), offset: 0x10 },
    { image: 'kernel', offset: 0x20 },
    { image: twins.path('abc'), offset: 0x30 },
  ],
};
const never = new AbortController().signal;
const read = (host: Runner) => readPanic(panic, { events, twins, kernelImage: '/cache/libkernel.so' }, host, never);

const symbol = (FunctionName: string, FileName: string, Line: number, Column: number) => ({
  Symbol: [{ FunctionName, FileName, Line, Column }],
});

describe('The report of a panic', () => {
  it('names each frame, asking once for each image, and gives lines to the kext alone', async () => {
    const host = fakeRunner(({ argv }) =>
      output({
        stdout: JSON.stringify(
          argv[0] === '--obj=/cache/libkernel.so'
            ? [symbol('IOService::start', '/sources/service.cpp', 5, 1)]
            : [symbol('Turbine::spin()', '/p/Turbine.cpp', 12, 7), symbol('Turbine::start()', '/p/Turbine.cpp', 30, 0)],
        ),
      }),
    );
    const { reason, frames } = await read(host);
    assert.equal(reason, 'page fault');
    assert.deepEqual(frames, [
      {
        image: 'org.sample.driver.Turbine',
        function: 'Turbine::spin()',
        position: { file: '/p/Turbine.cpp', line: 12, column: 7 },
      },
      { image: 'kernel', function: 'IOService::start', position: undefined },
      {
        image: 'org.sample.driver.Turbine',
        function: 'Turbine::start()',
        position: { file: '/p/Turbine.cpp', line: 30, column: 1 },
      },
    ]);
    assert.deepEqual(host.lines, [
      'llvm-symbolizer --obj=/state/store/abc.so --output-style=JSON --no-inlines 0x10 0x30',
      'llvm-symbolizer --obj=/cache/libkernel.so --output-style=JSON --no-inlines 0x20',
    ]);
  });

  it('is told by offsets where nothing is known of them', async () => {
    const unknowing: readonly Runner[] = [
      fakeRunner(() => output({ stdout: 'not JSON' })),
      fakeRunner(() => output({ stdout: '[]' })),
      fakeRunner(() => output({ stdout: '' })),
      fakeRunner(() => output({ stdout: JSON.stringify([symbol('', '', 0, 0), symbol('', '', 0, 0)]) })),
      fakeRunner(() => Promise.reject(new ToolNotStarted('llvm-symbolizer', 'no such program', true))),
    ];
    for (const host of unknowing) {
      const { frames } = await read(host);
      assert.deepEqual(
        frames.map(frame => [frame.image, frame.function, frame.position]),
        [
          ['org.sample.driver.Turbine', '0x10', undefined],
          ['kernel', '0x20', undefined],
          ['org.sample.driver.Turbine', '0x30', undefined],
        ],
      );
    }
  });
});
