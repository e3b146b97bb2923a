import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The arguments and the environments of all processes of this machine, as far as they can be read. */
export async function everythingThatProcessesShow(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const shown = pids.flatMap(pid =>
    ['cmdline', 'environ'].map(name => readFile(join('/proc', pid, name), 'utf8').catch(() => '')),
  );
  return Promise.all(shown);
}

/** The contents of all files below a folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter(entry => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8').catch(() => '')));
}
