import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkedKexts } from './linkedKexts.ts';
import { writeDemo } from './renamedDemo.ts';

/** A folder with two kexts, `first` and `second`, that share no name; the second is linked against the first. It stays when the script ends. */
export async function twoKexts(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-two-'));
  const names = ['first', 'second'];
  for (const [at, files] of (await linkedKexts(names.length)).entries())
    await writeDemo(files, join(folder, names[at] ?? ''));
  await writeFile(join(folder, 'NOTES.md'), 'Two kexts.\n');
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode', 'settings.json'), '{\n  "kext.target": "simulated"\n}\n');
  return folder;
}

/** Two kexts, each in a workspace folder of its own, `x` and `y`, of which x alone has a target: the file of the workspace in a folder of its own. */
export async function twoFolders(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-folders-'));
  const names = ['x', 'y'];
  for (const [at, files] of (await linkedKexts(names.length)).entries())
    await writeDemo(files, join(folder, names[at] ?? ''));
  await mkdir(join(folder, 'x', '.vscode'));
  await writeFile(join(folder, 'x', '.vscode', 'settings.json'), '{\n  "kext.target": "simulated"\n}\n');
  const file = join(folder, 'both.code-workspace');
  await writeFile(file, JSON.stringify({ folders: names.map(path => ({ path })) }));
  return file;
}
