import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoFiles, readDemo, writeDemo } from '../renamedDemo.ts';

/** The demo, as it ships or changed, with the lines of its own settings. */
export function demo(
  settings: Readonly<Record<string, unknown>> = { 'kext.target': 'simulated' },
  change: (files: DemoFiles) => DemoFiles = files => files,
): (folder: string) => Promise<void> {
  return async folder => {
    await writeDemo(change(await readDemo()), folder);
    await writeSettings(folder, settings);
  };
}

export async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}
