import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from './options.ts';

/** The folder that `--project` names, else the one that one is in, by its real path. Throws UsageError where it is none. */
export async function projectFolder(named = '.'): Promise<string> {
  const path = resolve(named);
  const folder = await realpath(path).catch(() => {
    throw new UsageError(`${path} does not exist; expected the folder of a kext project`);
  });
  if (!(await stat(folder)).isDirectory())
    throw new UsageError(`${path} is a file; expected the folder of a kext project`);
  return folder;
}
