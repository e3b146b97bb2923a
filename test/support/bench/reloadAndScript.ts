import { reloadKext } from '../../../src/operations/reload.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { CountingRunner } from '../countingRunner.ts';
import { recordCalls } from '../recordedCalls.ts';
import { readDemo } from '../renamedDemo.ts';
import { openBench, prepareKernel } from '../simulatedBench.ts';
import { elapsedMs, type Measured, median } from './measured.ts';

const { signal } = new AbortController();
const runs = 15;

/** A Reload with nothing to build, against a script that makes the same calls and thinks nothing: by turns, on one Mac. */
export async function reloadAndScript(): Promise<readonly Measured[]> {
  await prepareKernel();
  const host = new CountingRunner(new ProcessRunner());
  const bench = await openBench(await readDemo(), { host });
  try {
    for (let warm = 0; warm < 2; warm++) await bench.reload();
    const { operation, calls } = recordCalls(await bench.operation());
    await reloadKext(operation, signal);
    const script = async () => {
      for (const { again } of calls) await again();
    };
    await script();
    host.take();
    const [reloadMs, scriptMs]: [number[], number[]] = [[], []];
    let [byReload, byScript] = [0, 0];
    for (let run = 0; run < runs; run++) {
      reloadMs.push(await elapsedMs(bench.reload));
      byReload += host.take().length;
      scriptMs.push(await elapsedMs(script));
      byScript += host.take().length;
    }
    return [
      {
        name: 'Reload Kext with nothing to build',
        value: median(reloadMs),
        unit: 'ms',
        peer: `a script of its ${calls.length} calls`,
        peerValue: median(scriptMs),
        goal: { ratio: 1.3 },
      },
      {
        name: 'what it starts',
        value: byReload / runs,
        unit: 'processes',
        peer: 'the script',
        peerValue: byScript / runs,
        goal: { ratio: 1 },
      },
    ];
  } finally {
    await bench.remove();
  }
}
