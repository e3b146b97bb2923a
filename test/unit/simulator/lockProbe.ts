import { readFile, writeFile } from 'node:fs/promises';
import { withStateLock } from '../../../src/simulator/stateLock.ts';

/** Adds one to the number in a file, `times` times, each time under the lock: lost additions show a broken lock. */
const [folder = '', counter = '', times = '0'] = process.argv.slice(2);
const { signal } = new AbortController();
for (let turn = 0; turn < Number(times); turn += 1) {
  await withStateLock(folder, signal, async () => {
    const before = Number(await readFile(counter, 'utf8'));
    await writeFile(counter, String(before + 1));
  });
}
