import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDemo, writeDemo } from './renamedDemo.ts';

/** A fresh copy of the demo kext that is loaded on the Simulated Mac, as Open the Demo Kext makes one. It stays when the script ends. */
export async function copyDemo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-demo-'));
  await writeDemo(await readDemo(), folder);
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode', 'settings.json'), '{\n  "kext.target": "simulated"\n}\n');
  return folder;
}
