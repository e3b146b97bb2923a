import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reloadKext } from '../../../src/operations/reload.ts';
import { readDemo } from '../renamedDemo.ts';
import { openBench, prepareKernel, type SimulatedBench } from '../simulatedBench.ts';
import { elapsedMs, type Measured, median } from './measured.ts';

const { signal } = new AbortController();

/**
 * A Reload of a project that git knows, against the same one that keeps nothing on a shelf: by turns, on one Mac. With nothing to build, which is
 * the shortest that there is, and after an edit.
 */
export async function shelfShare(): Promise<readonly Measured[]> {
  await prepareKernel();
  const bench = await openBench(await readDemo());
  try {
    const git = (...argv: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...argv], { cwd: bench.project });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'x');
    for (let warm = 0; warm < 3; warm++) await bench.reload();
    const file = join(bench.project, 'kmod.c');
    const source = await readFile(file, 'utf8');
    let edits = 0;
    const edit = () => writeFile(file, `${source}\nint edit = ${edits++};\n`);
    const after = await byTurns(bench, 15, edit);
    const nothing = await byTurns(bench, 41, async () => undefined);
    const peer = 'the same that is kept nowhere';
    return [
      { name: 'Reload Kext after an edit, kept on the shelf', unit: 'ms', peer, ...after, goal: { ratio: 1.05 } },
      { name: 'Reload Kext with nothing to build, kept on the shelf', unit: 'ms', peer, ...nothing },
    ];
  } finally {
    await bench.remove();
  }
}

async function byTurns(
  bench: SimulatedBench,
  runs: number,
  before: () => Promise<unknown>,
): Promise<Pick<Measured, 'value' | 'peerValue'>> {
  const [keptMs, otherMs]: [number[], number[]] = [[], []];
  const measure = async (isKept: boolean) => {
    await before();
    const { shelf, ...operation } = await bench.operation();
    const kept = { ...operation, ...(isKept && shelf !== undefined ? { shelf } : {}) };
    (isKept ? keptMs : otherMs).push(await elapsedMs(() => reloadKext(kept, signal)));
  };
  for (let run = 0; run < runs; run++) for (const first of [true, false]) await measure((run % 2 === 0) === first);
  return { value: median(keptMs), peerValue: median(otherMs) };
}
