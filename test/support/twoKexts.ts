import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDemo, renameDemo, writeDemo } from './renamedDemo.ts';

/** A folder with two kexts, `first` and `second`, that share no name. It stays when the script ends. */
export async function twoKexts(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-two-'));
  const first = await readDemo();
  await writeDemo(first, join(folder, 'first'));
  await writeDemo(renameDemo(first, 7), join(folder, 'second'));
  await writeFile(join(folder, 'NOTES.md'), 'Two kexts.\n');
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode', 'settings.json'), '{\n  "kext.target": "simulated"\n}\n');
  return folder;
}
